package lab_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/lab"
	"golync/internal/siptest"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

const (
	alice = "sip:alice@contoso.com"
	dana  = "sip:dana@contoso.com"
)

// user is golync's own user agent at the lab.
type user struct {
	*sipclient.Client
	events chan sipclient.Event
}

func signIn(t *testing.T, l *lab.Lab, transport, who, password string, dial func(context.Context, string, string) (net.Conn, error)) (user, error) {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(l.CA())
	u := user{events: make(chan sipclient.Event, 1000)}
	var err error
	u.Client, err = sipclient.New(sipclient.Options{
		Account: sipclient.Account{
			URI: who, Server: l.Addr(transport), Transport: transport, XCAP: l.XCAP(),
			Password: func(context.Context) (string, error) { return password, nil },
		},
		Emit:    func(e sipclient.Event) { u.events <- e },
		Inbox:   func(_ sipclient.Message, done func(error)) { done(nil) },
		Admit:   func(sipclient.Incoming) sipclient.Verdict { return sipclient.Verdict{} },
		RootCAs: roots, Dial: dial,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = u.Close() })
	return u, u.SignIn(t.Context())
}

// await waits for an event that fits.
func await[E sipclient.Event](t *testing.T, u user, what string, fits func(E) bool) E {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case e := <-u.events:
			if one, ok := e.(E); ok && fits(one) {
				return one
			}
		case <-deadline:
			t.Fatalf("never: %s", what)
		}
	}
}

func TestGolyncsOwnUserAgentOnEveryTransport(t *testing.T) {
	for _, transport := range []string{"tls", "tcp", "udp"} {
		for _, challengeAll := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, every request challenged %v", transport, challengeAll), func(t *testing.T) {
				l, err := lab.Start(t.Context(), lab.Config{ChallengeAll: challengeAll, Users: []lab.User{
					{Address: alice, Name: "Alice", Password: "secret"}, {Address: dana, Name: "Dana", Password: "secret"},
				}})
				if err != nil {
					t.Fatal(err)
				}
				defer func() {
					if err := l.Close(); err != nil {
						t.Error(err)
					}
				}()
				evening(t, l, transport, nil)
			})
		}
	}
}

// evening is what two people do at the least: add, accept, see each other, talk.
func evening(t *testing.T, l *lab.Lab, transport string, dial func(context.Context, string, string) (net.Conn, error)) {
	ctx := t.Context()
	a, err := signIn(t, l, transport, alice, "secret", dial)
	if err != nil {
		t.Fatal(err)
	}
	in := await(t, a, "signed in", func(sipclient.SignedIn) bool { return true })
	if in.Services != (sipclient.Services{Presence: true, WatcherInfo: true, Rules: true}) {
		t.Errorf("services %+v", in.Services)
	}
	d, err := signIn(t, l, transport, dana, "secret", dial)
	if err != nil {
		t.Fatal(err)
	}
	d.Watch(alice, "It is me")
	await(t, d, "pending", func(p sipclient.PresenceChanged) bool { return p.Watch == sipclient.WatchPending })
	await(t, a, "the request", func(e sipclient.WatchersChanged) bool {
		for _, w := range e.Watchers {
			if w.URI == dana && w.Status == winfo.Pending && w.Introduction.Raw() == "It is me" {
				return true
			}
		}
		return false
	})
	if err := a.Publish(ctx, pidf.State{Open: true, Activity: pidf.ActivityMeeting, Note: text.From("Drawings")}); err != nil {
		t.Fatal(err)
	}
	if err := a.SetRules(ctx, presrules.Rules{People: map[string]presrules.Level{dana: presrules.Colleagues}}); err != nil {
		t.Fatal(err)
	}
	await(t, d, "alice's presence", func(p sipclient.PresenceChanged) bool {
		return p.Watch == sipclient.WatchActive && p.State.Activity == pidf.ActivityMeeting && p.State.Note.Raw() == "Drawings"
	})
	for i := range 20 {
		m := sipclient.Message{ID: fmt.Sprint(i), Peer: alice, Outgoing: true, Body: text.From(fmt.Sprint("message ", i))}
		if how, err := d.Send(ctx, m); how != sipclient.Sent || err != nil {
			t.Fatal(how, err)
		}
		await(t, a, "message", func(e sipclient.MessageReceived) bool { return e.Message.Body.Raw() == fmt.Sprint("message ", i) })
	}
	if err := a.SignOut(ctx); err != nil {
		t.Error(err)
	}
	await(t, d, "alice has left", func(p sipclient.PresenceChanged) bool { return p.Watch == sipclient.WatchActive && !p.State.Open })
}

