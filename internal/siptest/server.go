package siptest

import (
	"crypto/tls"
	"net"
	"sync"
	"testing"
	"time"
)

// Patience is how long a Server or a Peer waits for what it expects before the test fails. In a synctest
// bubble it is fake time.
const Patience = 60 * time.Second

// Server takes the connections of the client under test. Its methods are for the test's own goroutine.
type Server struct {
	t     testing.TB
	l     net.Listener
	conns chan net.Conn
	wg    sync.WaitGroup
}

// Listen starts a server in memory. Everything of it ends with the test.
func Listen(t testing.TB, n *Net, address string) *Server {
	t.Helper()
	l, err := n.Listen(address)
	if err != nil {
		t.Fatal(err)
	}
	return Serve(t, l)
}

// ListenTCP starts a server on a free port of the loopback interface.
func ListenTCP(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return Serve(t, l)
}

// ListenTLS starts a server in memory that speaks TLS with the given certificate.
func ListenTLS(t testing.TB, n *Net, address string, certificate tls.Certificate) *Server {
	t.Helper()
	l, err := n.Listen(address)
	if err != nil {
		t.Fatal(err)
	}
	return Serve(t, tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}))
}

// Serve starts a server on any listener and closes it with the test.
func Serve(t testing.TB, l net.Listener) *Server {
	s := &Server{t: t, l: l, conns: make(chan net.Conn, 64)}
	s.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.conns <- c
		}
	})
	t.Cleanup(s.Close)
	return s
}

// Addr is where the server listens, "ip:port".
func (s *Server) Addr() string { return s.l.Addr().String() }

// Accept waits for the next connection.
func (s *Server) Accept() *Peer {
	s.t.Helper()
	select {
	case c := <-s.conns:
		return newPeer(s.t, c)
	case <-time.After(Patience):
		s.t.Fatal("nobody connected")
		return nil
	}
}

// Peers gives each connection to whoever ranges over it on a goroutine of its own, until the test ends.
func (s *Server) Peers() func(yield func(*Peer) bool) {
	return func(yield func(*Peer) bool) {
		for {
			select {
			case c := <-s.conns:
				if !yield(newPeer(s.t, c)) {
					return
				}
			case <-s.t.Context().Done():
				return
			}
		}
	}
}

// Close refuses further connections, as a server does that has gone; those accepted go on.
func (s *Server) Close() {
	_ = s.l.Close()
	s.wg.Wait()
	for {
		select {
		case c := <-s.conns:
			_ = c.Close()
		default:
			return
		}
	}
}
