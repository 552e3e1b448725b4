package cpim

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
	"time"
)

// Parse reads an envelope. Lines that are no header field are ignored, as are values that make no sense; text
// in another encoding than UTF-8 is made valid. Body is what the sender encoded, without its transfer encoding.
func Parse(data []byte) (Message, error) {
	r := reader{rest: data, prefixes: map[string]string{"imdn": IMDN}, space: Core}
	for {
		line, ok, err := r.line()
		if err != nil {
			return Message{}, err
		}
		if !ok || line == "" {
			if !ok || r.fields == 0 {
				return Message{}, ErrNotCPIM
			}
			break
		}
		r.header(line)
	}
	transfer, err := r.content()
	if err != nil {
		return Message{}, err
	}
	r.m.Body, err = decode(transfer, r.rest)
	if err != nil {
		return Message{}, err
	}
	return r.m, nil
}

// reader goes through an envelope line by line.
type reader struct {
	m        Message
	rest     []byte
	read     int // bytes of lines
	lines    int
	fields   int
	prefixes map[string]string // namespace by prefix
	space    string            // of names without one
}

// line returns the next line without its end; false when the data has ended without one.
func (r *reader) line() (string, bool, error) {
	limit := min(len(r.rest), MaxHeaders-r.read)
	i := bytes.IndexByte(r.rest[:limit], '\n')
	switch {
	case i < 0 && limit < len(r.rest):
		return "", false, ErrTooLong
	case i < 0:
		return "", false, nil
	case r.lines > MaxFields:
		return "", false, ErrTooMany
	}
	line := strings.TrimSuffix(string(r.rest[:i]), "\r")
	r.rest, r.read, r.lines = r.rest[i+1:], r.read+i+1, r.lines+1
	return strings.ToValidUTF8(line, "\uFFFD"), true, nil
}

// header takes one header field of the envelope.
func (r *reader) header(line string) {
	name, value, ok := strings.Cut(line, ":")
	name = strings.TrimSpace(name)
	if !ok || name == "" {
		return
	}
	space, local := r.space, name
	if prefix, rest, dotted := strings.Cut(name, "."); dotted {
		if space, ok = r.prefixes[strings.ToLower(prefix)]; !ok {
			return // of a namespace that we cannot know
		}
		local = rest
	}
	if !token(local) {
		return
	}
	r.fields++
	value = strings.Trim(withoutParams(value), " \t")
	if space != Core {
		r.other(Field{space, local, unescape(value)})
		return
	}
	switch strings.ToLower(local) {
	case "from":
		r.m.From = address(value)
	case "to":
		r.m.To = address(value)
	case "datetime":
		r.m.DateTime = moment(value)
	case "subject":
		r.m.Subject = unescape(value)
	case "ns":
		r.declare(value)
	default:
		r.other(Field{Core, local, unescape(value)})
	}
}

func (r *reader) other(f Field) {
	if f.Value != "" {
		r.m.Extra = append(r.m.Extra, f)
	}
}

// declare takes a namespace (section 3.4): "prefix <uri>", or only "<uri>" for names without a prefix.
func (r *reader) declare(value string) {
	a := address(value)
	switch {
	case a.URI == "" || !uri(a.URI):
	case a.Name == "":
		r.space = a.URI
	default:
		r.prefixes[strings.ToLower(a.Name)] = a.URI
	}
}

// withoutParams leaves out ";lang=fr" and its like, which stand between colon and value (section 3.3).
func withoutParams(value string) string {
	if !strings.HasPrefix(value, ";") {
		return value
	}
	_, value, _ = strings.Cut(value, " ")
	return value
}

// address reads `Name <uri>`, or a bare URI, which some write.
func address(value string) Address {
	name, rest, ok := strings.Cut(value, "<")
	if !ok {
		return Address{URI: cleanURI(value)}
	}
	u, _, ok := strings.Cut(rest, ">")
	if !ok {
		return Address{}
	}
	name = strings.Trim(name, " \t")
	if n := len(name); n >= 2 && name[0] == '"' && name[n-1] == '"' {
		name = name[1 : n-1]
	}
	if u = cleanURI(u); u == "" {
		return Address{}
	}
	return Address{Name: unescape(name), URI: u}
}

func cleanURI(s string) string {
	if s = strings.Trim(s, " \t"); uri(s) {
		return s
	}
	return ""
}

func moment(value string) time.Time {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}
	}
	t = t.UTC().Truncate(time.Second)
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// content reads the header fields of the content (RFC 2045), which may be folded. It returns the transfer
// encoding in lower case.
func (r *reader) content() (transfer string, err error) {
	var fields []string
	for {
		line, ok, err := r.line()
		if err != nil {
			return "", err
		}
		if !ok {
			return "", ErrNotCPIM
		}
		if line == "" {
			break
		}
		if n := len(fields); n > 0 && (line[0] == ' ' || line[0] == '\t') {
			fields[n-1] += " " + strings.Trim(line, " \t")
			continue
		}
		fields = append(fields, line)
	}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, ":")
		value = oneLine(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "content-type":
			r.m.ContentType = value
		case "content-disposition":
			r.m.Disposition = value
		case "content-transfer-encoding":
			transfer = strings.ToLower(value)
		}
	}
	return transfer, nil
}

// decode undoes a transfer encoding. The result is never longer than what it is made of.
func decode(transfer string, body []byte) ([]byte, error) {
	switch transfer {
	case "", "7bit", "8bit", "binary":
		return body, nil
	case "base64":
		return io.ReadAll(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(body)))
	case "quoted-printable":
		return io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
	}
	return nil, ErrEncoding
}
