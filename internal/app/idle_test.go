package app

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/option"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// waits lets time pass without a key, asking as often as it is told to, and returns what was published.
func (w *world) waits(d time.Duration) (published []contacts.Availability) {
	w.t.Helper()
	end := w.now.Add(d)
	for {
		effects, next := w.Idle(w.now)
		w.do(effects)
		for _, p := range asked[PublishPresence](w) {
			published = append(published, availabilityOf(p.State))
		}
		if next < 0 || next > time.Minute {
			w.t.Fatalf("to be asked again in %v", next)
		}
		if next == 0 || w.now.Add(next).After(end) {
			w.now = end
			return published
		}
		w.now = w.now.Add(next)
	}
}

func TestIdleMinutesMakeInactiveThenAwayAndAKeyBringsBack(t *testing.T) {
	w := online(t, Saved{})
	if got := w.waits(5*time.Minute - time.Second); len(got) != 0 {
		t.Errorf("before five minutes %v was published", got)
	}
	if got := w.waits(2 * time.Second); len(got) != 1 || got[0] != contacts.Inactive || w.Mine() != contacts.Inactive {
		t.Errorf("after five minutes %v was published, and I am %v", got, w.Mine())
	}
	if got := w.waits(time.Hour); len(got) != 1 || got[0] != contacts.Away || w.Mine() != contacts.Away {
		t.Errorf("after ten minutes %v was published, and I am %v", got, w.Mine())
	}
	if _, next := w.Idle(w.now); next != 0 {
		t.Errorf("once Away, nothing more can happen, but in %v", next)
	}
	if w.Me().Availability != contacts.Available {
		t.Errorf("what I chose became %v", w.Me().Availability)
	}
	w.do(w.Active(w.now))
	if p := one[PublishPresence](w).State; availabilityOf(p) != contacts.Available || p.Idle || !p.Since.Equal(w.now) {
		t.Errorf("a key published %+v", p)
	}
	w.do(w.Active(w.now))
	w.asks()
}

func TestKeysPutIdlenessOff(t *testing.T) {
	w := online(t, Saved{})
	for range 10 {
		if got := w.waits(4 * time.Minute); len(got) != 0 {
			t.Fatalf("%v was published", got)
		}
		w.do(w.Active(w.now))
	}
}

func TestIdleFollowsTheMinutesOfTheStatusPage(t *testing.T) {
	o := option.Default()
	o.Status = option.Status{InactiveAfter: 1, AwayAfter: 360}
	w := online(t, Saved{Options: o})
	w.waits(time.Minute + time.Second)
	if w.Mine() != contacts.Inactive {
		t.Errorf("after a minute I am %v", w.Mine())
	}
	w.waits(6*time.Hour - time.Minute)
	if w.Mine() != contacts.Inactive {
		t.Errorf("too early, I am %v", w.Mine())
	}
	w.waits(2 * time.Minute)
	if w.Mine() != contacts.Away {
		t.Errorf("after six hours more I am %v", w.Mine())
	}
}

func TestWhatWasChosenStaysWhileIdle(t *testing.T) {
	for chosen, want := range map[contacts.Availability]contacts.Availability{
		contacts.Available:    contacts.Away,
		contacts.Busy:         contacts.BusyIdle,
		contacts.DoNotDisturb: contacts.DoNotDisturb,
		contacts.BeRightBack:  contacts.BeRightBack,
		contacts.OffWork:      contacts.OffWork,
		contacts.Away:         contacts.Away,
	} {
		w := online(t, Saved{})
		w.do(w.SetPresence(w.now, chosen))
		got := w.waits(time.Hour)
		if w.Mine() != want || w.Me().Availability != chosen {
			t.Errorf("%v became %v", chosen, w.Mine())
		}
		if want == chosen && len(got) != 0 {
			t.Errorf("%v: %v was published though nothing changed", chosen, got)
		}
		w.do(w.Active(w.now))
		if w.Mine() != chosen {
			t.Errorf("a key made %v of %v", w.Mine(), chosen)
		}
	}
}

