//go:build linux

package interop

import (
	"os"
	"strings"
	"testing"

	"golync/internal/e2e/window"
	"golync/internal/shot"
)

// golync is the program as people start it.
var golync window.Program

func TestMain(m *testing.M) { os.Exit(window.Run(m, &golync)) }

// desk is where one person works: the files of one device.
type desk struct {
	t    *testing.T
	k    *Kamailio
	home string
	args []string
}

// newDesk prepares a device of a user; args come after the ones that everybody needs.
func newDesk(t *testing.T, k *Kamailio, u User, transport string, args ...string) desk {
	t.Helper()
	home := t.TempDir()
	server := map[string]string{"tls": k.TLS, "tcp": k.TCP, "udp": k.UDP}[transport]
	return desk{t, k, home, append([]string{
		"--account", "sip:" + u.Address, "--server", server, "--transport", transport,
		"--ca", k.CAFile, "--password-file", window.Secret(t, home, u.Password),
	}, args...)}
}

// open opens golync there and waits until it has signed in.
func (d desk) open() *window.Window {
	d.t.Helper()
	w := d.start()
	w.Sees("GROUPS", "Signed in")
	return w
}

// start opens golync there.
func (d desk) start() *window.Window {
	d.t.Helper()
	return golync.Open(d.t, d.home, 120, 40, d.args...)
}

// meet makes contacts of two people: one adds the other, who accepts from New.
func meet(w, other *window.Window, to, from string) {
	w.AddsContact("Lync", to)
	w.Row("Waiting for " + to + " to accept")
	other.Sees("NEW (1)")
	other.Presses("4")
	other.Accepts(from)
	other.Sees("NEW")
	other.Presses("1")
	w.Row(to + " - Available")
	other.Row(from + " - Available")
}

// writes opens the conversation with a contact and sends a message.
func writes(w *window.Window, to, body string) {
	w.Picks(to)
	w.Presses("enter")
	w.Types(body)
	w.Presses("enter")
	w.Sees(body)
}

func TestTwoPeopleMeetAndTalk(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			k := Start(t, alice, dana)
			as, ds := newDesk(t, k, alice, transport, "--xcap", k.XCAP), newDesk(t, k, dana, transport, "--xcap", k.XCAP)
			a, d := as.open(), ds.open()
			meet(a, d, dana.Address, alice.Address)

			d.Presses("p")
			d.Clicks("Do Not Disturb")
			a.Row(dana.Address + " - Do Not Disturb")
			d.Presses("p")
			d.Clicks("Be Right Back")
			a.Row(dana.Address + " - Be Right Back")
			a.Presses("n")
			a.Types("At the lake")
			a.Presses("enter")
			d.Row("At the lake")

			writes(a, dana.Address, "Are you coming?")
			d.Sees("Are you coming?")
			writes(d, alice.Address, "On Thursday")
			a.Sees("Are you coming?", "On Thursday")
			d.Presses("tab")
			d.Quits()

			a.Row(dana.Address + " - Offline")
			a.Types("Bring the boat")
			a.Presses("enter")
			a.Sees("stored", "Bring the boat")
			a.Presses("tab")
			a.Quits()

			d = ds.open()
			d.Sees("Are you coming?", "On Thursday", "Bring the boat")
			d.Row(alice.Address + " - Offline")
			d.Quits()
			d = ds.open() // without the announcement, which says it too
			if s := d.Sees("Bring the boat"); strings.Count(s.Text(), "Bring the boat") != 1 {
				t.Errorf("it is there more than once:\n%s", s.Text())
			}
			d.Quits()
		})
	}
}

func TestAnAddressThatKamailioDoesNotKnowIsSaidOnTheContact(t *testing.T) {
	t.Parallel()
	k := Start(t, alice)
	a := newDesk(t, k, alice, "tls", "--xcap", k.XCAP).open()
	a.AddsContact("Lync", "nobody@contoso.com")
	a.Row("nobody@contoso.com - Address not found")
	writes(a, "nobody@contoso.com", "Hello?")
	a.Sees("not delivered", "the address is incorrect")
	a.Presses("tab")
	a.Quits()
}

