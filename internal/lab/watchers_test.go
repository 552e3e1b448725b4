package lab

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// reads subscribes to the device's own watchers.
func (d *device) reads() *sip.Response {
	d.t.Helper()
	return d.do("SUBSCRIBE", d.aor, "", "Event: presence.winfo", "Call-ID: winfo"+d.id)
}

// watchers waits for the next watcher information and returns it in one line.
func (d *device) watchers() string {
	d.t.Helper()
	doc, err := winfo.Parse(d.next(sip.NOTIFY).Body())
	if err != nil {
		d.t.Fatal(err)
	}
	kind := "partial"
	if doc.Full {
		kind = "full"
	}
	line := fmt.Sprintf("%d %s", doc.Version, kind)
	for _, w := range doc.Watchers {
		line += fmt.Sprintf("; %s %s %s %q %q", strings.TrimPrefix(w.URI, "sip:"), w.Status, w.Event, w.Name.Raw(), w.Introduction.Raw())
	}
	return line
}

func (d *device) expect(want string) {
	d.t.Helper()
	if got := d.watchers(); got != want {
		d.t.Errorf("\ngot  %s\nwant %s", got, want)
	}
}

func TestWatchersComeAndAreDecidedUpon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		d, g, a := l.signedIn(t, dana), l.signedIn(t, gina), l.signedIn(t, alice)
		d.watches(alice)
		d.told()
		status(t, a.reads(), 200)
		a.expect(`0 full; dana@contoso.com pending subscribe "Dana" ""`)

		status(t, g.watches(alice, `From: "Gina \"G\" Rossi" <`+gina+`>;tag=g`, "Subject: We met in Rome"), 200)
		a.expect(`1 partial; gina@fabrikam.com pending subscribe "Gina \"G\" Rossi" "We met in Rome"`)
		g.told()

		l.rule(t, alice, allows(dana))
		a.expect(`2 partial; dana@contoso.com active approved "Dana" ""`)
		if state, _ := d.told(); state != "active" {
			t.Errorf("dana is %s", state)
		}
		g.nothing()

		r := allows(dana)
		r.People[gina] = presrules.Blocked
		l.rule(t, alice, r)
		a.expect(`3 partial; gina@fabrikam.com active approved "Gina \"G\" Rossi" "We met in Rome"`)
		if state, s := g.told(); state != "active" || s.Open {
			t.Errorf("gina is %s %+v", state, s)
		}
	})
}

func TestARequestIsNotLostWhileNobodyIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		g := l.signedIn(t, gina)
		status(t, g.watches(alice, "Subject: Hello"), 200)
		g.told()
		_ = g.c.Close()
		synctest.Wait()
		a := l.signedIn(t, alice)
		status(t, a.reads(), 200)
		a.expect(`0 full; gina@fabrikam.com waiting timeout "Gina" "Hello"`)

		g = l.signedIn(t, gina)
		status(t, g.watches(alice), 200)
		g.told()
		a.expect(`1 partial; gina@fabrikam.com pending subscribe "Gina" "Hello"`)
		_ = g.c.Close()
		a.expect(`2 partial; gina@fabrikam.com waiting timeout "Gina" "Hello"`)

		l.rule(t, alice, allows(gina))
		a.expect(`3 partial; gina@fabrikam.com terminated approved "Gina" "Hello"`)
		if len(l.people[alice].waiting) != 0 {
			t.Error("somebody decided upon still waits")
		}
	})
}

func TestDismissedStaysPending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		g, a := l.signedIn(t, gina), l.signedIn(t, alice)
		g.watches(alice)
		g.told()
		a.reads()
		a.expect(`0 full; gina@fabrikam.com pending subscribe "Gina" ""`)
		l.rule(t, alice, presrules.Rules{People: map[string]presrules.Level{gina: presrules.Dismissed}})
		synctest.Wait()
		a.nothing()
		g.nothing()
	})
}

func TestWhatHappensWhileANotifyIsOnItsWayComesInOnePiece(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		d, g, a := l.signedIn(t, dana), l.signedIn(t, gina), l.signedIn(t, alice)
		a.answer = func(*sip.Request) int { return 0 }
		a.reads()
		first := a.next(sip.NOTIFY)
		d.watches(alice)
		d.told()
		g.watches(alice)
		g.told()
		l.rule(t, alice, allows(dana))
		d.told()
		synctest.Wait()
		a.nothing()
		a.reply(first, 200)
		a.expect(`1 partial; gina@fabrikam.com pending subscribe "Gina" ""; dana@contoso.com active approved "Dana" ""`)
	})
}

func TestThoseWhoWaitAreBounded(t *testing.T) {
	l := &Lab{disk: &disk{}, now: time.Now}
	p := &person{aor: alice}
	for i := range waitingLimit + 5 {
		l.wait(&subscription{watched: p, watcher: fmt.Sprint("sip:x", i, "@fabrikam.com")})
	}
	if len(p.waiting) != waitingLimit {
		t.Errorf("%d wait, want %d", len(p.waiting), waitingLimit)
	}
}
