package flow

import (
	"bytes"
	"strconv"
)

// normalise appends the message in the form that sipgo reads as it was meant: names written out, one value
// to a line, no white space around ";" and "=", parameter names in lower case, quoted parameters veiled.
// A *badMessage says what cannot be.
func normalise(dst []byte, h *head, body []byte, limits Limits) ([]byte, error) {
	if params(h.start) > limits.Params {
		return dst, &badMessage{414, "too many parameters in the Request-URI"}
	}
	dst = append(dst, h.start...)
	if !h.isRequest() && bytes.Count(h.start, []byte(" ")) == 1 {
		dst = append(dst, ' ') // the reason phrase may be empty, the space before it may not be missing
	}
	dst = append(dst, "\r\n"...)
	var err error
	for _, f := range h.fields {
		if f.kind == length {
			continue
		}
		if dst, err = normaliseField(dst, f, limits); err != nil {
			return dst, err
		}
	}
	for _, name := range []string{"Via", "From", "To", "Call-ID", "CSeq"} {
		if len(h.get(name)) == 0 {
			return dst, &badMessage{400, "a mandatory header field is missing"}
		}
	}
	dst = append(dst, "Content-Length: "...)
	dst = strconv.AppendInt(dst, int64(len(body)), 10)
	dst = append(dst, "\r\n\r\n"...)
	return append(dst, body...), nil
}

func normaliseField(dst []byte, f field, limits Limits) ([]byte, error) {
	switch f.kind {
	case address:
		return normaliseAddress(header(dst, f.name), f.value, limits)
	case addressy, via:
		values, ok := splitList(f.value)
		if !ok {
			return dst, errQuote
		}
		if len(values) == 0 {
			return dst, &badMessage{400, "empty list"}
		}
		one := normaliseAddress
		if f.kind == via {
			one = normaliseVia
		}
		for _, v := range values {
			var err error
			if dst, err = one(header(dst, f.name), v, limits); err != nil {
				return dst, err
			}
		}
		return dst, nil
	case sequence:
		dst = header(dst, f.name)
		dst = append(dst, bytes.Join(bytes.Fields(f.value), []byte(" "))...)
	default:
		dst = append(header(dst, f.name), f.value...)
	}
	return append(dst, "\r\n"...), nil
}

func header(dst []byte, name string) []byte { return append(append(dst, name...), ": "...) }

// normaliseAddress writes a name-addr or addr-spec with its parameters (RFC 3261 section 20.10).
func normaliseAddress(dst, v []byte, limits Limits) ([]byte, error) {
	if params(v) > limits.Params {
		return dst, errParams
	}
	rest := v
	if len(v) > 0 && v[0] == '"' {
		n := quotedLen(v)
		if n == 0 {
			return dst, errQuote
		}
		dst = append(append(dst, v[:n]...), ' ')
		rest = bytes.TrimLeft(v[n:], " \t")
	}
	open := bytes.IndexByte(rest, '<')
	if semicolon := bytes.IndexByte(rest, ';'); open >= 0 && (semicolon < 0 || open < semicolon) {
		end := bytes.IndexByte(rest[open:], '>')
		if end < 0 {
			return dst, &badMessage{400, "address without >"}
		}
		if name := bytes.Join(bytes.Fields(rest[:open]), []byte(" ")); len(name) > 0 {
			dst = append(append(dst, name...), ' ')
		}
		dst = append(dst, rest[open:open+end+1]...)
		rest = rest[open+end+1:]
	} else {
		end := bytes.IndexByte(rest, ';')
		if end < 0 {
			end = len(rest)
		}
		dst = append(dst, bytes.TrimRight(rest[:end], " \t")...)
		rest = rest[end:]
	}
	dst, err := normaliseParams(dst, rest)
	return append(dst, "\r\n"...), err
}

// normaliseVia writes sent-protocol, sent-by and parameters of one Via value (RFC 3261 section 20.42),
// between all parts of which white space is allowed.
func normaliseVia(dst, v []byte, limits Limits) ([]byte, error) {
	if params(v) > limits.Params {
		return dst, errParams
	}
	end := bytes.IndexByte(v, ';')
	if end < 0 {
		end = len(v)
	}
	parts := bytes.SplitN(v[:end], []byte("/"), 3)
	if len(parts) != 3 {
		return dst, &badMessage{400, "Via without a protocol"}
	}
	words := bytes.Fields(parts[2])
	if len(words) < 2 {
		return dst, &badMessage{400, "Via without a host"}
	}
	dst = append(append(dst, bytes.TrimSpace(parts[0])...), '/')
	dst = append(append(dst, bytes.TrimSpace(parts[1])...), '/')
	dst = append(append(dst, words[0]...), ' ')
	for _, w := range words[1:] {
		dst = append(dst, w...)
	}
	dst, err := normaliseParams(dst, v[end:])
	return append(dst, "\r\n"...), err
}