func TestSubscriptionsAndRegistrationsAreKeptForHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := siptest.NewNet()
		l, err := lab.Start(t.Context(), lab.Config{
			TLS: "-", UDP: "-", TCP: "192.0.2.1:5060", XCAP: "192.0.2.1:5080", MaxExpires: 10 * time.Minute,
			Listen: func(_, address string) (net.Listener, error) { return n.Listen(address) },
			Users:  []lab.User{{Address: alice, Password: "secret"}, {Address: dana, Password: "secret"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		a, err := signIn(t, l, "tcp", alice, "secret", n.Dial)
		if err != nil {
			t.Fatal(err)
		}
		d, err := signIn(t, l, "tcp", dana, "secret", n.Dial)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.SetRules(t.Context(), presrules.Rules{People: map[string]presrules.Level{dana: presrules.Colleagues}}); err != nil {
			t.Fatal(err)
		}
		if err := a.Publish(t.Context(), pidf.State{Open: true}); err != nil {
			t.Fatal(err)
		}
		d.Watch(alice, "")
		time.Sleep(5 * time.Hour)
		if err := a.Publish(t.Context(), pidf.State{Open: true, Note: text.From("still here")}); err != nil {
			t.Fatal(err)
		}
		await(t, d, "the note of five hours later", func(p sipclient.PresenceChanged) bool { return p.State.Note.Raw() == "still here" })
		if how, err := d.Send(t.Context(), sipclient.Message{ID: "1", Peer: alice, Outgoing: true, Body: text.From("x")}); how != sipclient.Sent {
			t.Error(how, err)
		}
		_, _ = a.Close(), d.Close()
	})
}

// BenchmarkInjectIntoClient is what golync's own user agent takes in, nothing being stored, and how many
// messages came out of order.
func BenchmarkInjectIntoClient(b *testing.B) {
	l, err := lab.Start(b.Context(), lab.Config{Users: []lab.User{{Address: alice, Password: "secret"}, {Address: dana, Password: "secret"}}})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	next, displaced := 0, 0
	c, err := sipclient.New(sipclient.Options{
		Account: sipclient.Account{
			URI: alice, Server: l.Addr("tcp"), Transport: "tcp",
			Password: func(context.Context) (string, error) { return "secret", nil },
		},
		Emit: func(sipclient.Event) {},
		Inbox: func(m sipclient.Message, done func(error)) {
			got, _ := strconv.Atoi(m.Body.Raw())
			if got != next {
				displaced++
			}
			next = got + 1
			done(nil)
		},
		Admit: func(sipclient.Incoming) sipclient.Verdict { return sipclient.Verdict{} },
	})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.SignIn(b.Context()); err != nil {
		b.Fatal(err)
	}
	var last <-chan int
	i := 0
	for b.Loop() {
		if last, err = l.Inject(b.Context(), dana, alice, fmt.Sprint(i)); err != nil {
			b.Fatal(err)
		}
		i++
	}
	<-last
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
	if err := c.Close(); err != nil { // Inbox is not called after it
		b.Fatal(err)
	}
	b.ReportMetric(float64(displaced), "displaced")
}
