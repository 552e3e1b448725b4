package sipclient

import (
	"context"
	"errors"
	"time"

	"golync/sipclient/flow"
)

// Times of the connection.
const (
	connectTimeout = 45 * time.Second // for resolving and dialling every target
	pingEvery      = 30 * time.Second // RFC 5626 section 4.4.1 asks for less than 120 s on a stream
	pongWithin     = 10 * time.Second
	steadyAfter    = 30 * time.Second // a flow that held this long was no failure
)

// phase is one step of signing in.
type phase uint8

const (
	offline    phase = iota // not wanted, or stopped by a failure that only the user can mend
	connecting              // resolving and dialling
	registering
	online
	waiting // for the next attempt
)

// connection is what the loop knows of the way to the server.
type connection struct {
	phase   phase
	epoch   int // rises with every attempt, so that late answers to an older one are known
	link    *link
	cancel  context.CancelFunc // ends resolving and dialling
	retry   *timer
	backoff flow.Backoff
	steady  *timer
	wasIn   bool // SignedIn was emitted since the user asked to sign in
	secure  bool // it has been TLS since then, and does not come back as anything less
	leaving bool // the user is signing out: a flow that is lost now does not come back
	waiters []chan error
}

// signIn begins an attempt unless one is under way; done gets the first final answer.
func (c *Client) signIn(done chan error) {
	switch c.net.phase {
	case online:
		done <- nil
	case offline, waiting:
		c.net.waiters = append(c.net.waiters, done)
		if c.net.phase == offline {
			c.net.wasIn = false
		}
		c.connect()
	default:
		c.net.waiters = append(c.net.waiters, done)
	}
}

// connect opens a flow beside the loop and comes back in opened.
func (c *Client) connect() {
	n := &c.net
	n.retry.stop()
	n.epoch++
	epoch := n.epoch
	ctx, cancel := context.WithTimeout(c.ctx, connectTimeout)
	n.phase, n.cancel = connecting, cancel
	transport := c.o.Account.Transport
	if transport == "" && n.secure {
		transport = "tls"
	}
	c.loop.spawn(func() {
		defer cancel()
		l, err := c.open(ctx, epoch, transport)
		c.loop.post(func() { c.opened(epoch, l, err) })
	})
}

func (c *Client) opened(epoch int, l *link, err error) {
	switch {
	case epoch != c.net.epoch:
		if l != nil {
			c.loop.spawn(l.close)
		}
	case err != nil:
		c.drop(err)
	default:
		c.net.link = l
		c.register(l)
	}
}

// arrived is called when the registrar has accepted us.
func (c *Client) arrived() {
	n := &c.net
	n.phase = online
	n.steady = c.loop.after(steadyAfter, n.backoff.Reset)
	n.wasIn, n.secure = true, n.secure || n.link.network == "TLS"
	c.announce(true)
	c.settle(nil)
	c.keepAlive()
	c.watchersOnline()
	c.republish()
	c.watchesOnline()
	c.directOnline()
	c.callsOnline()
	c.probeRules()
}

// settle answers everybody who waits in SignIn.
func (c *Client) settle(err error) {
	for _, w := range c.net.waiters {
		w <- err
	}
	c.net.waiters = nil
}

// flowLost is called by the flow itself.
func (c *Client) flowLost(epoch int, err error) {
	if epoch == c.net.epoch && c.net.phase != offline && c.net.phase != waiting {
		c.drop(errors.Join(errFlow, err))
	}
}

// drop ends the present attempt or connection because of err, says so, and tries again later unless only
// the user can help: a wrong or a missing password and a refused certificate stop it. While signing out it is the end.
func (c *Client) drop(err error) {
	n := &c.net
	wasOnline := n.phase == online
	c.teardown()
	if n.leaving {
		c.presenceLost()
		c.signedOut()
		return
	}
	if permanent(err) {
		n.phase = offline
		c.creds.forget() // the next SignIn asks for the password again
		c.callsOver()
		c.emit(SignInFailed{Err: err})
	} else {
		wait := max(n.backoff.Next(), adviceOf(err))
		n.phase = waiting
		n.retry = c.loop.after(wait, c.connect)
		if n.wasIn {
			c.emit(Disconnected{Err: err, RetryIn: wait})
		} else {
			c.emit(SignInFailed{Err: err, RetryIn: wait})
		}
	}
	if wasOnline {
		c.presenceLost()
	}
	c.settle(err)
}

// teardown closes the flow and takes every usage off it. Nobody is told.
func (c *Client) teardown() {
	n := &c.net
	n.epoch++
	if n.cancel != nil {
		n.cancel()
	}
	for _, t := range []*timer{n.retry, n.steady, c.reg.refresh} {
		t.stop()
	}
	if n.link != nil {
		l := n.link
		n.link = nil
		c.loop.spawn(l.close)
	}
	c.pace.clear()
	c.winfo.offline()
	for _, w := range c.watches {
		w.offline()
	}
	c.publishOffline()
	c.directOffline()
	c.outboxOffline()
	c.callsOffline()
}

// permanent reports whether trying again by itself would be useless or would do harm.
func permanent(err error) bool {
	var fe *flow.Error
	return errors.Is(err, ErrPassword) || errors.Is(err, ErrNoPassword) || errors.As(err, &fe) && fe.Kind == flow.BadCertificate
}

// adviceOf is the wait that a refusal asks for. A refusal that is not the server's own trouble is not
// repeated every few seconds (RFC 3261 section 21.4.4).
func adviceOf(err error) time.Duration {
	var refused *registerRefused
	if !errors.As(err, &refused) {
		return 0
	}
	if refused.advice > 0 {
		return min(refused.advice, retryMost)
	}
	if code := refused.Code; code/100 == 4 && code != 408 && code != 480 || code/100 == 6 {
		return time.Minute
	}
	return 0
}

// keepAlive pings now and then; a server that used to answer and is silent ends the flow.
func (c *Client) keepAlive() {
	l := c.net.link
	c.loop.spawn(func() { _ = l.conn.Keepalive(c.ctx, spread(pingEvery), pongWithin) })
}
