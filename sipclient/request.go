package sipclient

import (
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

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
	// left is called when the request, or each try of it, has been written or could not be; on any goroutine.
	// May be nil.
	left func()
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
