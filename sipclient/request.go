package sipclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
)

// errFlow says that a request could not be carried because the flow is gone.
var errFlow = errors.New("the connection to the server is gone")

// draft is a request before it is written: what differs from one to the next.
type draft struct {
	method         sip.RequestMethod
	target, to     sip.Uri
	fromTag, toTag string
	callID         string
	seq            uint32
	routes         []string // Route, in order; nil outside of a dialog means the Service-Route
	headers        []sip.Header
	contentType    string
	body           []byte
	// spare skips one CSeq when the request carries credentials from the start, so that it has the same
	// number whether or not it was challenged first: a message sent again is then recognised as the same.
	spare bool
}

// build writes d for the flow l. Every request goes over the flow, whatever its URI and Route say
// (facts/sipgo.md section 4).
func (c *Client) build(l *link, d draft) *sip.Request {
	req := sip.NewRequest(d.method, d.target)
	req.SetTransport(l.network)
	req.SetDestination(l.remote)
	req.Laddr = l.local // sipgo finds a datagram flow by its own address only

	from := &sip.FromHeader{DisplayName: c.me.name, Address: c.me.uri}
	from.Params.Add("tag", d.fromTag)
	to := &sip.ToHeader{Address: d.to}
	if d.toTag != "" {
		to.Params.Add("tag", d.toTag)
	}
	callID := sip.CallIDHeader(d.callID)
	hops := sip.MaxForwardsHeader(70)
	for _, h := range []sip.Header{&hops, from, to, &callID, &sip.CSeqHeader{SeqNo: d.seq, MethodName: d.method}} {
		req.AppendHeader(h)
	}
	routes := d.routes
	if d.toTag == "" && routes == nil && d.method != sip.REGISTER {
		routes = c.reg.serviceRoute
	}
	for _, r := range routes {
		req.AppendHeader(sip.NewHeader("Route", r))
	}
	for _, h := range d.headers {
		req.AppendHeader(h)
	}
	req.AppendHeader(sip.NewHeader("User-Agent", userAgent))
	if d.contentType != "" {
		req.AppendHeader(sip.NewHeader("Content-Type", d.contentType))
	}
	req.SetBody(d.body)
	return req
}

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
func (c *Client) exchange(l *link, d draft, done func(reply)) {
	req := c.build(l, d)
	c.loop.spawn(func() {
		r := l.roundTrip(c.ctx, c.creds, c.me.aor, req, d.spare)
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
	to, _ := addressOf(&base.To().Address)
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

// seconds reads a delta-seconds that may be followed by a comment or parameters; 0 when it is none.
func seconds(value string) time.Duration {
	digits := value
	if i := strings.IndexFunc(value, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		digits = value[:i]
	}
	if digits == "" {
		return 0
	}
	n := 0
	for _, d := range digits {
		// RFC 3261 section 20.19 ends at 2**32-1; a month is longer than anything golync waits for.
		if n = n*10 + int(d-'0'); n > 31*24*3600 {
			return 31 * 24 * time.Hour
		}
	}
	return time.Duration(n) * time.Second
}
