package sipclient

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/cpim"
	"golync/sipclient/imdn"
	"golync/sipclient/pidf"
)

func TestEnvelopesAreForWhoeverIsKnownToTakeThem(t *testing.T) {
	for name, c := range map[string]struct {
		learn    func(*desk, *siptest.Peer)
		envelope bool
	}{
		"nothing is known": {func(*desk, *siptest.Peer) {}, false},
		"their program says so": {func(d *desk, peer *siptest.Peer) {
			takesEnvelopes(peer)
			if first := d.says(peer, hello(bob), 200); first.Get("Content-Type") != plainUTF8 {
				t.Error("the first message waited for the answer, or guessed it")
			}
		}, true},
		"it was asked while the user typed": {func(d *desk, peer *siptest.Peer) {
			takesEnvelopes(peer)
			d.client.Typing(bob, true)
			peer.Reply(peer.Expect("MESSAGE"), 200)
			synctest.Wait()
		}, true},
		"their program says nothing of it": {func(d *desk, peer *siptest.Peer) {
			peer.Auto("OPTIONS", func(m *siptest.Message) { peer.Reply(m, 200) })
			d.says(peer, hello(bob), 200)
		}, false},
		"they sent one": {func(d *desk, peer *siptest.Peer) {
			peer.Response(peer.Send("MESSAGE", bob, "sip:alice@contoso.com", cpim.MediaType, envelope(plainText, "hi")))
		}, true},
		"they took them in an earlier stay": {func(d *desk, _ *siptest.Peer) { d.client.Remember(bob) }, true},
		"another program of theirs is there now": {func(d *desk, peer *siptest.Peer) {
			peer.Auto("OPTIONS", func(m *siptest.Message) { peer.Reply(m, 200) })
			d.client.Remember(bob)
			inEnvelope(d.t, d.says(peer, hello(bob), 200))
		}, false},
		"another program refuses what the last one took": {func(d *desk, peer *siptest.Peer) {
			d.client.Remember(bob)
			done := d.sending(context.Background(), hello(bob))
			peer.Reply(peer.Expect("MESSAGE"), 415)
			peer.Reply(peer.Expect("MESSAGE"), 200)
			<-done
			d.client.Remember(bob)
		}, false},
		"somebody else sent one": {func(d *desk, peer *siptest.Peer) {
			peer.Response(peer.Send("MESSAGE", "sip:eve@contoso.com", "sip:alice@contoso.com", cpim.MediaType, envelope(plainText, "hi")))
		}, false},
		"they sent one and refuse them": {func(d *desk, peer *siptest.Peer) {
			peer.Response(peer.Send("MESSAGE", bob, "sip:alice@contoso.com", cpim.MediaType, envelope(plainText, "hi")))
			done := d.sending(context.Background(), hello(bob))
			peer.Reply(peer.Expect("MESSAGE"), 415)
			peer.Reply(peer.Expect("MESSAGE"), 200)
			<-done
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				c.learn(d, peer)
				m := d.says(peer, Message{ID: "m9", Peer: bob, Body: hello(bob).Body, At: noon}, 200)
				if !c.envelope {
					if m.Get("Content-Type") != plainUTF8 || string(m.Body) != "hello" {
						t.Fatal(m)
					}
					return
				}
				e := inEnvelope(t, m)
				if e.From.URI != "sip:alice@contoso.com" || e.To.URI != bob || !e.DateTime.Equal(noon) || e.ContentType != plainUTF8 ||
					string(e.Body) != "hello" || e.Get(cpim.IMDN, imdn.MessageIDHeader) != "m9" || m.Get("Call-ID") != "m9" ||
					imdn.Asked(e.Get(cpim.IMDN, imdn.AskHeader)) != (imdn.Wants{Delivery: true, Failure: true, Display: true}) {
					t.Fatalf("%+v", e)
				}
			})
		})
	}
}

func TestPeopleAreAskedOnceInAStay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		asked := 0
		d := newDesk(t, nil)
		peer := d.signIn()
		code := 480
		peer.Auto("OPTIONS", func(m *siptest.Message) { asked++; peer.Reply(m, code) })
		for range 3 {
			d.says(peer, hello(bob), 200)
		}
		if asked != 1 {
			t.Fatalf("asked %d times at once", asked)
		}
		time.Sleep(probePause) // bob may be there now
		code = 200
		for range 3 {
			d.says(peer, hello(bob), 200)
			time.Sleep(probePause)
		}
		if asked != 2 {
			t.Fatalf("asked %d times", asked)
		}
	})
}

// Whoever was not there could not be asked; the pause before the next question is not for who comes back.
func TestWhoComesOnlineIsAskedAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		asked, code := 0, 480
		d := newDesk(t, nil)
		peer, s := d.watching(600)
		peer.Auto("OPTIONS", func(m *siptest.Message) { asked++; peer.Reply(m, code, "Accept: message/cpim") })
		is := func(open bool) {
			n := peer.Notify(s, "active;expires=600", pidfType, string(pidf.Build(bob, pidf.State{Open: open})))
			peer.Response(n)
			synctest.Wait()
		}
		is(false)
		is(true)
		is(false)
		if asked != 0 {
			t.Fatal("asked although nobody writes")
		}
		d.says(peer, hello(bob), 480)
		if is(false); asked != 1 {
			t.Fatalf("asked %d times", asked)
		}
		code = 480
		for range 3 {
			is(true)
		}
		if asked != 2 {
			t.Fatalf("asked %d times while bob came", asked)
		}
		is(false)
		code = 200
		is(true)
		inEnvelope(t, d.says(peer, hello(bob), 200))
	})
}
