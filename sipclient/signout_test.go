package sipclient

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// leaving signs out beside the test.
func (d *desk) leaving(ctx context.Context) <-chan error {
	done := make(chan error, 1)
	go func() { done <- d.client.SignOut(ctx) }()
	return done
}

func TestSignOutTakesEverythingBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.watching(600)
		published := d.publishing(pidf.State{Open: true})
		peer.Reply(peer.Expect("PUBLISH"), 200, "SIP-ETag: one", "Expires: 600")
		<-published
		peer.Auto("REGISTER", nil)

		done := d.leaving(context.Background())
		p := peer.Expect("PUBLISH")
		if p.Get("Expires") != "0" || p.Get("SIP-If-Match") != "one" || len(p.Body) != 0 {
			t.Fatal(p)
		}
		bye := peer.Expect("SUBSCRIBE")
		if bye.Get("Expires") != "0" {
			t.Fatal(bye)
		}
		peer.Reply(p, 200, "Expires: 0")
		peer.Reply(bye, 200, "Expires: 0")
		peer.Notify(s, "terminated;reason=timeout", "", "")
		r := peer.Expect("REGISTER")
		if r.Get("Expires") != "0" || strings.Contains(r.Get("Contact"), "*") {
			t.Fatal(r)
		}
		peer.Reply(r, 200)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if e := next[PresenceChanged](d); e.Watch != WatchEnded {
			t.Fatalf("%+v", e)
		}
		next[SignedOut](d)
		peer.Gone()
		time.Sleep(time.Hour)
		quiet[Disconnected](d)

		peer, _ = d.begin()
		peer.Register(siptest.Account{})
		if p := peer.Expect("PUBLISH"); p.Get("SIP-If-Match") != "" || len(p.Body) == 0 {
			t.Fatal(p)
		}
		if s := late(peer, "presence"); s.URI() != bob {
			t.Fatal(s)
		}
	})
}

func TestSignOutFromAServerThatHangsIsBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, _ := d.watching(600)
		peer.Auto("REGISTER", func(*siptest.Message) {})
		began := time.Now()
		if err := d.client.SignOut(context.Background()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > signOutWithin {
			t.Fatal(took)
		}
		next[SignedOut](d)
	})
}

func TestSignOutEndsWithItsContext(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		d.watching(600)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		began := time.Now()
		_ = d.client.SignOut(ctx)
		if took := time.Since(began); took != time.Second {
			t.Fatal(took)
		}
		next[SignedOut](d)
	})
}

// The context ends at each point of a sign-out that nobody answers: while subscriptions are taken back, while
// the registration is, and at the very moment between.
func TestTheClientLivesOnAfterASignOutCutShort(t *testing.T) {
	for _, after := range []time.Duration{time.Second, subscriptionsEnd, subscriptionsEnd + time.Second, signOutWithin} {
		t.Run(after.String(), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer, _ := d.watching(600)
				peer.Auto("REGISTER", func(*siptest.Message) {})
				ctx, cancel := context.WithTimeout(context.Background(), after)
				defer cancel()
				_ = d.client.SignOut(ctx)
				next[SignedOut](d)
				d.signIn()
			})
		})
	}
}

func TestSignOutWhileNotSignedIn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		if err := d.client.SignOut(context.Background()); err != nil {
			t.Fatal(err)
		}
		next[SignedOut](d)

		peer, done := d.begin()
		peer.Expect("REGISTER")
		if err := d.client.SignOut(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := <-done; !errors.Is(err, ErrNotSignedIn) {
			t.Fatal(err)
		}
		next[SignedOut](d)
		peer.Gone()

		peer = d.signIn()
		peer.Close()
		d.server.Close()
		next[Disconnected](d)
		if err := d.client.SignOut(context.Background()); err != nil {
			t.Fatal(err)
		}
		next[SignedOut](d)
		time.Sleep(time.Hour)
		quiet[Disconnected](d)
	})
}

// Some servers close the connection as soon as the last binding is gone. Whoever signed out stays so: a client
// that came back by itself would take messages that nobody sees.
func TestAFlowLostWhileSigningOutDoesNotComeBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, _ := d.watching(600)
		peer.Auto("REGISTER", nil)
		done := d.leaving(context.Background())
		if bye := peer.Expect("SUBSCRIBE"); bye.Get("Expires") != "0" {
			t.Fatal(bye)
		}
		peer.Close()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if e := next[PresenceChanged](d); e.Watch != WatchEnded {
			t.Fatalf("%+v", e)
		}
		next[SignedOut](d)
		time.Sleep(time.Hour)
		quiet[Disconnected](d)
		quiet[SignedIn](d)

		d.signIn()
	})
}

// A publication that is under way when the user signs out would stay at the server for an hour.
func TestSignOutTakesBackWhatIsBeingPublished(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		peer.Auto("REGISTER", nil)
		d.publishing(pidf.State{Open: true})
		first := peer.Expect("PUBLISH")
		done := d.leaving(context.Background())
		synctest.Wait()
		peer.Reply(first, 200, "SIP-ETag: one", "Expires: 600")
		p := peer.Expect("PUBLISH")
		if p.Get("Expires") != "0" || p.Get("SIP-If-Match") != "one" {
			t.Fatal(p)
		}
		peer.Reply(p, 200, "Expires: 0")
		peer.Reply(peer.Expect("REGISTER"), 200)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

func TestSignOutForgetsEveryPassword(t *testing.T) {
	bubble(t, func(t *testing.T) {
		asked := 0
		d := ruled(t, &xcap{account: alice})
		d.client.rules.creds.ask = func(context.Context) (string, error) { asked++; return "secret", nil }
		for range 2 {
			if err := d.rule(bob, presrules.Colleagues); err != nil {
				t.Fatal(err)
			}
			if err := d.client.SignOut(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if asked != 2 {
			t.Fatalf("the password for the rules was asked for %d times", asked)
		}
	})
}
