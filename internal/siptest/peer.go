package siptest

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Peer is one connection of the client under test, seen from the server. Expect and Response are for the
// test's own goroutine; the rest may be called from any.
type Peer struct {
	t testing.TB
	c net.Conn

	mu       sync.Mutex
	arrived  chan struct{} // closed and replaced when something came
	queue    []*Message    // what came and was not taken yet, in order
	auto     map[string]func(*Message)
	tags     map[string]string // Call-ID to our tag of the dialog
	watched  []*Message        // SUBSCRIBEs that Attend has granted
	sequence int
	pings    int
	deaf     bool  // keep-alives are not answered
	err      error // why reading ended
}

// Connect plays the client instead, on a connection that was opened to a server.
func Connect(t testing.TB, c net.Conn) *Peer { return newPeer(t, c) }

func newPeer(t testing.TB, c net.Conn) *Peer {
	p := &Peer{t: t, c: c, arrived: make(chan struct{}), auto: make(map[string]func(*Message)), tags: make(map[string]string)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.receive()
	}()
	t.Cleanup(func() {
		p.Close()
		<-done
	})
	return p
}

func (p *Peer) receive() {
	// As large as a datagram can be: the rest of one that is read in part is lost.
	r := bufio.NewReaderSize(p.c, 64<<10)
	for {
		m, err := read(r, p.pong)
		p.mu.Lock()
		if p.err = err; err != nil {
			p.wake()
			p.mu.Unlock()
			return
		}
		handle := p.auto[m.Method()]
		if handle == nil {
			p.queue = append(p.queue, m)
			p.wake()
		}
		p.mu.Unlock()
		if handle != nil {
			handle(m)
		}
	}
}

// wake tells who waits; the lock is held.
func (p *Peer) wake() {
	close(p.arrived)
	p.arrived = make(chan struct{})
}

func (p *Peer) pong() {
	p.mu.Lock()
	p.pings++
	deaf := p.deaf
	p.wake()
	p.mu.Unlock()
	if !deaf {
		_, _ = p.c.Write([]byte("\r\n"))
	}
}

// Expect waits for the next request of that method and takes it. Others that came stay for later.
func (p *Peer) Expect(method string) *Message {
	p.t.Helper()
	m, why := p.take(func(m *Message) bool { return m.Method() == method })
	if m == nil {
		p.t.Fatalf("no %s: %s", method, why)
	}
	return m
}

// Response waits for the final response to a request that was sent here.
func (p *Peer) Response(request *Message) *Message {
	p.t.Helper()
	m, why := p.take(func(m *Message) bool {
		return m.Code() >= 200 && m.Get("Call-ID") == request.Get("Call-ID") && m.Get("CSeq") == request.Get("CSeq")
	})
	if m == nil {
		p.t.Fatalf("no response to %s: %s", request.Method(), why)
	}
	return m
}

// Provisional waits for the next provisional response to a request that was sent here.
func (p *Peer) Provisional(request *Message) *Message {
	p.t.Helper()
	m, why := p.take(func(m *Message) bool {
		return m.Code() >= 100 && m.Code() < 200 && m.Get("Call-ID") == request.Get("Call-ID") && m.Get("CSeq") == request.Get("CSeq")
	})
	if m == nil {
		p.t.Fatalf("no provisional response to %s: %s", request.Method(), why)
	}
	return m
}

func (p *Peer) take(fits func(*Message) bool) (*Message, string) {
	patience := time.NewTimer(Patience)
	defer patience.Stop()
	for {
		p.mu.Lock()
		if i := slices.IndexFunc(p.queue, fits); i >= 0 {
			m := p.queue[i]
			p.queue = slices.Delete(p.queue, i, i+1)
			p.mu.Unlock()
			return m, ""
		}
		arrived, err, waiting := p.arrived, p.err, summary(p.queue)
		p.mu.Unlock()
		if err != nil {
			return nil, fmt.Sprintf("the connection ended (%v); %s", err, waiting)
		}
		select {
		case <-arrived:
		case <-patience.C:
			return nil, "nothing came in time; " + waiting
		}
	}
}

func summary(queue []*Message) string {
	lines := []string{fmt.Sprintf("%d other messages", len(queue))}
	for _, m := range queue {
		lines = append(lines, m.First)
	}
	return strings.Join(lines, "\n\t")
}

// Waiting returns the requests and responses that came and were not taken, in order.
func (p *Peer) Waiting() []*Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.queue)
}

// Deaf leaves further keep-alives without an answer, as a server does that hangs.
func (p *Peer) Deaf() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deaf = true
}

// Pings returns how many keep-alives came; each was answered unless Deaf was called.
func (p *Peer) Pings() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pings
}

// Auto answers every further request of a method by a function, which runs on the reading goroutine; nil
// ends that. Requests that wait already stay for Expect.
func (p *Peer) Auto(method string, answer func(*Message)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.auto[method] = answer
}

// Raw writes bytes as they are.
func (p *Peer) Raw(b []byte) {
	// A client that has gone is seen by whoever expects something of it.
	_, _ = p.c.Write(b)
}

// Close ends the connection.
func (p *Peer) Close() { _ = p.c.Close() }

// Gone waits until the client has closed the connection.
func (p *Peer) Gone() {
	p.t.Helper()
	if m, why := p.take(func(*Message) bool { return false }); m == nil && !strings.HasPrefix(why, "the connection ended") {
		p.t.Fatal("the client did not close the connection")
	}
}
