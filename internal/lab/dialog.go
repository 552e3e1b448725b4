package lab

import (
	"github.com/emiago/sipgo/sip"
)

// ack ends a refused INVITE here, or goes on to the callee who answered it.
func (l *Lab) ack(k *link, req *sip.Request) {
	if l.acknowledged(k, req) || !k.users[aorOf(&req.From().Address)] {
		return
	}
	to, target, _ := l.target(req)
	if to == nil || (req.MaxForwards() != nil && req.MaxForwards().Val() == 0) {
		return
	}
	out := forwarded(req, target)
	via := &sip.ViaHeader{ProtocolName: "SIP", ProtocolVersion: "2.0", Transport: to.transport, Params: sip.NewParams()}
	via.Host, via.Port = hostPort(to.local)
	via.Params.Add("branch", l.branch())
	out.PrependHeader(via)
	_ = to.write([]byte(out.String())) // an ACK has no answer: the callee repeats its 2xx when it is lost
}

// within passes a request of a dialog to its other end.
func (l *Lab) within(s *serving) {
	to, target, owner := l.target(s.req)
	if to == nil {
		l.refuse(s, sip.StatusCallTransactionDoesNotExists, "Call Does Not Exist")
		return
	}
	if l.stopsWithin(s, owner) {
		return
	}
	req := forwarded(s.req, target)
	if s.req.Method == sip.INVITE {
		l.stayOn(req, s.from, to)
		l.respond(s, response(s.req, sip.StatusTrying, "Trying"))
		c := &call{s: s, open: 1}
		s.call = c
		c.legs = []*ask{l.ask(to, req, func(res *sip.Response) { l.legAnswered(c, res) })}
		return
	}
	l.ask(to, req, func(res *sip.Response) {
		if res == nil {
			res = response(s.req, sip.StatusRequestTimeout, "Request Timeout")
		}
		l.respond(s, res)
	})
}

// target finds the device that a request within a dialog is for, and whose it is: by its contact, or by its
// address when a client uses that for the remote target.
func (l *Lab) target(req *sip.Request) (*link, sip.Uri, *person) {
	l.ownRoute(req)
	if b := l.contacts[contactKey(&req.Recipient)]; b != nil {
		return b.link, req.Recipient, b.owner
	}
	if p, _ := l.find(&req.Recipient); p != nil && p.online() {
		return p.bindings[0].link, p.bindings[0].contact, p
	}
	return nil, sip.Uri{}, nil
}
