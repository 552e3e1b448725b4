package sipclient

import (
	"time"

	"github.com/emiago/sipgo/sip"
)

// flowWithin is how long a call goes on without a flow to the server. The sound does not need one; hanging up does.
const flowWithin = 2 * time.Minute

// request sends a request within a dialog, behind those before it. done runs on the loop with the final answer.
func (s *session) request(d *dialog, method sip.RequestMethod, headers []sip.Header, done func(reply)) {
	s.order.enter(func(leave func()) {
		l := s.c.net.link
		if l == nil || s.c.net.phase != online {
			leave()
			done(reply{err: errFlow})
			return
		}
		dr := d.draft(method)
		dr.headers = headers
		dr.left = func() { s.c.loop.post(leave) }
		s.c.exchange(l, dr, func(r reply) {
			d.localSeq = max(d.localSeq, r.seq)
			done(r)
		})
	})
}

// farewell is a BYE that waits for a flow.
type farewell struct {
	s *session
	d *dialog
}

func (f *farewell) send() {
	f.s.byes--
	f.s.byeIn(f.d)
}

// bye ends the dialog of the call.
func (s *session) bye() { s.byeIn(s.dialog) }

// byeIn ends a dialog. Whatever the answer is, it has ended (RFC 3261 section 15.1.1).
func (s *session) byeIn(d *dialog) {
	s.byes++
	if s.c.net.link == nil || s.c.net.phase != online {
		s.c.calls.owed = append(s.c.calls.owed, &farewell{s, d})
		return
	}
	s.request(d, sip.BYE, nil, func(reply) {
		s.byes--
		s.goodbye()
		s.expect()
	})
}

// takeInCall answers a request that belongs to a call, or to none.
func (c *Client) takeInCall(in *incoming) {
	s, d := c.calls.of(in.req)
	switch {
	case in.req.Method == sip.REFER && (s != nil || !in.inDialog):
		// To call somebody because a third one says so needs the user's consent, and nobody is asked for it.
		in.refuse(refuse(603, "Decline"))
		return
	case s != nil && s.over && in.req.Method == sip.BYE:
		in.accept() // ours has crossed it
		return
	case s == nil || s.over:
		in.refuse(refuse(481, "Call Does Not Exist"))
		return
	}
	target := d.target
	if r := d.accept(in.req); r != nil {
		in.refuse(r)
		return
	}
	if in.req.Method != sip.UPDATE {
		d.target = target // only a request that refreshes it may (RFC 3261 section 12.2)
	}
	switch in.req.Method {
	case sip.BYE:
		s.takeBye(in)
	case sip.PRACK:
		s.takePrack(in)
	case sip.UPDATE:
		s.takeUpdate(in, d, target)
	default:
		takeInfo(in)
	}
}

// takeInfo answers INFO: golync knows no package of it (RFC 6086 section 4.2.2), and what has no body asks only
// whether we are there.
func takeInfo(in *incoming) {
	switch {
	case headerValue(in.req, "info-package") != "":
		in.refuse(refuse(469, "Bad Info Package", sip.NewHeader("Recv-Info", "")))
	case len(in.req.Body()) > 0:
		in.refuse(refuse(415, "Unsupported Media Type", sip.NewHeader("Accept", sdpType)))
	default:
		in.accept()
	}
}

// takeBye ends the call as the other side wants it (RFC 3261 section 15.1.2). A caller may use it before an answer,
// too; then the INVITE is still to be answered.
func (s *session) takeBye(in *incoming) {
	switch {
	case s.in != nil:
		in.accept()
		s.in.refuse(refuse(487, "Request Terminated"))
		s.in = nil
		s.end(s.endOf(in.req))
	case !s.call.Incoming && !s.taken:
		in.refuse(refuse(481, "Call Does Not Exist")) // a callee has nothing to end yet
	default:
		in.accept()
		s.dropConsent()
		_, reason := reasonOf(in.req)
		s.end(EndedByPeer, 0, reason)
	}
}

// takeCancel answers a CANCEL that sipgo knows no INVITE for: it came after the answer, which is 200 all the same
// (RFC 3261 section 9.2), or means nothing here.
func (c *Client) takeCancel(in *incoming) {
	remote, _ := in.req.From().Params.Get("tag")
	for _, s := range c.calls.byTag {
		if s.call.Incoming && s.dialog.callID == in.req.CallID().Value() && s.dialog.remoteTag == remote {
			in.accept()
			return
		}
	}
	in.refuse(refuse(481, "Call Does Not Exist"))
}
