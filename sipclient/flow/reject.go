package flow

import (
	"bytes"
	"errors"
	"fmt"
	"math/bits"
	"strings"
)

// Rejected is a request that could not be read and was not handed out.
type Rejected struct {
	Raw  []byte // start line and header fields as they came, without the body; not to be kept
	Code int    // the SIP status that says what was wrong: 400, 413, 414, 416 or 513
	Err  error  // the same in words, none of them the peer's

	response []byte
}

// Response is the response that tells the sender, made of nothing but the fields that RFC 3261 section
// 8.2.6.2 wants copied. It can be given to Conn.Write.
func (r Rejected) Response() []byte { return r.response }

// loggedDrops is how many dropped messages of one flow are logged one by one.
const loggedDrops = 20

// phrases of the codes of Rejected.
var phrases = map[int]string{
	400: "Bad Request", 413: "Request Entity Too Large", 414: "Request-URI Too Long",
	416: "Unsupported URI Scheme", 513: "Message Too Large",
}

// reject says in the log that a message was dropped, and why, and tells the user agent of a request that
// can be answered.
func (c *Conn) reject(h *head, err error) {
	var bad *badMessage
	if h == nil || h.raw == nil || !errors.As(err, &bad) {
		return
	}
	// A flood must not fill the disk: after some the log only says when their number has doubled.
	if c.dropped++; c.dropped <= loggedDrops || bits.OnesCount(c.dropped) == 1 {
		c.cfg.Log.Warn("message dropped", "remote", c.target.Addr, "octets", len(h.raw), "why", bad.why, "so far", c.dropped)
	}
	if c.cfg.Reject == nil {
		return
	}
	if a := refusal(h, bad.code); a != nil {
		c.cfg.Reject(Rejected{Raw: h.raw, Code: bad.code, Err: bad, response: a})
	}
}

// refusal is a response to h, nil when h is no request, an ACK, or does not say where it came from. Of the other
// fields that a response copies those are copied that are there: they may be what is missing.
func refusal(h *head, code int) []byte {
	if !h.isRequest() || h.method() == "ACK" || !bytes.Contains(h.start, []byte(" SIP/")) {
		return nil
	}
	if len(h.get("Via")) == 0 {
		return nil
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "SIP/2.0 %d %s\r\n", code, phrases[code])
	for _, f := range h.fields {
		switch f.name {
		case "Via", "From", "To", "Call-ID", "CSeq":
		default:
			continue
		}
		if bytes.ContainsAny(f.value, "\r\n") {
			return nil
		}
		fmt.Fprintf(&b, "%s: %s", f.name, f.value)
		// A response other than 100 has a To tag (RFC 3261 section 8.2.6.2). The same one each time does
		// for a refusal that nobody remembers.
		if f.name == "To" && !strings.Contains(strings.ToLower(string(f.value)), "tag") {
			b.WriteString(";tag=unread")
		}
		b.WriteString("\r\n")
	}
	b.WriteString("Content-Length: 0\r\n\r\n")
	return b.Bytes()
}
