package desktop

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"golync/internal/text"
)

// within is how long anything may take in these tests.
const within = 10 * time.Second

// at opens the desktop of a bus and waits until its service has answered.
func at(t *testing.T, address string) *Desktop {
	t.Helper()
	d := Open(address, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { d.Close() })
	for end := time.Now().Add(within); !d.there.Load(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the service has not been found")
		}
	}
	return d
}

// shows is the next notification that the service was asked for.
func (b *fakeBus) shows(t *testing.T) shownNote {
	t.Helper()
	return next(t, b.shown)
}

func next[T any](t *testing.T, from chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(within):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

func TestOneNotificationForEachPersonIsReplacedByTheNext(t *testing.T) {
	bus := startBus(t, "body", "actions")
	d := at(t, bus.address())
	d.Show("dana", "Dana (dana@contoso.com)", "Are you coming?")
	first := bus.shows(t)
	if first.headline != "Dana (dana@contoso.com)" || first.body != "Are you coming?" || first.replaces != 0 || !first.silent {
		t.Errorf("%+v", first)
	}
	d.Show("dana", "Dana (dana@contoso.com)", "Please.")
	if second := bus.shows(t); second.replaces != first.id || second.body != "Please." {
		t.Errorf("%+v", second)
	}
	d.Show("eve", "Eve (eve@contoso.com)", "Hi")
	if third := bus.shows(t); third.replaces != 0 {
		t.Errorf("%+v", third)
	}
}

func TestWhatAPersonWroteIsNoMarkup(t *testing.T) {
	hostile := text.From(`<a href="http://x">click</a> & <b>bold</b> &lt;`).Line()
	for name, c := range map[string]struct {
		can  []string
		want string
	}{
		"a service that reads markup": {[]string{"body", "body-markup"}, `&lt;a href="http://x"&gt;click&lt;/a&gt; &amp; &lt;b&gt;bold&lt;/b&gt; &amp;lt;`},
		"a service that reads none":   {[]string{"body"}, string(hostile)},
	} {
		t.Run(name, func(t *testing.T) {
			bus := startBus(t, c.can...)
			at(t, bus.address()).Show("eve", "Eve", hostile)
			if got := bus.shows(t); got.body != c.want {
				t.Errorf("%q, want %q", got.body, c.want)
			}
		})
	}
}

func TestAClickNamesWhatItWasAbout(t *testing.T) {
	bus := startBus(t, "body", "actions")
	d := at(t, bus.address())
	d.Show("dana", "Dana", "Hi")
	n := bus.shows(t)
	if strings.Join(n.actions, " ") != "default Open" {
		t.Errorf("the actions are %q", n.actions)
	}
	bus.emit("ActionInvoked", uint32(77), "default") // somebody else's
	bus.emit("ActionInvoked", n.id, "default")
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	if key, err := d.Opened(ctx); key != "dana" || err != nil {
		t.Errorf("opened %q, %v", key, err)
	}
}

func TestAClosedNotificationIsNotReplaced(t *testing.T) {
	bus := startBus(t, "body", "actions")
	d := at(t, bus.address())
	d.Show("dana", "Dana", "Hi")
	n := bus.shows(t)
	bus.emit("NotificationClosed", n.id, uint32(2))
	bus.emit("ActionInvoked", n.id, "default") // in order, so that both have been heard when nothing came of it
	d.Show("eve", "Eve", "Hi")
	bus.shows(t)
	for end := time.Now().Add(within); ; time.Sleep(time.Millisecond) {
		d.Show("dana", "Dana", "Again")
		if bus.shows(t).replaces == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("a notification that is gone is still replaced")
		}
	}
}

// A service that has hung itself up costs the window nothing, and when it goes on it shows the last only.
func TestAFloodAtASlowServiceIsPutTogether(t *testing.T) {
	bus := startBus(t, "body")
	bus.held = make(chan bool)
	d := at(t, bus.address())
	for i := range 5000 {
		d.Show("dana", "Dana", "message"+text.Int(i))
	}
	close(bus.held)
	for n := 0; ; n++ {
		d.Show("eve", "Eve", "Hi") // until there is room for it
		if bus.shows(t).headline == "Eve" {
			return
		}
		if n > 2 {
			t.Fatal("what had been replaced already was shown all the same")
		}
	}
}

func TestWithoutAServiceTheAnswerIsNo(t *testing.T) {
	silent := startBus(t)
	silent.silent = true
	for name, address := range map[string]string{
		"no bus": "unix:path=" + t.TempDir() + "/none", "a silent one": silent.address(), "not an address": "unix:nonsense",
	} {
		d := Open(address, slog.New(slog.DiscardHandler))
		if d.Show("dana", "Dana", "Hi") {
			t.Errorf("%s: shown", name)
		}
		done := make(chan bool)
		go func() { d.Close(); close(done) }()
		ends(t, done)
	}
}

// ends waits until a channel is closed.
func ends(t *testing.T, done chan bool) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(within):
		t.Fatal("it does not end")
	}
}

func TestAfterTheBusHasGoneTheAnswerIsNo(t *testing.T) {
	bus := startBus(t, "body")
	d := at(t, bus.address())
	bus.stop()
	for end := time.Now().Add(within); d.Show("dana", "Dana", "Hi"); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a bus that is gone still shows things")
		}
	}
}

func TestLeavingTakesTheNotificationsAway(t *testing.T) {
	bus := startBus(t, "body")
	d := at(t, bus.address())
	d.Show("dana", "Dana", "Hi")
	n := bus.shows(t)
	d.Show("eve", "Eve", "Hi") // so that the answer to the first has been read
	bus.shows(t)
	d.Close()
	if id := next(t, bus.gone); id != n.id && id != n.id+1 {
		t.Errorf("%d was taken away", id)
	}
}

func TestTheBusOfAnotherMachineIsNotUsed(t *testing.T) {
	const bus = "unix:path=/run/user/1000/bus"
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"DBUS_SESSION_BUS_ADDRESS": bus}, bus},
		{map[string]string{}, ""},
		{map[string]string{"DBUS_SESSION_BUS_ADDRESS": bus, "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, ""},
		{map[string]string{"DBUS_SESSION_BUS_ADDRESS": bus, "SSH_TTY": "/dev/pts/1"}, ""},
		{map[string]string{"DBUS_SESSION_BUS_ADDRESS": "autolaunch:"}, ""},
		{map[string]string{"DBUS_SESSION_BUS_ADDRESS": "tcp:host=192.0.2.7,port=1"}, ""},
	} {
		if got := Address(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %q", c.env, got)
		}
	}
}

func BenchmarkShow(b *testing.B) {
	d := &Desktop{queue: make(chan note, queued)}
	d.there.Store(true)
	b.ReportAllocs()
	for b.Loop() {
		d.Show("dana", "Dana", "Hi")
	}
}
