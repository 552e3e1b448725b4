package sipclient

import (
	"context"
	"net"
	"time"
)

// Times of signing out.
const (
	signOutWithin    = 5 * time.Second
	subscriptionsEnd = 3 * time.Second // of it, for the subscriptions
)

// signOut ends everything at the server, bounded in time, and then the flow: publication, watchers and
// subscriptions beside each other, the registration last, so that answers still find us.
func (c *Client) signOut(ctx context.Context, done chan error) {
	n := &c.net
	if n.phase != online {
		if n.phase != offline {
			c.teardown()
			c.settle(ErrNotSignedIn)
		}
		c.signedOut()
		done <- nil
		return
	}
	n.leaving = true
	l, epoch := n.link, n.epoch
	// Three ways lead to the end, and they can cross: the last answer, the limit, and ctx. done has room for one.
	// A fourth, the loss of the flow, is told by drop.
	over := false
	end := func() {
		if !over {
			over = true
			c.signedOutFrom(epoch)
			done <- nil
		}
	}
	limit := c.loop.after(signOutWithin, end)
	stop := context.AfterFunc(ctx, func() { c.loop.post(end) })
	left := func() {
		limit.stop()
		stop()
		end()
	}
	c.leaveAll(l, func() {
		if epoch == c.net.epoch {
			c.unregister(l, left)
		} else {
			left()
		}
	})
}

// leaveAll takes back everything but the registration, and then calls next once: when all is answered, or
// after subscriptionsEnd.
func (c *Client) leaveAll(l *link, next func()) {
	open := 1
	var limit *timer
	one := func() {
		if open--; open == 0 {
			limit.stop()
			next()
		}
	}
	limit = c.loop.after(subscriptionsEnd, func() {
		if open > 0 {
			open = 0
			next()
		}
	})
	open++
	c.unpublish(l, one)
	c.pace.clear()
	c.pace.limit = 4 * maxInFlight
	for _, s := range c.subs {
		if s.dialog.established() && !s.stopping {
			open++
			s.left = one
		}
		s.stop()
	}
	c.leaveCalls(func() func() {
		open++
		return one
	})
	for _, w := range c.direct.watchers {
		open++
		w.left = one
		w.end("terminated;reason=probation;retry-after=60")
	}
	one()
}

// signedOutFrom ends the connection of that epoch, if it is still the present one.
func (c *Client) signedOutFrom(epoch int) {
	if epoch == c.net.epoch {
		c.teardown()
		c.presenceLost()
		c.signedOut()
	}
}

func (c *Client) signedOut() {
	c.callsOver()
	c.net.phase = offline
	c.net.wasIn, c.net.secure, c.net.leaving = false, false, false
	c.pace.limit = maxInFlight
	c.creds.forget()
	if c.rules != nil {
		c.rules.creds.forget()
	}
	c.emit(SignedOut{})
}

// hostPart returns the host of "host" or "host:port".
func hostPart(server string) string {
	if host, _, err := net.SplitHostPort(server); err == nil {
		return host
	}
	return server
}