func TestKamailioRefusesAPasswordAndIsAskedOnceMoreByThePersonOnly(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			k := Start(t, alice)
			w := newDesk(t, k, User{alice.Address, "wrong"}, transport, "--xcap", k.XCAP).start()
			w.Sees("does not accept this address and")
			registers := func() int { return strings.Count(w.Trace(), "\nREGISTER sip:") }
			if n := registers(); n != 2 { // one to be challenged, one with the password
				t.Errorf("%d requests to sign in", n)
			}
			w.Insists(func() { w.Types("x") }, func(s shot.Screen) bool { return s.Has("•") })
			w.Presses("ctrl+u")
			w.Types(alice.Password)
			w.Presses("enter")
			w.Sees("GROUPS", "Signed in")
			if n := registers(); n > 4 {
				t.Errorf("%d requests to sign in", n)
			}
			w.Quits()
		})
	}
}

func TestWhatHappenedWhileKamailioWasDownIsSeenAfterwards(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			k := Start(t, alice, dana)
			a := newDesk(t, k, alice, transport, "--xcap", k.XCAP).open()
			d := newDesk(t, k, dana, transport, "--xcap", k.XCAP).open()
			meet(a, d, dana.Address, alice.Address)
			k.Kill()
			// Over UDP nothing tells that the server is gone until something is sent.
			d.Presses("p")
			d.Clicks("Be Right Back")
			a.Presses("n")
			a.Types("Anybody there?")
			a.Presses("enter")
			a.Sees("Not connected")
			a.Loses(dana.Address + " - Available")
			d.Sees("Not connected")
			k.Restart()
			a.Row(dana.Address + " - Be Right Back")
			d.Row("Anybody there?")
			writes(a, dana.Address, "There you are")
			d.Sees("There you are")
			a.Presses("tab")
			a.Quits()
			d.Quits()
		})
	}
}

func TestEverythingIsThereAfterARestartWithoutTheServer(t *testing.T) {
	t.Parallel()
	k := Start(t, alice, dana, eve)
	as := newDesk(t, k, alice, "tls", "--xcap", k.XCAP)
	a, d, e := as.open(), newDesk(t, k, dana, "tls", "--xcap", k.XCAP).open(), newDesk(t, k, eve, "tls", "--xcap", k.XCAP).open()
	meet(a, d, dana.Address, alice.Address)
	writes(d, alice.Address, "See you")
	a.Sees("See you")
	e.AddsContact("Lync", alice.Address)
	a.Sees("NEW (1)")
	a.Quits()
	k.Kill()
	a = as.start()
	a.Sees("Cannot sign in. Trying again", "NEW (1)", "See you")
	a.Row(dana.Address)
	a.Presses("4")
	a.Row(eve.Address)
	a.Quits()
}

func TestWhatIsDecidedOnOneDeviceIsDecidedOnTheOther(t *testing.T) {
	t.Parallel()
	k := Start(t, alice, dana, eve)
	desk, phone := newDesk(t, k, alice, "tls", "--xcap", k.XCAP), newDesk(t, k, alice, "tcp", "--xcap", k.XCAP)
	a, b := desk.open(), phone.open()
	d, e := newDesk(t, k, dana, "tls", "--xcap", k.XCAP).open(), newDesk(t, k, eve, "tls", "--xcap", k.XCAP).open()
	d.AddsContact("Lync", alice.Address)
	e.AddsContact("Lync", alice.Address)
	a.Sees("NEW (2)")
	b.Sees("NEW (2)")
	a.Presses("4")
	a.Accepts(dana.Address)
	d.Row(alice.Address + " - Available")
	b.Sees("NEW (1)")
	a.Picks(eve.Address)
	a.Presses("b")
	a.Clicks("Block      Cancel")
	b.Loses("NEW (1)")

	// What the other device knows must not undo it.
	b.Quits()
	b = phone.open()
	b.Presses("n")
	b.Types("Back again")
	b.Presses("enter")
	d.Row("Back again")
	if s := b.Screen(); s.Has("NEW (") {
		t.Errorf("decided requests are back:\n%s", s.Text())
	}
}

func TestWithoutXCAPGolyncDoesNotPretend(t *testing.T) {
	t.Parallel()
	k := Start(t, alice, dana)
	a, d := newDesk(t, k, alice, "tls").open(), newDesk(t, k, dana, "tls").open()
	d.Sees("cannot tell this server")
	a.AddsContact("Lync", dana.Address)
	d.Sees("NEW (1)")
	d.Presses("4")
	d.Accepts(alice.Address)
	d.Presses("1")
	d.Row("Waiting for " + alice.Address + " to accept")
	a.Row("Waiting for " + dana.Address + " to accept")
	d.Presses("x")
	d.Loses("cannot tell this server")
	writes(a, dana.Address, "Do you see me?")
	d.Sees("Do you see me?")
	d.Quits()
}
