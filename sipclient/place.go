package sipclient

import (
	"bytes"
	"errors"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
)

// Bounds of a call that is placed.
const (
	ringsMost  = 2 * time.Minute // until we give up
	mostBranch = 16              // devices that answer it
)

// placing is what a call of ours is until somebody has answered, and the answers that come after.
type placing struct {
	invite *invitation             // not finally answered yet
	asked  *sip.Request            // the INVITE that was answered
	early  map[string]*early       // by tag: the devices that ring
	acks   map[string]*sip.Request // by tag: what acknowledged a 2xx, to be sent again
	taken  bool                    // a device has answered, and dialog is with it
	heard  []byte                  // the description that Media took last
}

// early is a dialog with a device that rings (RFC 3261 section 12.1).
type early struct {
	dialog *dialog
	answer []byte // its description, once it has given one
	rseq   uint32 // of its last reliable answer, 0 before the first
}

// place begins a call.
func (c *Client) place(id, uri string, m Media) {
	to, aor, err := nameaddr.Parse(uri)
	if _, used := c.calls.byID[id]; used {
		m.Close()
		return
	}
	s := c.newSession(Call{ID: id, Peer: aor, State: CallPlaced}, &dialog{
		callID: newToken(), localTag: newToken(), local: c.me.uri, remote: to, target: to,
	})
	s.media = m
	s.early, s.acks = map[string]*early{}, map[string]*sip.Request{}
	c.calls.add(s)
	if err != nil {
		s.call.Peer = uri
		s.end(EndedRefused, 404, text.Peer{})
		return
	}
	if c.net.phase != online {
		s.end(EndedFailed, 0, text.Peer{})
		return
	}
	s.tell()
	s.lapse = c.loop.after(ringsMost, s.giveUp)
	s.ask()
}

// ask sends the INVITE.
func (s *session) ask() {
	l := s.c.net.link
	offer, err := s.media.Offer(false)
	if err != nil || l == nil {
		s.end(EndedFailed, 0, text.Peer{})
		return
	}
	d := s.dialog.draft(sip.INVITE)
	d.headers = append(s.capabilities(l), s.timing.asked()...)
	d.contentType, d.body = sdpType, offer
	s.invite = s.c.invite(l, d, s.answered, s.unanswered)
}

// capabilities are what every INVITE of ours, and every 2xx to one, says.
func (s *session) capabilities(l *link) []sip.Header {
	return []sip.Header{sip.NewHeader("Contact", "<"+l.contact+">"), allow(), supported()}
}

// giveUp ends a call that nobody answers.
func (s *session) giveUp() {
	s.invite.cancel()
	s.end(EndedNoAnswer, 0, text.Peer{})
}

// unanswered is called when no final answer came.
func (s *session) unanswered(err error) {
	s.invite = nil
	switch {
	case s.over:
		s.goodbye()
		s.expect()
	case errors.Is(err, ErrNoAnswer):
		s.end(EndedNoAnswer, 0, text.Peer{})
	default:
		s.end(EndedFailed, 0, text.Peer{})
	}
}

// answered gets every answer to the INVITE.
func (s *session) answered(res *sip.Response) {
	if v := s.invite; v != nil {
		s.dialog.localSeq = max(s.dialog.localSeq, v.seq)
	}
	switch {
	case res.IsProvisional():
		s.rings(res)
	case res.IsSuccess():
		s.confirm(res)
	default:
		s.refused(res)
	}
}

// rings takes a provisional answer: somebody rings, or may be heard already.
func (s *session) rings(res *sip.Response) {
	e := s.branch(res)
	if s.over || e == nil {
		return
	}
	if names(res, "require", "100rel") && !s.acknowledge(e.dialog, &e.rseq, res) {
		return // a copy, or one that came before its time
	}
	s.peer.learn(res)
	answer, _ := describe(res)
	switch code := res.StatusCode; {
	case answer != nil && s.hears(e, answer):
		s.call.State, s.call.Media = CallEarly, true
	case code == 180 && s.call.State == CallPlaced:
		s.call.State = CallRinging
	}
	s.tell()
}

// branch finds the dialog of an answer and makes it if need be. It is nil for an answer that makes none.
func (s *session) branch(res *sip.Response) *early {
	tag, ok := res.To().Params.Get("tag")
	if !ok {
		return &early{dialog: s.dialog.copy()}
	}
	e := s.early[tag]
	if e == nil {
		if len(s.early) >= mostBranch {
			return nil
		}
		e = &early{dialog: s.dialog.copy()}
		s.early[tag] = e
	}
	e.dialog.learn(res, tag, true)
	return e
}

// hears lets Media take an early description of one device; a bad one counts only once it is final.
func (s *session) hears(e *early, answer []byte) bool {
	e.answer = answer
	return s.take(answer) == nil
}

// take gives Media a description that it does not have yet.
func (s *session) take(answer []byte) error {
	if s.heard != nil && bytes.Equal(s.heard, answer) {
		return nil
	}
	if err := s.media.Take(answer); err != nil {
		return err
	}
	s.heard = answer
	s.waits(answer)
	return nil
}

