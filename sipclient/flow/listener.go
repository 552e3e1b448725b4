package flow

import (
	"net"
	"sync"
)

// Listener is a net.Listener whose connections are handed in by Inject instead of coming from a port. It
// puts connections that golync dialled, and Conns over accepted ones, under sipgo's ServeTCP and ServeTLS.
type Listener struct {
	conns chan net.Conn
	done  chan struct{}
	close sync.Once
}

// NewListener returns an open Listener.
func NewListener() *Listener {
	return &Listener{conns: make(chan net.Conn), done: make(chan struct{})}
}

// Inject hands c to whoever accepts, and waits until it has been taken. It returns net.ErrClosed after
// Close; c is then still the caller's.
func (l *Listener) Inject(c net.Conn) error {
	select {
	case <-l.done:
		return net.ErrClosed
	default:
	}
	select {
	case l.conns <- c:
		return nil
	case <-l.done:
		return net.ErrClosed
	}
}

// Accept waits for the next injected connection; net.ErrClosed after Close.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Close ends Accept and Inject. Connections that were accepted stay open.
func (l *Listener) Close() error {
	l.close.Do(func() { close(l.done) })
	return nil
}

// Addr is the loopback address with port 0: sipgo wants an address it can parse, and nobody listens.
func (l *Listener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }
