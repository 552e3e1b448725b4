package siptest

import (
	"crypto/tls"
	"fmt"
	"net"
	"slices"
	"strings"
)

// Reply answers a request. Each header is a whole line, "Name: value". A response that has no tag of ours
// yet gets one, the same for all of the dialog.
func (p *Peer) Reply(request *Message, code int, headers ...string) {
	p.ReplyBody(request, code, "", nil, headers...)
}

// ReplyBody answers a request with a body.
func (p *Peer) ReplyBody(request *Message, code int, contentType string, body []byte, headers ...string) {
	m := &Message{First: fmt.Sprintf("SIP/2.0 %d %s", code, phrase(code)), Body: body}
	for _, name := range []string{"Via", "Record-Route", "From"} {
		m.copy(request, name)
	}
	to := request.Get("To")
	if code > 100 && request.Tag("To") == "" {
		to += ";tag=" + p.tag(request.Get("Call-ID"))
	}
	m.add("To", to)
	m.copy(request, "Call-ID")
	m.copy(request, "CSeq")
	m.addLines(contentType, headers)
	p.Raw(m.Bytes())
}

// phrases are the reason phrases of codes that a server of presence and messages answers with (RFC 3261
// section 21, RFC 6665 section 8.3). Nobody may rely on them.
var phrases = map[int]string{
	100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 202: "Accepted", 302: "Moved Temporarily", 400: "Bad Request", 401: "Unauthorized",
	403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 407: "Proxy Authentication Required", 408: "Request Timeout",
	412: "Conditional Request Failed", 415: "Unsupported Media Type", 420: "Bad Extension", 423: "Interval Too Brief",
	480: "Temporarily Unavailable", 481: "Subscription Does Not Exist", 486: "Busy Here", 487: "Request Terminated",
	488: "Not Acceptable Here", 491: "Request Pending",
	489: "Bad Event", 500: "Server Internal Error", 503: "Service Unavailable", 600: "Busy Everywhere", 603: "Decline", 604: "Does Not Exist Anywhere",
}

func phrase(code int) string {
	if s := phrases[code]; s != "" {
		return s
	}
	return "Code"
}

func (m *Message) add(name, value string) { m.Headers = append(m.Headers, Header{name, value}) }

func (m *Message) copy(from *Message, name string) {
	for _, v := range from.All(name) {
		m.add(name, v)
	}
}

// addLines appends "Name: value" lines. They replace what stood there under their names.
func (m *Message) addLines(contentType string, lines []string) {
	if contentType != "" {
		m.add("Content-Type", contentType)
	}
	given := make([]Header, 0, len(lines))
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ":")
		given = append(given, Header{name, strings.TrimSpace(value)})
		m.Headers = slices.DeleteFunc(m.Headers, func(h Header) bool { return fullName(h.Name) == fullName(name) })
	}
	m.Headers = append(m.Headers, given...)
}

// tag is our tag in the dialog of that Call-ID.
func (p *Peer) tag(callID string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tags[callID] == "" {
		p.tags[callID] = fmt.Sprintf("peer%d", len(p.tags)+1)
	}
	return p.tags[callID]
}

// Send sends a request outside of any dialog from one address of record to another, and returns it for
// Response. Headers given replace those made here.
// From is an address, or a whole name-addr ("\"Name\" <sip:...>").
func (p *Peer) Send(method, from, to, contentType, body string, headers ...string) *Message {
	m, n := p.begin(method, to)
	if !strings.HasSuffix(from, ">") {
		from = "<" + from + ">"
	}
	m.add("From", fmt.Sprintf("%s;tag=from%d", from, n))
	m.add("To", "<"+to+">")
	m.add("Call-ID", fmt.Sprintf("call%d@%s", n, p.c.LocalAddr()))
	m.add("CSeq", "1 "+method)
	m.Body = []byte(body)
	m.addLines(contentType, headers)
	p.Raw(m.Bytes())
	return m
}

// Notify sends a NOTIFY within the dialog of a SUBSCRIBE that came here; state is the value of
// Subscription-State. An empty contentType sends no body.
func (p *Peer) Notify(subscribe *Message, state, contentType, body string, headers ...string) *Message {
	m, n := p.begin("NOTIFY", subscribe.Address("Contact"))
	from := subscribe.Get("To")
	if subscribe.Tag("To") == "" {
		from += ";tag=" + p.tag(subscribe.Get("Call-ID"))
	}
	m.add("From", from)
	m.add("To", subscribe.Get("From"))
	m.copy(subscribe, "Call-ID")
	m.add("CSeq", fmt.Sprintf("%d NOTIFY", n))
	m.copy(subscribe, "Event")
	m.add("Subscription-State", state)
	m.Body = []byte(body)
	m.addLines(contentType, headers)
	p.Raw(m.Bytes())
	return m
}

// begin starts a request, and gives the number of it on this connection.
func (p *Peer) begin(method, uri string) (*Message, int) {
	p.mu.Lock()
	p.sequence++
	n := p.sequence
	p.mu.Unlock()
	m := &Message{First: method + " " + uri + " SIP/2.0"}
	transport := p.transport()
	// Many peers may talk to one server, which tells their transactions apart by branch alone.
	_, port, _ := net.SplitHostPort(p.c.LocalAddr().String())
	m.add("Via", fmt.Sprintf("SIP/2.0/%s %s;branch=z9hG4bKpeer%s.%d", transport, p.c.LocalAddr(), port, n))
	m.add("Max-Forwards", "70")
	m.add("Contact", fmt.Sprintf("<sip:peer@%s;transport=%s>", p.c.LocalAddr(), strings.ToLower(transport)))
	return m, n
}

func (p *Peer) transport() string {
	if _, secure := p.c.(*tls.Conn); secure {
		return "TLS"
	}
	if _, datagrams := p.c.LocalAddr().(*net.UDPAddr); datagrams {
		return "UDP"
	}
	return "TCP"
}
