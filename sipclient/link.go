package sipclient

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"

	"golync/sipclient/flow"
)

func init() {
	// sipgo logs whole messages, with bodies and credentials, to slog's default logger (facts/sipgo.md
	// section 1). golync logs for itself.
	sip.SetDefaultLogger(slog.New(slog.DiscardHandler))
	// It refuses to send datagrams of more than 1,300 bytes, answers included. UDP is used only when the
	// user asks for it, and fragments are better than silence.
	sip.UDPMTUSize = 64 << 10
}

// link is one flow with a sipgo stack of its own on it: the stack dies with the flow, so that nothing of
// one connection can leave on the next (facts/sipgo.md section 1, connection reuse).
type link struct {
	conn    *flow.Conn
	ua      *sipgo.UserAgent
	lis     *flow.Listener
	network string // "TLS", "TCP" or "UDP"
	remote  string // ip:port, where every request goes and every request comes from

	local     sip.Addr
	localHost string // as in a URI
	localPort int
	contact   string // URI under which the flow reaches us

	writing sync.Mutex // see try
	once    sync.Once
	served  sync.WaitGroup
}

// open resolves, dials and puts a stack on the connection. It blocks.
func (c *Client) open(ctx context.Context, epoch int, transport string) (*link, error) {
	targets, err := flow.Resolve(ctx, c.o.Resolver, c.me.uri.Host, c.me.server, transport)
	if err != nil {
		return nil, err
	}
	var conn *flow.Conn // read by Reject, which is not called before the stack reads
	conn, err = flow.Dial(ctx, targets, flow.Config{
		Dial: c.o.Dial, RootCAs: c.o.RootCAs, Local: c.o.Local,
		ConnConfig: flow.ConnConfig{
			Down: func(err error) { c.loop.post(func() { c.flowLost(epoch, err) }) },
			// Whoever sent what nobody can read is told, so that it is not sent for half a minute.
			Reject: func(r flow.Rejected) { _, _ = conn.Write(r.Response()) },
			Log:    c.log,
			Trace:  c.tracer(),
		},
	})
	if err != nil {
		return nil, err
	}
	l, err := c.newLink(conn)
	if err != nil {
		conn.Close()
		return nil, err
	}
	// Whatever becomes of the loop, the stack ends with the flow and with the client.
	if !c.loop.spawn(func() {
		select {
		case <-c.ctx.Done():
		case <-conn.Done():
		}
		l.close()
	}) {
		l.close()
	}
	return l, nil
}

// newLink puts a sipgo stack on a connection and waits until it reads from it.
func (c *Client) newLink(conn *flow.Conn) (*link, error) {
	l := &link{
		conn: conn, lis: flow.NewListener(), network: conn.Target().Transport, remote: conn.RemoteAddr().String(),
	}
	host, port, err := net.SplitHostPort(conn.LocalAddr().String())
	if err != nil {
		return nil, err
	}
	if l.localPort, err = strconv.Atoi(port); err != nil {
		return nil, err
	}
	l.local = sip.Addr{IP: net.ParseIP(host), Port: l.localPort}
	if l.localHost = host; strings.Contains(host, ":") {
		l.localHost = "[" + host + "]"
	}
	l.contact = "sip:" + c.me.uri.User + "@" + l.localHost + ":" + port + ";transport=" + strings.ToLower(l.network)
	if l.ua, err = newStack(func(res *sip.Response) { c.stray(l, res) }); err != nil {
		return nil, err
	}
	if err := c.attach(l); err != nil {
		l.ua.Close()
		return nil, err
	}
	return l, nil
}

// newStack makes a sipgo user agent that can neither dial nor resolve: everything goes over the flow, and an
// answer whose connection is gone must not go to an address that the peer chose.
//
// sip.WithTransactionLayerTerminateOnConnClose is not used: in v1.7.2 it steps into transactions that have
// no state yet and panics. try watches the flow itself.
//
// stray gets the answers that belong to no transaction any more.
func newStack(stray func(*sip.Response)) (*sipgo.UserAgent, error) {
	refused := func(net.Addr) net.Dialer {
		return net.Dialer{Control: func(string, string, syscall.RawConn) error { return errFlow }}
	}
	return sipgo.NewUA(
		sipgo.WithUserAgent(userAgent),
		sipgo.WithUserAgentParser(flow.Limits{}.Parser()),
		sipgo.WithUserAgentDNSResolver(&net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
			return nil, errFlow
		}}),
		sipgo.WithUserAgentTransactionLayerOptions(sip.WithTransactionLayerUnhandledResponseHandler(stray)),
		sipgo.WithUserAgentTransportLayerOptions(sip.WithTransportLayerTransports(sip.TransportsConfig{
			TCP: &sip.TransportTCP{DialerCreate: refused},
			TLS: &sip.TransportTLS{TransportTCP: &sip.TransportTCP{DialerCreate: refused}},
		})),
	)
}

// attach hands the connection to sipgo's server and returns when sipgo reads from it: only then can it be
// found for writing.
func (c *Client) attach(l *link) error {
	srv, err := sipgo.NewServer(l.ua)
	if err != nil {
		return err
	}
	handler := func(req *sip.Request, tx sip.ServerTransaction) { c.serve(l, req, tx) }
	for method := range knownMethods {
		srv.OnRequest(method, handler)
	}
	srv.OnNoRoute(handler)

	switch l.network {
	case "UDP":
		l.served.Go(func() { _ = srv.ServeUDP(l.conn) })
	case "TLS":
		l.served.Go(func() { _ = srv.ServeTLS(l.lis) })
	default:
		l.served.Go(func() { _ = srv.ServeTCP(l.lis) })
	}
	if l.network != "UDP" {
		if err := l.lis.Inject(l.conn); err != nil {
			return err
		}
	}
	select {
	case <-l.conn.Reading():
	case <-l.conn.Done():
	}
	return nil
}

// close ends the flow and everything on it. It may be called more than once and returns when all is ended.
func (l *link) close() {
	l.once.Do(func() {
		_ = l.conn.Close()
		_ = l.lis.Close()
		_ = l.ua.Close()
		l.served.Wait()
	})
}

// tracer writes every message to Options.Trace. The flow has masked the credentials.
func (c *Client) tracer() func(out bool, msg []byte) {
	if c.o.Trace == nil {
		return nil
	}
	var mu sync.Mutex
	return func(out bool, msg []byte) {
		arrow := "<-"
		if out {
			arrow = "->"
		}
		mu.Lock()
		defer mu.Unlock()
		_, _ = fmt.Fprintf(c.o.Trace, "%s %s\n%s\n", time.Now().Format("15:04:05.000"), arrow, msg)
	}
}
