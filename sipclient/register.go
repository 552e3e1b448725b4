package sipclient

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

// Registration lifetimes. Ten minutes: what a crash leaves behind is gone soon, and one small request in
// nine minutes costs nothing.
const (
	registerFor  = 10 * time.Minute
	longestAsked = 24 * time.Hour // the longest Min-Expires that is obeyed
)

// registration is the binding of the account to the flow (RFC 3261 section 10, RFC 5626).
type registration struct {
	callID, tag  string
	seq          uint32
	expires      time.Duration // what is asked for
	plain        bool          // without outbound parameters: the server refused them (RFC 5626 section 6)
	serviceRoute []string      // RFC 3608
	refresh      *timer
}

// registerRefused is a ResponseError with the server's advice when to come back.
type registerRefused struct {
	*ResponseError
	advice time.Duration
}

// Unwrap lets errors.As find the ResponseError.
func (e *registerRefused) Unwrap() error { return e.ResponseError }

// register registers on a new flow. The Call-ID stays the same for the life of the client, as RFC 3261
// section 10.2 asks.
func (c *Client) register(l *link) {
	r := &c.reg
	c.net.phase = registering
	if r.callID == "" {
		r.callID, r.tag = newToken(), newToken()
	}
	r.expires, r.plain, r.serviceRoute = cmp.Or(c.o.RegisterFor, registerFor), false, nil
	c.sendRegister(l)
}

func (c *Client) sendRegister(l *link) {
	epoch := c.net.epoch
	c.exchange(l, c.registerDraft(l, c.reg.expires), func(r reply) {
		// Also of a flow that is gone: the registrar may have taken it.
		c.reg.seq = max(c.reg.seq, r.seq)
		if epoch != c.net.epoch {
			return
		}
		c.registered(l, r)
	})
}

func (c *Client) registerDraft(l *link, expires time.Duration) draft {
	contact := "<" + l.contact + ">"
	supported := "path"
	if !c.reg.plain {
		contact += fmt.Sprintf(`;+sip.instance="<%s>";reg-id=1`, c.me.instance)
		supported = "path, outbound"
	}
	c.reg.seq++
	return draft{
		method: sip.REGISTER, target: sip.Uri{Scheme: "sip", Host: c.me.uri.Host}, to: c.me.uri,
		fromTag: c.reg.tag, callID: c.reg.callID, seq: c.reg.seq,
		headers: []sip.Header{
			sip.NewHeader("Contact", contact), sip.NewHeader("Expires", wholeSeconds(expires)),
			sip.NewHeader("Supported", supported), allow(),
		},
	}
}

func (c *Client) registered(l *link, r reply) {
	code := r.code()
	switch {
	case r.err == nil && code/100 == 2:
		c.bound(l, r.res)
	case code == 423 && askLonger(&c.reg.expires, r.res):
		c.sendRegister(l)
	case (code == 439 || code == 420) && !c.reg.plain:
		c.reg.plain = true
		c.sendRegister(l)
	case r.err != nil:
		c.drop(r.err)
	default:
		refused := r.failure(sip.REGISTER).(*ResponseError)
		c.drop(&registerRefused{refused, r.advice()})
	}
}

// bound takes a 200: from now on we are reachable, and refresh in time.
func (c *Client) bound(l *link, res *sip.Response) {
	c.reg.serviceRoute = nil
	for _, h := range res.GetHeaders("service-route") {
		c.reg.serviceRoute = append(c.reg.serviceRoute, h.Value())
	}
	c.reg.refresh.stop()
	c.reg.refresh = c.loop.after(refreshAfter(c.granted(l, res)), func() { c.sendRegister(l) })
	if c.net.phase == registering {
		c.arrived()
	}
}

// granted is how long the registrar keeps our binding: the expires of our Contact in the answer, else
// Expires, else what we asked for.
func (c *Client) granted(l *link, res *sip.Response) time.Duration {
	for _, h := range res.GetHeaders("contact") {
		contact, ok := h.(*sip.ContactHeader)
		if !ok {
			continue
		}
		instance, _ := contact.Params.Get("+sip.instance")
		here := contact.Address.Host == l.localHost && contact.Address.Port == l.localPort
		if !here && !strings.Contains(instance, c.me.instance) {
			continue
		}
		if v, ok := contact.Params.Get("expires"); ok {
			return seconds(v)
		}
	}
	if v := seconds(headerValue(res, "expires")); v > 0 {
		return v
	}
	return c.reg.expires
}

// unregister removes our binding, and only ours: other devices of the user stay.
func (c *Client) unregister(l *link, done func()) {
	c.reg.refresh.stop()
	c.exchange(l, c.registerDraft(l, 0), func(r reply) {
		c.reg.seq = max(c.reg.seq, r.seq)
		done()
	})
}

// askLonger takes the Min-Expires of a 423 for what is asked for next, of a registration, a subscription or a
// publication alike. It reports false when that makes no sense: an absent one, or one that we have already
// obeyed, would loop, and one of days is an attack.
func askLonger(asked *time.Duration, res *sip.Response) bool {
	least := seconds(headerValue(res, "min-expires"))
	if least <= *asked || least > longestAsked {
		return false
	}
	*asked = least
	return true
}

func wholeSeconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }
