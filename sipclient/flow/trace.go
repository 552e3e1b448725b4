package flow

import (
	"bytes"
	"strings"
)

// masked is written instead of credentials in a trace.
const masked = "(masked)"

// secret names the fields whose values let somebody else sign in, or find the password by trying.
var secret = [][]byte{[]byte("authorization"), []byte("proxy-authorization")}

func (c *Conn) traceOut(p []byte) {
	if c.cfg.Trace != nil && !isBlank(p) {
		c.cfg.Trace(true, maskKeys(mask(p)))
	}
}

func (c *Conn) traceIn(head, body []byte) {
	if c.cfg.Trace != nil {
		c.cfg.Trace(false, append(mask(head), maskKeys(body)...))
	}
}

// maskKeys copies a message without the keys of encrypted sound in its description (RFC 4568 section 9.1): with them
// whoever has recorded a call hears it. One that has none is returned as it is.
func maskKeys(p []byte) []byte {
	const inline = "inline:"
	if !bytes.Contains(p, []byte("crypto:")) {
		return p
	}
	var out []byte
	for len(p) > 0 {
		n := bytes.IndexByte(p, '\n') + 1
		if n == 0 {
			n = len(p)
		}
		line := p[:n]
		p = p[n:]
		for is := bytes.HasPrefix(line, []byte("a=crypto:")); is && len(line) > 0; { // one line may hold several keys
			at := bytes.Index(line, []byte(inline))
			if at < 0 {
				break
			}
			out = append(append(out, line[:at+len(inline)]...), masked...)
			line = bytes.TrimLeftFunc(line[at+len(inline):], func(r rune) bool { return !strings.ContainsRune("|; \t\r\n", r) })
		}
		out = append(out, line...)
	}
	return out
}

// mask copies a message, or several, without the values of credentials. Lines of a body that look like
// such a field are masked too.
func mask(p []byte) []byte {
	out := make([]byte, 0, len(p))
	hiding := false
	for len(p) > 0 {
		n := bytes.IndexByte(p, '\n') + 1
		if n == 0 {
			n = len(p)
		}
		line := p[:n]
		p = p[n:]
		if hiding && (line[0] == ' ' || line[0] == '\t') {
			continue // the rest of a folded field
		}
		if hiding = isSecret(line); !hiding {
			out = append(out, line...)
			continue
		}
		out = append(out, line[:bytes.IndexByte(line, ':')+1]...)
		out = append(out, " "+masked+"\r\n"...)
	}
	return out
}

func isSecret(line []byte) bool {
	name, _, ok := bytes.Cut(line, []byte(":"))
	if !ok {
		return false
	}
	name = bytes.TrimSpace(name)
	for _, s := range secret {
		if bytes.EqualFold(name, s) {
			return true
		}
	}
	return false
}
