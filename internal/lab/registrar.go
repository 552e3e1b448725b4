package lab

import (
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

// register answers REGISTER (RFC 3261 section 10.3).
func (l *Lab) register(s *serving) {
	p, served := l.find(&s.req.To().Address)
	if !l.provedAs(s, p, strings.ToLower(s.req.To().Address.Host)) {
		return
	}
	switch {
	case !served:
		l.refuse(s, sip.StatusNotFound, "No Such Domain")
		return
	case p == nil:
		l.refuse(s, sip.StatusNotFound, "Not Found")
		return
	}
	code, reason := l.rebind(s, p)
	res := response(s.req, code, reason)
	switch code {
	case sip.StatusOK:
		l.describe(res, p)
		l.bindingsChanged(p)
	case sip.StatusIntervalToBrief:
		set(res, "Min-Expires", wholeSeconds(l.cfg.MinExpires))
	}
	l.respond(s, res)
}

// rebind changes the bindings as the request's contacts say, all of them or none.
func (l *Lab) rebind(s *serving, p *person) (int, string) {
	var want []*binding
	if header(s.req, "Contact") == "*" {
		if expiresOf(s.req, time.Second) != 0 {
			return sip.StatusBadRequest, "Star Needs Expires 0"
		}
		l.unbind(p, func(*binding) bool { return true })
		return sip.StatusOK, "OK"
	}
	now := l.now()
	for _, h := range s.req.GetHeaders("Contact") {
		c, ok := h.(*sip.ContactHeader)
		if !ok || c.Address.Host == "" {
			return sip.StatusBadRequest, "Contact Cannot Be Read"
		}
		b := newBinding(s, p, c)
		for_, brief := l.lifetime(c, s.req)
		if brief {
			return sip.StatusIntervalToBrief, "Interval Too Brief"
		}
		b.expires = now.Add(for_)
		if old := p.binding(b); old != nil && old.callID == b.callID && old.cseq >= b.cseq {
			return sip.StatusInternalServerError, "Out of Order"
		}
		want = append(want, b)
	}
	if len(p.bindings)+len(want) > bindingLimit && !p.replaces(want) {
		return sip.StatusForbidden, "Too Many Devices"
	}
	for _, b := range want {
		l.unbind(p, b.same)
		if b.expires.After(now) {
			p.bindings = append([]*binding{b}, p.bindings...)
			l.contacts[contactKey(&b.contact)] = b
			l.sweepBy(b.expires)
		}
	}
	return sip.StatusOK, "OK"
}

func newBinding(s *serving, p *person, c *sip.ContactHeader) *binding {
	b := &binding{
		contact: *c.Address.Clone(), params: c.Params.Clone(), owner: p, link: s.from,
		callID: s.req.CallID().Value(), cseq: s.req.CSeq().SeqNo,
	}
	b.params.Remove("expires")
	if id, ok := c.Params.Get("+sip.instance"); ok {
		reg, _ := c.Params.Get("reg-id")
		b.instance = id + " " + reg
	}
	return b
}

// lifetime is how long a contact asks to be kept, within bounds; brief means it asked for less than the least.
func (l *Lab) lifetime(c *sip.ContactHeader, req *sip.Request) (d time.Duration, brief bool) {
	d = expiresOf(req, l.cfg.MaxExpires)
	if e, ok := c.Params.Get("expires"); ok {
		d = seconds(e, d)
	}
	return min(d, l.cfg.MaxExpires), d > 0 && d < l.cfg.MinExpires
}

// describe lists the bindings in a 200 (section 10.3, 8).
func (l *Lab) describe(res *sip.Response, p *person) {
	now := l.now()
	for _, b := range p.bindings {
		params := b.params.Clone()
		params.Add("expires", wholeSeconds(b.expires.Sub(now)))
		res.AppendHeader(&sip.ContactHeader{Address: *b.contact.Clone(), Params: params})
	}
	set(res, "Date", now.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT"))
	set(res, "Allow-Events", allowEvents)
}
