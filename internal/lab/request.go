package lab

import (
	"slices"

	"github.com/emiago/sipgo/sip"

	"golync/internal/lab/policy"
	"golync/sipclient/nameaddr"
)

// methods are what Allow says: what the lab answers itself and what it passes on.
const methods = "REGISTER, OPTIONS, PUBLISH, SUBSCRIBE, NOTIFY, MESSAGE, INVITE, ACK, BYE, CANCEL, UPDATE, INFO, PRACK, REFER"

// request takes one request through the checks of RFC 3261 sections 8.2 and 16.3, and to who deals with it.
func (l *Lab) request(k *link, req *sip.Request) {
	if req.Via() == nil || req.From() == nil || req.To() == nil || req.CallID() == nil || req.CSeq() == nil {
		if req.Via() != nil && req.Method != sip.ACK {
			_ = k.write([]byte(response(req, sip.StatusBadRequest, "Missing Header").String()))
		}
		return
	}
	cameFrom(k, req)
	if req.Method == sip.ACK {
		l.ack(k, req)
		return
	}
	s := l.open(k, req)
	if s == nil {
		return
	}
	if code, reason := refusal(req); code != 0 {
		res := response(req, code, reason)
		if code == sip.StatusBadExtension {
			set(res, "Unsupported", header(req, "Require")+header(req, "Proxy-Require"))
		}
		l.respond(s, res)
		return
	}
	if req.Method == sip.CANCEL {
		l.cancel(s)
		return
	}
	if req.Method == sip.REGISTER {
		l.register(s)
		return
	}
	if !l.proved(s) {
		return
	}
	l.dispatch(s)
}

// dispatch hands a request whose sender is known to who deals with it.
func (l *Lab) dispatch(s *serving) {
	req := s.req
	if tag(req.To().Params) != "" && req.Method != sip.SUBSCRIBE {
		l.within(s)
		return
	}
	switch req.Method {
	case sip.OPTIONS:
		l.options(s)
	case sip.PUBLISH:
		l.publish(s)
	case sip.SUBSCRIBE:
		l.subscribe(s)
	case sip.MESSAGE:
		l.message(s)
	case sip.INVITE:
		l.invite(s)
	default:
		res := response(req, sip.StatusMethodNotAllowed, "Method Not Allowed")
		set(res, "Allow", methods)
		l.respond(s, res)
	}
}

// cameFrom notes where a request came from, in its top Via (RFC 3261 section 18.2.1, RFC 3581 section 4).
func cameFrom(k *link, req *sip.Request) {
	req.SetTransport(k.transport)
	req.SetSource(k.remote)
	via := req.Via()
	host, port := splitAddr(k.remote)
	if rport, there := via.Params.Get("rport"); there && rport == "" {
		via.Params.Add("rport", port)
	}
	if via.Host != host {
		via.Params.Add("received", host)
	}
}

// refusal is what every request is refused for, whoever sends it; 0 for nothing.
func refusal(req *sip.Request) (int, string) {
	known := func(name string) bool { return len(req.GetHeaders(name)) == 0 }
	switch {
	case req.SipVersion != "SIP/2.0":
		return sip.StatusVersionNotSupported, "Version Not Supported"
	case req.CSeq().MethodName != req.Method:
		return sip.StatusBadRequest, "CSeq Is of Another Method"
	case req.Recipient.Scheme != "sip" && req.Recipient.Scheme != "sips":
		return 416, "Unsupported URI Scheme"
	case len(req.Body()) > bodyLimit:
		return sip.StatusRequestEntityTooLarge, "Request Entity Too Large"
	case !known("Proxy-Require"):
		return sip.StatusBadExtension, "Bad Extension"
	case !known("Require") && slices.Contains([]sip.RequestMethod{sip.REGISTER, sip.OPTIONS, sip.PUBLISH, sip.SUBSCRIBE}, req.Method):
		return sip.StatusBadExtension, "Bad Extension"
	case req.MaxForwards() != nil && req.MaxForwards().Val() == 0 && req.Method != sip.REGISTER && req.Method != sip.OPTIONS:
		return sip.StatusTooManyHops, "Too Many Hops"
	}
	return 0, ""
}

// options answers whether the lab, or a person, is there. Searching for somebody through the gateway is
// asking this: 200 or 480 is found, with the name, and 404 is not (design section 7). What a person's program
// can do it says itself (RFC 3261 section 11), to whoever may write to that person; whether somebody is
// there is not said across the gateway before both have accepted.
func (l *Lab) options(s *serving) {
	p, served := l.find(&s.req.Recipient)
	from := l.people[aorOf(&s.req.From().Address)]
	if p != nil && from != nil && l.stopsFinding(s, from, p) {
		return
	}
	code, reason := sip.StatusOK, "OK"
	switch {
	case s.req.Recipient.User == "" || s.req.Recipient.User == labUser:
	case p == nil && !served:
		code, reason = sip.StatusNotFound, "No Such Domain"
	case p == nil:
		code, reason = sip.StatusNotFound, "Not Found"
	case !p.online(), from != nil && !l.mayWrite(from, p):
		code, reason = sip.StatusTemporarilyUnavailable, "Temporarily Unavailable"
	default:
		if hops := s.req.MaxForwards(); hops == nil || hops.Val() > 0 { // else section 16.3, 3
			l.ownRoute(s.req)
			l.fork(p, s.req, func(res *sip.Response) { l.foundAtHome(s, p, res) })
			return
		}
	}
	res := response(s.req, code, reason)
	if p != nil {
		introduce(res, p)
	}
	set(res, "Allow", methods)
	set(res, "Accept", pidfType+", "+winfoType+", text/plain")
	set(res, "Allow-Events", allowEvents)
	l.respond(s, res)
}

// stopsFinding answers for somebody whom the policy keeps from being found: an address that is not there looks
// the same.
func (l *Lab) stopsFinding(s *serving, from, p *person) bool {
	r := l.forbids(from, p, policy.Find)
	if !r.Refused() {
		return false
	}
	l.refusals.note(l, policy.Find, from, p, r)
	if r.Words() != "" {
		l.refuse(s, sip.StatusForbidden, r.Words())
	} else {
		l.refuse(s, sip.StatusNotFound, "Not Found")
	}
	return true
}

// foundAtHome passes on what a person's program says of itself. One that refuses to is found all the same, as
// somebody who is away: that the user is there, and does not want the asker, is not to be learned.
func (l *Lab) foundAtHome(s *serving, p *person, res *sip.Response) {
	if res == nil || !res.IsSuccess() {
		res = response(s.req, sip.StatusTemporarilyUnavailable, "Temporarily Unavailable")
	}
	res.RemoveHeader("P-Asserted-Identity") // whoever is asked does not say who that is
	introduce(res, p)
	l.respond(s, res)
}

// introduce names a person in an answer (RFC 3325 section 9.1).
func introduce(res *sip.Response, p *person) {
	set(res, "P-Asserted-Identity", `"`+nameaddr.Quote(p.name)+`" <`+p.aor+">")
}