// confirm takes a 2xx. Each is acknowledged as often as it comes (RFC 3261 section 13.2.2.4). The first device to
// answer has the call; with any other, and when nobody wants the call any more, it ends at once.
func (s *session) confirm(res *sip.Response) {
	tag, _ := res.To().Params.Get("tag")
	if ack := s.acks[tag]; ack != nil {
		if ack.CSeq().SeqNo == res.CSeq().SeqNo {
			s.sendAck(ack)
		}
		return
	}
	if len(s.acks) >= mostBranch {
		return
	}
	d := s.dialog.copy()
	answer, _ := describe(res)
	if e := s.early[tag]; e != nil {
		d = e.dialog
		if answer == nil {
			answer = e.answer // it came with a reliable answer before
		}
	}
	d.learn(res, tag, true)
	if v := s.invite; v != nil {
		s.asked, s.invite = v.req, nil
	}
	ack := s.ackFor(d, res, s.asked)
	s.acks[tag] = ack
	s.sendAck(ack)
	if s.over || s.taken {
		s.byeIn(d)
		return
	}
	s.taken, s.dialog, s.early = true, d, nil
	s.lapse.stop()
	s.peer.learn(res)
	if answer == nil || s.take(answer) != nil {
		s.fail(488, text.Peer{})
		return
	}
	s.call.State, s.call.Media = CallActive, true
	s.timing.agreed(s, res)
	s.tell()
	s.settle()
}

// ackFor builds the ACK of a 2xx. It has the credentials of its INVITE (RFC 3261 section 13.2.2.4).
func (s *session) ackFor(d *dialog, res *sip.Response, invite *sip.Request) *sip.Request {
	l := s.c.net.link
	if l == nil {
		return nil
	}
	dr := draft{
		method: sip.ACK, target: d.target, to: d.remote, fromTag: d.localTag, toTag: d.remoteTag,
		callID: d.callID, seq: res.CSeq().SeqNo, routes: d.routes,
	}
	ack := s.c.build(l, dr)
	via := &sip.ViaHeader{ProtocolName: "SIP", ProtocolVersion: "2.0", Transport: l.network}
	via.Params.Add("branch", sip.RFC3261BranchMagicCookie+newToken())
	via.Params.Add("rport", "")
	ack.PrependHeader(via)
	if invite != nil {
		for _, name := range []string{"Authorization", "Proxy-Authorization"} {
			sip.CopyHeaders(name, invite, ack)
		}
	}
	return ack
}

// sendAck writes an ACK: it has no transaction (section 17.1.1.3). Requests that follow in the dialog leave after it.
func (s *session) sendAck(ack *sip.Request) {
	if ack == nil {
		return
	}
	s.order.enter(func(leave func()) {
		l := s.c.net.link
		if l == nil {
			leave()
			return
		}
		s.c.loop.spawn(func() {
			if err := l.ua.TransportLayer().WriteMsg(ack); err != nil {
				s.c.log.Debug("ACK not written", "error", err)
			}
			s.c.loop.post(leave)
		})
	})
}

// refused takes a refusal of the whole call.
func (s *session) refused(res *sip.Response) {
	s.invite = nil
	switch code := res.StatusCode; {
	case s.over:
		s.goodbye()
		s.expect()
	case code == 422 && s.timing.askLonger(res):
		s.ask()
	case code == 488 && s.insists():
		s.early = map[string]*early{}
		s.ask()
	case code == 408 || code == 487:
		s.end(EndedNoAnswer, code, text.From(res.Reason))
	default:
		s.call.Target = targetOf(res)
		s.end(EndedRefused, code, text.From(res.Reason))
	}
}

// insists reports whether there is another offer to make.
func (s *session) insists() bool {
	m, ok := s.media.(Insistent)
	return ok && m.Insist()
}

// targetOf is where a redirection sends us.
func targetOf(res *sip.Response) string {
	contact := res.Contact()
	if res.StatusCode/100 != 3 || contact == nil || !usableTarget(&contact.Address) {
		return ""
	}
	aor, _ := nameaddr.AOR(&contact.Address)
	return aor
}

// stray gets an answer that came after its transaction: a 2xx to an INVITE whose ACK was lost, or of a device that
// took more than half a minute longer than another. It runs on a goroutine of sipgo's.
func (c *Client) stray(l *link, res *sip.Response) {
	if res.CSeq() != nil && res.From() != nil && res.To() != nil && res.CallID() != nil && res.CSeq().MethodName == sip.INVITE && res.IsSuccess() {
		tag, _ := res.From().Params.Get("tag")
		c.loop.post(func() {
			if s := c.calls.byTag[tag]; s != nil && s.dialog.callID == res.CallID().Value() && s.acks != nil && l == c.net.link {
				s.confirm(res)
			}
		})
	}
	l.conn.Heard()
}
