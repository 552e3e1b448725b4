package flow

import (
	"net"
	"time"
)

// Write sends p whole or ends the flow: half a message cannot be taken back. p is one message, or several.
func (c *Conn) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if err := c.send(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// WriteTo is Write. The address is not looked at: the flow is the one way to the server, whatever port a
// Via names (RFC 5626 section 5.3).
func (c *Conn) WriteTo(p []byte, _ net.Addr) (int, error) { return c.Write(p) }

func (c *Conn) send(p []byte) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	select {
	case <-c.ended:
		return c.gone()
	default:
	}
	if hasVeil(p) {
		c.out = unveil(c.out[:0], p)
		p = c.out
	}
	c.deadlines.Lock()
	by := earlier(c.writeBy, time.Now().Add(c.limits.Write))
	c.deadlines.Unlock()
	err := c.raw.SetWriteDeadline(by)
	if err == nil {
		c.traceOut(p)
		_, err = c.raw.Write(p)
	}
	if err != nil {
		c.fail(err)
		return c.gone()
	}
	return nil
}
