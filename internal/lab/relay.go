package lab

import (
	"cmp"
	"slices"

	"github.com/emiago/sipgo/sip"

	"golync/internal/lab/policy"
)

// message relays a MESSAGE to every device of its receiver, in the order in which the sender's arrived
// (RFC 3428 section 5). Nothing is stored for people who are away: Lync does not either.
func (l *Lab) message(s *serving) {
	to, ok := l.addressed(s)
	if !ok {
		return
	}
	sender := l.people[aorOf(&s.req.From().Address)]
	if sender != nil && (l.stops(s, sender, to, policy.Write) || l.stopsBody(s, sender, to)) {
		return
	}
	if !l.reachable(s, to) {
		return
	}
	l.fork(to, s.req, func(res *sip.Response) {
		if res == nil {
			l.refuse(s, sip.StatusRequestTimeout, "Request Timeout")
			return
		}
		l.respond(s, res)
	})
}

// addressed finds who a request is for; it answers 404 itself when there is nobody.
func (l *Lab) addressed(s *serving) (*person, bool) {
	l.ownRoute(s.req)
	p, served := l.find(&s.req.Recipient)
	switch {
	case p == nil && !served:
		l.refuse(s, sip.StatusNotFound, "No Such Domain")
	case p == nil:
		l.refuse(s, sip.StatusNotFound, "Not Found")
	}
	return p, p != nil
}

// reachable answers 480 itself for somebody who is not there. It comes after consent: whether somebody is there
// is presence, too.
func (l *Lab) reachable(s *serving, p *person) bool {
	if !p.online() {
		l.away(s)
	}
	return p.online()
}

// away answers that nobody is there.
func (l *Lab) away(s *serving) {
	l.refuse(s, sip.StatusTemporarilyUnavailable, "Temporarily Unavailable")
}

// fork sends a request that is no INVITE to all devices of a person. done is called once: with the first 2xx,
// or with the best refusal when all have refused; nil when none answered (RFC 3261 section 16.7).
func (l *Lab) fork(to *person, req *sip.Request, done func(*sip.Response)) {
	left := len(to.bindings)
	var refusals []*sip.Response
	settled := false
	for _, b := range slices.Clone(to.bindings) {
		l.ask(b.link, forwarded(req, b.contact), func(res *sip.Response) {
			if res != nil && res.IsProvisional() {
				return
			}
			left--
			if res != nil {
				refusals = append(refusals, res)
			}
			if settled || (left > 0 && (res == nil || !res.IsSuccess())) {
				return
			}
			settled = true
			if res == nil || !res.IsSuccess() {
				res = best(refusals)
			}
			done(res)
		})
	}
}

// forwarded is a request as the next hop gets it (section 16.6): with its own target, and a hop less.
func forwarded(req *sip.Request, target sip.Uri) *sip.Request {
	out := req.Clone()
	out.Recipient = *target.Clone()
	hops := sip.MaxForwardsHeader(70)
	if h := req.MaxForwards(); h != nil {
		hops = sip.MaxForwardsHeader(h.Val() - 1)
		out.RemoveHeader("Max-Forwards")
	}
	out.AppendHeader(&hops)
	return out
}

// best chooses among refusals (section 16.7, 6): a 6xx, else the lowest class, a 408 only when nothing
// says more.
func best(refusals []*sip.Response) *sip.Response {
	if len(refusals) == 0 {
		return nil
	}
	rank := func(r *sip.Response) int {
		switch {
		case r.StatusCode >= 600:
			return 0
		case r.StatusCode == sip.StatusRequestTimeout:
			return 999
		}
		return r.StatusCode
	}
	return slices.MinFunc(refusals, func(a, b *sip.Response) int { return cmp.Compare(rank(a), rank(b)) })
}

// ownRoute takes the lab itself out of the route (section 16.4).
func (l *Lab) ownRoute(req *sip.Request) {
	for r := req.Route(); r != nil; r = req.Route() {
		if !l.isMe(&r.Address) {
			return
		}
		req.RemoveHeader("Route")
	}
}

// isMe reports whether a URI names the lab: one of its sockets or of its domains.
func (l *Lab) isMe(u *sip.Uri) bool {
	if slices.Contains(l.domains, lower(u.Host)) {
		return true
	}
	for _, addr := range l.addrs {
		if host, port := hostPort(addr); port == u.Port && (host == u.Host || l.reached.local(u.Host)) {
			return true
		}
	}
	return false
}
