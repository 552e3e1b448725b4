package lab

import (
	"net"
	"sync"
	"time"
)

// datagramBacklog is how many datagrams of one address wait to be handled; later ones are lost, as
// datagrams are.
const datagramBacklog = 256

// datagrams is what comes from one address to a shared socket, as a connection: flow.Wrap reads it like one.
type datagrams struct {
	socket net.PacketConn
	remote net.Addr
	in     chan []byte
	once   sync.Once
	closed chan struct{}
}

func newDatagrams(socket net.PacketConn, remote net.Addr) *datagrams {
	return &datagrams{socket: socket, remote: remote, in: make(chan []byte, datagramBacklog), closed: make(chan struct{})}
}

// put hands over a copy of one datagram.
func (d *datagrams) put(b []byte) {
	select {
	case d.in <- append([]byte(nil), b...):
	default:
	}
}

// Read returns one datagram; what does not fit into b is cut off.
func (d *datagrams) Read(b []byte) (int, error) {
	select {
	case one := <-d.in:
		return copy(b, one), nil
	case <-d.closed:
		return 0, net.ErrClosed
	}
}

// Write sends one datagram.
func (d *datagrams) Write(b []byte) (int, error) { return d.socket.WriteTo(b, d.remote) }

// Close ends the reading; the socket belongs to the others too.
func (d *datagrams) Close() error {
	d.once.Do(func() { close(d.closed) })
	return nil
}

// LocalAddr is the shared socket's.
func (d *datagrams) LocalAddr() net.Addr { return d.socket.LocalAddr() }

// RemoteAddr is where the datagrams come from.
func (d *datagrams) RemoteAddr() net.Addr { return d.remote }

// SetDeadline does nothing: a datagram is whole when it comes, and the kernel takes one at once.
func (d *datagrams) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing.
func (d *datagrams) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing.
func (d *datagrams) SetWriteDeadline(time.Time) error { return nil }
