package sipclient

import (
	"github.com/emiago/sipgo/sip"

	"golync/sipclient/sdp"
)

// sends reports whether an offer of ours leaves the other side something to hear.
func sends(offer []byte) bool { return sdp.DirectionOf(offer).Sends() }

// takeChange answers a re-INVITE (RFC 3261 section 14.2). What we cannot have leaves the call as it was.
func (s *session) takeChange(in *incoming, d *dialog) {
	target := d.target
	r := d.accept(in.req)
	if r == nil {
		if r = s.changeable(); r == nil {
			r = tooBrief(in.req)
		}
	}
	offer, ok := describe(in.req)
	if r == nil && !ok {
		r = refuse(415, "Unsupported Media Type", sip.NewHeader("Accept", sdpType))
	}
	if r != nil {
		d.target = target
		in.refuse(r)
		return
	}
	if s.accept != nil { // whoever goes on has our 2xx
		s.dropConsent()
		s.call.State, s.call.Media = CallActive, true
	}
	a := &consent{within: true, offered: offer == nil}
	var body []byte
	var err error
	if offer != nil {
		body, err = s.media.Answer(offer)
	} else {
		body, err = s.media.Offer(s.call.Held)
	}
	if err != nil {
		d.target = target
		in.refuse(refuse(488, "Not Acceptable Here"))
		return
	}
	if offer != nil {
		s.waits(offer)
	}
	s.peer.learn(in.req)
	s.consent(in, s.timing.answered(s, in.req), body, a)
	s.tell()
}

// changeable says why a change of the other side's has to wait, nil when it need not.
func (s *session) changeable() *refusal {
	switch {
	case s.in != nil:
		return refuse(500, "Server Internal Error", retryAfter()) // the call itself is not answered yet
	case s.change.busy, !s.call.Incoming && !s.taken, s.accept != nil && s.accept.offered:
		return refuse(491, "Request Pending")
	}
	return nil
}

// takeUpdate answers UPDATE (RFC 3311 section 5.2): a new address, a refreshed session, or an offer. It may come
// before the call is answered.
func (s *session) takeUpdate(in *incoming, d *dialog, target sip.Uri) {
	offer, ok := describe(in.req)
	r := tooBrief(in.req)
	switch {
	case r != nil:
	case !ok:
		r = refuse(415, "Unsupported Media Type", sip.NewHeader("Accept", sdpType))
	case offer != nil:
		if r = s.changeable(); r != nil && s.in == nil && !s.change.busy && s.settledWith(d) {
			r = nil
		}
	}
	var body []byte
	if r == nil && offer != nil {
		var err error
		if body, err = s.media.Answer(offer); err != nil {
			r = refuse(488, "Not Acceptable Here")
		}
	}
	if r != nil {
		d.target = target
		in.refuse(r)
		return
	}
	res := in.response(200, "OK", append(s.capabilities(in.l), s.timing.answered(s, in.req)...))
	if body != nil {
		res.AppendHeader(sip.NewHeader("Content-Type", sdpType))
		res.SetBody(body)
		s.waits(offer)
	}
	in.finish(res)
	s.tell()
}

// settledWith reports whether a device that rings has answered our offer for good, so that it may make one itself
// (RFC 3262 section 5).
func (s *session) settledWith(d *dialog) bool {
	for _, e := range s.early {
		if e.dialog == d {
			return e.answer != nil && e.rseq != 0
		}
	}
	return false
}
