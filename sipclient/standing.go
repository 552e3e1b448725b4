package sipclient

import (
	"time"

	"github.com/emiago/sipgo/sip"
)

// standing is the wish to be subscribed to something for as long as the client is signed in: it makes a
// subscription, and another one when that has ended, as far as RFC 6665 and good manners allow.
type standing struct {
	c       *Client
	target  sip.Uri
	event   string
	accept  string
	subject string

	told  func(notice)
	ended func(outcome)

	sub      *subscription
	since    time.Time // when sub began
	retry    *timer
	failures int // subscriptions in a row that did not last
}

// lasting is how long a subscription has to stand to count as good.
const lasting = time.Minute

// online begins, or begins anew after a reconnect.
func (s *standing) online() {
	s.offline()
	s.failures = 0
	s.begin()
}

// offline forgets the subscription without a word to the server, which cannot be reached.
func (s *standing) offline() {
	s.retry.stop()
	if s.sub != nil {
		s.sub.close()
		s.sub = nil
	}
}

// stop ends the wish, and the subscription with it.
func (s *standing) stop() {
	s.retry.stop()
	if s.sub != nil {
		s.sub.stop()
		s.sub = nil
	}
}

func (s *standing) begin() {
	sub := &subscription{event: s.event, accept: s.accept, subject: s.subject, notified: s.told}
	sub.ended = func(o outcome) {
		s.sub = nil
		s.again(o)
		s.ended(o)
	}
	s.sub, s.since = sub, time.Now()
	s.c.subscribe(sub, s.target)
}

// again decides whether and when the next subscription is made.
func (s *standing) again(o outcome) {
	if time.Since(s.since) >= lasting {
		s.failures = 0
	}
	var wait time.Duration
	var ok bool
	switch {
	case o.err != nil && !recoverable(o.err):
		return
	case o.err != nil:
		wait, ok = backOff(retryFirst, s.failures), true
	case o.code == 481:
		// A refresh found the dialog gone: the notifier forgot it, and a new one is what it wants.
		wait, ok = afterTermination("deactivated", 0, s.failures)
	case o.code != 0:
		wait, ok = afterRefusal(o.code, o.advice, s.failures)
	default:
		wait, ok = afterTermination(o.reason, o.advice, s.failures)
	}
	s.failures++
	if ok {
		s.retry = s.c.loop.after(wait, s.begin)
	}
}
