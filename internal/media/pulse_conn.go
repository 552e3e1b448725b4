package media

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jfreymuth/pulse/proto"
)

// ErrNoServer says that there is no sound server, or that it has gone.
var ErrNoServer = errors.New("there is no sound server")

const pulseIn = 2 * time.Second // what the server does not answer or take in that time, it never will

// pulseConn is a connection to a sound server. The protocol is the library's; connecting is our own, because the
// library's has no limits of time and does not notice every way in which a connection ends.
type pulseConn struct {
	client *proto.Client
	conn   net.Conn
	gone   chan struct{} // closed when the connection has ended, by either side
	once   sync.Once
}

// dialPulse connects. on takes what the server says unasked, on the connection's goroutine: it must not block.
func dialPulse(server string, on func(any)) (*pulseConn, error) {
	var last error
	for _, a := range pulseAddresses(server) {
		conn, err := net.DialTimeout(a.network, a.address, pulseIn)
		if err != nil {
			last = err
			continue
		}
		c, err := openPulse(conn, on)
		if err == nil {
			return c, nil
		}
		last = err
	}
	if last == nil {
		return nil, ErrNoServer
	}
	return nil, fmt.Errorf("%w: %w", ErrNoServer, last)
}

func openPulse(conn net.Conn, on func(any)) (*pulseConn, error) {
	c := &pulseConn{conn: conn, gone: make(chan struct{}), client: &proto.Client{}}
	c.client.Callback = func(message any) {
		if _, over := message.(*proto.ConnectionClosed); over {
			c.close()
		} else if on != nil {
			on(message)
		}
	}
	c.client.SetTimeout(pulseIn)
	c.client.Open(pulseWire{conn})
	var auth proto.AuthReply
	if err := c.ask(&proto.Auth{Version: c.client.Version(), Cookie: pulseCookie()}, &auth); err != nil {
		c.close()
		return nil, err
	}
	c.client.SetVersion(auth.Version)
	name := proto.PropList{
		"application.name": proto.PropListString("golync"),
		"application.id":   proto.PropListString("golync"),
	}
	if err := c.ask(&proto.SetClientName{Props: name}, &proto.SetClientNameReply{}); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// ask asks the server and waits for its answer.
func (c *pulseConn) ask(request proto.RequestArgs, answer proto.Reply) error {
	if err := c.client.Request(request, answer); err != nil {
		return pulseError(err)
	}
	return nil
}

func (c *pulseConn) close() {
	c.once.Do(func() {
		close(c.gone)
		c.conn.Close() //nolint:errcheck // nothing depends on it
	})
}

// pulseWire ends a connection that takes nothing for too long, and calls every end by the name that the library knows.
type pulseWire struct{ conn net.Conn }

func (w pulseWire) Read(b []byte) (int, error) {
	n, err := w.conn.Read(b)
	if err != nil {
		err = io.EOF
	}
	return n, err
}

func (w pulseWire) Write(b []byte) (int, error) {
	w.conn.SetWriteDeadline(time.Now().Add(pulseIn)) //nolint:errcheck // then the write fails
	n, err := w.conn.Write(b)
	if err != nil {
		w.conn.Close() //nolint:errcheck // reading ends with it, and says so
	}
	return n, err
}

type pulseAddress struct{ network, address string }

// pulseAddresses reads a server string. What it does not understand it leaves out.
func pulseAddresses(server string) []pulseAddress {
	if server == "" {
		server = os.Getenv("PULSE_SERVER")
	}
	if server == "" {
		dir := os.Getenv("XDG_RUNTIME_DIR")
		if dir == "" {
			dir = fmt.Sprintf("/run/user/%d", os.Getuid())
		}
		server = filepath.Join(dir, "pulse", "native")
	}
	var all []pulseAddress
	for _, s := range strings.Fields(server) {
		if strings.HasPrefix(s, "{") { // for one host only
			_, s, _ = strings.Cut(s, "}")
		}
		network, address, named := strings.Cut(s, ":")
		switch {
		case strings.HasPrefix(s, "/"):
			all = append(all, pulseAddress{"unix", s})
		case named && network == "unix":
			all = append(all, pulseAddress{"unix", address})
		case named && (network == "tcp" || network == "tcp4" || network == "tcp6"):
			if _, _, err := net.SplitHostPort(address); err != nil {
				address = net.JoinHostPort(strings.Trim(address, "[]"), "4713")
			}
			all = append(all, pulseAddress{network, address})
		}
	}
	return all
}

// pulseCookie is what shows the server that we belong to the same user. A server that takes anybody takes zeros.
func pulseCookie() []byte {
	path := os.Getenv("PULSE_COOKIE")
	if path == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return make([]byte, 256)
		}
		path = filepath.Join(dir, "pulse", "cookie")
	}
	cookie, err := os.ReadFile(path)
	if err != nil || len(cookie) != 256 {
		return make([]byte, 256)
	}
	return cookie
}
