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
		r := l.roundTrip(ctx, c.creds, c.me.aor, req, d)
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
func (l *link) roundTrip(ctx context.Context, creds *credentials, me string, base *sip.Request, d draft) reply {
	k := callOf(base, me)
	seq := base.CSeq().SeqNo
	var known attempt
	for {
		res, next, err := l.try(ctx, creds, k, &known, base, seq, d.spare && known.tries == 0, d.left)
		seq = next
		if err != nil || res.StatusCode != 401 && res.StatusCode != 407 {
			return reply{res: res, seq: seq, err: err}
		}
		again, err := creds.challenge(ctx, k, res, &known)
		if err != nil || !again {
			return reply{res: res, seq: seq, err: err}
		}
		seq++
	}
}

// callOf is what a request looks like to the credentials.
func callOf(req *sip.Request, me string) call {
	to, _ := nameaddr.AOR(&req.To().Address)
	return call{
		method: string(req.Method), uri: req.Recipient.String(), body: req.Body(),
		registrar: req.Method == sip.REGISTER, own: to == me,
	}
}

// challenge takes a 401 or a 407, as challenged does with what is in it.
func (c *credentials) challenge(ctx context.Context, k call, res *sip.Response, known *attempt) (bool, error) {
	proxy, name := res.StatusCode == 407, "www-authenticate"
	if proxy {
		name = "proxy-authenticate"
	}
	var values []string
	for _, h := range res.GetHeaders(name) {
		values = append(values, h.Value())
	}
	return c.challenged(ctx, k, proxy, values, known)
}

// try runs one client transaction to its final response. It returns the CSeq used; left is called when the request
// has been written, or could not be.
func (l *link) try(ctx context.Context, creds *credentials, k call, known *attempt, base *sip.Request, seq uint32, spare bool, left func()) (*sip.Response, uint32, error) {
	req, tx, err := l.begin(ctx, creds, k, known, base, seq, spare)
	if left != nil {
		left()
	}
	seq = req.CSeq().SeqNo
	if err != nil {
		return nil, seq, err
	}
	defer tx.Terminate()
	for {
		select {
		case res := <-tx.Responses():
			if !res.IsProvisional() {
				return res, seq, nil
			}
		case <-tx.Done():
			return nil, seq, endOf(tx)
		case <-l.conn.Done():
			return nil, seq, fmt.Errorf("%w: %w", errFlow, l.conn.Err())
		case <-ctx.Done():
			return nil, seq, ctx.Err()
		}
	}
}

// endOf says why a transaction has ended without a final response.
func endOf(tx *sip.ClientTx) error {
	if errors.Is(tx.Err(), sip.ErrTransactionTimeout) {
		return ErrNoAnswer
	}
	return fmt.Errorf("%w: %w", errFlow, tx.Err())
}

// begin writes base as one try of it. Credentials are made and the request is written under one lock, so that nonce
// counts rise on the wire, as servers want.
func (l *link) begin(ctx context.Context, creds *credentials, k call, known *attempt, base *sip.Request, seq uint32, spare bool) (*sip.Request, *sip.ClientTx, error) {
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
		return req, nil, fmt.Errorf("%w: %w", errFlow, err)
	}
	return req, tx, nil
}
