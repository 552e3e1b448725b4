package app

import (
	"slices"
	"time"

	"golync/internal/calllog"
	"golync/sipclient"
)

// calls are those of the moment, and what is left to be said of the last ones.
type calls struct {
	now     []*call         // in the order in which they began
	floor   string          // ID of the one that is talked in; "" when all are held
	leaving map[string]bool // calls that are over for the user before the network has said so; nothing of them is shown
	notices []CallNotice
	tone    Tone
	byHand  bool // the user has chosen a presence during the call, which says more than "In a call"
	log     callLog
}

func newCalls() calls { return calls{leaving: map[string]bool{}} }

// call is one of them.
type call struct {
	Call
	entry    calllog.Entry
	asked    bool // held, as the user wants it
	askedAt  time.Time
	answered bool // the user has said so, and the network not yet
	joined   bool // the other side is being connected with that of the other call, and hangs up when it is
}

// find returns the call with the ID, nil when there is none.
func (c *calls) find(id string) *call {
	i := slices.IndexFunc(c.now, func(o *call) bool { return o.ID == id })
	if i < 0 {
		return nil
	}
	return c.now[i]
}

// own are the calls that the user has placed or answered.
func (c *calls) own() (own []*call) {
	for _, o := range c.now {
		if !o.Rings() {
			own = append(own, o)
		}
	}
	return own
}

// talking reports whether the user is in a call.
func (c *calls) talking() bool {
	return slices.ContainsFunc(c.now, func(o *call) bool { return o.Talking() })
}

// remove takes a call away and leaves the others as a reader may hold them.
func (c *calls) remove(gone *call) {
	c.now = slices.DeleteFunc(slices.Clone(c.now), func(o *call) bool { return o == gone })
	if c.floor == gone.ID {
		c.floor = ""
	}
}

// inCalls does something with calls, and tells everybody when the user is in a call after it or no more. Whoever
// has been talking was there: being idle is counted anew from then.
func (s *State) inCalls(now time.Time, do func()) {
	before, talked := s.shown(), s.calls.talking()
	do()
	if talked && !s.calls.talking() {
		s.idle = idle{key: wall(now)}
		s.calls.byHand = false
	}
	if s.shown() != before {
		s.shownAt = now
		s.publish(now)
	}
	s.changed()
}

// begin adds a call, and writes it down before anything else happens to it.
func (s *State) begin(now time.Time, c Call) *call {
	c.Began = now
	o := &call{Call: c, entry: calllog.Entry{
		ID: s.newID(now), Peer: c.Peer, Name: c.Name, Incoming: c.Incoming, Began: now,
	}}
	if !c.Incoming {
		o.entry.ID = c.ID // made here as well
	}
	s.calls.now = append(slices.Clip(s.calls.now), o)
	s.logCall(o.entry)
	return o
}

// end takes a call away and writes down how it went.
func (s *State) end(now time.Time, c *call, how calllog.Outcome, last sipclient.Call) {
	s.calls.remove(c)
	c.entry.Ended, c.entry.Outcome, c.entry.Code, c.entry.Reason = now, how, last.Code, last.Reason
	s.logCall(c.entry)
}

// leave ends a call because the user wants it: at once, whatever the network makes of it.
func (s *State) leaveCall(now time.Time, c *call, how calllog.Outcome, deed Effect) {
	s.calls.leaving[c.ID] = true
	s.inCalls(now, func() { s.end(now, c, how, sipclient.Call{}) })
	s.do(deed)
}
