package ui

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
)

// outsider is a model whose window is not looked at; told returns what the terminal was sent since the last
// call.
type outsider struct {
	*model
	at time.Time
}

func newOutsider(t *testing.T, s *app.State, o Options) *outsider {
	x := &outsider{at: time.Date(2026, 11, 23, 14, 2, 0, 0, time.UTC)}
	x.model = newModel(t.Context(), Deps{State: s, Do: func([]app.Effect) {}, Now: func() time.Time { return x.at }, Options: o})
	x.pending, x.away = nil, true
	return x
}

// told runs what is due at once; what waits is left to the clock of the test.
func (x *outsider) told() (bells int, notifications []string) {
	for _, cmd := range x.pending {
		done := make(chan tea.Msg, 1)
		go func() { done <- cmd() }()
		select {
		case msg := <-done:
			if raw, ok := msg.(tea.RawMsg); ok {
				if s := raw.Msg.(string); s == "\a" {
					bells++
				} else {
					notifications = append(notifications, s)
				}
			}
		case <-time.After(time.Second): // a timer, in the bubble's own time
		}
	}
	x.pending = nil
	return bells, notifications
}

// says makes an alert of a message.
func says(a contacts.Address, words string) app.Alert {
	return app.Alert{What: alerts.Conversation, From: a, Name: text.From("Dana"), Text: text.From(words)}
}

func TestTheUserIsReachedAsTheOptionsAndThePresenceAllow(t *testing.T) {
	message := says(dana, "Hi")
	silent := message
	silent.Silent = true
	request := app.Alert{What: alerts.Request, From: gina, Name: text.From("Gina")}
	status := app.Alert{What: alerts.StatusChange, From: dana, Text: text.From("Available")}
	for _, c := range []struct {
		name        string
		alert       app.Alert
		looking     bool
		mine        contacts.Availability
		set         func(*option.Set)
		bells, told int
	}{
		{name: "a message", alert: message, bells: 1, told: 1},
		{name: "a request", alert: request, bells: 1, told: 1},
		{name: "a status", alert: status, bells: 1, told: 1},
		{name: "somebody nobody decided on", alert: silent},
		{name: "with the window in front", alert: message, looking: true, bells: 1},
		{name: "no desktop", alert: message, set: func(o *option.Set) { o.Toasts.Desktop = false }, bells: 1},
		{name: "no sound for messages", alert: message, set: func(o *option.Set) { o.Sounds.Messages = false }, told: 1},
		{name: "no sound for requests", alert: request, set: func(o *option.Set) { o.Sounds.Requests = false }, told: 1},
		{name: "no sound for status changes", alert: status, set: func(o *option.Set) { o.Sounds.StatusChanges = false }, told: 1},
		{name: "busy", alert: message, mine: contacts.Busy, bells: 1, told: 1},
		{name: "quiet when busy", alert: message, mine: contacts.Busy, set: func(o *option.Set) { o.Sounds.QuietWhenBusy = true }, told: 1},
		{name: "undisturbed", alert: message, mine: contacts.DoNotDisturb, told: 1},
		{name: "loud when undisturbed", alert: message, mine: contacts.DoNotDisturb, set: func(o *option.Set) { o.Sounds.QuietWhenUndisturbed = false }, bells: 1, told: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				set := option.Default()
				if c.set != nil {
					c.set(&set)
				}
				s := world()
				s.SetOptions(time.Now(), set)
				if c.mine != contacts.PresenceUnknown {
					s.SetPresence(time.Now(), c.mine)
				}
				x := newOutsider(t, s, Options{Terminal: Terminal{way: byOSC9}})
				x.away = !c.looking
				x.toasts.announce(c.alert)
				bells, notifications := x.told()
				if bells != c.bells || len(notifications) != c.told {
					t.Errorf("%d bells, %q", bells, notifications)
				}
				x.cancelTimers()
			})
		})
	}
}

// cancelTimers lets what still waits end with the test.
func (x *outsider) cancelTimers() { time.Sleep(time.Minute) }

func TestAFloodIsToldInAFewNotifications(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newOutsider(t, world(), Options{Terminal: Terminal{way: byOSC9}})
		for range 1000 {
			x.toasts.announce(says(dana, "Buy now"))
		}
		bells, notifications := x.told()
		if bells != 1 || len(notifications) != 1 {
			t.Errorf("at once: %d bells, %d notifications", bells, len(notifications))
		}
		x.at = x.at.Add(tellEvery)
		x.outside.tell()
		if _, notifications = x.told(); len(notifications) != 1 || !strings.Contains(notifications[0], "Dana (dana@contoso.com): Buy now (and 998 more)") {
			t.Errorf("later: %q", notifications)
		}
		x.cancelTimers()
	})
}

func TestWhoComesBackIsToldNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newOutsider(t, world(), Options{Terminal: Terminal{way: byOSC9}})
		x.toasts.announce(says(dana, "One"))
		x.toasts.announce(says(dana, "Two"))
		x.told()
		x.away, x.at = false, x.at.Add(tellEvery)
		x.outside.tell()
		if _, notifications := x.told(); len(notifications) != 0 {
			t.Errorf("%q", notifications)
		}
		x.cancelTimers()
	})
}

func TestHiddenWordsAreHiddenOutsideToo(t *testing.T) {
	for way := byOSC9; way <= byOSC99; way++ {
		x := newOutsider(t, worldOf(func(o *option.Set) { o.Toasts.Words = false })(), Options{})
		a := says(dana, "The secret plan")
		if s := (Terminal{way: way}).notification(keyOf(a), x.toasts.headline(a), x.toasts.body(a)); strings.Contains(s, "secret") {
			t.Errorf("%q", s)
		}
	}
}

// desk is a desktop that takes what it is given, or does not.
type desk struct {
	there  bool
	shown  []string
	clicks chan string
}

func (d *desk) Show(key string, headline, body text.Safe) bool {
	if d.there {
		d.shown = append(d.shown, key+"|"+string(headline)+"|"+string(body))
	}
	return d.there
}

func (d *desk) Opened(ctx context.Context) (string, error) {
	select {
	case key := <-d.clicks:
		return key, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func TestADesktopIsToldInsteadOfTheTerminal(t *testing.T) {
	for _, there := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			d := &desk{there: there}
			x := newOutsider(t, worldOf(func(o *option.Set) { o.Toasts.Words = false })(), Options{Terminal: Terminal{way: byOSC9}, Desktop: d})
			x.toasts.announce(says(dana, "The secret plan"))
			_, notifications := x.told()
			if (len(notifications) == 0) != there || (len(d.shown) == 1) != there {
				t.Errorf("with a desktop %v: %q, %q", there, d.shown, notifications)
			}
			if there && d.shown[0] != "person sip:dana@contoso.com|Dana (dana@contoso.com)|sent you a message." {
				t.Errorf("%q", d.shown)
			}
			x.cancelTimers()
		})
	}
}

func TestAClickOnANotificationOpensWhatItWasAbout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &desk{there: true, clicks: make(chan string)}
		x := open(t, 120, 40, world(), Options{Desktop: d})
		defer x.close()
		x.happens(asks(pending(cheri, "Cheri"), pending(gina, "Gina")))
		d.clicks <- keyOf(says(dana, ""))
		x.settle()
		x.sees("Write to Dana")
		d.clicks <- keyOf(app.Alert{What: alerts.Request, From: gina})
		x.settle()
		x.sees("enter accept")
		x.selected("Gina")
	})
}
