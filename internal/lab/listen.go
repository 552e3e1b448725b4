package lab

import (
	"crypto/tls"
	"log/slog"
	"net"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/flow"
)

// handshakeWithin bounds the TLS handshake of a connection that may have been opened by anybody.
const handshakeWithin = 10 * time.Second

// limits bound one message. A body beyond bodyLimit is read, so that 413 can be said.
var limits = flow.Limits{Headers: 32 << 10, Body: 2 * bodyLimit}

// messageLimit is the largest message that can come out of a flow: its head grows a little there.
const messageLimit = 4*(32<<10) + 2*bodyLimit

// Serve speaks SIP on a connection ("TCP", "TLS") until it ends. Tests hand in connections of their own.
func (l *Lab) Serve(c net.Conn, transport string) {
	k := newLink(c, transport)
	k.out = newOutbox()
	framed := flow.Wrap(c, flow.ConnConfig{Stream: true, Limits: limits, Log: l.log, EndsAt: slog.LevelDebug, Reject: l.rejecter(k)})
	k.close = func() { _ = framed.Close() }
	if !l.join(k) || !l.shakenHands(c) {
		l.locked(func() { l.cut(k) })
		k.close()
		return
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		_ = k.out.drain(framed) // the reader hears of it too
		_ = framed.Close()
	}()
	l.read(framed, k)
	k.out.shut()
	<-written
}

// shakenHands finishes the handshake of a TLS connection; others need none.
func (l *Lab) shakenHands(c net.Conn) bool {
	t, ok := c.(*tls.Conn)
	if !ok {
		return true
	}
	err := t.SetDeadline(time.Now().Add(handshakeWithin))
	if err == nil {
		err = t.Handshake()
	}
	if err == nil {
		err = t.SetDeadline(time.Time{})
	}
	if err != nil {
		l.log.Debug("lab: handshake", "remote", c.RemoteAddr().String(), "err", err)
	}
	return err == nil
}

// serveDatagrams does the same for what comes from one address.
func (l *Lab) serveDatagrams(d *datagrams, k *link) {
	l.read(flow.Wrap(d, flow.ConnConfig{Limits: limits, Log: l.log, EndsAt: slog.LevelDebug, Reject: l.rejecter(k)}), k)
}

// read handles one message after the other, and leaves when there are no more.
func (l *Lab) read(c *flow.Conn, k *link) {
	buf := make([]byte, messageLimit)
	for {
		n, err := c.Read(buf)
		if err != nil {
			break
		}
		l.take(k, buf[:n])
		c.Release()
	}
	_ = c.Close()
	l.locked(func() { l.cut(k) })
}

// rejecter answers requests that could not be read, where the flow found enough in them to do so.
func (l *Lab) rejecter(k *link) func(flow.Rejected) {
	return func(r flow.Rejected) { _ = k.write(r.Response()) }
}

func newLink(c net.Conn, transport string) *link {
	return &link{
		transport: transport, remote: c.RemoteAddr().String(), local: c.LocalAddr().String(),
		users: map[string]bool{}, conn: c, close: func() { _ = c.Close() },
	}
}

// join takes a link in; it reports whether there is room.
func (l *Lab) join(k *link) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || len(l.links) >= linkLimit {
		return false
	}
	l.links[k] = struct{}{}
	return true
}

// cut forgets a link and what hung on it: bindings, publications, subscriptions, requests on their way.
func (l *Lab) cut(k *link) {
	if k.gone {
		return
	}
	k.gone = true
	delete(l.links, k)
	if l.remote[k.remote] == k {
		delete(l.remote, k.remote)
	}
	k.close()
	l.drop(k)
	l.unbindLink(k)
	l.unsubscribeLink(k)
}

// take parses one message and handles it. What cannot be parsed is dropped: there is nobody to tell.
func (l *Lab) take(k *link, data []byte) {
	m, err := l.parser.ParseSIP(data)
	if err != nil || m == nil {
		l.log.Debug("lab: not a message", "remote", k.remote, "bytes", len(data))
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || k.gone {
		return
	}
	defer l.recovered("message")
	switch m := m.(type) {
	case *sip.Request:
		l.request(k, m)
	case *sip.Response:
		l.answered(k, m)
	}
}
