package sipclient

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
)

// errFlow says that a request could not be carried because the flow is gone.
var errFlow = errors.New("the connection to the server is gone")

// reply is how a request went: a final response, or why there is none.
type reply struct {
	res *sip.Response
	seq uint32 // CSeq of the last try, for the dialog's next one
	err error  // ErrNoAnswer, ErrPassword, errFlow or the context's
}

// failure is nil for a 2xx, and the error to hand on otherwise.
func (r reply) failure(method sip.RequestMethod) error {
	switch {
	case r.err != nil:
		return r.err
	case r.res.IsSuccess():
		return nil
	}
	return &ResponseError{Method: string(method), Code: r.res.StatusCode, Reason: text.From(r.res.Reason)}
}

// code is the status of the final response, 0 without one.
func (r reply) code() int {
	if r.res == nil {
		return 0
	}
	return r.res.StatusCode
}

// advice is the response's Retry-After (RFC 3261 section 20.33), 0 without one.
func (r reply) advice() time.Duration {
	if r.res == nil {
		return 0
	}
	return seconds(headerValue(r.res, "retry-after"))
}

// exchange sends d over the flow l and calls done on the loop. When the flow turns out to be gone the
// client is told before done.
func (c *Client) exchange(l *link, d draft, done func(reply)) { c.exchangeWithin(c.ctx, l, d, done) }

// exchangeWithin gives the request up when ctx ends: nothing of it is written afterwards.
func (c *Client) exchangeWithin(ctx context.Context, l *link, d draft, done func(reply)) {
	req := c.build(l, d)
	c.loop.spawn(func() {
		r := l.roundTrip(ctx, c.creds, c.me.aor, req, d.spare)
		c.loop.post(func() {
			if l == c.net.link && (errors.Is(r.err, errFlow) || errors.Is(r.err, ErrPassword)) {
				c.drop(r.err)
			}
			done(r)
		})
	})
}

// roundTrip sends base as often as challenges ask for it. base itself is not touched, so that every try
// is a request of its own: sipgo may still be reading the one before.
func (l *link) roundTrip(ctx context.Context, creds *credentials, me string, base *sip.Request, spare bool) reply {
	to, _ := nameaddr.AOR(&base.To().Address)
	k := call{
		method: string(base.Method), uri: base.Recipient.String(), body: base.Body(),
		registrar: base.Method == sip.REGISTER, own: to == me,
	}
	seq := base.CSeq().SeqNo
	var known attempt
	for {
		res, next, err := l.try(ctx, creds, k, &known, base, seq, spare && known.tries == 0)
		seq = next
		if err != nil || res.StatusCode != 401 && res.StatusCode != 407 {
			return reply{res: res, seq: seq, err: err}
		}
		proxy, name := res.StatusCode == 407, "www-authenticate"
		if proxy {
			name = "proxy-authenticate"
		}
		var values []string
		for _, h := range res.GetHeaders(name) {
			values = append(values, h.Value())
		}
		again, err := creds.challenged(ctx, k, proxy, values, &known)
		if err != nil || !again {
			return reply{res: res, seq: seq, err: err}
		}
		seq++
	}
}

// try runs one client transaction to its final response. It returns the CSeq used. Credentials are made and
// the request is written under one lock, so that nonce counts rise on the wire, as servers want.
func (l *link) try(ctx context.Context, creds *credentials, k call, known *attempt, base *sip.Request, seq uint32, spare bool) (*sip.Response, uint32, error) {
	req := base.Clone()
	via := &sip.ViaHeader{ProtocolName: "SIP", ProtocolVersion: "2.0", Transport: l.network}
	via.Params.Add("branch", sip.RFC3261BranchMagicCookie+newToken())
	via.Params.Add("rport", "")
	req.PrependHeader(via)

	l.writing.Lock()
	fields := creds.fields(k, known)
	for _, f := range fields {
		req.AppendHeader(sip.NewHeader(f.name, f.value))
	}
	if spare && len(fields) > 0 {
		seq++
	}
	req.CSeq().SeqNo = seq
	tx, err := l.ua.TransactionLayer().Request(ctx, req)
	l.writing.Unlock()
	if err != nil {
		return nil, seq, fmt.Errorf("%w: %w", errFlow, err)
	}
	defer tx.Terminate()
	for {
		select {
		case res := <-tx.Responses():
			if !res.IsProvisional() {
				return res, seq, nil
			}
		case <-tx.Done():
			if errors.Is(tx.Err(), sip.ErrTransactionTimeout) {
				return nil, seq, ErrNoAnswer
			}
			return nil, seq, fmt.Errorf("%w: %w", errFlow, tx.Err())
		case <-l.conn.Done():
			return nil, seq, fmt.Errorf("%w: %w", errFlow, l.conn.Err())
		case <-ctx.Done():
			return nil, seq, ctx.Err()
		}
	}
}
