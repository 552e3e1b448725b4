package siptest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Message is a SIP request or response, as plain as it stands on the wire.
type Message struct {
	First   string // start line without its line end
	Headers []Header
	Body    []byte
}

// Header is one header line, its name as written.
type Header struct{ Name, Value string }

// compact are the short names of header fields (RFC 3261 section 7.3.3, RFC 6665 section 8.4).
var compact = map[string]string{
	"i": "call-id", "m": "contact", "f": "from", "t": "to", "v": "via", "l": "content-length",
	"c": "content-type", "o": "event", "s": "subject", "k": "supported", "e": "content-encoding", "u": "allow-events",
}

func fullName(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if long, ok := compact[name]; ok {
		return long
	}
	return name
}

// Get returns the value of the first header of that name, in its long form and in any case; empty when absent.
func (m *Message) Get(name string) string {
	if all := m.All(name); len(all) > 0 {
		return all[0]
	}
	return ""
}

// All returns the values of all header lines of that name.
func (m *Message) All(name string) []string {
	var all []string
	for _, h := range m.Headers {
		if fullName(h.Name) == strings.ToLower(name) {
			all = append(all, h.Value)
		}
	}
	return all
}

// Method returns the method of a request, empty for a response.
func (m *Message) Method() string {
	if m.Code() != 0 {
		return ""
	}
	method, _, _ := strings.Cut(m.First, " ")
	return method
}

// URI returns the Request-URI of a request.
func (m *Message) URI() string {
	if part := strings.Split(m.First, " "); len(part) == 3 && m.Code() == 0 {
		return part[1]
	}
	return ""
}

// Code returns the status of a response, 0 for a request.
func (m *Message) Code() int {
	rest, ok := strings.CutPrefix(m.First, "SIP/2.0 ")
	if !ok || len(rest) < 3 {
		return 0
	}
	code, _ := strconv.Atoi(rest[:3])
	return code
}

// Tag returns the tag of a From or To header.
func (m *Message) Tag(name string) string {
	value := m.Get(name)
	if _, after, ok := strings.Cut(value, ">"); ok {
		value = after
	}
	for _, p := range strings.Split(value, ";")[1:] {
		if tag, ok := strings.CutPrefix(strings.TrimSpace(p), "tag="); ok {
			return tag
		}
	}
	return ""
}

// Address returns the URI of a From, To or Contact header, without name and parameters of the header.
func (m *Message) Address(name string) string { return address(m.Get(name)) }

func address(value string) string {
	if _, after, ok := strings.Cut(value, "<"); ok {
		uri, _, _ := strings.Cut(after, ">")
		return uri
	}
	uri, _, _ := strings.Cut(value, ";")
	return strings.TrimSpace(uri)
}

// Bytes writes the message for the wire, with a Content-Length that is right.
func (m *Message) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString(m.First + "\r\n")
	for _, h := range m.Headers {
		if fullName(h.Name) != "content-length" {
			b.WriteString(h.Name + ": " + h.Value + "\r\n")
		}
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(m.Body))
	b.Write(m.Body)
	return b.Bytes()
}

// String shows the message in failures.
func (m *Message) String() string { return string(m.Bytes()) }

// read takes one message from a stream. Empty lines before it are keep-alives (RFC 5626 section 3.5.1); each
// pair of them is reported by ping.
func read(r *bufio.Reader, ping func()) (*Message, error) {
	empty := 0
	first := ""
	for first == "" {
		line, err := readLine(r)
		if err != nil {
			return nil, err
		}
		if first = line; line == "" {
			if empty++; empty%2 == 0 {
				ping()
			}
		}
	}
	m := &Message{First: first}
	for {
		line, err := readLine(r)
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		if last := len(m.Headers) - 1; last >= 0 && (line[0] == ' ' || line[0] == '\t') {
			m.Headers[last].Value += " " + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("no header line: %q", line)
		}
		m.Headers = append(m.Headers, Header{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	size, err := strconv.Atoi(m.Get("Content-Length"))
	if err != nil || size < 0 {
		return nil, fmt.Errorf("message without a usable Content-Length:\n%s", m)
	}
	m.Body = make([]byte, size)
	_, err = io.ReadFull(r, m.Body)
	return m, err
}

func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	return strings.TrimRight(line, "\r\n"), err
}
