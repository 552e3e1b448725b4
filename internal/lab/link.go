package lab

import (
	"errors"
	"net"
	"sync"
	"time"
)

// outboxLimit bounds what waits to be written to one device, in bytes. A device further behind has lost its
// connection; flow gives each write ten seconds.
const outboxLimit = 4 << 20

// errBehind says that a device reads slower than others write to it.
var errBehind = errors.New("lab: the device does not read")

// link is the way to one device: an accepted connection, or the address datagrams came from. Its reader
// hands over messages in the order of the wire; its writer keeps the order in which they were given to it.
type link struct {
	transport string // "TLS", "TCP" or "UDP"
	remote    string // ip:port of the device
	local     string // ip:port of the lab, for Via and Record-Route

	users map[string]bool // addresses of record that this link has proved; guarded by Lab.mu
	subs  int             // subscriptions; guarded by Lab.mu
	seen  time.Time       // last datagram; guarded by Lab.mu
	gone  bool            // guarded by Lab.mu

	out   *outbox    // of a stream
	in    *datagrams // of an address that sends datagrams
	conn  net.Conn
	close func()
}

// reliable reports whether the transport itself retransmits.
func (k *link) reliable() bool { return k.out != nil }

// write puts one message on its way without waiting for the network.
func (k *link) write(b []byte) error {
	if k.out == nil {
		_, err := k.conn.Write(b)
		return err
	}
	err := k.out.put(b)
	if errors.Is(err, errBehind) {
		k.close()
	}
	return err
}

// outbox is what waits to be written to a connection. Everything that has gathered while one write was in
// the kernel leaves with the next one.
type outbox struct {
	mu     sync.Mutex
	more   sync.Cond
	buf    []byte
	closed bool
}

func newOutbox() *outbox {
	o := &outbox{}
	o.more.L = &o.mu
	return o
}

func (o *outbox) put(b []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return net.ErrClosed
	}
	if len(o.buf)+len(b) > outboxLimit {
		return errBehind
	}
	o.buf = append(o.buf, b...)
	o.more.Signal()
	return nil
}

func (o *outbox) shut() {
	o.mu.Lock()
	o.closed = true
	o.mu.Unlock()
	o.more.Signal()
}

// drain writes until the outbox is shut and empty, or the connection fails.
func (o *outbox) drain(c net.Conn) error {
	var batch []byte
	for {
		o.mu.Lock()
		for len(o.buf) == 0 && !o.closed {
			o.more.Wait()
		}
		if len(o.buf) == 0 {
			o.mu.Unlock()
			return nil
		}
		batch, o.buf = o.buf, batch[:0]
		o.mu.Unlock()
		if _, err := c.Write(batch); err != nil {
			return err
		}
		if cap(batch) > 1<<20 {
			batch = nil // one burst shall not keep its memory for the life of the connection
		}
	}
}
