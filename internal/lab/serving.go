package lab

import (
	"time"

	"github.com/emiago/sipgo/sip"
)

// serving is a request from a device that the lab answers: a server transaction (RFC 3261 section 17.2).
type serving struct {
	key   string
	from  *link
	req   *sip.Request
	last  []byte // the latest response, for a request that comes again
	final int    // its status, once it is final
	next  time.Duration
	timer *time.Timer
	call  *call // of an INVITE
}

// servingKey identifies a transaction at its server (section 17.2.3). ACK and CANCEL find their INVITE by it.
func servingKey(from *link, req *sip.Request, method sip.RequestMethod) string {
	via := req.Via()
	branch, _ := via.Params.Get("branch")
	return from.transport + " " + from.remote + " " + via.SentBy() + " " + branch + " " + string(method)
}

// remembered reports whether a request needs a transaction that outlives its first response: datagrams come
// twice, and an INVITE may be cancelled.
func remembered(from *link, req *sip.Request) bool {
	return req.Method != sip.ACK && (!from.reliable() || req.Method == sip.INVITE)
}

// open begins a transaction; nil says that the request is a repetition and has been dealt with.
func (l *Lab) open(from *link, req *sip.Request) *serving {
	s := &serving{from: from, req: req}
	if !remembered(from, req) {
		return s
	}
	s.key = servingKey(from, req, req.Method)
	if old := l.servings[s.key]; old != nil {
		if old.last != nil {
			_ = from.write(old.last)
		}
		return nil
	}
	if len(l.servings) >= servingLimit {
		_ = from.write([]byte(response(req, sip.StatusServiceUnavailable, "Too Busy").String()))
		return nil
	}
	l.servings[s.key] = s
	return s
}

// respond sends a response and, when it is final, lets the transaction end.
func (l *Lab) respond(s *serving, res *sip.Response) {
	if s.final != 0 && !(res.IsSuccess() && s.req.Method == sip.INVITE) {
		return
	}
	wire := []byte(res.String())
	_ = s.from.write(wire) // when the link is gone nobody waits for it
	if s.key == "" {
		return
	}
	s.last = wire
	if res.IsProvisional() || s.final != 0 {
		return
	}
	s.final = res.StatusCode
	wait := timer64
	if s.req.Method == sip.INVITE && !res.IsSuccess() && !s.from.reliable() {
		s.next, wait = timerT1, timerT1
	}
	until := l.now().Add(timer64)
	s.timer = time.AfterFunc(wait, func() { l.locked(func() { l.servingTimer(s, until) }) })
}

// servingTimer repeats a refused INVITE's response until it is acknowledged, and forgets old transactions.
func (l *Lab) servingTimer(s *serving, until time.Time) {
	if l.servings[s.key] != s {
		return
	}
	left := until.Sub(l.now())
	if left <= 0 {
		delete(l.servings, s.key)
		return
	}
	if s.next == 0 {
		s.timer.Reset(left)
		return
	}
	_ = s.from.write(s.last)
	s.next = min(2*s.next, timerT2)
	s.timer.Reset(min(s.next, left))
}

// acknowledged stops the repetition; it reports whether the ACK belongs to a refused INVITE and ends here.
func (l *Lab) acknowledged(from *link, ack *sip.Request) bool {
	s := l.servings[servingKey(from, ack, sip.INVITE)]
	if s == nil || s.final < 300 {
		return false
	}
	s.next = 0
	return true
}

// refuse answers with a status and nothing else.
func (l *Lab) refuse(s *serving, code int, reason string) {
	l.respond(s, response(s.req, code, reason))
}
