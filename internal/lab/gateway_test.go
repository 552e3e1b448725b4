package lab

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

func TestDecorate(t *testing.T) {
	for account, want := range map[string]string{
		"bob@contoso.com":    "sip:bob(contoso.com)@msn.com",
		"bob@CONTOSO.com":    "sip:bob(contoso.com)@msn.com",
		"cheri@outlook.com":  "sip:cheri@outlook.com",
		"cheri@Hotmail.com":  "sip:cheri@hotmail.com",
		"sip:joe@live.com":   "sip:joe@live.com",
		"joe@msn.com":        "sip:joe@msn.com",
		"joe@hotmail.com.au": "sip:joe(hotmail.com.au)@msn.com",
	} {
		if got := Decorate(account); got != want {
			t.Errorf("%s becomes %s, want %s", account, got, want)
		}
	}
}

// Every combination of what the two sides have decided about each other.
func TestNothingCrossesBeforeBothHaveAccepted(t *testing.T) {
	outside := []string{"outlook.com", "msn.com"}
	for name, tc := range map[string]struct {
		lync, skype   presrules.Level // what alice decided about cheri, and cheri about alice
		outside       []string        // whom alice lets in as a whole
		cheriSees     string
		aliceSees     string
		toLync, toSky int
	}{
		"neither":                   {cheriSees: "pending", aliceSees: "pending", toLync: 403, toSky: 403},
		"only the Lync side":        {lync: presrules.External, cheriSees: "pending", aliceSees: "pending", toLync: 403, toSky: 403},
		"only the Skype side":       {skype: presrules.External, cheriSees: "pending", aliceSees: "pending", toLync: 403, toSky: 403},
		"both":                      {lync: presrules.External, skype: presrules.External, cheriSees: "active", aliceSees: "active", toLync: 200, toSky: 200},
		"both, as Colleague":        {lync: presrules.Colleagues, skype: presrules.Colleagues, cheriSees: "active", aliceSees: "active", toLync: 200, toSky: 200},
		"Lync blocked":              {lync: presrules.Blocked, skype: presrules.External, cheriSees: "active", aliceSees: "pending", toLync: 480, toSky: 403},
		"Skype blocked":             {lync: presrules.External, skype: presrules.Blocked, cheriSees: "pending", aliceSees: "active", toLync: 403, toSky: 480},
		"Lync dismissed":            {lync: presrules.Dismissed, skype: presrules.External, cheriSees: "pending", aliceSees: "pending", toLync: 403, toSky: 403},
		"Lync lets anyone in":       {outside: outside, cheriSees: "pending", aliceSees: "pending", toLync: 200, toSky: 403},
		"and the Skype side agrees": {outside: outside, skype: presrules.External, cheriSees: "active", aliceSees: "active", toLync: 200, toSky: 200},
		"anyone but her":            {outside: outside, lync: presrules.Blocked, skype: presrules.External, cheriSees: "active", aliceSees: "pending", toLync: 480, toSky: 403},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{})
				l.decide(t, alice, cheri, tc.lync, tc.outside)
				l.decide(t, cheri, alice, tc.skype, nil)
				a, c := l.signedIn(t, alice), l.signedIn(t, cheri)
				status(t, a.watches(cheri), 200)
				if got, _ := a.told(); got != tc.aliceSees {
					t.Errorf("alice sees %s, want %s", got, tc.aliceSees)
				}
				status(t, c.watches(alice), 200)
				if got, _ := c.told(); got != tc.cheriSees {
					t.Errorf("cheri sees %s, want %s", got, tc.cheriSees)
				}
				status(t, c.says(alice, "Hello"), tc.toLync)
				status(t, a.says(cheri, "Hello"), tc.toSky)
			})
		})
	}
}

func (l *Lab) decide(t testing.TB, who, about string, level presrules.Level, outside []string) {
	r := presrules.Rules{People: map[string]presrules.Level{}, OutsideAllowed: outside}
	if level != 0 {
		r.People[about] = level
	}
	l.rule(t, who, r)
}

// The order of the specification: alice adds bob, sees him waiting, and he comes alive when he accepts.
func TestTheSecondConsentOpensBothDirectionsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, b := l.signedIn(t, alice), l.signedIn(t, bob)
		status(t, b.publishes(pidf.State{Open: true, Note: peer("Fishing")}), 200)
		l.decide(t, alice, bob, presrules.External, nil)
		status(t, a.watches(bob, "Subject: It is me, Alice"), 200)
		if state, _ := a.told(); state != "pending" {
			t.Fatalf("alice sees bob %s before he has accepted", state)
		}
		b.reads()
		b.expect(`0 full; alice@contoso.com pending subscribe "Alice" "It is me, Alice"`)
		b.watches(alice)
		if state, _ := b.told(); state != "pending" {
			t.Errorf("bob sees alice %s before he has accepted", state)
		}
		a.reads()
		a.expect(`0 full; bob(contoso.com)@msn.com active subscribe "Bob" ""`) // accepted by alice: no request of hers

		l.decide(t, bob, alice, presrules.External, nil)
		if state, s := a.told(); state != "active" || !s.Open || s.Note.Raw() != "Fishing" {
			t.Errorf("alice sees bob %s %+v", state, s)
		}
		b.expect(`1 partial; alice@contoso.com active approved "Alice" "It is me, Alice"`)
		if state, _ := b.told(); state != "active" {
			t.Errorf("bob sees alice %s", state)
		}
		l.decide(t, bob, alice, presrules.Blocked, nil)
		if state, s := a.told(); state != "active" || s.Open {
			t.Errorf("alice, blocked, sees bob %s %+v", state, s)
		}
		if state, _ := b.told(); state != "pending" {
			t.Errorf("bob, who blocked her, sees alice %s", state)
		}
	})
}

