//go:build linux

package interop

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// transports are those that docs/kamailio offers.
var transports = []string{"tls", "tcp", "udp"}

// person is somebody at a golync client of their own.
type person struct {
	*sipclient.Client
	t       *testing.T
	address string
	decided []string      // by decide, so far
	longer  time.Duration // how long await waits beyond patience

	mu     sync.Mutex
	events []sipclient.Event
	came   chan struct{} // closed and replaced at each event
}

// newPerson makes the client of a user; it does not sign in.
func newPerson(t *testing.T, k *Kamailio, u User, transport string) *person {
	t.Helper()
	p := &person{t: t, address: "sip:" + u.Address, came: make(chan struct{})}
	server := map[string]string{"tls": k.TLS, "tcp": k.TCP, "udp": k.UDP}[transport]
	c, err := sipclient.New(sipclient.Options{
		Account: sipclient.Account{
			URI: p.address, Server: server, Transport: transport, XCAP: k.XCAP,
			Password: func(context.Context) (string, error) { return u.Password, nil },
		},
		Emit:    p.emit,
		Inbox:   func(_ sipclient.Message, done func(error)) { done(nil) },
		Admit:   func(sipclient.Incoming) sipclient.Verdict { return sipclient.Verdict{} },
		RootCAs: k.CA,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Client = c
	t.Cleanup(func() { _ = c.Close() })
	return p
}

// signIn makes the client of a user and signs in.
func signIn(t *testing.T, k *Kamailio, u User, transport string) *person {
	t.Helper()
	p := newPerson(t, k, u, transport)
	if err := p.SignIn(t.Context()); err != nil {
		t.Fatalf("%s cannot sign in over %s: %v", u.Address, transport, err)
	}
	return p
}

func (p *person) emit(e sipclient.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.events = append(p.events, e)
	close(p.came)
	p.came = make(chan struct{})
}

// await waits for the first event that fits and takes everything up to it.
func await[E sipclient.Event](p *person, what string, fits func(E) bool) E {
	p.t.Helper()
	late := time.After(patience + p.longer)
	for {
		p.mu.Lock()
		for i, e := range p.events {
			if found, ok := e.(E); ok && fits(found) {
				p.events = p.events[i+1:]
				p.mu.Unlock()
				return found
			}
		}
		came, seen := p.came, fmt.Sprintf("%+v", p.events)
		p.mu.Unlock()
		select {
		case <-came:
		case <-late:
			p.t.Fatalf("%s: %s did not come; came: %s", p.address, what, seen)
		}
	}
}

// sees waits until a person's presence is seen that fits.
func (p *person) sees(of *person, what string, fits func(sipclient.PresenceChanged) bool) {
	p.t.Helper()
	await(p, of.address+" "+what, func(e sipclient.PresenceChanged) bool { return e.URI == of.address && fits(e) })
}

func available(e sipclient.PresenceChanged) bool {
	return e.Watch == sipclient.WatchActive && e.Known && e.State.Open && e.State.Activity == pidf.ActivityNone
}

func waiting(e sipclient.PresenceChanged) bool { return e.Watch == sipclient.WatchPending && !e.Known }

func nothing(e sipclient.PresenceChanged) bool {
	return e.Watch == sipclient.WatchActive && (!e.Known || !e.State.Open)
}

// isWatchedBy waits until the watcher list says so.
func (p *person) isWatchedBy(watcher *person, status winfo.Status) {
	p.t.Helper()
	await(p, fmt.Sprintf("watcher %s as %v", watcher.address, status), func(e sipclient.WatchersChanged) bool {
		for _, w := range e.Watchers {
			if w.URI == watcher.address && w.Status == status {
				return true
			}
		}
		return false
	})
}

func (p *person) publish(s pidf.State) {
	p.t.Helper()
	if err := p.Publish(p.t.Context(), s); err != nil {
		p.t.Fatalf("%s cannot publish: %v", p.address, err)
	}
}

// decide puts people on levels; who is not named waits.
func (p *person) decide(level presrules.Level, people ...*person) {
	p.t.Helper()
	r := presrules.Rules{People: map[string]presrules.Level{}, Undecided: p.decided}
	for _, who := range people {
		r.People[who.address] = level
		p.decided = append(p.decided, who.address)
	}
	if err := p.SetRules(p.t.Context(), r); err != nil {
		p.t.Fatalf("%s cannot write the rules: %v", p.address, err)
	}
}

func (p *person) say(to, body string) (sipclient.Delivery, error) {
	return p.Send(p.t.Context(), sipclient.Message{ID: body, Peer: to, Outgoing: true, Body: peerText(body)})
}

// hears waits for the next message and returns its body.
func (p *person) hears() string {
	p.t.Helper()
	return await(p, "a message", func(sipclient.MessageReceived) bool { return true }).Message.Body.Raw()
}
