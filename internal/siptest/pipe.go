package siptest

import (
	"bytes"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"
)

// pipe makes the two ends of a connection.
func pipe(network string, a, b *net.TCPAddr) (near, far net.Conn) {
	datagrams := strings.HasPrefix(network, "udp")
	ab, ba := newStream(datagrams), newStream(datagrams)
	var addrA, addrB net.Addr = a, b
	if datagrams {
		addrA, addrB = &net.UDPAddr{IP: a.IP, Port: a.Port}, &net.UDPAddr{IP: b.IP, Port: b.Port}
	}
	return &conn{in: ba, out: ab, local: addrA, remote: addrB}, &conn{in: ab, out: ba, local: addrB, remote: addrA}
}

// conn is one end.
type conn struct {
	in, out       *stream
	local, remote net.Addr
}

func (c *conn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *conn) Write(p []byte) (int, error) { return c.out.write(p) }
func (c *conn) LocalAddr() net.Addr         { return c.local }
func (c *conn) RemoteAddr() net.Addr        { return c.remote }

// Close ends both directions: the other side reads what is on its way, then io.EOF.
func (c *conn) Close() error {
	c.out.end(io.EOF)
	c.in.end(net.ErrClosed)
	return nil
}

func (c *conn) SetDeadline(t time.Time) error {
	return c.SetReadDeadline(t)
}

func (c *conn) SetReadDeadline(t time.Time) error {
	c.in.setDeadline(t)
	return nil
}

// SetWriteDeadline has nothing to do: writing never waits.
func (c *conn) SetWriteDeadline(time.Time) error { return nil }

// stream is one direction: what was written and not yet read.
type stream struct {
	mu        sync.Mutex
	changed   sync.Cond
	datagrams bool
	chunks    [][]byte // one per write
	err       error    // after the chunks; io.EOF from the writer, net.ErrClosed from the reader
	late      bool     // the read deadline has passed
	timer     *time.Timer
}

func newStream(datagrams bool) *stream {
	s := &stream{datagrams: datagrams}
	s.changed.L = &s.mu
	return s
}

func (s *stream) read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.chunks) == 0 && s.err == nil && !s.late {
		s.changed.Wait()
	}
	switch {
	case s.err != nil && s.err != io.EOF:
		return 0, s.err
	case s.late:
		return 0, os.ErrDeadlineExceeded
	case len(s.chunks) == 0:
		return 0, s.err
	}
	n := copy(p, s.chunks[0])
	s.chunks[0] = s.chunks[0][n:]
	if len(s.chunks[0]) == 0 || s.datagrams {
		s.chunks = s.chunks[1:]
	}
	return n, nil
}

func (s *stream) write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return 0, syscall.EPIPE
	}
	if len(p) > 0 {
		s.chunks = append(s.chunks, bytes.Clone(p))
	}
	s.changed.Broadcast()
	return len(p), nil
}

func (s *stream) end(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil || err != io.EOF {
		s.err = err
	}
	if s.timer != nil {
		s.timer.Stop()
	}
	s.changed.Broadcast()
}

func (s *stream) setDeadline(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.timer != nil {
		s.timer.Stop()
		s.timer = nil
	}
	s.late = !t.IsZero() && !time.Now().Before(t)
	if !t.IsZero() && !s.late {
		var mine *time.Timer
		mine = time.AfterFunc(time.Until(t), func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			// A later deadline may have replaced this one while it was firing.
			if s.timer == mine {
				s.late = true
				s.changed.Broadcast()
			}
		})
		s.timer = mine
	}
	s.changed.Broadcast()
}
