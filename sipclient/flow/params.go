package flow

import (
	"bytes"
	"strings"
)

// Errors of parameters and lists.
var (
	errParams = &badMessage{513, "too many parameters"}
	errQuote  = &badMessage{400, "quoted string without an end"}
	errParam  = &badMessage{400, "not a parameter"}
)

// params counts what sipgo would enter into a list of parameters, each entry of which costs it a search
// through all others (facts/sipgo.md section 5).
func params(v []byte) int { return bytes.Count(v, []byte(";")) + bytes.Count(v, []byte("&")) }

// normaliseParams writes *( SEMI name [ EQUAL value ] ) without white space, names in lower case (RFC 3261
// section 7.3.1 has them compared without case; sipgo compares with it).
func normaliseParams(dst, v []byte) ([]byte, error) {
	for {
		v = bytes.TrimLeft(v, " \t")
		if len(v) == 0 {
			return dst, nil
		}
		if v[0] != ';' {
			return dst, errParam
		}
		v = bytes.TrimLeft(v[1:], " \t")
		end := bytes.IndexAny(v, ";= \t")
		if end < 0 {
			end = len(v)
		}
		name := v[:end]
		v = bytes.TrimLeft(v[end:], " \t")
		if len(name) == 0 {
			if len(v) > 0 && v[0] == '=' {
				return dst, errParam
			}
			continue // ";;" and a ";" at the end are common
		}
		dst = append(dst, ';')
		for _, c := range name {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
		}
		if len(v) == 0 || v[0] != '=' {
			continue
		}
		n, text := paramValue(bytes.TrimLeft(v[1:], " \t"))
		if text == nil {
			return dst, errQuote
		}
		dst = veil(append(dst, '='), text)
		v = bytes.TrimLeft(v[1:], " \t")[n:]
	}
}

// paramValue returns the value at the beginning of v and how many octets it takes; nil when a quoted string
// has no end.
func paramValue(v []byte) (int, []byte) {
	if len(v) > 0 && v[0] == '"' {
		n := quotedLen(v)
		if n == 0 {
			return 0, nil
		}
		return n, v[:n]
	}
	n := bytes.IndexAny(v, "; \t")
	if n < 0 {
		n = len(v)
	}
	return n, v[:n:n]
}

// quotedLen is the length of the quoted string at the beginning of v with both quotes, 0 when it has no end.
func quotedLen(v []byte) int {
	for i := 1; i < len(v); i++ {
		switch v[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// splitList cuts a comma separated list (RFC 3261 section 7.3.1), minding quoted strings and angle brackets.
// It reports false when a quoted string has no end. Empty values are left out.
func splitList(v []byte) (values [][]byte, ok bool) {
	begin, inside := 0, false
	keep := func(end int) {
		if s := bytes.Trim(v[begin:end], " \t"); len(s) > 0 {
			values = append(values, s)
		}
	}
	for i := 0; i < len(v); i++ {
		switch v[i] {
		case '"':
			if inside {
				continue // no quoted string within a URI
			}
			n := quotedLen(v[i:])
			if n == 0 {
				return nil, false
			}
			i += n - 1
		case '<':
			inside = true
		case '>':
			inside = false
		case ',':
			if !inside {
				keep(i)
				begin = i + 1
			}
		}
	}
	keep(len(v))
	return values, true
}

// veiled are the characters that sipgo misreads within the value of a parameter, and veils what stands for
// each of them between Read and Write: control characters that no legal message has there. sipgo would
// cut pub-gruu="sip:a@x;gr=1" in two, lose sig=aGk=, and quote twice what has a space.
const (
	veiled = `;,= ` + "\t"
	veils  = "\x0e\x0f\x10\x11\x12" + veilQuote
	// veilQuote stands for an escaped quote, at which sipgo would end the string.
	veilQuote = "\x13"
)

// veil appends the value of a parameter with those characters replaced.
func veil(dst, v []byte) []byte {
	quoted := len(v) > 0 && v[0] == '"'
	for i := 0; i < len(v); i++ {
		c := v[i]
		switch at := strings.IndexByte(veiled, c); {
		case at >= 0:
			dst = append(dst, veils[at])
		case quoted && c == '\\' && i+1 < len(v)-1 && v[i+1] == '"':
			dst = append(dst, veilQuote...)
			i++
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// unveil appends p with the characters put back that veil replaced. In a body nothing is changed.
func unveil(dst, p []byte) []byte {
	for len(p) > 0 {
		end := bytes.Index(p, []byte("\r\n\r\n"))
		if end < 0 {
			end = len(p) - 4
		}
		for _, c := range p[:end+4] {
			switch at := strings.IndexByte(veils, c); {
			case at == len(veiled):
				dst = append(dst, '\\', '"')
			case at >= 0:
				dst = append(dst, veiled[at])
			default:
				dst = append(dst, c)
			}
		}
		var h head
		body := 0
		if h.parse(p[:end+4], Limits{}.withDefaults()) == nil {
			n, _ := decimal(h.get("Content-Length"))
			body = min(n, len(p)-end-4)
		}
		dst = append(dst, p[end+4:end+4+body]...)
		p = p[end+4+body:]
	}
	return dst
}

// hasVeil reports whether there is anything to unveil. Looking for one octet after the other is several times
// as fast as looking for all at once, and nearly every message has none.
func hasVeil(p []byte) bool {
	for i := range len(veils) {
		if bytes.IndexByte(p, veils[i]) >= 0 {
			return true
		}
	}
	return false
}

// disarm replaces what a peer sent in the place of our veils, so that it cannot become something else.
func disarm(b []byte) {
	if !hasVeil(b) {
		return
	}
	for i, c := range b {
		if strings.IndexByte(veils, c) >= 0 {
			b[i] = '?'
		}
	}
}

// Value returns a parameter value of a received message as its sender meant it: without quotes and
// escapes, and with the characters that a Conn had to hide from sipgo (";", "=", ",", space) back in place.
func Value(v string) string {
	if len(v) >= 2 && v[0] == '"' && v[len(v)-1] == '"' {
		v = v[1 : len(v)-1]
	}
	if strings.IndexByte(v, '\\') < 0 && !strings.ContainsAny(v, veils) {
		return v
	}
	var b strings.Builder
	for i := 0; i < len(v); i++ {
		c := v[i]
		switch at := strings.IndexByte(veils, c); {
		case c == '\\' && i+1 < len(v):
			i++
			b.WriteByte(v[i])
		case at == len(veiled):
			b.WriteByte('"')
		case at >= 0:
			b.WriteByte(veiled[at])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
