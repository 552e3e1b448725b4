package lab

import (
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

// response makes a response of the lab's own to a request.
func response(req *sip.Request, code int, reason string) *sip.Response {
	return sip.NewResponseFromRequest(req, code, reason, nil)
}

// ackFor acknowledges a refused INVITE hop by hop (RFC 3261 section 17.1.1.3).
func ackFor(a *ask, res *sip.Response) *sip.Request {
	ack := sip.NewRequest(sip.ACK, a.req.Recipient)
	ack.AppendHeader(a.req.Via().Clone())
	ack.AppendHeader(sip.HeaderClone(a.req.From()))
	ack.AppendHeader(sip.HeaderClone(res.To()))
	return completed(ack, a.req)
}

// cancelFor cancels an INVITE that the lab passed on (section 9.1), for the reasons given.
func cancelFor(a *ask, reasons ...string) *sip.Request {
	cancel := sip.NewRequest(sip.CANCEL, a.req.Recipient)
	cancel.AppendHeader(a.req.Via().Clone())
	cancel.AppendHeader(sip.HeaderClone(a.req.From()))
	cancel.AppendHeader(sip.HeaderClone(a.req.To()))
	for _, why := range reasons {
		cancel.AppendHeader(sip.NewHeader("Reason", why))
	}
	return completed(cancel, a.req)
}

// completed adds what ACK and CANCEL take from their INVITE unchanged.
func completed(req, invite *sip.Request) *sip.Request {
	for _, r := range invite.GetHeaders("Route") {
		req.AppendHeader(sip.HeaderClone(r))
	}
	req.AppendHeader(sip.HeaderClone(invite.CallID()))
	req.AppendHeader(&sip.CSeqHeader{SeqNo: invite.CSeq().SeqNo, MethodName: req.Method})
	hops := sip.MaxForwardsHeader(70)
	req.AppendHeader(&hops)
	req.SetBody(nil)
	return req
}

// header returns the value of the first header of a name, without the blanks around it.
func header(m sip.Message, name string) string {
	for _, h := range m.GetHeaders(name) {
		return strings.TrimSpace(h.Value())
	}
	return ""
}

// expiresOf reads the Expires header of a request; when there is none, or none that can be read, other is used.
func expiresOf(req *sip.Request, other time.Duration) time.Duration {
	return seconds(header(req, "Expires"), other)
}

// seconds reads delta-seconds; RFC 3261 section 20.19 has what cannot be read ignored, and 2^32-1 is the most.
func seconds(s string, other time.Duration) time.Duration {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return other
	}
	return time.Duration(n) * time.Second
}

// wholeSeconds writes a duration as delta-seconds, never below zero.
func wholeSeconds(d time.Duration) string {
	return strconv.FormatInt(max(0, int64((d+time.Second-1)/time.Second)), 10)
}

// set adds a header that is not there yet.
func set(m sip.Message, name, value string) { m.AppendHeader(sip.NewHeader(name, value)) }

// tag returns the tag of a From or To header's parameters.
func tag(p sip.HeaderParams) string {
	t, _ := p.Get("tag")
	return t
}

// hostPort splits an address of the lab's own.
func hostPort(addr string) (string, int) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr, 0
	}
	n, _ := strconv.Atoi(port)
	if strings.Contains(host, ":") {
		host = "[" + host + "]" // RFC 3261 section 25.1, IPv6reference
	}
	return host, n
}

// uriOf is the URI of an address of record. The user part is cut off by hand: sipgo would read parentheses and
// what else may stand in it, but there is nothing to be parsed.
func uriOf(aor string) sip.Uri {
	user, host, _ := strings.Cut(strings.TrimPrefix(aor, "sip:"), "@")
	return sip.Uri{Scheme: "sip", User: user, Host: host}
}

// splitAddr splits an ip:port as text.
func splitAddr(addr string) (host, port string) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr, ""
	}
	return host, port
}

func lower(s string) string { return strings.ToLower(s) }
