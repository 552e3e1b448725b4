package app

import (
	"slices"

	"golync/contacts"
	"golync/sipclient"
)

// Calls returns the calls of the moment in the order in which they began: the user's own, two at the most, and
// those that ring.
func (s *State) Calls() []Call {
	all := make([]Call, len(s.calls.now))
	for i, c := range s.calls.now {
		all[i] = c.Call
	}
	return all
}

// Call returns the call with the ID, false when it is over.
func (s *State) Call(id string) (Call, bool) { return s.calls.find(id).read() }

// read is a call as it is handed out.
func (c *call) read() (Call, bool) {
	if c == nil {
		return Call{}, false
	}
	return c.Call, true
}

// CallWith returns the call with a person, false when there is none. Of several it is the one that is talked in,
// then the user's other one, then one that rings.
func (s *State) CallWith(a contacts.Address) (Call, bool) { return s.callWith(a).read() }

func (s *State) callWith(a contacts.Address) *call {
	var found *call
	for _, c := range s.calls.now {
		if c.Peer.Same(a) && (found == nil || c.ID == s.calls.floor || found.Rings() && !c.Rings()) {
			found = c
		}
	}
	return found
}

// Current returns the call that the keys of a call mean: the one that is talked in, else the user's newest one;
// false when the user has none. One that only rings is not meant.
func (s *State) Current() (Call, bool) {
	if c := s.calls.find(s.calls.floor); c != nil {
		return c.read()
	}
	own := s.calls.own()
	if len(own) == 0 {
		return Call{}, false
	}
	return own[len(own)-1].read()
}

// Ringing returns the call that waits longest to be answered, false when none does.
func (s *State) Ringing() (Call, bool) {
	i := slices.IndexFunc(s.calls.now, func(c *call) bool { return c.Rings() })
	if i < 0 {
		return Call{}, false
	}
	return s.calls.now[i].read()
}

// CallNotices returns what is to be said of calls that are over, the oldest first, one for each person.
func (s *State) CallNotices() []CallNotice { return s.calls.notices }

// CallNotice returns what is to be said of the last call with a person.
func (s *State) CallNotice(a contacts.Address) (CallNotice, bool) {
	i := s.callNotice(a)
	if i < 0 {
		return CallNotice{}, false
	}
	return s.calls.notices[i], true
}

func (s *State) callNotice(a contacts.Address) int {
	return slices.IndexFunc(s.calls.notices, func(n CallNotice) bool { return n.Peer.Same(a) })
}

// DismissCallNotice takes the notice about a call with a person away.
func (s *State) DismissCallNotice(a contacts.Address) { s.dropCallNotice(a) }

func (s *State) dropCallNotice(a contacts.Address) {
	if i := s.callNotice(a); i >= 0 {
		s.calls.notices = slices.Delete(slices.Clone(s.calls.notices), i, i+1)
		s.changed()
	}
}

// maxCallNotices bounds what is left to be said of calls: strangers by the hundred do not fill the window.
const maxCallNotices = 20

func (s *State) tellOfCall(n CallNotice) {
	s.dropCallNotice(n.Peer)
	if len(s.calls.notices) == maxCallNotices {
		s.calls.notices = s.calls.notices[1:]
	}
	s.calls.notices = append(slices.Clip(s.calls.notices), n)
	s.changed()
}

// toneNow is what the user is to hear of calls without sound of their own.
func (s *State) toneNow() Tone {
	tone, busy := NoTone, len(s.calls.own()) > 0
	for _, c := range s.calls.now {
		switch {
		case c.Rings() && s.ringsAloud(c):
			if busy {
				return KnockTone
			}
			return RingTone
		case !c.Incoming && c.State == sipclient.CallRinging && !c.Media:
			tone = RingBackTone
		}
	}
	return tone
}

// playTone has the tone changed when another one is due.
func (s *State) playTone() {
	if tone := s.toneNow(); tone != s.calls.tone {
		s.calls.tone = tone
		s.do(PlayTone{tone})
	}
}
