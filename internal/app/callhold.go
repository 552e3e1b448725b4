package app

import (
	"strings"
	"time"

	"golync/sipclient"
)

// HoldCall puts a call on hold or takes it back, which puts the other one on hold.
func (s *State) HoldCall(now time.Time, id string, on bool) []Effect {
	c := s.calls.find(id)
	if c == nil || !c.Talking() {
		return nil
	}
	if !on {
		s.talkIn(now, id)
	} else if s.calls.floor == id {
		s.calls.floor = ""
	}
	s.hold(now, c, on)
	return s.flush()
}

// SwapCalls takes the held one of two calls back and puts the other one on hold.
func (s *State) SwapCalls(now time.Time) []Effect {
	for _, c := range s.calls.own() {
		if c.asked && c.Talking() {
			return s.HoldCall(now, c.ID, false)
		}
	}
	return nil
}

// MuteCall makes the user unheard in a call, or heard again.
func (s *State) MuteCall(now time.Time, id string, on bool) []Effect {
	c := s.calls.find(id)
	if c == nil || c.Rings() || c.Muted == on {
		return nil
	}
	c.Muted = on
	s.do(MuteCall{ID: id, On: on})
	s.changed()
	return s.flush()
}

// maxPressed bounds how many keys are pressed at once: a card number and what surrounds it.
const maxPressed = 64

// SendDigits presses keys of a telephone in a call. The errors are ErrNoCall, ErrNotTalking and ErrDigit.
func (s *State) SendDigits(now time.Time, id, digits string) ([]Effect, error) {
	c := s.calls.find(id)
	digits = strings.ToUpper(digits)
	switch {
	case c == nil || c.Rings():
		return nil, ErrNoCall
	case !c.Talking() && c.State != sipclient.CallEarly: // a machine may ask for keys before it answers
		return nil, ErrNotTalking
	case digits == "" || len(digits) > maxPressed || strings.Trim(digits, "0123456789*#ABCD") != "":
		return nil, ErrDigit
	}
	s.do(SendDigits{ID: id, Digits: digits})
	return s.flush(), nil
}

// hold asks for a call to be put on hold or taken back, unless that has been asked for just now.
func (s *State) hold(now time.Time, c *call, on bool) {
	if c.asked == on && (c.Held == on || now.Sub(c.askedAt).Abs() < holdPatience) {
		return
	}
	c.asked, c.askedAt = on, now
	c.Holding = c.Held != on
	s.do(HoldCall{ID: c.ID, On: on})
	s.changed()
}

// holdPatience is how long the other side may take to be held before asking once more is more than impatience: two
// offers at once refuse each other (491), and are tried again after up to 4 s (RFC 3261 section 14.1).
const holdPatience = 5 * time.Second

// talkIn makes a call the one that is talked in, and puts the others on hold.
func (s *State) talkIn(now time.Time, id string) {
	s.calls.floor = id
	for _, o := range s.calls.now {
		if o.ID != id && o.Talking() && !o.asked {
			s.hold(now, o, true)
		}
	}
}
