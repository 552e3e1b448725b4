package sipclient

import (
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
	"golync/sipclient/sdp"
)

// Times of a call that rings here.
const (
	ringsHere = 3 * time.Minute // until nobody is there
	// ringEvery keeps proxies from giving up (RFC 3261 section 13.3.1.1).
	ringEvery = time.Minute
)

// ringing is what a call of somebody else's is until the user has answered.
type ringing struct {
	in        *incoming // the INVITE, until its final answer
	invited   uint32    // its CSeq
	offer     []byte    // its description, nil when we are to make the offer
	ringAgain *timer
	sure      *reliable // the 180 until its PRACK comes; nil when it needs none
	inPlaceOf *session  // whom a 2xx replaces (RFC 3891)
}

// takeInvite takes a call, or a change of one. Admission is asked before anything else, so that whoever is blocked
// learns nothing; then 180 goes out at once.
func (c *Client) takeInvite(in *incoming) {
	if in.inDialog {
		if s, d := c.calls.of(in.req); s != nil && !s.over {
			s.takeChange(in, d)
			return
		}
		in.refuse(refuse(481, "Call Does Not Exist"))
		return
	}
	from, ok := nameaddr.AOR(&in.req.From().Address)
	if !ok {
		in.refuse(refuse(400, "From Is No SIP Address"))
		return
	}
	if code := c.o.Admit(Incoming{Method: "INVITE", From: from}).Refuse; code != 0 {
		in.refuse(refuse(code, phraseFor(code)))
		return
	}
	offer, r := c.readInvite(in.req)
	if r != nil {
		in.refuse(r)
		return
	}
	replaced, r := c.calls.replaced(in.req)
	switch {
	case r != nil:
		in.refuse(r)
		return
	case replaced == nil && c.calls.ringing() >= ringingMost:
		in.refuse(refuse(486, "Busy Here"))
		return
	}
	c.ring(in, from, offer, replaced)
}

// readInvite gives the offer of an INVITE, or says why it cannot be taken.
func (c *Client) readInvite(req *sip.Request) (offer []byte, r *refusal) {
	accept := sip.NewHeader("Accept", sdpType)
	offer, ok := describe(req)
	switch {
	case !ok, headerValue(req, "content-encoding") != "":
		return nil, refuse(415, "Unsupported Media Type", accept)
	case !accepts(req, sdpType):
		return nil, refuse(406, "Not Acceptable", accept)
	case c.calls.merged(req):
		return nil, refuse(482, "Loop Detected")
	}
	return offer, tooBrief(req)
}

// merged reports whether the same INVITE has come another way (RFC 3261 section 8.2.2.2).
func (cs *calls) merged(req *sip.Request) bool {
	remote, _ := req.From().Params.Get("tag")
	for _, s := range cs.byID {
		if s.call.Incoming && s.dialog.callID == req.CallID().Value() && s.dialog.remoteTag == remote && s.invited == req.CSeq().SeqNo {
			return true
		}
	}
	return false
}

// ring makes the call and lets it ring.
func (c *Client) ring(in *incoming, from string, offer []byte, replaced *session) {
	req := in.req
	remote, _ := req.From().Params.Get("tag")
	s := c.newSession(Call{
		ID: newToken(), Peer: from, Name: text.From(nameaddr.Unquote(req.From().DisplayName)), Incoming: true, State: CallRinging,
		Video: sdp.OffersPictures(offer),
	}, &dialog{
		callID: req.CallID().Value(), localTag: in.tag, local: c.me.uri,
		remote: req.From().Address, target: req.From().Address,
	})
	s.dialog.learn(req, remote, false)
	s.dialog.remoteSeq, s.dialog.heard = req.CSeq().SeqNo, true
	s.peer.learn(req)
	s.in, s.offer, s.invited = in, offer, req.CSeq().SeqNo
	if replaced != nil {
		s.inPlaceOf, s.call.Replaces = replaced, replaced.call.ID
	}
	c.calls.add(s)
	in.withdrawn = func(cancel *sip.Request) {
		s.in = nil
		s.dropConsent() // sipgo has not let it out
		s.end(s.endOf(cancel))
	}
	s.sayRinging()
	if lasts := seconds(headerValue(req, "expires")); lasts > 0 && lasts < ringsHere {
		s.lapse = c.loop.after(lasts, func() { s.decline(refuse(487, "Request Terminated"), EndedNoAnswer) })
	} else {
		s.lapse = c.loop.after(ringsHere, func() { s.decline(refuse(480, "Temporarily Unavailable"), EndedNoAnswer) })
	}
	s.tell()
}

// sayRinging tells the caller that it rings, now and then again.
func (s *session) sayRinging() {
	switch {
	case !names(s.in.req, "require", "100rel"):
		s.in.provisional(s.in.response(180, "Ringing", s.capabilities(s.in.l)))
	case s.offer == nil:
		// A reliable answer would have to bring our offer (RFC 3261 section 13.2.1), and nobody has answered yet.
		s.in.provisional(answerTo(s.in.req, 100, "Trying", nil))
	case s.sure == nil:
		s.sayReliably(s.in.response(180, "Ringing", s.capabilities(s.in.l)))
		return
	}
	s.ringAgain = s.c.loop.after(ringEvery, s.sayRinging)
}

// pickUp answers the call (RFC 3261 section 13.3.1.4).
func (s *session) pickUp(m Media) {
	in := s.in
	s.stopRinging()
	s.media = m
	describe, a := m.Answer, &consent{}
	if s.offer == nil {
		describe, a.offered = func([]byte) ([]byte, error) { return m.Offer(false) }, true
	}
	body, err := describe(s.offer)
	if err != nil {
		in.refuse(refuse(488, "Not Acceptable Here"))
		s.end(EndedFailed, 488, text.Peer{})
		return
	}
	if s.offer != nil {
		s.waits(s.offer)
	}
	s.call.State, s.call.Media = CallAnswering, s.offer != nil
	s.consent(in, s.timing.answered(s, in.req), body, a)
	if other := s.inPlaceOf; other != nil && !other.over {
		other.leave()
	}
	s.tell()
}

// stopRinging is called when the INVITE gets its final answer.
func (s *session) stopRinging() {
	s.in = nil
	s.lapse.stop()
	s.ringAgain.stop()
	s.stopReliable()
}

// decline refuses the call.
func (s *session) decline(r *refusal, why CallEnd) {
	in, left := s.in, s.left
	s.stopRinging()
	if left != nil {
		s.left, in.then = nil, left
	}
	in.refuse(r)
	s.end(why, 0, text.Peer{})
}
