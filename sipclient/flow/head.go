package flow

import (
	"bytes"
	"strings"
)

// head is the part of a message before the body, taken apart but not yet changed.
type head struct {
	raw    []byte // as it came, with the empty line
	start  []byte // start line
	fields []field
}

// field is one header field, unfolded. Its slices point into head.raw or a copy.
type field struct {
	name  string // canonical when it is known, else as it came
	kind  kind
	value []byte // without white space around it
}

// kind says what has to be done with a value before sipgo reads it.
type kind uint8

const (
	plain    kind = iota
	address       // From, To: one address with parameters
	addressy      // Contact, Route: a list of these
	via
	sequence
	length
)

// known are the fields that are written out from their compact form (RFC 3261 section 7.3.3 and the IANA
// registry of SIP header fields), or whose values need care. The key is in lower case.
var known = map[string]field{
	"a": {name: "Accept-Contact"}, "b": {name: "Referred-By", kind: address},
	"c": {name: "Content-Type"}, "d": {name: "Request-Disposition"},
	"e": {name: "Content-Encoding"}, "f": {name: "From", kind: address},
	"i": {name: "Call-ID"}, "j": {name: "Reject-Contact"},
	"k": {name: "Supported"}, "l": {name: "Content-Length", kind: length},
	"m": {name: "Contact", kind: addressy}, "n": {name: "Identity-Info"},
	"o": {name: "Event"}, "r": {name: "Refer-To", kind: address},
	"s": {name: "Subject"}, "t": {name: "To", kind: address},
	"u": {name: "Allow-Events"}, "v": {name: "Via", kind: via},
	"x": {name: "Session-Expires"}, "y": {name: "Identity"},

	"from": {name: "From", kind: address}, "to": {name: "To", kind: address},
	"refer-to": {name: "Refer-To", kind: address}, "referred-by": {name: "Referred-By", kind: address},
	"contact": {name: "Contact", kind: addressy}, "route": {name: "Route", kind: addressy},
	"record-route": {name: "Record-Route", kind: addressy},
	"via":          {name: "Via", kind: via}, "cseq": {name: "CSeq", kind: sequence},
	"call-id": {name: "Call-ID"}, "content-type": {name: "Content-Type"},
	"content-length": {name: "Content-Length", kind: length},
}

// identify finds out what a field is.
func identify(name []byte) field {
	var lower [32]byte
	if len(name) > len(lower) {
		return field{name: string(name)}
	}
	for i, c := range name {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	if f, ok := known[string(lower[:len(name)])]; ok {
		return f
	}
	return field{name: string(name)}
}

// parse takes raw, which ends with an empty line, apart. It goes through to the end even when something is
// wrong, so that the length of the body becomes known; the error is the first thing that was.
func (h *head) parse(raw []byte, limits Limits) (err error) {
	note := func(code int, why string) {
		if err == nil {
			err = &badMessage{code, why}
		}
	}
	h.raw, h.fields = raw, h.fields[:0]
	var line []byte
	line, raw = cutLine(raw)
	h.start = line
	if len(line) > limits.Line {
		note(414, "start line too long")
	}
	for {
		if line, raw = cutLine(raw); len(line) == 0 {
			break
		}
		if isBlankOctet(line[0]) {
			// A first line that is a continuation belongs to nothing.
			note(400, "header begins with white space")
			continue
		}
		for len(raw) > 0 && isBlankOctet(raw[0]) {
			var more []byte
			more, raw = cutLine(raw)
			line = append(append(line[:len(line):len(line)], ' '), bytes.TrimLeft(more, " \t")...)
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		name = bytes.TrimRight(name, " \t")
		switch {
		case !ok || !isToken(name):
			note(400, "not a header field")
			continue
		case len(line) > limits.Line:
			note(513, "header field too long")
		case bytes.ContainsAny(value, "\r\n"):
			note(400, "line break in a header field")
		}
		f := identify(name)
		f.value = bytes.Trim(value, " \t")
		h.fields = append(h.fields, f)
	}
	if bytes.ContainsAny(h.start, "\r\n\x00") {
		note(400, "line break in the start line")
	}
	return err
}

// cutLine returns the text before the next CRLF and what follows it.
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.Index(b, []byte("\r\n"))
	if i < 0 {
		return b, nil
	}
	return b[:i:i], b[i+2:]
}

// get returns the value of the first field of a name, nil when there is none.
func (h *head) get(name string) []byte {
	for _, f := range h.fields {
		if f.name == name {
			return f.value
		}
	}
	return nil
}

// isRequest reports whether the start line is not that of a response.
func (h *head) isRequest() bool { return !hasPrefixFold(h.start, "SIP/") }

// method is the first word of a request's start line.
func (h *head) method() string {
	m, _, _ := bytes.Cut(h.start, []byte(" "))
	return string(m)
}

// isCallProgress reports whether the message is a provisional answer to an INVITE, or says yes to one.
func (h *head) isCallProgress() bool {
	_, status, _ := bytes.Cut(h.start, []byte(" "))
	if len(status) == 0 || status[0] != '1' && status[0] != '2' {
		return false
	}
	words := strings.Fields(string(h.get("CSeq")))
	return len(words) == 2 && words[1] == "INVITE"
}

func isBlankOctet(c byte) bool { return c == ' ' || c == '\t' }

// isToken reports whether b is a token (RFC 3261 section 25.1).
func isToken(b []byte) bool {
	for _, c := range b {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.IndexByte("-.!%*_+`'~", c) >= 0:
		default:
			return false
		}
	}
	return len(b) > 0
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

// foreign reports whether a request is to a URI of neither SIP scheme. sipgo reads some of those and not others.
func (h *head) foreign() bool {
	_, uri, _ := bytes.Cut(h.start, []byte(" "))
	scheme, _, ok := bytes.Cut(uri, []byte(":"))
	return ok && h.isRequest() && isToken(scheme) && !bytes.EqualFold(scheme, []byte("sip")) && !bytes.EqualFold(scheme, []byte("sips"))
}
