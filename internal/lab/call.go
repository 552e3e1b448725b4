package lab

import (
	"slices"

	"github.com/emiago/sipgo/sip"

	"golync/internal/lab/policy"
)

// call is an INVITE on its way to the devices of somebody (RFC 3261 section 16): a stateful proxy that stays
// in the dialog's route, because devices take requests on the link they registered only.
type call struct {
	s        *serving
	to       *person // of a first INVITE; nil within a dialog
	legs     []*ask
	open     int // legs without a final response
	refusals []*sip.Response
	answered bool // a 2xx has gone to the caller
	ended    bool // cancelled, or refused by one device for all (6xx)
}

// invite begins a call. Across the gateway it needs consent like a message; without it the callee never hears
// of it (alerts: "a call 603"), and the caller does not learn whether the callee is there.
func (l *Lab) invite(s *serving) {
	to, ok := l.addressed(s)
	if !ok {
		return
	}
	if from := l.people[aorOf(&s.req.From().Address)]; from != nil && l.stops(s, from, to, policy.Call) {
		return
	}
	if !l.reachable(s, to) {
		return
	}
	l.respond(s, response(s.req, sip.StatusTrying, "Trying"))
	c := &call{s: s, to: to, open: len(to.bindings)}
	s.call = c
	for _, b := range slices.Clone(to.bindings) {
		req := forwarded(s.req, b.contact)
		l.stayOn(req, s.from, b.link)
		leg := l.ask(b.link, req, func(res *sip.Response) { l.legAnswered(c, res) })
		c.legs = append(c.legs, leg)
	}
}

// stayOn records the lab in the route of the dialog: twice when the two sides use different transports
// (RFC 5658 section 5), so that each finds its own side on top.
func (l *Lab) stayOn(req *sip.Request, from, to *link) {
	in, out := l.routeOver(from), l.routeOver(to)
	if from.local == to.local {
		req.PrependHeader(in)
		return
	}
	req.PrependHeader(out, in)
}

func (l *Lab) routeOver(k *link) *sip.RecordRouteHeader {
	u := sip.Uri{Scheme: "sip", UriParams: sip.NewParams()}
	u.Host, u.Port = hostPort(k.local)
	u.UriParams.Add("transport", lower(k.transport))
	u.UriParams.Add("lr", "")
	return &sip.RecordRouteHeader{Address: u}
}

// legAnswered passes on what one device says: rings and every 2xx at once, a refusal when all have refused.
func (l *Lab) legAnswered(c *call, res *sip.Response) {
	switch {
	case res != nil && res.IsProvisional():
		if !c.answered && !c.ended {
			l.respond(c.s, res)
		}
		return
	case res != nil && res.IsSuccess():
		if !c.answered {
			c.open--
		}
		c.answered = true
		l.respond(c.s, res)
		l.hangUp(c, elsewhere)
		return
	case res == nil:
		res = response(c.s.req, sip.StatusRequestTimeout, "Request Timeout")
	}
	c.open--
	c.refusals = append(c.refusals, res)
	if res.StatusCode >= 600 {
		c.ended = true
		l.hangUp(c, declined)
	}
	if c.open == 0 && !c.answered {
		l.respond(c.s, best(c.refusals))
	}
}

// Why a device stops ringing when another has decided (RFC 3326): its user has missed nothing.
const (
	elsewhere = `SIP;cause=200;text="Call completed elsewhere"`
	declined  = `SIP;cause=603;text="Declined elsewhere"`
)

// hangUp cancels the legs that still ring, and says why if it is known.
func (l *Lab) hangUp(c *call, why ...string) {
	for _, leg := range c.legs {
		if leg.final {
			continue
		}
		l.cancelLeg(leg, why)
	}
}

// cancelLeg sends CANCEL with the branch of its INVITE (section 9.1). Its answer says nothing of interest;
// that of the INVITE ends the leg, within 64*T1 (section 16.10).
func (l *Lab) cancelLeg(leg *ask, why []string) {
	_ = leg.to.write([]byte(cancelFor(leg, why...).String()))
	leg.until = l.now().Add(timer64)
	leg.heard = true
	leg.timer.Reset(timer64)
}

// cancel answers CANCEL and cancels what it is about (section 16.10).
func (l *Lab) cancel(s *serving) {
	invite := l.servings[servingKey(s.from, s.req, sip.INVITE)]
	if invite == nil || invite.call == nil {
		l.refuse(s, sip.StatusCallTransactionDoesNotExists, "Call Does Not Exist")
		return
	}
	l.refuse(s, sip.StatusOK, "OK")
	if invite.final == 0 {
		invite.call.ended = true
		var why []string
		for _, h := range s.req.GetHeaders("Reason") {
			why = append(why, h.Value())
		}
		l.hangUp(invite.call, why...)
	}
}