func TestResetStatusCountsAnew(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.SetPresence(w.now, contacts.DoNotDisturb))
	w.waits(time.Hour)
	w.do(w.SetPresence(w.now, contacts.PresenceUnknown))
	if w.Mine() != contacts.Available {
		t.Errorf("reset, I am %v", w.Mine())
	}
	if got := w.waits(4 * time.Minute); len(got) != 0 {
		t.Errorf("%v was published", got)
	}
	w.waits(2 * time.Minute)
	if w.Mine() != contacts.Inactive {
		t.Errorf("six minutes after it I am %v", w.Mine())
	}
	w.do(w.SetPresence(w.now, contacts.PresenceUnknown))
	if p := one[PublishPresence](w).State; availabilityOf(p) != contacts.Available {
		t.Errorf("reset while Inactive published %+v", p)
	}
	if len(asked[SaveMe](w)) != 0 {
		t.Error("nothing was chosen, but something was saved")
	}
}

func TestAwayByItselfSaysThatNobodyIsThere(t *testing.T) {
	w := online(t, Saved{})
	w.waits(11 * time.Minute)
	if p := w.myState(); !p.Idle || p.Activity != pidf.ActivityAway {
		t.Errorf("idle, I am %+v", p)
	}
	w.do(w.SetPresence(w.now, contacts.Away))
	if p := w.myState(); p.Idle {
		t.Errorf("Appear Away is %+v", p)
	}
}

func TestAClockThatJumpsLeavesNobodyStuck(t *testing.T) {
	const day = 24 * time.Hour
	w := online(t, Saved{})
	w.now = w.now.Add(day) // the machine slept, or the clock was set
	w.do(w.Active(w.now))
	if w.waits(time.Minute); w.Mine() != contacts.Available {
		t.Errorf("with a key after the jump I am %v", w.Mine())
	}
	w.now = w.now.Add(day)
	if w.waits(time.Second); w.Mine() != contacts.Away {
		t.Errorf("a day without a key, I am %v", w.Mine())
	}
	if w.do(w.Active(w.now)); w.Mine() != contacts.Available {
		t.Errorf("a key left me %v", w.Mine())
	}
	w.now = w.now.Add(-2 * day)
	if w.waits(4 * time.Minute); w.Mine() != contacts.Available {
		t.Errorf("after the clock was set back I am %v", w.Mine())
	}
	if w.waits(2 * time.Minute); w.Mine() != contacts.Inactive {
		t.Errorf("counting did not begin anew: I am %v", w.Mine())
	}
	w.now = w.now.Add(-day)
	if w.waits(4 * time.Minute); w.Mine() != contacts.Inactive {
		t.Errorf("set back while Inactive, I am %v", w.Mine())
	}
	if w.waits(2 * time.Minute); w.Mine() != contacts.Away {
		t.Errorf("five minutes on, I am %v", w.Mine())
	}
	w.now = w.now.Add(-day)
	if w.waits(time.Hour); w.Mine() != contacts.Away {
		t.Errorf("set back while Away, I am %v", w.Mine())
	}
}

// The monotonic clock stands still while a machine sleeps; the clock on the wall does not.
func TestSleepCountsAsIdle(t *testing.T) {
	start := time.Now() // with a monotonic reading
	w := online(t, Saved{})
	w.do(w.Active(start))
	woken := time.Unix(0, start.Add(8*time.Hour).UnixNano())
	w.do(first(w.Idle(woken)))
	if w.Mine() != contacts.Away {
		t.Errorf("after a night I am %v", w.Mine())
	}
}

func first(effects []Effect, _ time.Duration) []Effect { return effects }

func TestIdleWithoutAServerIsPublishedAtTheNextSignIn(t *testing.T) {
	w := online(t, Saved{})
	w.take(sipclient.Disconnected{})
	if got := w.waits(time.Hour); len(got) != 0 {
		t.Errorf("%v was published to nobody", got)
	}
	if w.Mine() != contacts.Offline {
		t.Errorf("without a server I am %v", w.Mine())
	}
	w.take(sipclient.SignedIn{})
	if p := one[PublishPresence](w).State; availabilityOf(p) != contacts.Away {
		t.Errorf("signed in again as %+v", p)
	}
}

func TestIdleBeforeAnythingElseBeginsToCount(t *testing.T) {
	w := &world{State: New(Saved{}, contacts.Providers{}), t: t, now: time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)}
	if w.waits(time.Minute); w.shown() != contacts.Available {
		t.Errorf("I am %v at once", w.Mine())
	}
}

func BenchmarkActive(b *testing.B) {
	s := New(Saved{}, contacts.Providers{})
	now := time.Now()
	b.ReportAllocs()
	for b.Loop() {
		s.Active(now)
	}
}
