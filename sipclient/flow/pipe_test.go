package flow

import (
	"io"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// pipe is a connection in memory whose writes do not wait for reads, so that it behaves as a socket does
// and can be used under testing/synctest.
func pipe() (a, b *pipeEnd) {
	left, right := newHalf(), newHalf()
	one, two := &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 40000}, &net.TCPAddr{IP: net.IPv4(192, 0, 2, 2), Port: 5060}
	return &pipeEnd{in: left, out: right, local: one, remote: two}, &pipeEnd{in: right, out: left, local: two, remote: one}
}

type pipeEnd struct {
	in, out       *half
	local, remote net.Addr
	stuck         bool // writes block until the deadline, as with a peer that does not read
}

func (p *pipeEnd) LocalAddr() net.Addr           { return p.local }
func (p *pipeEnd) RemoteAddr() net.Addr          { return p.remote }
func (p *pipeEnd) SetDeadline(t time.Time) error { return p.SetReadDeadline(t) }
func (p *pipeEnd) SetWriteDeadline(t time.Time) error {
	p.out.set(func(h *half) { h.writeBy = t })
	return nil
}

func (p *pipeEnd) SetReadDeadline(t time.Time) error {
	p.in.set(func(h *half) { h.readBy = t })
	return nil
}

func (p *pipeEnd) Close() error {
	p.in.set(func(h *half) { h.closed = true })
	p.out.set(func(h *half) { h.eof = true })
	return nil
}

func (p *pipeEnd) Write(b []byte) (int, error) {
	if p.stuck {
		time.Sleep(time.Until(p.out.writeBy))
		return 0, os.ErrDeadlineExceeded
	}
	err := io.ErrClosedPipe
	p.out.set(func(h *half) {
		if !h.eof && !h.closed {
			h.data, err = append(h.data, b...), nil
		}
	})
	return len(b), err
}

func (p *pipeEnd) Read(b []byte) (int, error) { return p.in.read(b) }

// half is one direction.
type half struct {
	mu              sync.Mutex
	data            []byte
	eof, closed     bool
	readBy, writeBy time.Time
	changed         chan struct{}
}

func newHalf() *half { return &half{changed: make(chan struct{}, 1)} }

func (h *half) set(f func(*half)) {
	h.mu.Lock()
	f(h)
	h.mu.Unlock()
	select {
	case h.changed <- struct{}{}:
	default:
	}
}

func (h *half) read(b []byte) (int, error) {
	for {
		h.mu.Lock()
		by := h.readBy
		switch {
		case h.closed:
			h.mu.Unlock()
			return 0, net.ErrClosed
		case len(h.data) > 0:
			n := copy(b, h.data)
			h.data = h.data[n:]
			h.mu.Unlock()
			return n, nil
		case h.eof:
			h.mu.Unlock()
			return 0, io.EOF
		case !by.IsZero() && !time.Now().Before(by):
			h.mu.Unlock()
			return 0, os.ErrDeadlineExceeded
		}
		h.mu.Unlock()
		h.wait(by)
	}
}

func (h *half) wait(by time.Time) {
	if by.IsZero() {
		<-h.changed
		return
	}
	t := time.NewTimer(time.Until(by))
	defer t.Stop()
	select {
	case <-h.changed:
	case <-t.C:
	}
}

// message builds a message that sipgo takes: the start line, the mandatory header fields that are not
// among the given ones, and the body with its length.
func message(start string, fields ...string) string {
	method, _, _ := strings.Cut(start, " ")
	if method == "SIP/2.0" {
		method = "INVITE"
	}
	body := ""
	if n := len(fields); n > 0 && strings.HasPrefix(fields[n-1], "\n") {
		body, fields = fields[n-1][1:], fields[:n-1]
	}
	given := func(name string) bool {
		return slices.ContainsFunc(fields, func(f string) bool { return hasPrefixFold([]byte(f), name+":") })
	}
	lines := []string{start}
	for _, d := range []string{
		"Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK1", "From: <sip:bob@contoso.com>;tag=f",
		"To: <sip:alice@contoso.com>", "Call-ID: c1", "CSeq: 1 " + method, "Content-Length: " + strconv.Itoa(len(body)),
	} {
		name, _, _ := strings.Cut(d, ":")
		if !given(name) {
			lines = append(lines, d)
		}
	}
	return strings.Join(append(lines, fields...), "\r\n") + "\r\n\r\n" + body
}

// read returns the next n messages of c.
func read(t *testing.T, c *Conn, n int) []string {
	t.Helper()
	var got []string
	buf := make([]byte, 64<<10)
	for range n {
		k, err := c.Read(buf)
		if err != nil {
			t.Fatalf("message %d: %v", len(got), err)
		}
		got = append(got, string(buf[:k]))
		c.Release()
	}
	return got
}
