package lab

import (
	"strconv"
	"time"

	"github.com/emiago/sipgo/sip"
)

// Timers of RFC 3261 section 17 (table 4).
const (
	timerT1  = 500 * time.Millisecond
	timerT2  = 4 * time.Second
	timer64  = 64 * timerT1     // Timers B, F, H, J: how long a transaction is waited for or remembered
	timerC   = 3 * time.Minute  // how long a callee may ring (section 16.6, 11)
	magic    = "z9hG4bK"        // every branch of RFC 3261 begins with it
	keepDone = 32 * time.Second // how long finished ones absorb what the network repeats
)

// ask is a request of the lab's, or one it passes on, that waits for answers: a client transaction.
type ask struct {
	branch string
	method sip.RequestMethod
	to     *link
	req    *sip.Request
	wire   []byte

	// answer gets every response but 100, with Lab.mu held; nil says that the final one never came.
	answer func(*sip.Response)

	heard bool // a provisional response came: nothing is repeated any more
	final bool
	next  time.Duration // until the next retransmission
	until time.Time
	timer *time.Timer
}

// branch makes a new branch; it is unique for the life of the lab and says nothing of it.
func (l *Lab) branch() string {
	l.branches++
	return magic + l.salt + strconv.FormatUint(l.branches, 36)
}

// ask sends a request on a link, adding the lab's Via. The caller holds Lab.mu; answer is never called
// from within.
func (l *Lab) ask(to *link, req *sip.Request, answer func(*sip.Response)) *ask {
	a := &ask{branch: l.branch(), method: req.Method, to: to, req: req, answer: answer}
	via := &sip.ViaHeader{ProtocolName: "SIP", ProtocolVersion: "2.0", Transport: to.transport, Params: sip.NewParams()}
	via.Host, via.Port = hostPort(to.local)
	via.Params.Add("branch", a.branch)
	req.PrependHeader(via)
	a.wire = []byte(req.String())
	l.asks[a.branch] = a
	a.until = l.now().Add(timer64)
	wait := timer64
	if !to.reliable() {
		a.next, wait = timerT1, timerT1
	}
	if err := to.write(a.wire); err != nil {
		wait = 0 // a dead link answers like a silent one, only sooner
		a.until = l.now()
	}
	a.timer = time.AfterFunc(wait, func() { l.locked(func() { l.askTimer(a) }) })
	return a
}

// askTimer repeats a request on a datagram link, and gives up after 64*T1.
func (l *Lab) askTimer(a *ask) {
	if l.asks[a.branch] != a {
		return
	}
	left := a.until.Sub(l.now())
	if left <= 0 {
		delete(l.asks, a.branch)
		if !a.final {
			a.final = true
			if a.method == sip.INVITE && a.heard {
				_ = a.to.write([]byte(cancelFor(a).String())) // it rings no longer (section 16.8)
			}
			a.answer(nil)
		}
		return
	}
	if a.final || a.next == 0 || (a.heard && a.method == sip.INVITE) {
		a.timer.Reset(left)
		return
	}
	_ = a.to.write(a.wire) // a lost datagram and an unsent one are mended the same way
	a.next *= 2
	if (a.method != sip.INVITE || a.heard) && a.next > timerT2 {
		a.next = timerT2
	}
	a.timer.Reset(min(a.next, left))
}

// answered hands a response to the request it answers. The lab's own Via is taken off.
func (l *Lab) answered(from *link, res *sip.Response) {
	via, cseq := res.Via(), res.CSeq()
	if via == nil || cseq == nil {
		return
	}
	branch, _ := via.Params.Get("branch")
	a := l.asks[branch]
	if a == nil || a.to != from || a.method != cseq.MethodName {
		return
	}
	res.RemoveHeader("Via")
	switch {
	case res.StatusCode == sip.StatusTrying:
		l.hear(a)
	case res.IsProvisional():
		l.hear(a)
		if !a.final {
			a.answer(res)
		}
	default:
		l.finish(a, res)
	}
}

func (l *Lab) hear(a *ask) {
	if !a.heard && a.method == sip.INVITE {
		a.until = l.now().Add(timerC)
		a.timer.Reset(timerC)
	}
	a.heard = true
}

// finish takes a final response. An INVITE is remembered for a while: a refusal that is repeated has to be
// acknowledged again (section 17.1.1.2), and every 2xx has to reach the caller (section 16.7, 5).
func (l *Lab) finish(a *ask, res *sip.Response) {
	first := !a.final
	a.final = true
	if a.method != sip.INVITE {
		delete(l.asks, a.branch)
		a.timer.Stop()
		a.answer(res)
		return
	}
	if !res.IsSuccess() {
		_ = a.to.write([]byte(ackFor(a, res).String()))
	}
	if first {
		a.until = l.now().Add(keepDone)
		a.timer.Reset(keepDone)
	}
	if first || res.IsSuccess() {
		a.answer(res)
	}
}

// drop forgets everything that waits for a link that is gone; each answers like a silent device.
func (l *Lab) drop(k *link) {
	for branch, a := range l.asks {
		if a.to != k {
			continue
		}
		delete(l.asks, branch)
		a.timer.Stop()
		if !a.final {
			a.final = true
			a.answer(nil)
		}
	}
}
