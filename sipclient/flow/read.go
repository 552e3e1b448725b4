package flow

import (
	"errors"
	"io"
	"net"
	"os"
	"time"

	"github.com/emiago/sipgo/sip"
)

// Read waits for the next message and copies it, or as much as fits, into b.
func (c *Conn) Read(b []byte) (int, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	c.start.Do(func() { close(c.started) })
	if len(b) == 0 {
		return 0, nil
	}
	if len(c.rest) == 0 {
		message, gated, err := c.next()
		if err != nil {
			return 0, err
		}
		c.gate.wait(c.ended)
		if gated {
			c.gate.close(message)
		}
	}
	n := copy(b, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// ReadFrom is Read, with the peer's address.
func (c *Conn) ReadFrom(b []byte) (int, net.Addr, error) {
	n, err := c.Read(b)
	return n, c.raw.RemoteAddr(), err
}

// next puts the next good message into rest, names it for the gate, and reports whether what follows has to
// wait for it.
func (c *Conn) next() (name string, gated bool, err error) {
	for {
		f, err := c.frame()
		if err != nil {
			return "", false, err
		}
		c.traceIn(f.head.raw, f.body)
		err = f.err
		var m sip.Message
		if err == nil {
			m, err = c.accept(f)
		}
		if err == nil {
			c.rest = c.buffer
			name, gated = c.gated(f.head, m)
			return name, gated, nil
		}
		c.reject(f.head, err)
	}
}

// gated reports whether what follows a message has to wait for it, and names the message. Requests race for
// sipgo's handlers, provisional answers to an INVITE for its channel, and what follows the 2xx, a BYE at the
// worst, has to find the call that it makes. Nobody waits for what reaches no
// handler: ACK and CANCEL, copies, and requests that sipgo refuses itself.
func (c *Conn) gated(h *head, m sip.Message) (name string, gated bool) {
	if !h.isRequest() {
		return "", h.isCallProgress()
	}
	if method := h.method(); method == "ACK" || method == "CANCEL" {
		return "", false
	}
	name = transactionOf(m)
	return name, name != "" && !c.recent.has(name)
}

// accept writes the normal form of f into the buffer and lets sipgo's parser judge it.
func (c *Conn) accept(f frame) (sip.Message, error) {
	out, err := normalise(c.buffer[:0], f.head, f.body, c.limits)
	c.buffer = out
	if err != nil {
		return nil, err
	}
	if hasBlankChunk(out) {
		return nil, &badMessage{413, "a run of NUL octets that sipgo would drop"}
	}
	m, err := c.parser.ParseSIP(out)
	switch {
	case err != nil && f.head.foreign():
		return nil, &badMessage{416, "a Request-URI of another scheme"}
	case err != nil:
		// The parser's errors quote the message and are not handed on.
		return nil, &badMessage{400, "sipgo's parser refuses it"}
	}
	return m, nil
}

// hasBlankChunk reports whether sipgo, which reads with a buffer of fixed size, would get a piece of only
// NULs. It takes such a piece for a keep-alive, and then counts the following messages as its body.
func hasBlankChunk(msg []byte) bool {
	size := int(sip.TransportBufferReadSize)
	for len(msg) > size {
		msg = msg[size:]
		blank := true
		for _, b := range msg[:min(size, len(msg))] {
			if b != 0 {
				blank = false
				break
			}
		}
		if blank {
			return true
		}
	}
	return false
}

// frame cuts the next message off what arrives.
func (c *Conn) frame() (frame, error) {
	for {
		select {
		case <-c.ended:
			if errors.Is(c.cause, net.ErrClosed) {
				return frame{}, c.gone()
			}
		default:
		}
		f, err := c.frames.next()
		switch {
		case err == nil && f.crlf:
			c.blankLine(c.frames.another())
			continue
		case err == nil:
			c.halfway = false
			return f, nil
		case !errors.Is(err, errMore):
			c.reject(&c.frames.head, err)
			c.fail(&Error{Kind: Malformed, Target: c.target, Err: err})
			return frame{}, c.gone()
		}
		if c.cfg.Stream {
			err = c.fill()
		} else {
			f, err = c.datagram()
		}
		if err != nil {
			return frame{}, err
		}
		if f.head != nil {
			return f, nil
		}
	}
}

// fill reads more of the stream. A message that has begun has a deadline that trickling octets do not move.
func (c *Conn) fill() error {
	c.deadlines.Lock()
	if partial := c.frames.partial(); partial == c.messageBy.IsZero() {
		c.messageBy = time.Time{}
		if partial {
			c.messageBy = time.Now().Add(c.limits.Message)
		}
		_ = c.applyReadDeadline() // of a closed connection: Read says so
	}
	slow := c.messageBy
	c.deadlines.Unlock()

	n, err := c.raw.Read(c.chunk)
	if n > 0 {
		c.frames.write(c.chunk[:n])
		return nil
	}
	return c.readFailed(err, slow)
}

// readFailed ends the flow, unless only the reader's own deadline has passed.
func (c *Conn) readFailed(err error, slow time.Time) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		if slow.IsZero() || time.Now().Before(slow) {
			return err
		}
		err = &Error{Kind: Timeout, Target: c.target, Err: errors.New("a message was not complete in time")}
	}
	if err == nil {
		err = io.ErrNoProgress
	}
	c.fail(err)
	return c.gone()
}

// datagram reads one datagram, which is one message (RFC 3261 section 18.3), a keep-alive, or nothing.
func (c *Conn) datagram() (frame, error) {
	if cap(c.chunk) < 64<<10 {
		c.chunk = make([]byte, 64<<10)
	}
	n, err := c.raw.Read(c.chunk)
	if err != nil {
		return frame{}, c.readFailed(err, time.Time{})
	}
	data := c.chunk[:n]
	if isBlank(data) {
		// Anything but a lone CRLF is the peer's, to keep a NAT binding open: Kamailio sends four zeros.
		if string(data) == "\r\n" && c.pings.Load() > 0 {
			c.ponged()
		}
		return frame{}, nil
	}
	f, err := c.frames.datagram(data)
	if err != nil {
		c.cfg.Log.Debug("datagram dropped", "remote", c.target.Addr, "octets", n, "err", err)
		return frame{}, nil
	}
	return f, nil
}

// isBlank reports whether a datagram holds nothing but what is used for keep-alive.
func isBlank(b []byte) bool {
	for _, x := range b {
		if x != '\r' && x != '\n' && x != 0 {
			return false
		}
	}
	return true
}
