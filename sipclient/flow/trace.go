package flow

import "bytes"

// masked is written instead of credentials in a trace.
const masked = "(masked)"

// secret names the fields whose values let somebody else sign in, or find the password by trying.
var secret = [][]byte{[]byte("authorization"), []byte("proxy-authorization")}

func (c *Conn) traceOut(p []byte) {
	if c.cfg.Trace != nil && !isBlank(p) {
		c.cfg.Trace(true, mask(p))
	}
}

func (c *Conn) traceIn(head, body []byte) {
	if c.cfg.Trace != nil {
		c.cfg.Trace(false, append(mask(head), body...))
	}
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
