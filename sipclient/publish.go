package sipclient

import (
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/pidf"
)

// publishFor is how long a publication is asked to last; one refresh an hour costs nothing.
const publishFor = time.Hour

// publication is the user's presence at the server (RFC 3903). One PUBLISH is under way at a time, as
// section 4.1 asks; what changes meanwhile goes out in the next one, and only the latest.
type publication struct {
	state   pidf.State
	has     bool // state is valid
	etag    string
	until   time.Time // when the server forgets etag
	expires time.Duration

	callID, tag string
	seq         uint32

	inFlight bool
	dirty    bool // the state has changed since the PUBLISH under way began
	failures int
	timer    *timer       // refresh, or the next try
	parting  func()       // takes the state back, when the PUBLISH under way has been answered
	waiters  []chan error // for the PUBLISH that has not begun yet
}

// publish makes state ours and tells whoever is to know. done gets the result.
func (c *Client) publish(state pidf.State, done chan error) {
	p := &c.pub
	p.state, p.has = state, true
	c.direct.stateChanged()
	switch {
	case c.net.phase != online:
		done <- ErrNotSignedIn
	case !c.services.presence.hopeful():
		done <- nil // the watchers who asked us have been told
	default:
		p.waiters = append(p.waiters, done)
		if p.dirty = p.inFlight; !p.dirty {
			c.sendPublish(true)
		}
	}
}

// republish follows every sign-in: the server may have kept the publication, or lost it.
func (c *Client) republish() {
	p := &c.pub
	p.failures = 0
	if time.Now().After(p.until) {
		p.etag = ""
	}
	if p.has {
		c.sendPublish(true)
	}
}

// publishOffline is called when the flow is gone.
func (c *Client) publishOffline() {
	p := &c.pub
	p.inFlight, p.dirty = false, false
	p.timer.stop()
	p.parting = nil // whoever waits for it has a limit
	p.answer(p.takeWaiters(), ErrNotSignedIn)
}

// sendPublish sends the state, or without whole only a refresh.
func (c *Client) sendPublish(whole bool) {
	p := &c.pub
	p.timer.stop()
	p.inFlight, p.dirty = true, false
	waiters := p.takeWaiters()
	if p.expires == 0 {
		p.expires = publishFor
	}
	epoch := c.net.epoch
	c.exchange(c.net.link, c.publishDraft(p.expires, whole), func(r reply) {
		p.seq = max(p.seq, r.seq)
		if epoch != c.net.epoch {
			p.answer(waiters, ErrNotSignedIn)
			return
		}
		p.inFlight = false
		c.published(r, waiters)
		if next := p.parting; next != nil && !p.inFlight {
			p.parting = nil
			next()
		}
	})
}

func (c *Client) publishDraft(expires time.Duration, whole bool) draft {
	p := &c.pub
	if p.callID == "" {
		p.callID, p.tag = newToken(), newToken()
	}
	p.seq++
	d := draft{
		method: sip.PUBLISH, target: c.me.uri, to: c.me.uri, fromTag: p.tag, callID: p.callID, seq: p.seq,
		headers: []sip.Header{sip.NewHeader("Event", "presence"), sip.NewHeader("Expires", wholeSeconds(expires))},
	}
	if p.etag != "" {
		d.headers = append(d.headers, sip.NewHeader("SIP-If-Match", p.etag))
	}
	if whole || p.etag == "" {
		d.contentType, d.body = pidfType, pidf.BuildDevice(c.me.aor, c.me.device(), p.state)
	}
	return d
}

// published takes the answer. A publication that the server does not know any more is made anew at once
// (RFC 3903 section 4.3).
func (c *Client) published(r reply, waiters []chan error) {
	p := &c.pub
	code := r.code()
	switch {
	case r.err == nil && code/100 == 2:
		c.keepPublication(r.res)
		p.answer(waiters, nil)
	case code == 412 && p.etag != "":
		p.etag = ""
		p.waiters = append(waiters, p.waiters...)
		c.sendPublish(true)
		return
	case code == 423 && askLonger(&p.expires, r.res):
		p.waiters = append(waiters, p.waiters...)
		c.sendPublish(true)
		return
	case absent(code):
		p.etag = ""
		c.found(&c.services.presence, false)
		p.answer(waiters, nil)
		p.answer(p.takeWaiters(), nil)
		return
	default:
		p.answer(waiters, r.failure(sip.PUBLISH))
		c.publishLater(r)
	}
	if p.dirty {
		c.sendPublish(true)
	}
}

func (c *Client) keepPublication(res *sip.Response) {
	p := &c.pub
	p.failures = 0
	p.etag = headerValue(res, "sip-etag")
	lasts := p.expires
	if d := seconds(headerValue(res, "expires")); d > 0 {
		lasts = d
	}
	p.until = time.Now().Add(lasts)
	p.timer = c.loop.after(spreadRefresh(lasts), func() { c.sendPublish(false) })
	c.found(&c.services.presence, true)
}

// publishLater tries again what failed for a reason that may pass.
func (c *Client) publishLater(r reply) {
	p := &c.pub
	wait, ok := backOff(retryFirst, p.failures), r.err == nil || recoverable(r.err)
	if r.err == nil {
		wait, ok = afterRefusal(r.code(), r.advice(), p.failures)
	}
	p.failures++
	if ok {
		p.timer = c.loop.after(wait, func() { c.sendPublish(true) })
	}
}

// unpublish takes the state back: also one that is just being published, whose entity tag has to be known first.
func (c *Client) unpublish(l *link, done func()) {
	p := &c.pub
	p.timer.stop()
	if p.inFlight {
		p.dirty = false
		p.parting = func() { c.unpublish(l, done) }
		return
	}
	if p.etag == "" {
		done()
		return
	}
	d := c.publishDraft(0, false)
	p.etag = ""
	c.exchange(l, d, func(reply) { done() })
}

func (p *publication) takeWaiters() []chan error {
	w := p.waiters
	p.waiters = nil
	return w
}

func (p *publication) answer(waiters []chan error, err error) {
	for _, w := range waiters {
		w <- err
	}
}
