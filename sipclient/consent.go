package sipclient

import (
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
)

// consent is a 2xx of ours to an INVITE until its ACK comes (RFC 3261 section 13.3.1.4): it is repeated over every
// transport, because the ACK comes from the far end, and proxies between may use datagrams.
type consent struct {
	seq     uint32 // CSeq of the INVITE
	within  bool   // it was a re-INVITE
	offered bool   // the 2xx carries our offer, and the ACK has to bring the answer
	again   *timer
	limit   *timer
}

func (a *consent) stop() {
	a.again.stop()
	a.limit.stop()
}

// consent answers an INVITE with 2xx and waits for the ACK.
func (s *session) consent(in *incoming, headers []sip.Header, body []byte, a *consent) {
	res := in.response(200, "OK", append(s.capabilities(in.l), headers...))
	if body != nil {
		res.AppendHeader(sip.NewHeader("Content-Type", sdpType))
		res.SetBody(body)
	}
	a.seq = in.req.CSeq().SeqNo
	s.accept = a
	raw := []byte(res.String())
	in.finish(res)
	wait := timerT1
	var repeat func()
	repeat = func() {
		s.c.loop.spawn(func() { _, _ = in.l.conn.Write(raw) }) // of a flow that is gone: others say so
		wait = min(2*wait, timerT2)
		a.again = s.c.loop.after(wait, repeat)
	}
	a.again = s.c.loop.after(wait, repeat)
	a.limit = s.c.loop.after(transactionTime, s.unacknowledged)
}

// dropConsent forgets a 2xx that needs no ACK any more.
func (s *session) dropConsent() {
	if s.accept != nil {
		s.accept.stop()
		s.accept = nil
	}
}

// takeAck takes the ACK of a 2xx. Others have nothing to say: those of refusals belong to the transaction.
func (c *Client) takeAck(req *sip.Request) {
	if s, _ := c.calls.of(req); s != nil && s.accept != nil && s.accept.seq == req.CSeq().SeqNo {
		answer, _ := describe(req)
		s.acknowledged(answer)
	}
}

// acknowledged goes on when the other side is known to have our 2xx.
func (s *session) acknowledged(answer []byte) {
	a := s.accept
	s.dropConsent()
	switch {
	case s.over && !a.within:
		s.bye() // the user has hung up meanwhile
		s.expect()
		return
	case s.over:
		s.expect()
		return
	case a.offered && (answer == nil || s.media.Take(answer) != nil):
		s.fail(488, text.Peer{})
		return
	case a.offered:
		s.waits(answer)
	}
	if !a.within {
		s.call.State, s.call.Media = CallActive, true
	}
	s.tell()
	s.settle()
}

// unacknowledged ends a call whose other side never said that it has our 2xx.
func (s *session) unacknowledged() {
	a := s.accept
	s.dropConsent()
	if s.over {
		if !a.within {
			s.bye()
		}
		s.expect()
		return
	}
	s.fail(0, text.Peer{})
}

// retryAfter spreads those who come again (RFC 3311 section 5.2).
func retryAfter() sip.Header {
	return sip.NewHeader("Retry-After", wholeSeconds(spread(5*time.Second)))
}
