package flow

import (
	"context"
	"time"
)

// pingLimit is how many unanswered pings are remembered; a server that never answers must not make later
// blank lines look like answers for ever.
const pingLimit = 4

// Ping sends the double CRLF of RFC 5626 section 4.4.1. A peer that knows it answers with one CRLF, which
// calls ConnConfig.Pong; many do not. Over UDP it only keeps a NAT binding open.
func (c *Conn) Ping() error {
	if c.pings.Load() < pingLimit {
		c.pings.Add(1)
	}
	return c.send([]byte("\r\n\r\n"))
}

// blankLine handles a CRLF between messages, or two at once, which are a ping of the peer's: some servers ping
// and never answer pings, so that theirs must not be taken for answers. A single one is an answer while one is
// due; otherwise it is half a ping that came in two segments.
func (c *Conn) blankLine(twice bool) {
	switch {
	case twice:
		c.halfway = false
		_ = c.send([]byte("\r\n"))
	case c.pings.Load() > 0:
		c.ponged()
	case c.halfway:
		c.halfway = false
		_ = c.send([]byte("\r\n")) // a failure ends the flow, and the reader with it
	default:
		c.halfway = true
	}
}

func (c *Conn) ponged() {
	c.pings.Add(-1)
	c.pongs.Add(1)
	select {
	case c.pong <- struct{}{}:
	default:
	}
	if c.cfg.Pong != nil {
		c.cfg.Pong()
	}
}

// Keepalive pings every interval until ctx ends, which returns nil. When a peer that has answered before
// gives no answer within timeout the flow is ended, and the *Error of kind Silent returned; a peer that has never
// answered is only pinged, because many servers do not know how to. When the flow ends otherwise its
// error is returned. Use at most one at a time.
func (c *Conn) Keepalive(ctx context.Context, interval, timeout time.Duration) error {
	for {
		if err := c.pause(ctx, interval, nil); err != nil || ctx.Err() != nil {
			return err
		}
		select {
		case <-c.pong: // of an earlier ping
		default:
		}
		before := c.pongs.Load()
		if c.Ping() != nil {
			return c.Err()
		}
		if before == 0 {
			continue
		}
		if err := c.pause(ctx, timeout, c.pong); err != nil || ctx.Err() != nil {
			return err
		}
		if c.pongs.Load() == before {
			c.fail(&Error{Kind: Silent, Target: c.target})
			return c.cause
		}
	}
}

// pause waits for d, a token on early, the end of ctx, or the end of the flow, which is an error.
func (c *Conn) pause(ctx context.Context, d time.Duration, early <-chan struct{}) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-early:
	case <-ctx.Done():
	case <-c.ended:
		return c.cause
	}
	return nil
}
