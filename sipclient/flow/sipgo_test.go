package flow

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

func TestMain(m *testing.M) {
	sip.SetDefaultLogger(slog.New(slog.DiscardHandler)) // sipgo writes whole messages to its log
	os.Exit(m.Run())
}

// stack is a real sipgo user agent on a Conn.
type stack struct {
	ua     *sipgo.UserAgent
	srv    *sipgo.Server
	client *sipgo.Client
	conn   *Conn
	lis    *Listener
	served sync.WaitGroup
}

// newStack puts sipgo on c; handle gets every request, already released.
func newStack(t *testing.T, c *Conn, handle func(*sip.Request, sip.ServerTransaction)) *stack {
	t.Helper()
	ua, err := sipgo.NewUA(sipgo.WithUserAgentParser(Limits{}.Parser()),
		sipgo.WithUserAgentTransactionLayerOptions(sip.WithTransactionLayerTerminateOnConnClose()))
	if err != nil {
		t.Fatal(err)
	}
	s := &stack{ua: ua, conn: c, lis: NewListener()}
	if s.srv, err = sipgo.NewServer(ua); err != nil {
		t.Fatal(err)
	}
	if s.client, err = sipgo.NewClient(ua); err != nil {
		t.Fatal(err)
	}
	s.srv.OnNoRoute(handle)
	switch c.Target().Transport {
	case "UDP":
		s.served.Go(func() { _ = s.srv.ServeUDP(c) })
	case "TLS":
		s.served.Go(func() { _ = s.srv.ServeTLS(s.lis) })
	default:
		s.served.Go(func() { _ = s.srv.ServeTCP(s.lis) })
	}
	if c.Target().Transport != "UDP" {
		if err := s.lis.Inject(c); err != nil {
			t.Fatal(err)
		}
	}
	<-c.Reading()
	return s
}

func (s *stack) close() {
	_ = s.lis.Close()
	_ = s.ua.Close()
	_ = s.conn.Close()
	s.served.Wait()
}

// request is one to the flow's peer.
func (s *stack) request(method sip.RequestMethod) *sip.Request {
	req := sip.NewRequest(method, sip.Uri{Scheme: "sip", User: "bob", Host: "contoso.com"})
	req.SetTransport(s.conn.Target().Transport)
	req.SetDestination(s.conn.RemoteAddr().String())
	if host, port, err := net.SplitHostPort(s.conn.LocalAddr().String()); err == nil {
		n, _ := strconv.Atoi(port)
		req.Laddr = sip.Addr{IP: net.ParseIP(host), Port: n}
	}
	return req
}

// tcpPair is a connection over loopback with a Conn at one end.
func tcpPair(t *testing.T) (*Conn, net.Conn) {
	t.Helper()
	peers := make(chan net.Conn, 1)
	addr, _ := serve(t, func(c net.Conn) { peers <- c })
	c, err := Dial(t.Context(), []Target{{Addr: addr, Transport: "TCP"}}, Config{})
	if err != nil {
		t.Fatal(err)
	}
	peer := <-peers
	t.Cleanup(func() { _ = peer.Close() })
	go func() { _, _ = io.Copy(io.Discard, peer) }()
	return c, peer
}

// order records which requests sipgo's handlers see, by CSeq.
type orderLog struct {
	mu   sync.Mutex
	seqs []int
	want int
	full chan struct{}
}

func (o *orderLog) add(c *Conn, req *sip.Request) {
	o.mu.Lock()
	o.seqs = append(o.seqs, int(req.CSeq().SeqNo))
	done := len(o.seqs) == o.want
	o.mu.Unlock()
	c.Taken(req)
	if done {
		close(o.full)
	}
}

func (o *orderLog) inversions() (n int) {
	for i := 1; i < len(o.seqs); i++ {
		if o.seqs[i] < o.seqs[i-1] {
			n++
		}
	}
	return n
}

func await(t *testing.T, what string, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(60 * time.Second):
		t.Fatal("waited too long for " + what)
	}
}

