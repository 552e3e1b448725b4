package app

import (
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
)

// callChanged folds how a call stands.
func (s *State) callChanged(now time.Time, c sipclient.Call) {
	own, over := s.calls.find(c.ID), c.State == sipclient.CallEnded
	switch {
	case own != nil && over:
		s.inCalls(now, func() { s.callOver(now, own, c) })
	case own != nil:
		s.inCalls(now, func() { s.callMoved(now, own, c) })
	case s.calls.leaving[c.ID]:
		if over {
			delete(s.calls.leaving, c.ID)
		}
	case !c.Incoming:
		// One of an earlier run of the program: there is none, and nothing to be shown of it.
	case over:
		s.callCameAndWent(now, c)
	case c.State == sipclient.CallRinging:
		s.callCame(now, c)
	}
}

// callCame takes an incoming call: it rings, is sent on, or is refused. Alerts were asked when it arrived
// (Admission), and are asked again because something may have been decided since.
func (s *State) callCame(now time.Time, c sipclient.Call) {
	a, err := contacts.ParseAddress(c.Peer)
	if err != nil {
		s.refuse(c.ID, codeUnavailable)
		return
	}
	v := alerts.Decide(s.inForce(), s.incoming(alerts.Call, a))
	to, forwards := s.forwardTo(a)
	switch {
	case v.Refuse != 0:
		s.refuse(c.ID, v.Refuse)
		if v.Refuse == codeBusy {
			s.keptAway(now, a)
		}
	case s.replaced(c) != nil:
		s.takeOver(now, a, c)
	case forwards && s.chosen.Calls.Forward == option.ForwardAll:
		s.calls.leaving[c.ID] = true
		s.logAtOnce(now, a, c, calllog.Forwarded)
		s.do(RedirectCall{ID: c.ID, To: to})
	case s.ringing() >= maxRinging:
		s.refuse(c.ID, codeBusy)
		s.logAtOnce(now, a, c, calllog.Missed)
	default:
		s.ring(now, a, c, v)
	}
}

// replaced is the call that an incoming one takes the place of, nil when it is a call like others.
func (s *State) replaced(c sipclient.Call) *call {
	if old := s.calls.find(c.Replaces); old != nil && old.Talking() {
		return old
	}
	return nil
}

// takeOver answers a call at once that takes the place of one the user talks in: its other side has put the user
// through to somebody (RFC 3891). The old call ends by it. Who was not heard there is not heard here.
func (s *State) takeOver(now time.Time, a contacts.Address, c sipclient.Call) {
	old := s.replaced(c)
	s.inCalls(now, func() {
		is := s.begin(now, Call{ID: c.ID, Peer: a, Name: s.nameIn(c, a), Incoming: true, State: sipclient.CallAnswering, Muted: old.Muted})
		is.answered, old.joined = true, true
		if s.calls.floor == old.ID {
			s.calls.floor = c.ID
		}
		s.tellOfCall(CallNotice{Peer: a, At: now, Text: s.calleeName(old) + " has put you through to " + s.calleeName(is) + "."})
	})
	s.do(AnswerCall{ID: c.ID})
	if old.Muted {
		s.do(MuteCall{ID: c.ID, On: true})
	}
}

// nameIn is what a caller is called: by the user, else by themselves.
func (s *State) nameIn(c sipclient.Call, a contacts.Address) text.Peer {
	if name := s.NameOf(a); name.Line() != "" {
		return name
	}
	return c.Name
}

// refuse refuses a call that has not been shown.
func (s *State) refuse(id string, code int) {
	s.calls.leaving[id] = true
	s.do(DeclineCall{ID: id, Code: code})
}

func (s *State) ringing() (n int) {
	for _, c := range s.calls.now {
		if c.Rings() {
			n++
		}
	}
	return n
}

func (s *State) ring(now time.Time, a contacts.Address, c sipclient.Call, v alerts.Verdict) {
	is := s.begin(now, Call{
		ID: c.ID, Peer: a, Name: s.nameIn(c, a), Incoming: true, State: sipclient.CallRinging, Media: c.Media, Alert: v.Alert, Offers: c.Video,
	})
	s.do(TimeRinging{ID: c.ID, For: time.Duration(s.chosen.Calls.RingSeconds) * time.Second})
	if v.Alert {
		s.alert(Alert{What: alerts.Call, From: a, Name: is.Name})
	}
	s.changed()
}

// callCameAndWent keeps a call that was over before anybody could be told that it rings.
func (s *State) callCameAndWent(now time.Time, c sipclient.Call) {
	a, err := contacts.ParseAddress(c.Peer)
	if err != nil || !alerts.Decide(s.inForce(), s.incoming(alerts.Call, a)).Show {
		return
	}
	s.logAtOnce(now, a, c, unanswered(c, false))
}

// logAtOnce writes down a call that is over as it begins.
func (s *State) logAtOnce(now time.Time, a contacts.Address, c sipclient.Call, how calllog.Outcome) {
	s.logCall(calllog.Entry{
		ID: s.newID(now), Peer: a, Name: c.Name, Incoming: true, Began: now, Ended: now, Outcome: how, Code: c.Code, Reason: c.Reason,
	})
}

// forwardTo is where the calls of a person go; false when they go nowhere else. Nobody is sent to themselves or
// back to the user.
func (s *State) forwardTo(caller contacts.Address) (contacts.Address, bool) {
	if s.chosen.Calls.Forward == option.ForwardOff {
		return "", false
	}
	to, err := s.AddressToCall(s.chosen.Calls.ForwardTo)
	return to, err == nil && !to.Same(caller)
}

// rangOut ends a call that has rung for as long as it may: it is missed, or goes where unanswered ones go.
func (s *State) rangOut(now time.Time, id string) {
	c := s.calls.find(id)
	if c == nil || !c.Rings() {
		return
	}
	if to, forwards := s.forwardTo(c.Peer); forwards {
		s.leaveCall(now, c, calllog.Forwarded, RedirectCall{ID: id, To: to})
		return
	}
	s.leaveCall(now, c, calllog.Missed, DeclineCall{ID: id, Code: codeUnavailable})
}

// ringsAloud reports whether a call that rings may be heard.
func (s *State) ringsAloud(c *call) bool { return c.Alert && s.Rings(alerts.Call) }
