package app

import (
	"time"

	"golync/internal/calllog"
	"golync/sipclient"
)

// callMoved folds how a call stands that goes on.
func (s *State) callMoved(now time.Time, c *call, is sipclient.Call) {
	if c.answered && is.State == sipclient.CallRinging {
		is.State = c.State // it crossed with the answer
	}
	transfer := c.Transfer
	c.State, c.Held, c.Waiting, c.Media = is.State, is.Held, is.Waiting, is.Media
	if c.Name.Line() == "" {
		c.Name = is.Name
	}
	if c.entry.Name.Empty() {
		c.entry.Name = is.Name
	}
	c.Holding = c.asked != c.Held
	if is.Transfer != sipclient.TransferNone || transfer != sipclient.TransferAsked { // else it has not been asked for yet
		c.Transfer = is.Transfer
	}
	if c.Transfer == sipclient.TransferFailed && transfer != sipclient.TransferFailed {
		s.transferFailed(now, c)
	}
	if c.Talking() && c.Answered.IsZero() {
		s.talkBegins(now, c)
	}
}

// talkBegins notes that a call was answered. Only one is talked in: the user may have answered another call while
// this one was still ringing at the other side.
func (s *State) talkBegins(now time.Time, c *call) {
	c.Answered = now
	c.entry.Answered = now
	s.logCall(c.entry)
	switch s.calls.floor {
	case c.ID:
	case "":
		s.calls.floor = c.ID
	default:
		s.hold(now, c, true)
	}
}

func (s *State) transferFailed(now time.Time, c *call) {
	who := s.calleeName(c)
	s.tellOfCall(CallNotice{
		Peer: c.Peer, At: now, Error: true,
		Text: transferFailed + " " + s.personName(c.To) + " was not reached, and you are still connected with " + who + ".",
	})
	c.To = ""
	for _, o := range s.calls.now {
		o.joined = false
	}
}

// callUndone ends a call that could not even be begun or answered: this machine has no socket for its sound.
func (s *State) callUndone(now time.Time, d Done) {
	switch e := d.Effect.(type) {
	case PlaceCall:
		if c := s.calls.find(e.ID); c != nil {
			s.inCalls(now, func() { s.end(now, c, calllog.Failed, sipclient.Call{}) })
		}
	case AnswerCall:
		if c := s.calls.find(e.ID); c != nil {
			s.leaveCall(now, c, calllog.Failed, DeclineCall{ID: e.ID, Code: codeUnavailable})
		}
	}
}

// callOver folds the end of a call that the user has not ended.
func (s *State) callOver(now time.Time, c *call, is sipclient.Call) {
	if c.entry.Name.Empty() {
		c.entry.Name = is.Name
	}
	how := unanswered(is, c.answered)
	if how == calllog.Refused && is.Code == codeUnavailable && c.State == sipclient.CallRinging {
		how = calllog.NoAnswer // a device was there, and nobody took the call
	}
	if !c.Answered.IsZero() {
		how = calllog.Talked
		switch is.Why {
		case sipclient.EndedFailed, sipclient.EndedNoAnswer, sipclient.EndedRefused:
			how = calllog.CutOff
		}
	}
	if is.Transfer != sipclient.TransferNone {
		c.Transfer = is.Transfer
	}
	s.end(now, c, how, is)
	if n := s.endNotice(c, is, how); n.Text != "" {
		n.Peer, n.At = c.Peer, now
		s.tellOfCall(n)
	}
}

// unanswered is how a call went that ended before people could talk. wanted says that the user had answered it.
func unanswered(c sipclient.Call, wanted bool) calllog.Outcome {
	if c.Incoming {
		return unansweredHere(c, wanted)
	}
	switch c.Why {
	case sipclient.EndedHere, sipclient.EndedCancelled:
		return calllog.GivenUp
	case sipclient.EndedRefused:
		if c.Code == 408 {
			return calllog.NoAnswer
		}
		return calllog.Refused
	case sipclient.EndedNoAnswer:
		return calllog.NoAnswer
	}
	return calllog.Failed
}

func unansweredHere(c sipclient.Call, wanted bool) calllog.Outcome {
	switch {
	case c.Why == sipclient.EndedElsewhere:
		return calllog.Elsewhere
	case wanted:
		return calllog.Failed
	}
	return calllog.Missed // whatever ended it, the user has not
}