func TestPipelinedMessagesReachSipgosHandlersInOrder(t *testing.T) {
	const count = 5000
	c, peer := tcpPair(t)
	c.gate.most = time.Minute // a busy machine must not decide what this test says
	o := &orderLog{want: count, full: make(chan struct{})}
	s := newStack(t, c, func(req *sip.Request, tx sip.ServerTransaction) {
		o.add(c, req)
		_ = tx.Respond(sip.NewResponseFromRequest(req, 200, "OK", nil))
	})
	defer s.close()
	var all strings.Builder
	for i := 1; i <= count; i++ {
		all.WriteString(message("MESSAGE sip:a@b SIP/2.0", fmt.Sprintf("Via: SIP/2.0/TCP h;branch=z9hG4bK%d", i), fmt.Sprintf("CSeq: %d MESSAGE", i), "\nhi"))
	}
	if _, err := io.WriteString(peer, all.String()); err != nil {
		t.Fatal(err)
	}
	await(t, "5,000 messages", o.full)
	if n := o.inversions(); n > 0 {
		t.Errorf("%d inversions", n)
	}
}

func TestABadMessageBetweenGoodOnesCostsOnlyItself(t *testing.T) {
	good := func(i int) string {
		return message("MESSAGE sip:a@b SIP/2.0", fmt.Sprintf("Via: SIP/2.0/TCP h;branch=z9hG4bK%d", i), fmt.Sprintf("CSeq: %d MESSAGE", i), "\nhi")
	}
	bad := []string{
		message("MESSAGE sip:a@b SIP/2.0", "Max-Forwards: abc", "\nhi"),
		message("MESSAGE sip:a@b SIP/2.0", "From:", "\nhi"),
		message("MESSAGE sip:a@b SIP/2.0", "Contact: <sip:x:y:z>", "\nhi"),
		message("MESSAGE * SIP/2.0"),
		message("MESSAGE sip:a@b SIP/2.0", "this is no header field"),
		message("MESSAGE  sip:a@b  SIP/2.0"),
		message("SIP/2.0 nonsense"),
		"\r\n\r\n\r\n",
	}
	c, peer := tcpPair(t)
	c.gate.most = time.Minute
	o := &orderLog{want: len(bad) + 1, full: make(chan struct{})}
	s := newStack(t, c, func(req *sip.Request, _ sip.ServerTransaction) { o.add(c, req) })
	defer s.close()
	stream := good(1)
	for i, b := range bad {
		stream += b + good(i+2)
	}
	if _, err := io.WriteString(peer, stream); err != nil {
		t.Fatal(err)
	}
	await(t, "the good messages", o.full)
	if n := o.inversions(); n > 0 || c.Err() != nil {
		t.Errorf("%v, the flow ended: %v", o.seqs, c.Err())
	}
}

func TestAFoldedHeaderMayBeSplitOverTwoSegments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		subjects := make(chan string, 1)
		s := newStack(t, c, func(req *sip.Request, _ sip.ServerTransaction) {
			c.Taken(req)
			subjects <- req.GetHeader("Subject").Value()
		})
		defer s.close()
		msg := message("MESSAGE sip:a@b SIP/2.0", "Subject: one\r\n two", "\nhi")
		cut := strings.Index(msg, "\r\n two") + 2
		_, _ = b.Write([]byte(msg[:cut]))
		time.Sleep(time.Second)
		_, _ = b.Write([]byte(msg[cut:]))
		if got := <-subjects; got != "one two" {
			t.Error(got)
		}
	})
}

func TestNoProvisionalAnswerIsLostBeforeAQuick200(t *testing.T) {
	server, client := pipe()
	peer := Wrap(server, ConnConfig{Stream: true})
	go func() { // answers each INVITE with three responses in one segment
		buf := make([]byte, 64<<10)
		for {
			n, err := peer.Read(buf)
			if err != nil {
				return
			}
			peer.Release()
			m, err := sip.ParseMessage(buf[:n])
			req, ok := m.(*sip.Request)
			if err != nil || !ok || req.Method != sip.INVITE {
				continue
			}
			var out string
			for _, code := range []int{180, 183, 200} {
				out += sip.NewResponseFromRequest(req, code, "x", nil).String()
			}
			_, _ = peer.Write([]byte(out))
		}
	}()
	c := Wrap(client, ConnConfig{Stream: true})
	s := newStack(t, c, func(*sip.Request, sip.ServerTransaction) {})
	defer s.close()
	defer peer.Close()
	const calls = 300
	for i := range calls {
		tx, err := s.client.TransactionRequest(t.Context(), s.request(sip.INVITE))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{180, 183, 200} {
			select {
			case res := <-tx.Responses():
				c.Release()
				if res.StatusCode != want {
					t.Fatalf("call %d: %d, want %d", i, res.StatusCode, want)
				}
			case <-tx.Done():
				t.Fatalf("call %d ended before %d: %v", i, want, tx.Err())
			}
		}
		tx.Terminate()
	}
}

