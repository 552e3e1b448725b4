package lab

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// rule writes somebody's rules, as XCAP would.
func (l *Lab) rule(t testing.TB, aor string, r presrules.Rules) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.people[aor]
	if err := p.govern(presrules.Build(r), l.etag()); err != nil {
		t.Fatal(err)
	}
	l.keepRules()
	l.rulesChanged(p)
}

func allows(people ...string) presrules.Rules {
	r := presrules.Rules{People: map[string]presrules.Level{}}
	for _, p := range people {
		r.People[p] = presrules.Colleagues
	}
	return r
}

// publishes sends a PUBLISH and returns the response.
func (d *device) publishes(s pidf.State, headers ...string) *sip.Response {
	d.t.Helper()
	return d.do("PUBLISH", d.aor, string(pidf.Build(d.aor, s)),
		append([]string{"Event: presence", "Content-Type: application/pidf+xml"}, headers...)...)
}

// watches subscribes to somebody and returns the final response.
func (d *device) watches(aor string, headers ...string) *sip.Response {
	d.t.Helper()
	return d.do("SUBSCRIBE", aor, "", append(headers, "Event: presence", "Call-ID: "+d.id+aor)...)
}

// told waits for a NOTIFY and returns its state and document.
func (d *device) told() (string, pidf.State) {
	d.t.Helper()
	n := d.next(sip.NOTIFY)
	state, _, _ := strings.Cut(header(n, "Subscription-State"), ";expires")
	if len(n.Body()) == 0 {
		return state, pidf.State{}
	}
	s, err := pidf.Parse(n.Body())
	if err != nil {
		d.t.Fatal(err)
	}
	return state, s
}

func TestPresenceByTheRules(t *testing.T) {
	busy := pidf.State{Open: true, Activity: pidf.ActivityMeeting, Note: peer("Drawings"), Name: peer("Dana")}
	for name, tc := range map[string]struct {
		level presrules.Level
		state string
		want  pidf.State
	}{
		"not decided":        {0, "pending", pidf.State{}},
		"dismissed":          {presrules.Dismissed, "pending", pidf.State{}},
		"Colleagues":         {presrules.Colleagues, "active", busy},
		"Friends and Family": {presrules.FriendsAndFamily, "active", busy},
		"External":           {presrules.External, "active", pidf.State{Open: true, Activity: pidf.ActivityBusy, Note: peer("Drawings"), Name: peer("Dana")}},
		"Blocked":            {presrules.Blocked, "active", pidf.State{Name: peer("Dana")}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{})
				if tc.level != 0 {
					l.rule(t, dana, presrules.Rules{People: map[string]presrules.Level{alice: tc.level}})
				}
				status(t, l.signedIn(t, dana).publishes(busy), 200)
				a := l.signedIn(t, alice)
				status(t, a.watches(dana), 200)
				state, got := a.told()
				got.Since = time.Time{}
				if state != tc.state || got != tc.want {
					t.Errorf("%s %+v, want %s %+v", state, got, tc.state, tc.want)
				}
			})
		})
	}
}

func TestAForeignBlockRuleRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		doc := `<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"><rule id="x">` +
			`<conditions><identity><one id="sip:alice@contoso.com"/></identity></conditions><actions><pr:sub-handling>block</pr:sub-handling></actions></rule></ruleset>`
		if err := l.people[dana].govern([]byte(doc), "e"); err != nil {
			t.Fatal(err)
		}
		a := l.signedIn(t, alice)
		status(t, a.watches(dana), 200)
		if state, _ := a.told(); state != "terminated;reason=rejected" {
			t.Errorf("state %q", state)
		}
	})
}

func TestPresenceIsToldWhenItChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.rule(t, dana, allows(alice))
		d, a := l.signedIn(t, dana), l.signedIn(t, alice)
		status(t, a.watches(dana), 200)
		if _, s := a.told(); s.Open || s.Name.Raw() != "Dana" {
			t.Errorf("before anything is published: %+v", s)
		}
		res := d.publishes(pidf.State{Open: true})
		status(t, res, 200)
		if _, s := a.told(); !s.Open {
			t.Error("available is not told")
		}
		etag := header(res, "SIP-ETag")
		res = d.publishes(pidf.State{Open: true, Activity: pidf.ActivityAway}, "SIP-If-Match: "+etag)
		status(t, res, 200)
		if _, s := a.told(); s.Activity != pidf.ActivityAway {
			t.Errorf("activity %q", s.Activity)
		}
		if header(res, "SIP-ETag") == etag {
			t.Error("the entity tag did not change")
		}
		status(t, d.publishes(pidf.State{Open: true}, "SIP-If-Match: "+etag), 412)
		_ = d.c.Close() // as a crash would
		if _, s := a.told(); s.Open {
			t.Error("somebody who is gone is still available")
		}
	})
}

// Each device has an entity tag of its own, and who watches sees one person.
func TestTwoDevicesMakeOnePresence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.rule(t, dana, allows(alice))
		desk, laptop, a := l.signedIn(t, dana), l.signedIn(t, dana), l.signedIn(t, alice)
		status(t, a.watches(dana), 200)
		a.told()
		at := time.Now()
		deskSays := desk.publishes(pidf.State{Open: true, Activity: pidf.ActivityBusy, Since: at, Note: peer("at my desk"), Location: peer("Building 7")})
		status(t, deskSays, 200)
		if _, s := a.told(); s.Activity != pidf.ActivityBusy || s.Location.Raw() != "Building 7" {
			t.Errorf("from the desk: %+v", s)
		}
		laptopSays := laptop.publishes(pidf.State{Open: true, Idle: true, Since: at.Add(time.Minute)})
		status(t, laptopSays, 200)
		if header(deskSays, "SIP-ETag") == header(laptopSays, "SIP-ETag") {
			t.Error("both publications have one entity tag")
		}
		if _, s := a.told(); s.Activity != pidf.ActivityBusy || s.Idle || s.Note.Raw() != "at my desk" {
			t.Errorf("with a laptop that nobody touches: %+v", s)
		}
		status(t, laptop.publishes(pidf.State{Open: true, Activity: pidf.ActivityDoNotDisturb, Since: at.Add(2 * time.Minute)},
			"SIP-If-Match: "+header(laptopSays, "SIP-ETag")), 200)
		if _, s := a.told(); s.Activity != pidf.ActivityDoNotDisturb || s.Note.Raw() != "at my desk" || s.Location.Raw() != "Building 7" {
			t.Errorf("chosen last, on the laptop: %+v", s)
		}
		_ = laptop.c.Close()
		if _, s := a.told(); !s.Open || s.Activity != pidf.ActivityBusy {
			t.Errorf("without the laptop: %+v", s)
		}
	})
}

func TestPublish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := world(t, Config{}).signedIn(t, dana)
		event, media := "Event: presence", "Content-Type: application/pidf+xml"
		doc := string(pidf.Build(dana, pidf.State{Open: true}))
		for name, tc := range map[string]struct {
			uri, body string
			headers   []string
			want      int
		}{
			"somebody else's":      {alice, doc, []string{event, media}, 403},
			"nobody's":             {"sip:zoe@contoso.com", doc, []string{event, media}, 404},
			"another package":      {dana, doc, []string{"Event: dialog", media}, 489},
			"no package":           {dana, doc, []string{media}, 489},
			"no document":          {dana, "", []string{event}, 400},
			"another media type":   {dana, doc, []string{event, "Content-Type: text/plain"}, 415},
			"not a document":       {dana, "<presence", []string{event, media}, 400},
			"too brief":            {dana, doc, []string{event, media, "Expires: 1"}, 423},
			"a tag never given":    {dana, doc, []string{event, media, "SIP-If-Match: x"}, 412},
			"an extension unknown": {dana, doc, []string{event, media, "Require: magic"}, 420},
		} {
			if res := d.do("PUBLISH", tc.uri, tc.body, tc.headers...); res.StatusCode != tc.want {
				t.Errorf("%s: %s, want %d", name, res.StartLine(), tc.want)
			}
		}
	})
}

func TestAPublicationIsRefreshedAndExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.rule(t, dana, allows(alice))
		d, a := l.signedIn(t, dana), l.signedIn(t, alice)
		res := d.publishes(pidf.State{Open: true}, "Expires: 60")
		status(t, a.watches(dana), 200)
		a.told()
		time.Sleep(50 * time.Second)
		status(t, d.do("PUBLISH", dana, "", "Event: presence", "Expires: 60", "SIP-If-Match: "+header(res, "SIP-ETag")), 200)
		time.Sleep(50 * time.Second)
		a.nothing()
		time.Sleep(11 * time.Second)
		if _, s := a.told(); s.Open {
			t.Error("a publication outlived its time")
		}
	})
}

func TestTheNewestOpenDeviceSpeaksAndAClosedOneDoesNot(t *testing.T) {
	p := &person{name: "Dana", pubs: []*publication{
		{state: pidf.State{Note: peer("on the bus"), Since: time.Unix(3, 0)}},
		{state: pidf.State{Open: true, Activity: pidf.ActivityBusy, Note: peer("older"), Since: time.Unix(2, 0)}},
		{state: pidf.State{Open: true, Since: time.Unix(1, 0)}},
	}}
	s := p.state()
	if !s.Open || s.Activity != pidf.ActivityBusy || s.Note.Raw() != "on the bus" || s.Name.Raw() != "Dana" {
		t.Errorf("%+v", s)
	}
	p.pubs = nil
	if s := p.state(); s.Open {
		t.Error("nobody published, and the person is open")
	}
}
