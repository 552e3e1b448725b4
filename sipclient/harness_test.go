package sipclient

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/pidf"
)

const serverAddr = "192.0.2.1:5060"

// desk is a client under test, the server it signs in at, and what it emitted.
type desk struct {
	t      *testing.T
	net    *siptest.Net
	server *siptest.Server
	client *Client

	mu      sync.Mutex
	events  []Event
	arrived chan struct{}
}

// bubble runs a test in fake time.
func bubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, f)
}

// newDesk makes alice's client; change may alter its options.
func newDesk(t *testing.T, change func(*Options)) *desk {
	t.Helper()
	d := &desk{t: t, net: siptest.NewNet(), arrived: make(chan struct{}, 1)}
	d.server = siptest.Listen(t, d.net, serverAddr)
	o := Options{
		Account: Account{
			URI: "sip:alice@contoso.com", Name: "Alice", Server: serverAddr, Transport: "tcp",
			Password: func(context.Context) (string, error) { return "secret", nil },
		},
		Emit:  d.take,
		Inbox: func(_ Message, done func(error)) { done(nil) },
		Admit: func(Incoming) Verdict { return Verdict{} },
		Dial:  d.net.Dial,
	}
	if change != nil {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	d.client = c
	t.Cleanup(func() { c.Close() })
	return d
}

func (d *desk) take(e Event) {
	d.mu.Lock()
	d.events = append(d.events, e)
	d.mu.Unlock()
	select {
	case d.arrived <- struct{}{}:
	default:
	}
}

// next waits for the next event of one kind and drops those of other kinds before it.
func next[E Event](d *desk) E {
	d.t.Helper()
	patience := time.NewTimer(time.Hour)
	defer patience.Stop()
	for {
		d.mu.Lock()
		for len(d.events) > 0 {
			e := d.events[0]
			d.events = d.events[1:]
			if e, ok := e.(E); ok {
				d.mu.Unlock()
				return e
			}
		}
		d.mu.Unlock()
		select {
		case <-d.arrived:
		case <-patience.C:
			var e E
			d.t.Fatalf("no %T", e)
		}
	}
}

// quiet fails when anything of that kind has been emitted by now.
func quiet[E Event](d *desk) {
	d.t.Helper()
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range d.events {
		if e, ok := e.(E); ok {
			d.t.Fatalf("unexpected %T %+v", e, e)
		}
	}
}

// begin starts signing in and returns the server's end of the flow and the result to come.
func (d *desk) begin() (*siptest.Peer, <-chan error) {
	d.t.Helper()
	done := make(chan error, 1)
	go func() { done <- d.client.SignIn(context.Background()) }()
	return d.server.Accept(), done
}

// signIn signs in at a server that has no watcher information, and returns its end of the flow.
func (d *desk) signIn() *siptest.Peer {
	d.t.Helper()
	peer, done := d.begin()
	peer.Register(siptest.Account{})
	peer.Auto("REGISTER", func(m *siptest.Message) { peer.GrantRegister(m, siptest.Account{}) })
	peer.Auto("OPTIONS", func(m *siptest.Message) { peer.Reply(m, 480) }) // what people take is for receipt_test.go
	peer.Reply(peer.Expect("SUBSCRIBE"), 489)
	if err := <-done; err != nil {
		d.t.Fatal(err)
	}
	for next[SignedIn](d).Services.WatcherInfo {
	}
	return peer
}

// document is a presence document of somebody who is available.
func document(who string) string {
	return string(pidf.Build(who, pidf.State{Open: true}))
}

// watching signs in and watches bob as far as an active subscription that lasts for seconds.
func (d *desk) watching(seconds int) (*siptest.Peer, *siptest.Message) {
	d.t.Helper()
	peer := d.signIn()
	d.client.Watch("sip:bob@contoso.com", "")
	s := peer.Expect("SUBSCRIBE")
	peer.Reply(s, 200, fmt.Sprintf("Expires: %d", seconds))
	n := peer.Notify(s, fmt.Sprintf("active;expires=%d", seconds), pidfType, document("sip:bob@contoso.com"))
	if code := peer.Response(n).Code(); code != 200 {
		d.t.Fatalf("NOTIFY was answered %d", code)
	}
	if e := next[PresenceChanged](d); e.Watch != WatchActive || !e.Known || !e.State.Open {
		d.t.Fatalf("presence is %+v", e)
	}
	return peer, s
}
