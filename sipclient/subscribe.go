package sipclient

import (
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
)

// Times of a subscription.
const (
	subscribeFor = time.Hour
	// timerN is how long a notifier may take for the NOTIFY that every SUBSCRIBE must bring (RFC 6665
	// section 4.1.2.4: 64*T1).
	timerN = 32 * time.Second
)

// subscription is one subscription of ours, from its first SUBSCRIBE to its end (RFC 6665 section 4.1).
// It never comes back: who still wants to know makes another one (see standing). The NOTIFY may overtake
// the 200 of the SUBSCRIBE, and then it is the NOTIFY that makes the dialog.
type subscription struct {
	c       *Client
	event   string // "presence", "presence.winfo"
	accept  string
	subject string // of the first request

	notified func(notice)  // a NOTIFY that told something
	ended    func(outcome) // at most once; not after stop
	left     func()        // once, when there is nothing left of it; may be nil

	dialog   dialog
	expires  time.Duration // what is asked for
	inFlight bool
	again    bool // refresh as soon as the present request is answered
	stopping bool // unwanted: nobody is told any more
	leaving  bool // the unsubscribe has been sent
	over     bool
	refresh  *timer
	expiry   *timer
	silence  *timer // timer N
}

// notice is what a NOTIFY said.
type notice struct {
	active      bool // otherwise pending
	contentType string
	body        []byte
}

// outcome is why a subscription ended.
type outcome struct {
	reason string        // of Subscription-State, in lower case; empty when there was none
	code   int           // final response that refused it
	phrase text.Peer     // reason phrase of code
	advice time.Duration // retry-after
	err    error         // of the request, when no response came
}

// subscribe sends the first SUBSCRIBE of a new subscription when the pace allows it.
func (c *Client) subscribe(s *subscription, target sip.Uri) {
	s.c = c
	s.expires = subscribeFor
	s.dialog = dialog{callID: newToken(), localTag: newToken(), local: c.me.uri, remote: target, target: target}
	c.subs[s.dialog.callID] = s
	s.send(s.expires)
}

// send queues a SUBSCRIBE; expires 0 ends the subscription.
func (s *subscription) send(expires time.Duration) {
	s.inFlight = true
	s.c.pace.enter(func(leave func()) {
		l := s.c.net.link
		if s.over || l == nil {
			leave()
			return
		}
		first := !s.dialog.established()
		if first && s.stopping {
			leave()
			s.close() // unwanted before it was sent
			return
		}
		d := s.dialog.draft(sip.SUBSCRIBE)
		d.headers = s.headers(l, expires, first)
		if !s.stopping {
			s.awaitNotify()
		}
		s.c.exchange(l, d, func(r reply) {
			leave()
			s.dialog.localSeq = max(s.dialog.localSeq, r.seq)
			s.inFlight = false
			if !s.over {
				s.answered(r, first)
			}
		})
	})
}

func (s *subscription) headers(l *link, expires time.Duration, first bool) []sip.Header {
	h := []sip.Header{
		sip.NewHeader("Event", s.event), sip.NewHeader("Accept", s.accept),
		sip.NewHeader("Expires", wholeSeconds(expires)), sip.NewHeader("Contact", "<"+l.contact+">"),
	}
	if first && s.subject != "" {
		h = append(h, sip.NewHeader("Subject", s.subject))
	}
	return h
}

// awaitNotify starts timer N.
func (s *subscription) awaitNotify() {
	s.silence.stop()
	s.silence = s.c.loop.after(timerN, func() {
		if s.stopping {
			s.close()
			return
		}
		s.finish(outcome{err: ErrNoAnswer})
	})
}

// answered takes the final response to a SUBSCRIBE.
func (s *subscription) answered(r reply, first bool) {
	code := r.code()
	switch {
	case s.stopping:
		s.leaveAfter(r)
	case code/100 == 2 && r.err == nil:
		s.join(r.res)
		s.lasts(seconds(headerValue(r.res, "expires")))
		if s.again {
			s.refreshNow()
		}
	case code == 423 && askLonger(&s.expires, r.res):
		s.send(s.expires)
	case first && r.err != nil && s.dialog.established():
		// The answer was lost, but a NOTIFY has said that all is well (RFC 6665 section 4.1.2.4).
		if s.expiry == nil {
			s.lasts(0)
		}
	case s.fatal(r, first):
		s.finish(outcome{code: code, phrase: phraseOf(r), advice: r.advice(), err: r.err})
	default:
		// The subscription stands until it expires (RFC 6665 section 4.1.2.3); it is asked again before.
		s.silence.stop()
		s.refresh.stop()
		s.refresh = s.c.loop.after(spread(retryFirst), s.refreshNow)
	}
}

