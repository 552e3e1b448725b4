package sipclient

import (
	"errors"
	"math/rand/v2"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
)

// change is what we want to be different in a call: on hold or not, at another address, or refreshed. One request
// says it at a time (RFC 3261 section 14.1).
type change struct {
	hold    bool // the user wants the call on hold
	moved   bool // the other side does not know our present address
	refresh bool // the session timer is due
	anew    bool // Media offers something else than before
	said    bool // the offer under way was for that
	busy    bool // a request of ours is under way
	rseq    uint32
	again   *timer // after a collision
}

// due reports whether anything is to be said.
func (s *session) due() bool {
	return s.change.hold != s.call.Held || s.change.moved || s.change.refresh || s.change.anew
}

// hold notes what the user wants.
func (s *session) hold(on bool) {
	s.change.hold = on
	s.settle()
}

// settle says what is due when it can be said: only within a call that both sides have confirmed, and while neither
// waits for an answer of the other.
func (s *session) settle() {
	ch := &s.change
	if s.over || s.call.State != CallActive || ch.busy || ch.again != nil || s.accept != nil || s.c.net.phase != online || !s.due() {
		return
	}
	ch.busy = true
	if ch.refresh && !ch.moved && !ch.anew && ch.hold == s.call.Held && s.peer.update {
		s.update()
		return
	}
	s.reinvite()
}

// reinvite offers the call anew.
func (s *session) reinvite() {
	hold := s.change.hold
	s.change.said, s.change.anew = s.change.anew, false
	offer, err := s.media.Offer(hold)
	if err != nil {
		s.kept()
		return
	}
	s.order.enter(func(leave func()) {
		l := s.c.net.link
		if l == nil || s.over {
			leave()
			s.change.busy = false
			return
		}
		d := s.dialog.draft(sip.INVITE)
		d.headers = append(s.capabilities(l), s.timing.asked()...)
		d.contentType, d.body = sdpType, offer
		d.left = func() { s.c.loop.post(leave) }
		s.change.rseq = 0
		o := &renewal{s: s, hold: hold, offer: offer}
		o.invite = s.c.invite(l, d, o.answered, o.unanswered)
		o.limit = s.c.loop.after(transactionTime, o.invite.cancel)
	})
}

// again tries what is due once more, after a while.
func (s *session) tryAgain(wait time.Duration) {
	s.change.busy = false
	s.change.again = s.c.loop.after(wait, func() {
		s.change.again = nil
		s.settle()
	})
}

// glare is how long to wait after a collision: whoever has made the Call-ID waits longer (section 14.1).
func (s *session) glare() time.Duration {
	tick := 10 * time.Millisecond
	if s.call.Incoming {
		return time.Duration(rand.IntN(201)) * tick
	}
	return 2100*time.Millisecond + time.Duration(rand.IntN(191))*tick
}

// changed notes that what was said is so.
func (s *session) changed(hold bool) {
	s.call.Held = hold
	s.change.busy, s.change.moved, s.change.refresh = false, false, false
	s.tellAgain()
	s.settle()
}

// kept notes that the other side, or we, cannot have it: the call goes on as it was.
func (s *session) kept() {
	s.change.hold = s.call.Held
	if k, ok := s.media.(Keeper); ok && !s.change.anew {
		k.Kept()
	}
	s.change.busy, s.change.moved, s.change.refresh = false, false, false
	s.tellAgain()
	if s.change.anew {
		s.settle()
	}
}

// notSaid goes on after a request that got no final answer, or one that says no: some end the call (RFC 3261 section
// 12.2.1.2), some have to be said again.
func (s *session) notSaid(code int, res *sip.Response, err error) {
	switch {
	case s.over:
	case errors.Is(err, ErrNoAnswer), code == 408:
		s.fail(code, text.Peer{})
	case err != nil:
		s.change.busy, s.change.moved = false, true // with the next flow
	case code == 481:
		s.end(EndedFailed, code, text.Peer{})
	case code == 491:
		s.change.anew = s.change.anew || s.change.said
		s.tryAgain(s.glare())
	case code == 422 && s.timing.askLonger(res):
		s.change.busy, s.change.anew = false, s.change.anew || s.change.said
		s.settle()
	default:
		s.kept()
	}
}

// renewal is one re-INVITE of ours.
type renewal struct {
	s      *session
	hold   bool
	offer  []byte
	invite *invitation
	limit  *timer
	ack    *sip.Request
}

func (o *renewal) answered(res *sip.Response) {
	s := o.s
	s.dialog.localSeq = max(s.dialog.localSeq, o.invite.seq)
	switch {
	case res.IsProvisional():
		if names(res, "require", "100rel") {
			s.acknowledge(s.dialog, &s.change.rseq, res)
		}
		return
	case o.ack != nil:
		s.sendAck(o.ack)
		return
	}
	o.limit.stop()
	if !res.IsSuccess() {
		s.notSaid(res.StatusCode, res, nil)
		return
	}
	s.dialog.refresh(res)
	o.ack = s.ackFor(s.dialog, res, o.invite.req)
	s.sendAck(o.ack)
	if s.over {
		return
	}
	answer, _ := describe(res)
	if answer == nil || s.media.Take(answer) != nil {
		s.fail(488, text.Peer{})
		return
	}
	if sends(o.offer) {
		s.waits(answer) // else it had no choice
	}
	s.timing.agreed(s, res)
	s.changed(o.hold)
}

func (o *renewal) unanswered(err error) {
	o.limit.stop()
	o.s.notSaid(0, nil, err)
}

// update refreshes the session without an offer (RFC 3311, RFC 4028 section 10).
func (s *session) update() {
	l := s.c.net.link
	headers := append(s.capabilities(l), s.timing.asked()...)
	s.request(s.dialog, sip.UPDATE, headers, func(r reply) {
		code := r.code()
		switch {
		case s.over:
		case code/100 == 2 && r.err == nil:
			s.dialog.refresh(r.res)
			s.timing.agreed(s, r.res)
			s.changed(s.call.Held)
		case code == 405 || code == 501:
			s.peer.update = false
			s.change.busy = false
			s.settle()
		default:
			s.notSaid(code, r.res, r.err)
		}
	})
}
