package sipclient

import (
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
)

// Bounds of calls.
const (
	// ringingMost is how many incoming calls ring at the same time; more are busy (486).
	ringingMost = 3
	// lingers is how long a call that is over is remembered for what its requests still bring (64*T1, twice: the
	// answer to a CANCEL may take as long as the CANCEL).
	lingers = 2 * transactionTime
)

// Times of RFC 3261 section 17 (table 4).
const (
	timerT1         = 500 * time.Millisecond
	timerT2         = 4 * time.Second
	transactionTime = 64 * timerT1
)

// calls are the calls of the client. They belong to the loop.
type calls struct {
	byID  map[string]*session // those that the owner knows, until they end
	byTag map[string]*session // by our tag, also those that are over and linger
	owed  []*farewell
}

func newCalls() calls { return calls{byID: map[string]*session{}, byTag: map[string]*session{}} }

func (cs *calls) add(s *session) {
	cs.byID[s.call.ID] = s
	cs.byTag[s.dialog.localTag] = s
}

// ringing counts the incoming calls that nobody has answered.
func (cs *calls) ringing() (n int) {
	for _, s := range cs.byID {
		if s.in != nil {
			n++
		}
	}
	return n
}

// of finds the call that a request is part of, and the dialog: a call that is placed may have several.
func (cs *calls) of(req *sip.Request) (*session, *dialog) {
	local, _ := req.To().Params.Get("tag")
	remote, _ := req.From().Params.Get("tag")
	s := cs.byTag[local]
	if s == nil || s.dialog.callID != req.CallID().Value() {
		return nil, nil
	}
	if d := s.dialogWith(remote); d != nil {
		return s, d
	}
	return nil, nil
}

// onCall runs f with a call that the owner means, if it still is.
func (c *Client) onCall(id string, f func(*session)) {
	c.loop.post(func() {
		if s := c.calls.byID[id]; s != nil {
			f(s)
		}
	})
}

// Call places a call to uri under an ID of the owner's choice, which no other call has had; everything that
// follows is CallChanged. The call owns m. An address that is none is answered by CallEnded with EndedRefused
// and code 404, and when not signed in by CallEnded with EndedFailed.
func (c *Client) Call(id, uri string, m Media) {
	if !c.loop.post(func() { c.place(id, uri, m) }) {
		m.Close()
	}
}

// Answer answers an incoming call that rings, with m's answer to its offer, or with m's offer when it came
// without one (RFC 3261 section 13.2.1). An offer that m refuses ends the call with 488. The call owns m; one that
// does not ring any more closes it.
func (c *Client) Answer(id string, m Media) {
	if !c.loop.post(func() {
		if s := c.calls.byID[id]; s != nil && s.in != nil {
			s.pickUp(m)
			return
		}
		m.Close()
	}) {
		m.Close()
	}
}

// Decline refuses an incoming call that rings: 603 for the user on every device, 486 busy here, 480 nobody
// there. Another code is taken for 603.
func (c *Client) Decline(id string, code int) {
	if code != 486 && code != 480 {
		code = 603
	}
	c.onCall(id, func(s *session) {
		if s.in != nil {
			s.decline(refuse(code, phraseFor(code)), EndedHere)
		}
	})
}

// Redirect sends the caller of an incoming call that rings to uri (302, RFC 3261 section 21.3.3). An address that is
// none declines the call.
func (c *Client) Redirect(id, uri string) {
	to, _, err := nameaddr.Parse(uri)
	c.onCall(id, func(s *session) {
		switch {
		case s.in == nil:
		case err != nil:
			s.decline(refuse(603, "Decline"), EndedHere)
		default:
			s.decline(refuse(302, "Moved Temporarily", sip.NewHeader("Contact", "<"+to.String()+">")), EndedHere)
		}
	})
}

// HangUp ends a call by whatever ends it in its state: CANCEL, BYE or 603.
func (c *Client) HangUp(id string) { c.onCall(id, func(s *session) { s.hangUp() }) }

// Hold puts a call on hold or takes it back (RFC 3264 section 8.4). Call.Held tells when it is so. A call that is
// not answered yet is held once it is. When the other side refuses, CallChanged says what is.
func (c *Client) Hold(id string, on bool) { c.onCall(id, func(s *session) { s.hold(on) }) }

// Renew offers a call anew, because what its Media offers has changed. A call that is not answered yet is offered so once
// it is.
func (c *Client) Renew(id string) {
	c.onCall(id, func(s *session) {
		s.change.anew = true
		s.settle()
	})
}

// Transfer asks the other side to call uri instead (blind, RFC 3515). The call ends when they talk to each
// other and goes on when they do not; Call.Transfer tells.
func (c *Client) Transfer(id, uri string) {
	to, _, err := nameaddr.Parse(uri)
	c.onCall(id, func(s *session) {
		if err != nil {
			s.transferred(TransferFailed)
			return
		}
		s.transfer("<"+to.String()+">", nil)
	})
}

// TransferTo connects the other side of a call with that of another call of ours (attended, RFC 5589 section
// 7): REFER with Replaces (RFC 3891).
func (c *Client) TransferTo(id, other string) {
	c.onCall(id, func(s *session) {
		with := c.calls.byID[other]
		if with == nil || with == s || with.call.State != CallActive {
			s.transferred(TransferFailed)
			return
		}
		s.transfer(with.replacement(), with)
	})
}

// callsOffline is called when the flow is gone. Calls that people talk in go on, and are moved to the next flow;
// those that nobody has answered cannot.
func (c *Client) callsOffline() {
	for _, s := range c.calls.byTag {
		s.offline()
	}
}

// callsOnline moves the calls to a new flow.
func (c *Client) callsOnline() {
	for _, f := range c.calls.owed {
		f.send()
	}
	c.calls.owed = nil
	for _, s := range c.calls.byID {
		s.online()
	}
}

// callsOver ends what is left without a word to anybody: there is no flow, and none comes back by itself.
func (c *Client) callsOver() {
	c.calls.owed = nil
	for _, s := range c.calls.byTag {
		s.end(EndedFailed, 0, text.Peer{})
		s.forget()
	}
}

// leaveCalls hangs up for good. one is called for each call when it has been said.
func (c *Client) leaveCalls(open func() (one func())) {
	for _, s := range c.calls.byID {
		s.left = open()
		if s.in != nil {
			s.decline(refuse(480, "Temporarily Unavailable"), EndedHere) // other devices of the user's go on ringing
			continue
		}
		s.hangUp()
	}
}

// closeMedia gives back what the owner lent, when the client ends like in a crash.
func (c *Client) closeMedia() {
	for _, s := range c.calls.byID {
		s.closeMedia()
	}
}
