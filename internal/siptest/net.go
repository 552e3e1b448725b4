package siptest

import (
	"context"
	"fmt"
	"net"
	"sync"
	"syscall"
)

// Net is a network in memory. Its connections are buffered, as TCP's are: a writer does not wait for the
// reader. Addresses are "ip:port". It may be used from several goroutines, and inside a synctest bubble
// when it was made there.
type Net struct {
	mu        sync.Mutex
	listeners map[string]*listener
	silent    map[string]bool
	next      int // port of the next dialling end
}

// NewNet makes a network where nobody listens yet.
func NewNet() *Net {
	return &Net{listeners: make(map[string]*listener), silent: make(map[string]bool), next: 40000}
}

// Dial connects to a listener; it is a flow.DialFunc. Where nobody listens it fails with ECONNREFUSED, and
// where Silence was said it waits for the end of ctx. A network that begins with "udp" keeps the bounds of
// datagrams and connects always.
func (n *Net) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	addr, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	l, silent := n.listeners[address], n.silent[address]
	n.next++
	local := &net.TCPAddr{IP: net.IPv4(192, 0, 2, 200), Port: n.next}
	n.mu.Unlock()
	if silent {
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Net: network, Addr: addr, Err: ctx.Err()}
	}
	near, far := pipe(network, local, addr)
	if l == nil || !l.put(far) {
		return nil, &net.OpError{Op: "dial", Net: network, Addr: addr, Err: syscall.ECONNREFUSED}
	}
	return near, nil
}

// Listen takes the connections to an address.
func (n *Net) Listen(address string) (net.Listener, error) {
	addr, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.listeners[address] != nil {
		return nil, fmt.Errorf("listen %s: %w", address, syscall.EADDRINUSE)
	}
	l := &listener{addr: addr, conns: make(chan net.Conn, 64), closed: make(chan struct{})}
	l.forget = func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.listeners, address)
	}
	n.listeners[address] = l
	return l, nil
}

// Silence makes an address swallow attempts to connect, as a firewall does; false undoes it.
func (n *Net) Silence(address string, silent bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.silent[address] = silent
}

type listener struct {
	addr   net.Addr
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	forget func()
}

// put offers a connection, and reports whether it was taken.
func (l *listener) put(c net.Conn) bool {
	select {
	case <-l.closed:
		return false
	default:
	}
	select {
	case l.conns <- c:
		return true
	default:
		return false
	}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case <-l.closed:
		return nil, net.ErrClosed
	case c := <-l.conns:
		return c, nil
	}
}

func (l *listener) Addr() net.Addr { return l.addr }

// Close refuses further connections; those accepted go on.
func (l *listener) Close() error {
	l.once.Do(func() {
		close(l.closed)
		l.forget()
	})
	return nil
}