func TestOnlyTextCrosses(t *testing.T) {
	envelope := func(inside string) string { return "From: <im:x>\r\n\r\nContent-Type: " + inside + "\r\n\r\nx" }
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.decide(t, alice, cheri, presrules.External, nil)
		l.decide(t, cheri, alice, presrules.External, nil)
		a, s := l.signedIn(t, alice), l.signedIn(t, cheri)
		for _, c := range []struct {
			media, body string
			want        int
		}{
			{"text/plain;charset=UTF-8", "x", 200},
			{"Text/Plain", "x", 200},
			{"application/im-iscomposing+xml", "x", 200},
			{"message/imdn+xml", "x", 200},
			{"message/cpim", envelope("text/plain; charset=utf-8"), 200},
			{"message/cpim", envelope("message/imdn+xml"), 200},
			{"message/cpim", envelope("image/png"), 415},
			{"message/cpim", envelope("message/cpim"), 415},
			{"message/cpim", "no envelope", 415},
			{"application/octet-stream", "x", 415},
			{"text/html", "x", 415},
			{"multipart/mixed;boundary=x", "x", 415},
			{"application/resource-lists+xml", "x", 415},
		} {
			res := a.says(cheri, c.body, "Content-Type: "+c.media)
			status(t, res, c.want)
			if want := "text/plain, application/im-iscomposing+xml, message/cpim, message/imdn+xml"; c.want == 415 && header(res, "Accept") != want {
				t.Errorf("%s: what would cross is said to be %q", c.media, header(res, "Accept"))
			}
			if c.want != 200 {
				s.nothing()
			} else if m := s.next(sip.MESSAGE); string(m.Body()) != c.body || m.ContentType().Value() != c.media {
				t.Errorf("%s arrives as\n%s", c.media, m)
			}
		}
	})
}

func TestWhereAndWithWhatIsNotForExternalContacts(t *testing.T) {
	at := time.Unix(1, 0)
	in := pidf.State{Open: true, Location: peer("Redmond"), Mobile: true, Since: at, Changed: at.Add(1)}
	for level := presrules.FriendsAndFamily; level < presrules.External; level++ {
		if got := forLevel(in, level); got != in {
			t.Errorf("level %d sees %+v", level, got)
		}
	}
	for name, got := range map[string]pidf.State{"External Contacts": forLevel(in, presrules.External), "Skype users": acrossGateway(in)} {
		if got != (pidf.State{Open: true, Since: at}) {
			t.Errorf("%s see %+v", name, got)
		}
	}
}

func TestStatesAsTheTableSays(t *testing.T) {
	at := time.Unix(1, 0)
	state := func(open bool, a pidf.Activity, idle bool) pidf.State {
		return pidf.State{Open: open, Activity: a, Idle: idle, Note: peer("note"), Name: peer("name"), Since: at}
	}
	for name, tc := range map[string]struct{ in, external, across pidf.State }{
		"Available":            {state(true, "", false), state(true, "", false), state(true, "", false)},
		"Inactive":             {state(true, "", true), state(true, "", true), state(true, "away", false)},
		"Busy":                 {state(true, "busy", false), state(true, "busy", false), state(true, "busy", false)},
		"In a call":            {state(true, "on-the-phone", false), state(true, "busy", false), state(true, "busy", false)},
		"In a conference call": {state(true, "in-a-conference", false), state(true, "busy", false), state(true, "busy", false)},
		"In a meeting":         {state(true, "meeting", false), state(true, "busy", false), state(true, "busy", false)},
		"Busy, idle":           {state(true, "meeting", true), state(true, "busy", true), state(true, "busy", false)},
		"Presenting":           {state(true, "presentation", false), state(true, "do-not-disturb", false), state(true, "do-not-disturb", false)},
		"Do Not Disturb":       {state(true, "do-not-disturb", false), state(true, "do-not-disturb", false), state(true, "do-not-disturb", false)},
		"Be Right Back":        {state(true, "be-right-back", false), state(true, "be-right-back", false), state(true, "away", false)},
		"Away":                 {state(true, "away", false), state(true, "away", false), state(true, "away", false)},
		"Off Work":             {state(true, "off-work", false), state(true, "away", false), state(true, "away", false)},
		"Out of Office":        {state(true, "out-of-office", false), state(true, "away", false), state(true, "away", false)},
		"something unknown":    {state(true, "sleeping", false), state(true, "", false), state(true, "", false)},
		"Offline":              {state(false, "away", true), state(false, "", false), state(false, "", false)},
	} {
		if got := forLevel(tc.in, presrules.External); got != tc.external {
			t.Errorf("%s to External Contacts: %+v", name, got)
		}
		for level := presrules.FriendsAndFamily; level < presrules.External; level++ {
			want := tc.in
			if level == presrules.Workgroup && name == "Do Not Disturb" {
				want.Activity = pidf.ActivityUrgentOnly
			}
			if got := forLevel(tc.in, level); got != want {
				t.Errorf("%s to level %d: %+v", name, level, got)
			}
		}
		if got := acrossGateway(tc.in); got != tc.across {
			t.Errorf("%s across the gateway: %+v", name, got)
		}
		if got := acrossGateway(tc.across); got != tc.across {
			t.Errorf("%s changes when it crosses twice: %+v", name, got)
		}
	}
}