// join makes the dialog from a 2xx, unless a NOTIFY was first.
func (s *subscription) join(res *sip.Response) {
	if to := res.To(); !s.dialog.established() && to != nil {
		if tag, ok := to.Params.Get("tag"); ok {
			s.dialog.learn(res, tag, true)
		}
	}
}

// fatal reports whether a failed SUBSCRIBE ends the subscription: any does when nothing stands yet, and
// for a refresh those of RFC 5057 section 5.1 that are about the dialog or its usage.
func (s *subscription) fatal(r reply, first bool) bool {
	if first && !s.dialog.established() {
		return true
	}
	switch code := r.code(); code {
	case 404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604:
		return true
	case 401, 407, 403, 603:
		return true
	default:
		return false
	}
}

// lasts notes for how long the notifier keeps the subscription, 0 for what we asked.
func (s *subscription) lasts(d time.Duration) {
	if d <= 0 {
		d = s.expires
	}
	s.refresh.stop()
	s.expiry.stop()
	s.refresh = s.c.loop.after(spreadRefresh(d), s.refreshNow)
	s.expiry = s.c.loop.after(d, func() { s.finish(outcome{reason: "timeout"}) })
}

// refreshNow asks the notifier for the full state and for more time.
func (s *subscription) refreshNow() {
	if s.over || s.stopping {
		return
	}
	if s.again = s.inFlight; !s.again {
		s.send(s.expires)
	}
}

// stop unsubscribes. The owner hears nothing any more; the object stays until the last NOTIFY has been
// answered, so that the notifier is not told 481.
func (s *subscription) stop() {
	if s.over || s.stopping {
		return
	}
	s.stopping = true
	s.refresh.stop()
	s.expiry.stop()
	s.awaitNotify()
	if !s.inFlight {
		s.leave()
	}
}

// leave sends the unsubscribe, once.
func (s *subscription) leave() {
	if !s.leaving && s.dialog.established() {
		s.leaving = true
		s.send(0)
	}
}

// leaveAfter goes on with stop when the request that was in flight has been answered.
func (s *subscription) leaveAfter(r reply) {
	if r.err == nil && r.code()/100 == 2 {
		s.join(r.res)
	} else if s.leaving || r.err != nil || !s.dialog.established() || r.code() == 481 {
		s.close()
		return
	}
	s.leave() // or wait for the last NOTIFY, until timer N
}

// finish ends the subscription and tells the owner.
func (s *subscription) finish(o outcome) {
	if s.over {
		return
	}
	told := s.stopping
	s.close()
	if !told && s.ended != nil {
		s.ended(o)
	}
}

// close forgets the subscription without a word to anybody.
func (s *subscription) close() {
	s.over = true
	for _, t := range []*timer{s.refresh, s.expiry, s.silence} {
		t.stop()
	}
	delete(s.c.subs, s.dialog.callID)
	if left := s.left; left != nil {
		s.left = nil
		left()
	}
}

func phraseOf(r reply) text.Peer {
	if r.res == nil {
		return text.Peer{}
	}
	return text.From(r.res.Reason)
}

// subscriptionState is a parsed Subscription-State (RFC 6665 section 8.2.3).
type subscriptionState struct {
	state   string // in lower case
	reason  string
	expires time.Duration
	advice  time.Duration
}

func parseSubscriptionState(value string) subscriptionState {
	state, params, _ := strings.Cut(value, ";")
	s := subscriptionState{state: strings.ToLower(strings.TrimSpace(state))}
	for _, p := range strings.Split(params, ";") {
		name, v, _ := strings.Cut(p, "=")
		v = strings.Trim(strings.TrimSpace(v), `"`)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "reason":
			s.reason = strings.ToLower(v)
		case "expires":
			s.expires = seconds(v)
		case "retry-after":
			s.advice = seconds(v)
		}
	}
	return s
}
