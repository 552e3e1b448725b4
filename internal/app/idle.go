package app

import (
	"time"

	"golync/contacts"
)

// idle is how long the user has touched nothing. It knows nothing of the terminal's focus: who reads another
// window is at the computer, and the keys pressed there are not golync's to see.
type idle struct {
	key  time.Time // of the last key or click, on the wall clock
	step idleStep
}

// idleStep is how far being idle has come. Only a key or a click leads back.
type idleStep uint8

const (
	attentive idleStep = iota
	inactive
	away
)

// idleCheck is how soon Idle is called again at the latest. A machine that sleeps stops the timers, not the wall
// clock, so that the next check after waking finds out.
const idleCheck = time.Minute

// wall takes the monotonic reading off a time: it stands still while the machine sleeps, which is exactly when
// nobody touches it.
func wall(t time.Time) time.Time { return t.Round(0) }

// Mine is the presence that others are shown now. Whoever is not signed in is Offline.
func (s *State) Mine() contacts.Availability {
	if s.connection.State != SignedIn {
		return contacts.Offline
	}
	return s.shown()
}

// shown is the presence that is published: the chosen one, unless the user is in a call or has been idle for long
// (facts/lync-2013-client.md section 6). What was chosen to keep people away stays as it is. Nobody is idle in
// a call, and a Skype user's presence has no word for it.
func (s *State) shown() contacts.Availability {
	if s.calls.talking() {
		if s.calls.byHand || s.me.Kind == contacts.Skype || s.me.Availability.Undisturbed() {
			return s.me.Availability
		}
		return contacts.InACall
	}
	switch {
	case s.idle.step == attentive:
	case s.me.Availability == contacts.Busy:
		return contacts.BusyIdle
	case s.me.Availability != contacts.Available:
	case s.idle.step == inactive && s.me.Kind != contacts.Skype: // which has no word for it
		return contacts.Inactive
	default:
		return contacts.Away
	}
	return s.me.Availability
}

// Active notes a key or a click of the user's, who is back at once from Inactive or Away.
func (s *State) Active(now time.Time) []Effect {
	s.idle.key = wall(now)
	if s.idle.step == attentive {
		return nil
	}
	s.idleStep(now, attentive)
	return s.flush()
}

// Idle decides whether the user counts as idle by now. It is to be called again after next; when next is 0, nothing more can happen until Active was called.
func (s *State) Idle(now time.Time) (effects []Effect, next time.Duration) {
	toInactive := time.Duration(s.chosen.Status.InactiveAfter) * time.Minute
	toAway := toInactive + time.Duration(s.chosen.Status.AwayAfter)*time.Minute
	if s.idle.key.IsZero() {
		s.idle.key = wall(now)
	}
	quiet := wall(now).Sub(s.idle.key)
	// A clock that was set back takes nobody's idleness away, and counting goes on from where that step began.
	if least := [...]time.Duration{attentive: 0, inactive: toInactive, away: toAway}[s.idle.step]; quiet < least {
		quiet, s.idle.key = least, wall(now).Add(-least)
	}
	step, until := attentive, toInactive-quiet
	switch {
	case quiet >= toAway:
		step, until = away, 0
	case quiet >= toInactive:
		step, until = inactive, toAway-quiet
	}
	s.idleStep(now, step)
	if s.calls.talking() && until == 0 { // after the call being idle is counted anew
		until = idleCheck
	}
	return s.flush(), min(until, idleCheck)
}

// idleStep makes step the user's, and tells everybody if that is to be seen.
func (s *State) idleStep(now time.Time, step idleStep) {
	before := s.shown()
	s.idle.step = step
	if s.shown() != before {
		s.shownAt = now
		s.publish(now)
	}
}
