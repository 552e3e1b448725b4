// Package cpim reads and writes instant messages in an envelope, the documents of type message/cpim (RFC
// 3862). It is strict in what it writes and lenient in what it reads: bare line feeds, header names in any
// case and namespaces that nobody declared are all on the wire. It knows no SIP and believes nothing: who
// sent a message is for the SIP request around it to say.
package cpim

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// MediaType is the Content-Type of an envelope.
const MediaType = "message/cpim"

// Namespaces of header fields: those of RFC 3862 section 4 itself, and those of receipts (RFC 5438 section 6.1).
const (
	Core = "urn:ietf:params:cpim-headers:"
	IMDN = "urn:ietf:params:imdn"
)

// Bounds of what is read: the header fields before the content and those of the content, together.
const (
	MaxHeaders = 8 << 10 // bytes
	MaxFields  = 64
)

// Errors of Parse, for errors.Is.
var (
	ErrNotCPIM  = errors.New("not a message in a CPIM envelope")
	ErrTooLong  = errors.New("the CPIM header fields are too long")
	ErrTooMany  = errors.New("there are too many CPIM header fields")
	ErrEncoding = errors.New("unknown content transfer encoding")
)

// Message is an envelope and its content.
type Message struct {
	From, To Address
	DateTime time.Time // when it was sent, whole seconds in UTC; zero when it is not said
	Subject  string
	Extra    []Field // the other header fields, in order

	ContentType string // with parameters; empty is read as text/plain in UTF-8
	Disposition string // Content-Disposition, empty when it is not said
	Body        []byte
}

// Address is one end of a message (section 4.1). The URI is of any scheme.
type Address struct{ Name, URI string }

// Field is a header field of a namespace.
type Field struct {
	Space string // URI of the namespace; Core for those of RFC 3862
	Name  string
	Value string
}

// Get returns the first of the other header fields of that name, whatever its case, or the empty string.
func (m Message) Get(space, name string) string {
	for _, f := range m.Extra {
		if f.Space == space && strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Build writes an envelope. What a header field cannot carry is escaped or left out, so that no value can
// become a field of its own. The body is written as it is.
func Build(m Message) []byte {
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\r\n")
		}
	}
	field("From", m.From.write())
	field("To", m.To.write())
	if !m.DateTime.IsZero() {
		field("DateTime", m.DateTime.UTC().Format(time.RFC3339))
	}
	field("Subject", escape(m.Subject))
	prefixes := map[string]string{Core: ""}
	for _, f := range m.Extra {
		if !token(f.Name) || f.Space == "" || !uri(f.Space) {
			continue
		}
		prefix, known := prefixes[f.Space]
		if !known {
			prefix = prefixFor(f.Space, len(prefixes))
			prefixes[f.Space] = prefix
			field("NS", prefix+" <"+f.Space+">")
			prefix += "."
			prefixes[f.Space] = prefix
		}
		field(prefix+f.Name, escape(f.Value))
	}
	b.WriteString("\r\n")
	field("Content-Type", oneLine(m.ContentType))
	field("Content-Disposition", oneLine(m.Disposition))
	b.WriteString("\r\n")
	b.Write(m.Body)
	return []byte(b.String())
}

// prefixFor names a namespace. Some readers know "imdn" by its usual prefix only.
func prefixFor(space string, n int) string {
	if space == IMDN {
		return "imdn"
	}
	return "x" + strconv.Itoa(n)
}

func (a Address) write() string {
	if a.URI == "" || !uri(a.URI) {
		return ""
	}
	if a.Name == "" {
		return "<" + a.URI + ">"
	}
	return `"` + escape(a.Name) + `" <` + a.URI + ">"
}

// uri reports whether s can stand between angle brackets.
func uri(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] == '<' || s[i] == '>' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// token reports whether s can be the name of a header field (section 3.6). A dot would end a prefix.
func token(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-_!#$%&'*+^`|~", c) >= 0) {
			return false
		}
	}
	return s != ""
}

// oneLine keeps a MIME header field on its line.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s))
}
