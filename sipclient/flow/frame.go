package flow

import (
	"bytes"
	"errors"
	"fmt"
)

// Bounds of what is skipped to keep a flow alive.
const skipLimit = 16 << 20 // octets of a body that is too large

// errMore says that the rest has not arrived.
var errMore = errors.New("flow: message not complete")

// badMessage is why a message was dropped. The text is constant, so that nothing of the peer's gets into a log.
type badMessage struct {
	code int // the SIP status that says so
	why  string
}

func (e *badMessage) Error() string { return e.why }

// frame is one message cut off a stream, or a CRLF between messages. It is valid until the next call.
type frame struct {
	crlf bool
	head *head
	body []byte
	err  error // a *badMessage: it was framed but cannot be used
}

// framer cuts a stream into messages by Content-Length (RFC 3261 section 18.3). It does no I/O.
type framer struct {
	limits Limits
	buf    []byte // received, not yet handed out
	from   int    // where in buf the next message begins
	seen   int    // octets behind from that hold no end of a header
	skip   int    // octets of a body to throw away

	head    head
	raw     []byte // copy of the head, kept while its body arrives
	waiting bool   // the head is complete, the body is not
	length  int
	bad     error
}

// write adds what was received.
func (f *framer) write(p []byte) {
	if f.skip > 0 {
		n := min(f.skip, len(p))
		f.skip -= n
		p = p[n:]
	}
	if f.from > 0 && len(f.buf)+len(p) > cap(f.buf) || f.from == len(f.buf) {
		f.buf = append(f.buf[:0], f.buf[f.from:]...)
		f.from = 0
	}
	f.buf = append(f.buf, p...)
}

// partial reports whether a message has begun and is not complete.
func (f *framer) partial() bool { return f.waiting || f.skip > 0 || f.from < len(f.buf) }

// next returns the next message or CRLF, errMore, or another error when the stream cannot be cut any
// further: then head is what was read last.
func (f *framer) next() (frame, error) {
	for {
		if !f.waiting {
			if b := f.buf[f.from:]; len(b) >= 2 && b[0] == '\r' && b[1] == '\n' {
				f.take(2)
				return frame{crlf: true}, nil
			} else if len(b) > 0 && (b[0] == 0 || b[0] == '\n') {
				f.take(1) // some send NULs to keep a connection open
				continue
			}
			found, err := f.cutHead()
			if err != nil {
				return frame{}, err
			}
			if !found {
				continue
			}
		}
		if len(f.buf)-f.from < f.length {
			return frame{}, errMore
		}
		f.waiting = false
		body := f.buf[f.from : f.from+f.length]
		f.take(f.length)
		return frame{head: &f.head, body: body, err: f.bad}, nil
	}
}

// another takes one more CRLF right behind the last, if it has come already.
func (f *framer) another() bool {
	there := bytes.HasPrefix(f.buf[f.from:], []byte("\r\n"))
	if there {
		f.take(2)
	}
	return there
}

func (f *framer) take(n int) { f.from, f.seen = f.from+n, 0 }

// cutHead takes a head off the buffer and finds out how long its body is. It reports false when what
// came was no message and has been thrown away.
func (f *framer) cutHead() (bool, error) {
	b := f.buf[f.from:]
	i := bytes.Index(b[f.seen:], []byte("\r\n\r\n"))
	end := f.seen + i + 4
	switch {
	case i < 0 && len(b) <= f.limits.Headers:
		f.seen = max(0, len(b)-3)
		return false, errMore
	case i < 0 || end > f.limits.Headers:
		// Not to be gone on with even when the end is in sight: that would hang on how the octets came.
		f.head = head{}
		return false, &badMessage{513, "headers without an end"}
	}
	if n := strayed(b[:end]); n > 0 {
		f.take(n)
		return false, nil
	}
	f.raw = append(f.raw[:0], b[:end]...)
	disarm(f.raw)
	f.take(end)
	f.bad = f.head.parse(f.raw, f.limits)
	return true, f.measure()
}

// strayed returns how much of b, which ends with an empty line, comes before the first line that can begin
// a message: the rest of a body whose length was not told. It is 0 when b begins well, or when no line does
// and the error is left to the parser.
func strayed(b []byte) int {
	line, rest := cutLine(b)
	if hasPrefixFold(line, "SIP/") || bytes.Contains(line, []byte(" SIP/")) {
		return 0
	}
	for len(rest) > 0 {
		at := len(b) - len(rest)
		line, rest = cutLine(rest)
		if bytes.HasPrefix(line, []byte("SIP/2.0 ")) || bytes.HasSuffix(line, []byte(" SIP/2.0")) && bytes.Count(line, []byte(" ")) == 2 {
			return at
		}
	}
	return 0
}

// measure reads Content-Length. Without one a body is not looked for (RFC 3261 section 18.3 demands it), and
// a message that announces a body all the same is bad. Two lengths that differ are bad, and the longer
// is skipped: the shorter would let whoever wrote the body write the next message too.
func (f *framer) measure() error {
	f.length = -1
	differ := false
	for _, h := range f.head.fields {
		if h.kind != length {
			continue
		}
		n, ok := decimal(h.value)
		if !ok {
			return &badMessage{400, "Content-Length is no number"}
		}
		differ = differ || f.length >= 0 && f.length != n
		f.length = max(f.length, n)
	}
	switch {
	case f.length < 0:
		f.length = 0
		if f.bad == nil && f.head.get("Content-Type") != nil {
			f.bad = &badMessage{400, "body without Content-Length"}
		}
	case f.length > skipLimit:
		return &badMessage{413, fmt.Sprintf("body of more than %d octets", skipLimit)}
	case differ && f.bad == nil:
		f.bad = &badMessage{400, "two Content-Length that differ"}
	case f.length > f.limits.Body && f.bad == nil:
		f.bad = &badMessage{413, "body too large"}
	}
	f.waiting = true
	if f.bad != nil { // no need to hold it
		have := min(f.length, len(f.buf)-f.from)
		f.take(have)
		f.skip, f.length = f.length-have, 0
	}
	return nil
}

// datagram takes apart a message that came by itself. Without Content-Length the body goes to the end;
// octets behind it are thrown away (RFC 3261 section 18.3).
func (f *framer) datagram(p []byte) (frame, error) {
	end := bytes.Index(p, []byte("\r\n\r\n"))
	if end < 0 {
		return frame{}, &badMessage{400, "headers without an end"}
	}
	end += 4
	f.raw = append(f.raw[:0], bytes.TrimLeft(p[:end], "\r\n")...)
	if len(f.raw) == 0 {
		return frame{}, &badMessage{400, "empty"}
	}
	disarm(f.raw)
	body := p[end:]
	err := f.head.parse(f.raw, f.limits)
	if end > f.limits.Headers && err == nil {
		err = &badMessage{513, "headers too long"}
	}
	told := -1
	for _, h := range f.head.fields {
		if h.kind != length {
			continue
		}
		n, ok := decimal(h.value)
		switch {
		case err != nil:
		case !ok:
			err = &badMessage{400, "Content-Length is no number"}
		case told >= 0 && told != n:
			err = &badMessage{400, "two Content-Length that differ"}
		case n > len(body):
			err = &badMessage{400, "body cut short"}
		default:
			told = n
		}
	}
	if told >= 0 && err == nil {
		body = body[:told]
	}
	return frame{head: &f.head, body: body, err: err}, nil
}

// decimal reads a number of octets; what is larger than any that could be meant reads as that.
func decimal(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = min(10*n+int(c-'0'), 1<<30)
	}
	return n, len(b) > 0
}
