package sipclient

import (
	"context"
	"errors"
	"fmt"

	"github.com/emiago/sipgo/sip"
)

// invitation is an INVITE of ours with everything that its client transaction brings: provisional answers, several
// final ones, challenges, and the CANCEL (RFC 3261 sections 9.1 and 17.1.1, RFC 6026). sipgo acknowledges refusals by
// itself, and hands 2xx over as often as they come.
type invitation struct {
	c     *Client
	l     *link
	draft draft
	// heard gets every answer but 100 and the challenges that could be met; failed is called instead of a final one,
	// with ErrNoAnswer, ErrPassword or errFlow.
	heard  func(*sip.Response)
	failed func(error)

	ctx  context.Context
	stop context.CancelFunc // ends it without a word
	k    call
	seq  uint32 // CSeq of the present try
	req  *sip.Request

	known      attempt // belongs to the goroutine of the present try
	alive      bool    // a provisional answer has come to the present try
	cancelling bool
	cancelled  bool // the CANCEL has been sent
	final      bool
	limit      *timer // how long the answer to a CANCEL may take
}

// invite sends an INVITE over the flow l.
func (c *Client) invite(l *link, d draft, heard func(*sip.Response), failed func(error)) *invitation {
	v := &invitation{c: c, l: l, draft: d, heard: heard, failed: failed, seq: d.seq}
	v.ctx, v.stop = context.WithCancel(c.ctx)
	v.try()
	return v
}

// try sends the request once more; it is a transaction of its own.
func (v *invitation) try() {
	base := v.c.build(v.l, v.draft)
	v.k = callOf(base, v.c.me.aor)
	v.alive = false
	seq := v.seq
	v.c.loop.spawn(func() { v.run(base, seq) })
}

// run is one try, beside the loop.
func (v *invitation) run(base *sip.Request, seq uint32) {
	req, tx, err := v.l.begin(v.ctx, v.c.creds, v.k, &v.known, base, seq, false)
	v.c.loop.post(func() { v.req = req })
	if v.draft.left != nil {
		v.draft.left()
	}
	if err != nil {
		v.fail(err)
		return
	}
	tx.OnRetransmission(func(res *sip.Response) {
		v.c.loop.post(func() { v.heard(res) })
		v.l.conn.Heard()
	})
	for {
		select {
		case res := <-tx.Responses():
			if v.read(res) {
				return // sipgo keeps the transaction for what comes again
			}
		case <-tx.Done():
			v.fail(endOf(tx))
			return
		case <-v.l.conn.Done():
			tx.Terminate()
			v.fail(fmt.Errorf("%w: %w", errFlow, v.l.conn.Err()))
			return
		case <-v.ctx.Done():
			tx.Terminate()
			v.fail(ErrNoAnswer)
			return
		}
	}
}

// read hands one answer to the loop, beside which it runs, and reports whether it was the last of the try.
func (v *invitation) read(res *sip.Response) (last bool) {
	switch {
	case res.IsProvisional():
		v.c.loop.post(func() { v.progress(res) })
	case res.StatusCode == 401 || res.StatusCode == 407:
		again, err := v.c.creds.challenge(v.ctx, v.k, res, &v.known)
		v.c.loop.post(func() { v.challenged(res, again, err) })
	default:
		v.c.loop.post(func() { v.finish(res) })
	}
	v.l.conn.Heard()
	return !res.IsProvisional()
}

func (v *invitation) progress(res *sip.Response) {
	v.alive = true
	if v.cancelling {
		v.sendCancel()
	}
	if res.StatusCode != sip.StatusTrying && !v.final {
		v.heard(res)
	}
}

// challenged sends the request again with credentials, if it is still wanted.
func (v *invitation) challenged(res *sip.Response, again bool, err error) {
	switch {
	case err != nil:
		v.failNow(err)
	case again && !v.cancelling:
		v.seq++
		v.draft.seq = v.seq
		v.try()
	default:
		v.finish(res)
	}
}

func (v *invitation) finish(res *sip.Response) {
	v.end()
	v.heard(res)
}

func (v *invitation) end() {
	v.final = true
	v.limit.stop()
	v.stop()
}

func (v *invitation) fail(err error) { v.c.loop.post(func() { v.failNow(err) }) }

// failNow is the end without an answer. As with every exchange, the client hears first that the flow is gone.
func (v *invitation) failNow(err error) {
	v.end()
	if v.l == v.c.net.link && (errors.Is(err, errFlow) || errors.Is(err, ErrPassword)) {
		v.c.drop(err)
	}
	v.failed(err)
}

// cancel takes the INVITE back: at once when an answer shows that it has arrived, else as soon as one does (RFC
// 3261 section 9.1). What comes of it is heard like before: 487, or a 2xx that was on its way.
func (v *invitation) cancel() {
	v.cancelling = true
	if v.alive && !v.final {
		v.sendCancel()
	}
}

func (v *invitation) sendCancel() {
	if v.cancelled || v.req == nil {
		return
	}
	v.cancelled = true
	v.limit = v.c.loop.after(transactionTime, v.stop)
	req := cancelOf(v.req)
	v.c.loop.spawn(func() {
		tx, err := v.l.ua.TransactionLayer().Request(v.ctx, req)
		if err != nil {
			return // the flow is gone, as others will say
		}
		defer tx.Terminate()
		for {
			select {
			case res := <-tx.Responses():
				if !res.IsProvisional() {
					return
				}
			case <-tx.Done():
				return
			case <-v.l.conn.Done():
				return
			case <-v.c.ctx.Done():
				return
			}
		}
	})
}

// cancelOf builds the CANCEL of a request: it goes the same way, by the same branch.
func cancelOf(req *sip.Request) *sip.Request {
	out := sip.NewRequest(sip.CANCEL, *req.Recipient.Clone())
	out.SetTransport(req.Transport())
	out.SetDestination(req.Destination())
	out.Laddr = req.Laddr
	for _, name := range []string{"Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq", "Route"} {
		sip.CopyHeaders(name, req, out)
	}
	out.CSeq().MethodName = sip.CANCEL
	out.AppendHeader(sip.NewHeader("User-Agent", userAgent))
	out.SetBody(nil)
	return out
}
