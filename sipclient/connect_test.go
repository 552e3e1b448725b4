package sipclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"golync/internal/siptest"
	"golync/internal/text"
	"golync/sipclient/flow"
	"golync/sipclient/pidf"
)

func TestLostFlowIsToldAtOnceAndComesBackWithEverything(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, first := d.watching(600)
		peer.Auto("PUBLISH", func(m *siptest.Message) { peer.Reply(m, 200, "SIP-ETag: one", "Expires: 600") })
		if err := d.client.Publish(context.Background(), pidf.State{Open: true}); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		peer.Close()
		if e := next[Disconnected](d); e.RetryIn == 0 || e.Err == nil {
			t.Fatalf("%+v", e)
		}
		if e := next[PresenceChanged](d); e.Watch != WatchEnded || e.Known || e.URI != "sip:bob@contoso.com" {
			t.Fatalf("%+v", e)
		}
		peer = d.server.Accept()
		if took := time.Since(began); took > time.Second {
			t.Fatalf("the first attempt came after %v", took)
		}
		peer.Register(siptest.Account{})
		next[SignedIn](d)
		p := peer.Expect("PUBLISH")
		if p.Get("SIP-If-Match") != "one" || len(p.Body) == 0 {
			t.Fatal(p)
		}
		for range 2 {
			s := peer.Expect("SUBSCRIBE")
			if s.Get("Call-ID") == first.Get("Call-ID") {
				t.Fatal("the old subscription was used again")
			}
			if s.Get("Event") == "presence" {
				peer.Reply(s, 200, "Expires: 600")
				peer.Notify(s, "active", pidfType, document("sip:bob@contoso.com"))
			}
		}
		if e := next[PresenceChanged](d); e.Watch != WatchActive {
			t.Fatalf("%+v", e)
		}
	})
}

func TestServerThatIsGoneIsTriedLessAndLessOften(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.server.Close()
		peer.Close()
		last := next[Disconnected](d).RetryIn
		for range 10 {
			last = next[Disconnected](d).RetryIn
		}
		if last < 30*time.Second || last > time.Minute {
			t.Fatalf("the last wait is %v", last)
		}
		d.server = siptest.Listen(t, d.net, serverAddr)
		d.server.Accept().Register(siptest.Account{})
		next[SignedIn](d)
	})
}

func TestUnreachableServerFailsTheFirstSignIn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		d.server.Close()
		err := d.client.SignIn(context.Background())
		var broken *flow.Error
		if !errors.As(err, &broken) || broken.Kind != flow.Refused {
			t.Fatal(err)
		}
		if e := next[SignInFailed](d); e.RetryIn == 0 {
			t.Fatalf("%+v", e)
		}
	})
}

func TestSignInWhileWaitingTriesAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		d.server.Close()
		for range 8 {
			_ = d.client.SignIn(context.Background())
		}
		d.server = siptest.Listen(t, d.net, serverAddr)
		began := time.Now()
		peer, done := d.begin()
		peer.Register(siptest.Account{})
		if err := <-done; err != nil || time.Since(began) > time.Second {
			t.Fatal(err, time.Since(began))
		}
		if err := d.client.SignIn(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestServerThatStopsAnsweringPingsIsLeft(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		for peer.Pings() < 2 {
			time.Sleep(time.Second)
		}
		peer.Deaf()
		e := next[Disconnected](d)
		var broken *flow.Error
		if !errors.As(e.Err, &broken) || broken.Kind != flow.Silent {
			t.Fatalf("%+v", e)
		}
	})
}

// Without a transport chosen, TLS comes first and TCP second. A connection that was secure once is not made anew
// in the clear, whoever keeps TLS from getting through; a new sign-in begins anew.
func TestASecureConnectionDoesNotComeBackInTheClear(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ca := siptest.NewCA(t)
		d := newDesk(t, func(o *Options) {
			o.Account.Transport, o.Account.Server, o.RootCAs = "", "192.0.2.1", ca.Pool()
		})
		secure := siptest.ListenTLS(t, d.net, "192.0.2.1:5061", ca.Issue("192.0.2.1"))
		done := make(chan error, 1)
		go func() { done <- d.client.SignIn(context.Background()) }()
		peer := secure.Accept()
		peer.Register(siptest.Account{})
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		secure.Close()
		peer.Close()
		for range 3 {
			next[Disconnected](d)
		}
		var broken *flow.Error
		if e := next[Disconnected](d); !errors.As(e.Err, &broken) || broken.Target.Transport != "TLS" || broken.Kind != flow.Refused {
			t.Fatal(e.Err)
		}
		if err := d.client.SignOut(context.Background()); err != nil {
			t.Fatal(err)
		}
		peer, _ = d.begin()
		peer.Register(siptest.Account{})
		if e := next[SignedIn](d); e.Transport != "TCP" {
			t.Fatalf("%+v", e)
		}
	})
}

func TestSecondLossRightAfterTheFirstWaitsLonger(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		waits := time.Duration(0)
		for range 6 {
			peer.Close()
			waits += next[Disconnected](d).RetryIn
			peer = d.server.Accept()
			peer.Register(siptest.Account{})
			next[SignedIn](d)
		}
		if waits < 10*time.Second {
			t.Fatalf("six losses took %v of waiting: a server that drops everybody is stormed", waits)
		}
	})
}

func TestCloseEndsWithoutAWord(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.client.Close()
		peer.Gone()
		if n := len(peer.Waiting()); n != 0 {
			t.Fatalf("%d messages after Close", n)
		}
		if err := d.client.SignIn(context.Background()); !errors.Is(err, ErrNotSignedIn) {
			t.Fatal(err)
		}
		quiet[Disconnected](d)
	})
}

// sipgo's own ending of transactions when a connection closes runs into those that are just being made, and
// panics on a goroutine where nobody can recover; it is therefore not used.
func TestFlowMayEndWhileRequestsBegin(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		for range 100 {
			var all sync.WaitGroup
			for n := range 20 {
				all.Go(func() {
					_, _ = d.client.Send(context.Background(), hello(fmt.Sprintf("sip:u%d@contoso.com", n)))
				})
			}
			all.Go(peer.Close)
			all.Wait()
			peer = d.server.Accept()
			peer.Register(siptest.Account{})
			next[SignedIn](d)
		}
	})
}

func TestDatagramsGoOverTheFlowToo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Account.Transport = "udp" })
		peer, done := d.begin()
		r := peer.Register(alice)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(r.Get("Via"), "SIP/2.0/UDP 192.0.2.200:") || !strings.Contains(r.Get("Contact"), "transport=udp") {
			t.Fatal(r)
		}
		if e := next[SignedIn](d); e.Transport != "UDP" {
			t.Fatalf("%+v", e)
		}
		if code := peer.Response(d.receive(peer, "hi")).Code(); code != 200 {
			t.Fatal(code)
		}
		sent := d.sending(context.Background(), Message{Peer: bob, Body: text.From(strings.Repeat("x", 4000))})
		peer.Reply(peer.Expect("MESSAGE"), 200)
		if got := <-sent; got.how != Sent {
			t.Fatal(got)
		}
	})
}

func TestLostDatagramsAreSentAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Account.Transport = "udp" })
		peer, done := d.begin()
		first := peer.Expect("REGISTER")
		again := peer.Expect("REGISTER")
		if first.Get("Via") != again.Get("Via") {
			t.Fatal("not a retransmission")
		}
		peer.GrantRegister(again, alice)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}
