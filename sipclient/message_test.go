package sipclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/internal/text"
)

// sent is what Send returned.
type sent struct {
	how Delivery
	err error
}

// sending sends beside the test, in the order of the calls, and returns the result to come.
func (d *desk) sending(ctx context.Context, m Message) <-chan sent {
	done := make(chan sent, 1)
	go func() {
		how, err := d.client.Send(ctx, m)
		done <- sent{how, err}
	}()
	synctest.Wait()
	return done
}

func hello(to string) Message { return Message{ID: "m1", Peer: to, Body: text.From("hello")} }

func TestHowASentMessageWent(t *testing.T) {
	for _, test := range []struct {
		code int
		how  Delivery
		fail int // code of the ResponseError
	}{
		{200, Sent, 0},
		{202, Stored, 0},
		{403, Failed, 403},
		{404, Failed, 404},
		{480, Failed, 480},
		{603, Failed, 603},
		{302, Failed, 302},
		{408, Unknown, 408},
		{504, Unknown, 504},
	} {
		t.Run(fmt.Sprint(test.code), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				done := d.sending(context.Background(), hello(bob))
				peer.Reply(peer.Expect("MESSAGE"), test.code)
				got := <-done
				if got.how != test.how || (got.err != nil) != (test.fail != 0) {
					t.Fatal(got)
				}
				var refused *ResponseError
				if test.fail != 0 && (!errors.As(got.err, &refused) || refused.Code != test.fail) {
					t.Fatal(got.err)
				}
				if errors.Is(got.err, ErrNoAnswer) != (test.how == Unknown) {
					t.Fatal(got.err)
				}
			})
		})
	}
}

func TestMessageWithoutAnswerMayHaveArrived(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		done := d.sending(context.Background(), hello(bob))
		first := peer.Expect("MESSAGE")
		if got := <-done; got.how != Unknown || !errors.Is(got.err, ErrNoAnswer) {
			t.Fatal(got)
		}
		done = d.sending(context.Background(), hello(bob))
		again := peer.Expect("MESSAGE")
		if again.Get("Call-ID") != first.Get("Call-ID") || again.Get("CSeq") != first.Get("CSeq") {
			t.Fatal("sent again it looks like another message")
		}
		peer.Reply(again, 200)
		if got := <-done; got.how != Sent {
			t.Fatal(got)
		}
	})
}

func TestMessageSentAgainLooksTheSameAfterAChallenge(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		done := d.sending(context.Background(), hello(bob))
		peer.Reply(peer.Expect("MESSAGE"), 407, "Proxy-Authenticate: "+alice.Challenge())
		first := peer.Expect("MESSAGE")
		<-done
		d.sending(context.Background(), hello(bob))
		again := peer.Expect("MESSAGE")
		if !alice.Authorized(again) || again.Get("CSeq") != first.Get("CSeq") || first.Get("CSeq") != "2 MESSAGE" {
			t.Fatal(first, again)
		}
	})
}

func TestStrangersGetNoCredentials(t *testing.T) {
	evil := siptest.Account{Realm: "evil.example"}
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, done := d.begin()
		peer.Register(alice)
		peer.Reply(peer.Expect("SUBSCRIBE"), 489)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		got := d.sending(context.Background(), hello("sip:mallory@evil.example"))
		m := peer.Expect("MESSAGE")
		if m.Get("Authorization") != "" {
			t.Fatal("the registrar's credentials went to somebody else")
		}
		peer.Reply(m, 401, "WWW-Authenticate: "+evil.Challenge())
		var refused *ResponseError
		if r := <-got; r.how != Failed || !errors.As(r.err, &refused) || refused.Code != 401 {
			t.Fatal(r)
		}
	})
}

// Whoever is written to can answer with a challenge in the user's own realm and refuse every answer to it. That
// is no word of the registrar's about the password.
func TestStrangersCannotSignTheUserOut(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, done := d.begin()
		peer.Register(alice)
		peer.Reply(peer.Expect("SUBSCRIBE"), 489)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		got := d.sending(context.Background(), hello("sip:mallory@evil.example"))
		for range 2 {
			peer.Reply(peer.Expect("MESSAGE"), 401, "WWW-Authenticate: "+alice.Challenge())
		}
		var refused *ResponseError
		if r := <-got; r.how != Failed || !errors.As(r.err, &refused) || refused.Code != 401 {
			t.Fatal(r)
		}
		time.Sleep(time.Minute)
		quiet[SignInFailed](d)
		again := d.sending(context.Background(), hello(bob))
		peer.Reply(peer.Expect("MESSAGE"), 200)
		if r := <-again; r.how != Sent {
			t.Fatal(r)
		}
	})
}

