package sipclient

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"golync/internal/siptest"
)

// benched signs a client in over loopback TCP and returns the server's raw end of the flow.
func benched(b *testing.B, change func(*Options)) (*Client, net.Conn, *siptest.Peer) {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	taken := make(chan net.Conn, 1)
	server := siptest.Serve(b, &tap{listener, taken})
	o := Options{
		Account: Account{
			URI: "sip:alice@contoso.com", Server: server.Addr(), Transport: "tcp",
			Password: func(context.Context) (string, error) { return "", nil },
		},
		Emit: func(Event) {}, Admit: func(Incoming) Verdict { return Verdict{} },
		Inbox: func(_ Message, done func(error)) { done(nil) },
	}
	change(&o)
	c, err := New(o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { c.Close() })
	done := make(chan error, 1)
	go func() { done <- c.SignIn(context.Background()) }()
	peer := server.Accept()
	peer.Register(siptest.Account{})
	peer.Reply(peer.Expect("SUBSCRIBE"), 489)
	if err := <-done; err != nil {
		b.Fatal(err)
	}
	return c, <-taken, peer
}

// tap lets a benchmark write to the connection that a siptest server has accepted.
type tap struct {
	net.Listener
	taken chan net.Conn
}

func (t *tap) Accept() (net.Conn, error) {
	c, err := t.Listener.Accept()
	if err == nil {
		t.taken <- c
	}
	return c, err
}

// BenchmarkReceive measures received messages from the socket to MessageReceived, with an inbox that commits
// what has come within 2 ms together, as a disk does.
func BenchmarkReceive(b *testing.B) {
	var told atomic.Int64
	all := make(chan struct{})
	queue := make(chan func(error), 1<<16)
	go func() {
		for done := range queue {
			time.Sleep(2 * time.Millisecond)
			done(nil)
			for n := len(queue); n > 0; n-- {
				(<-queue)(nil)
			}
		}
	}()
	b.Cleanup(func() { close(queue) })
	_, wire, peer := benched(b, func(o *Options) {
		o.Inbox = func(_ Message, done func(error)) { queue <- done }
		o.Emit = func(e Event) {
			if _, ok := e.(MessageReceived); ok && told.Add(1) == int64(b.N) {
				close(all)
			}
		}
	})
	peer.Auto("", func(*siptest.Message) {}) // answers
	var stream bytes.Buffer
	for n := range b.N {
		fmt.Fprintf(&stream, "MESSAGE sip:alice@contoso.com SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK%d\r\nMax-Forwards: 70\r\n"+
			"From: \"Bob\" <sip:bob@contoso.com>;tag=%d\r\nTo: <sip:alice@contoso.com>\r\nCall-ID: %d@bench\r\nCSeq: 1 MESSAGE\r\n"+
			"Content-Type: text/plain\r\nContent-Length: 20\r\n\r\nhello, how are you? ", n, n, n)
	}
	b.ReportAllocs()
	b.ResetTimer()
	began := time.Now()
	if _, err := io.Copy(wire, &stream); err != nil {
		b.Fatal(err)
	}
	<-all
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "msg/s")
}

// BenchmarkSend measures messages to one person, one at a time, as RFC 3428 has it.
func BenchmarkSend(b *testing.B) {
	c, _, peer := benched(b, func(*Options) {})
	peer.Auto("MESSAGE", func(m *siptest.Message) { peer.Reply(m, 200) })
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if how, err := c.Send(context.Background(), hello(bob)); how != Sent {
			b.Fatal(how, err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
}