func TestSipgosTimersRunInFakeTimeOverAFlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, _ := pipe() // nobody answers
		s := newStack(t, Wrap(a, ConnConfig{Stream: true}), func(*sip.Request, sip.ServerTransaction) {})
		start := time.Now()
		_, err := s.client.Do(t.Context(), s.request(sip.OPTIONS))
		if took := time.Since(start); err == nil || took != 32*time.Second {
			t.Errorf("%v after %v, want timer F after 32 s", err, took)
		}
		s.close()
		time.Sleep(time.Minute)
	})
}

func TestATransactionEndsSoonAfterItsFlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		s := newStack(t, Wrap(a, ConnConfig{Stream: true}), func(*sip.Request, sip.ServerTransaction) {})
		time.AfterFunc(time.Second, func() { _ = b.Close() })
		start := time.Now()
		_, err := s.client.Do(t.Context(), s.request(sip.OPTIONS))
		if took := time.Since(start); err == nil || took > 2*time.Second {
			t.Errorf("%v after %v", err, took)
		}
		s.close()
		time.Sleep(time.Minute)
	})
}

func TestSipgoSpeaksOverEveryTransport(t *testing.T) {
	ok := func(c **Conn) func(*sip.Request, sip.ServerTransaction) {
		return func(req *sip.Request, tx sip.ServerTransaction) {
			if *c != nil {
				(*c).Taken(req)
			}
			_ = tx.Respond(sip.NewResponseFromRequest(req, 200, "OK", nil))
		}
	}
	exchange := func(t *testing.T, s *stack) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		for _, size := range []int{0, 1000, 200_000} {
			if size > 1000 && s.conn.Target().Transport == "UDP" {
				continue
			}
			req := s.request(sip.MESSAGE)
			req.SetBody([]byte(strings.Repeat("x", size)))
			res, err := s.client.Do(ctx, req)
			if err != nil || res.StatusCode != 200 {
				t.Fatalf("%d octets: %v, %v", size, res, err)
			}
		}
	}
	t.Run("TCP", func(t *testing.T) {
		a, b := pipe()
		server, client := Wrap(a, ConnConfig{Stream: true}), Wrap(b, ConnConfig{Stream: true})
		one, two := newStack(t, server, ok(&server)), newStack(t, client, ok(&client))
		defer one.close()
		defer two.close()
		exchange(t, two)
		exchange(t, one) // the other way on the same connection
	})
	t.Run("TLS", func(t *testing.T) {
		ca := newAuthority(t)
		var server *Conn
		ready := make(chan *stack, 1)
		addr, _ := serve(t, func(c net.Conn) {
			server = Wrap(tlsServer(c, ca.issue(t, "contoso.com", time.Hour)), ConnConfig{Stream: true})
			ready <- newStack(t, server, ok(&server))
		})
		client, err := Dial(t.Context(), []Target{{Addr: addr, Transport: "TLS", ServerName: "contoso.com"}}, Config{RootCAs: ca.pool()})
		if err != nil {
			t.Fatal(err)
		}
		two := newStack(t, client, ok(&client))
		defer two.close()
		one := <-ready
		defer one.close()
		exchange(t, two)
		exchange(t, one)
	})
	t.Run("UDP", func(t *testing.T) {
		pc, err := net.ListenPacket("udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ua, _ := sipgo.NewUA()
		srv, _ := sipgo.NewServer(ua)
		none := (*Conn)(nil)
		srv.OnNoRoute(ok(&none))
		go func() { _ = srv.ServeUDP(pc) }()
		defer ua.Close()
		defer pc.Close()
		client, err := Dial(t.Context(), []Target{{Addr: pc.LocalAddr().String(), Transport: "UDP"}}, Config{})
		if err != nil {
			t.Fatal(err)
		}
		two := newStack(t, client, ok(&client))
		defer two.close()
		exchange(t, two)
	})
}

func TestAListenerGivesWhatWasInjectedUntilItIsClosed(t *testing.T) {
	l := NewListener()
	a, _ := pipe()
	go func() { _ = l.Inject(a) }()
	if c, err := l.Accept(); err != nil || c != net.Conn(a) {
		t.Error(c, err)
	}
	_ = l.Close()
	_ = l.Close()
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if err := l.Inject(a); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if _, _, err := net.SplitHostPort(l.Addr().String()); err != nil {
		t.Error(err)
	}
}