func TestMessagesToOnePersonLeaveOneByOneInOrder(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		var results []<-chan sent
		for n := range 20 {
			results = append(results, d.sending(context.Background(), Message{Peer: bob, Body: text.From(fmt.Sprint(n))}))
		}
		toEve := d.sending(context.Background(), hello("sip:eve@contoso.com"))
		if waiting := peer.Waiting(); len(waiting) != 2 {
			t.Fatalf("%d messages under way", len(waiting))
		}
		for n := range 20 {
			m := peer.Expect("MESSAGE")
			if strings.Contains(m.URI(), "eve") {
				peer.Reply(m, 200)
				m = peer.Expect("MESSAGE")
			}
			if string(m.Body) != fmt.Sprint(n) {
				t.Fatalf("message %d is %q", n, m.Body)
			}
			peer.Reply(m, 200)
			if got := <-results[n]; got.how != Sent {
				t.Fatal(got)
			}
		}
		if got := <-toEve; got.how != Sent {
			t.Fatal(got)
		}
	})
}

func TestFailedMessageLetsTheNextGo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		first := d.sending(context.Background(), hello(bob))
		second := d.sending(context.Background(), hello(bob))
		peer.Reply(peer.Expect("MESSAGE"), 403)
		peer.Reply(peer.Expect("MESSAGE"), 200)
		if a, b := <-first, <-second; a.how != Failed || b.how != Sent {
			t.Fatal(a, b)
		}
	})
}

func TestWhatHasNotLeftIsUnsent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		if got := <-d.sending(context.Background(), hello(bob)); got.how != Unsent || !errors.Is(got.err, ErrNotSignedIn) {
			t.Fatal(got)
		}
		peer := d.signIn()
		ctx, cancel := context.WithCancel(context.Background())
		under := d.sending(ctx, hello(bob))
		waits := d.sending(ctx, hello(bob))
		other := d.sending(context.Background(), hello(bob))
		peer.Expect("MESSAGE")
		cancel()
		if a, b := <-under, <-waits; a.how != Unknown || b.how != Unsent || !errors.Is(b.err, context.Canceled) {
			t.Fatal(a, b)
		}
		peer.Close()
		if got := <-other; got.how != Unsent || !errors.Is(got.err, ErrNotSignedIn) {
			t.Fatal(got)
		}
		if got := <-d.sending(context.Background(), Message{Peer: bob, Body: text.From(strings.Repeat("x", MaxBody+1))}); !errors.Is(got.err, ErrTooLong) {
			t.Fatal(got)
		}
		if got := <-d.sending(context.Background(), hello("bob")); got.how != Failed || got.err == nil {
			t.Fatal(got)
		}
	})
}

func TestMessageUnderWayAtALossIsUnknown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		done := d.sending(context.Background(), hello(bob))
		peer.Expect("MESSAGE")
		began := time.Now()
		peer.Close()
		if got := <-done; got.how != Unknown || !errors.Is(got.err, ErrNoAnswer) || time.Since(began) > time.Second {
			t.Fatal(got, time.Since(began))
		}
	})
}

func TestWhatAUserWritesCannotBecomeHeaders(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Account.Name = `Al"ice\ <sip:boss@contoso.com>` })
		peer := d.signIn()
		d.sending(context.Background(), Message{ID: "x\r\nEvil: yes", Peer: bob, Body: text.From("a\r\nb\x00\xff")})
		m := peer.Expect("MESSAGE")
		if m.Get("Evil") != "" || string(m.Body) != "a\r\nb\x00\uFFFD" {
			t.Fatal(m)
		}
		if from := m.Get("From"); !strings.HasPrefix(from, `"Al\"ice\\ <sip:boss@contoso.com>" <sip:alice@contoso.com>;tag=`) {
			t.Fatal(from)
		}
		d.client.Watch("sip:eve@contoso.com", "hi\r\nEvil: yes")
		if s := peer.Expect("SUBSCRIBE"); s.Get("Evil") != "" || s.Get("Subject") != "hi  Evil: yes" {
			t.Fatal(s)
		}
	})
	for _, o := range []Account{
		{URI: "sip:alice@contoso.com", Name: "a\r\nb"},
		{URI: "sip:alice@contoso.com", User: "a\x00"},
		{URI: "alice"},
		{URI: "sip:alice@contoso.com", Transport: "sctp"},
		{URI: "sip:alice@contoso.com", XCAP: "ftp://x"},
	} {
		o.Password = func(context.Context) (string, error) { return "", nil }
		if _, err := New(Options{
			Account: o, Emit: func(Event) {}, Inbox: func(Message, func(error)) {}, Admit: func(Incoming) Verdict { return Verdict{} },
		}); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}
