package flow

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emiago/sipgo/sip"
)

// ConnConfig says how a Conn treats what it reads, and whom it tells.
type ConnConfig struct {
	Stream bool // TCP or TLS; false means one message per datagram. Dial sets it
	Limits Limits
	// Down is called once when the flow is of no more use, on a goroutine of its own, with an *Error.
	// After Close by ourselves it wraps net.ErrClosed.
	Down func(error)
	// Pong is called on the reading goroutine when the peer has answered a Ping. It must not block.
	Pong func()
	// Reject is called on the reading goroutine for each request that was dropped because nobody could
	// read it, and that can be answered all the same. It must not block for long. nil drops silently.
	Reject func(Rejected)
	Log    *slog.Logger // nil means no log. Never sees a body or credentials
	// EndsAt is the level at which the log is told that the flow has ended. The zero level is right for the one
	// flow of a user; a server sees many come and go.
	EndsAt slog.Level
	// Trace sees every message as it is on the wire, with credentials masked. It must not keep msg.
	Trace func(out bool, msg []byte)
}

// Conn is a connection that hands out whole messages: each Read returns exactly one, cut, checked and
// repaired so that sipgo reads it as it was meant. A message that does not fit into the buffer goes on in
// the next Read. Reads are meant for one goroutine; all other methods may be called from any.
//
// With datagrams it is also a net.PacketConn, for sipgo's ServeUDP.
type Conn struct {
	raw    net.Conn
	cfg    ConnConfig
	limits Limits
	target Target
	parser *sip.Parser

	reading sync.Mutex
	frames  framer
	rest    []byte // of the last message, what did not fit into the reader's buffer
	buffer  []byte // what rest is part of, used again for the next message
	chunk   []byte
	gate    gate
	recent  recent
	started chan struct{}
	start   sync.Once
	halfway bool // one CRLF of a ping has come
	dropped uint // messages so far

	deadlines sync.Mutex
	readBy    time.Time // the user's
	messageBy time.Time // when the message being read must be complete
	writeBy   time.Time // the user's

	writing sync.Mutex
	out     []byte
	pings   atomic.Int32  // not yet answered
	pongs   atomic.Int64  // answers so far
	pong    chan struct{} // one token when an answer has come

	end   sync.Once
	ended chan struct{}
	cause *Error // valid once ended is closed
}

// Wrap makes a Conn of a connection that was dialled or accepted. The Conn owns it.
func Wrap(c net.Conn, cfg ConnConfig) *Conn {
	t := Target{Addr: c.RemoteAddr().String(), Transport: "TCP"}
	if !cfg.Stream {
		t.Transport = "UDP"
	} else if _, ok := c.(*tls.Conn); ok {
		t.Transport = "TLS"
	}
	return newConn(c, cfg, t)
}

func newConn(c net.Conn, cfg ConnConfig, t Target) *Conn {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	limits := cfg.Limits.withDefaults()
	return &Conn{
		raw: c, cfg: cfg, limits: limits, target: t,
		parser:  cfg.Limits.Parser(),
		frames:  framer{limits: limits},
		chunk:   make([]byte, 16<<10),
		gate:    newGate(limits.Gate),
		pong:    make(chan struct{}, 1),
		started: make(chan struct{}),
		ended:   make(chan struct{}),
	}
}

// Target is what was dialled; of an accepted connection, the peer's address.
func (c *Conn) Target() Target { return c.target }

// LocalAddr is the flow's own address, known with datagrams too because the socket is connected.
func (c *Conn) LocalAddr() net.Addr { return c.raw.LocalAddr() }

// RemoteAddr is the peer's address.
func (c *Conn) RemoteAddr() net.Addr { return c.raw.RemoteAddr() }

// Reading is closed at the first Read. sipgo reads only after it has entered the connection into its pool,
// so that from then on requests to RemoteAddr go over this flow and no other is opened.
func (c *Conn) Reading() <-chan struct{} { return c.started }

// Done is closed when the flow has ended; Err then says why.
func (c *Conn) Done() <-chan struct{} { return c.ended }

// Err is why the flow ended, an *Error; nil while it lives.
func (c *Conn) Err() error {
	select {
	case <-c.ended:
		return c.cause
	default:
		return nil
	}
}

// Taken says that a request has been taken, so that the next message may follow. A handler under sipgo calls
// it once it has fixed the request's place in its own order. Nothing happens when the flow waits for another
// message, because the handler came later than Limits.Gate allows.
func (c *Conn) Taken(req *sip.Request) {
	if name := transactionOf(req); name != "" {
		c.gate.taken(name)
	}
}

// Heard says the same of an answer to an INVITE: provisional answers and those that say yes keep their order,
// among each other and with the requests that follow.
func (c *Conn) Heard() { c.gate.taken("") }

// Release says the same of the message read last, for whoever handles messages where he reads them. Nothing
// happens when no message waits.
func (c *Conn) Release() { c.gate.release() }

// Close ends the flow.
func (c *Conn) Close() error {
	c.fail(net.ErrClosed)
	return nil
}

// fail ends the flow for a reason; the first one stays.
func (c *Conn) fail(err error) {
	c.end.Do(func() {
		e := *failure(c.target, err)
		c.cause = &e
		close(c.ended)
		_ = c.raw.Close()
		if !errors.Is(err, net.ErrClosed) {
			c.cfg.Log.Log(context.Background(), c.cfg.EndsAt, "flow ended", "remote", c.target.Addr, "kind", e.Kind.String(), "err", err)
		}
		if c.cfg.Down != nil {
			go c.cfg.Down(c.cause)
		}
	})
}

// gone is the error of Read and Write after the end. It wraps net.ErrClosed, which sipgo takes without noise.
func (c *Conn) gone() error {
	if errors.Is(c.cause, net.ErrClosed) {
		return c.cause
	}
	return errors.Join(net.ErrClosed, c.cause)
}

// SetDeadline sets both deadlines.
func (c *Conn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// SetReadDeadline bounds waiting for a message. It does not end the flow.
func (c *Conn) SetReadDeadline(t time.Time) error {
	c.deadlines.Lock()
	defer c.deadlines.Unlock()
	c.readBy = t
	return c.applyReadDeadline()
}

// SetWriteDeadline bounds writing where it is earlier than Limits.Write.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	c.deadlines.Lock()
	defer c.deadlines.Unlock()
	c.writeBy = t
	return nil
}

// applyReadDeadline hands the earlier of the user's deadline and the message's to the connection.
func (c *Conn) applyReadDeadline() error {
	return c.raw.SetReadDeadline(earlier(c.readBy, c.messageBy))
}

// earlier is the earlier of two deadlines, of which zero means never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
