package sipclient

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/iscomposing"
)

// types is bob's program saying that he types, or has stopped.
func (d *desk) types(peer *siptest.Peer, n iscomposing.Notice) {
	d.t.Helper()
	m := peer.Send("MESSAGE", bob, "sip:alice@contoso.com", iscomposing.MediaType, string(iscomposing.Build(n)))
	if code := peer.Response(m).Code(); code != 200 {
		d.t.Fatalf("a typing notice was answered %d", code)
	}
	synctest.Wait()
}

// typing takes the TypingChanged events that have come.
func (d *desk) typing() string {
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, e := range d.events {
		switch e := e.(type) {
		case TypingChanged:
			all = append(all, map[bool]string{true: "typing", false: "idle"}[e.Typing])
			if e.URI != bob {
				d.t.Errorf("%+v", e)
			}
		case MessageReceived:
			all = append(all, e.Message.Body.Raw())
		}
	}
	d.events = nil
	return strings.Join(all, " ")
}

func (d *desk) told(want string) {
	d.t.Helper()
	if got := d.typing(); got != want {
		d.t.Errorf("told %q, want %q", got, want)
	}
}

func TestTypingBeginsAndEnds(t *testing.T) {
	active := iscomposing.Notice{Active: true}
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.types(peer, iscomposing.Notice{})
		d.told("")
		d.types(peer, active)
		d.types(peer, active)
		d.told("typing")
		d.types(peer, iscomposing.Notice{})
		d.told("idle")

		d.types(peer, active) // RFC 3994 section 3.3: two minutes when it does not say
		time.Sleep(119 * time.Second)
		d.told("typing")
		d.types(peer, iscomposing.Notice{Active: true, Refresh: 90 * time.Second})
		time.Sleep(89 * time.Second)
		d.told("")
		time.Sleep(time.Second)
		d.told("idle")

		d.types(peer, active)
		d.receive(peer, "hello")
		d.told("typing idle hello")
		time.Sleep(time.Hour)
		d.told("")

		d.types(peer, iscomposing.Notice{Active: true, ContentType: "audio/ogg"})
		peer.Response(peer.Send("MESSAGE", bob, "sip:alice@contoso.com", iscomposing.MediaType, "<junk"))
		d.told("")
	})
}

// A slow disk holds a message back. What is typed after it is told after it.
func TestTypingKeepsItsPlaceAmongMessages(t *testing.T) {
	var box slowBox
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Inbox = box.take })
		peer := d.signIn()
		d.types(peer, iscomposing.Notice{Active: true})
		d.receive(peer, "one")
		synctest.Wait()
		for range 3 * inboxRoom {
			d.types(peer, iscomposing.Notice{})
			d.types(peer, iscomposing.Notice{Active: true})
		}
		d.told("typing")
		box.done[0](nil)
		d.told("idle one typing")
	})
}

func TestNobodyTypesWhoIsNotAdmitted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Admit = func(Incoming) Verdict { return Verdict{Refuse: 403} } })
		peer := d.signIn()
		m := peer.Send("MESSAGE", bob, "sip:alice@contoso.com", iscomposing.MediaType, string(iscomposing.Build(iscomposing.Notice{Active: true})))
		if code := peer.Response(m).Code(); code != 403 {
			t.Error(code)
		}
		d.told("")
	})
}

func TestNobodyTypesWithoutAConnection(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.types(peer, iscomposing.Notice{Active: true})
		d.told("typing")
		peer.Close()
		next[Disconnected](d)
		time.Sleep(5 * time.Minute) // no timer of the old connection is left
		d.told("")
	})
}

// notices returns the states of what is on the wire and answers each.
func notices(peer *siptest.Peer, n, code int) (all []string) {
	for range n {
		m := peer.Expect("MESSAGE")
		all = append(all, stateOf(m))
		peer.Reply(m, code)
	}
	return all
}

func stateOf(m *siptest.Message) string {
	n, err := iscomposing.Parse(m.Body)
	switch {
	case err != nil:
		return string(m.Body)
	case n.Active:
		return "typing"
	}
	return "idle"
}

func (d *desk) sends(peer *siptest.Peer, want ...string) {
	d.t.Helper()
	if got := notices(peer, len(want), 200); strings.Join(got, " ") != strings.Join(want, " ") {
		d.t.Errorf("sent %v, want %v", got, want)
	}
	synctest.Wait()
	if more := peer.Waiting(); len(more) != 0 {
		d.t.Errorf("sent %d more", len(more))
	}
}

func TestTypingIsSentAndSaysHowLongItHolds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.client.Typing(bob, true)
		m := peer.Expect("MESSAGE")
		n, err := iscomposing.Parse(m.Body)
		if err != nil || !n.Active || n.Holds() != 2*time.Minute || m.Get("Content-Type") != iscomposing.MediaType {
			t.Errorf("%+v, %v, %s", n, err, m.Get("Content-Type"))
		}
		peer.Reply(m, 200)
		d.client.Typing(bob, false)
		d.sends(peer, "idle")
		d.client.Typing("nobody at all", true)
		d.sends(peer)
	})
}

func TestOnlyTheLatestNoticeWaitsForTheOneBefore(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		for _, active := range []bool{true, false, true, false, false} {
			d.client.Typing(bob, active)
		}
		d.sends(peer, "typing", "idle")
		for _, active := range []bool{true, false, true} {
			d.client.Typing(bob, active)
		}
		d.sends(peer, "typing")
	})
}

// The message comes behind the notice, at once or a moment later, and a notice that waits is dropped for it.
func TestAMessageFollowsANotice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.client.Typing(bob, true)
		d.client.Typing(bob, false)
		first := d.sending(context.Background(), hello(bob))
		d.sends(peer, "typing", "hello")
		if got := <-first; got.how != Sent {
			t.Error(got)
		}

		d.client.Typing(bob, true)
		lost := peer.Expect("MESSAGE")
		began := time.Now()
		second := d.sending(context.Background(), hello(bob))
		m := peer.Expect("MESSAGE")
		if stateOf(m) != "hello" || time.Since(began) > noticePatience {
			t.Errorf("%q after %v", stateOf(m), time.Since(began))
		}
		peer.Reply(lost, 407, "Proxy-Authenticate: "+alice.Challenge()) // would bring it back
		peer.Reply(m, 200)
		if got := <-second; got.how != Sent {
			t.Error(got)
		}
		d.sends(peer)
		d.client.Typing(bob, true) // being slow is no refusal
		d.sends(peer, "typing")
	})
}

// Who reads a message and begins to answer sends a receipt and a notice at the same moment, and who writes on
// types while the message before is on its way: the other side sees it each time.
func TestANoticeWaitsForWhatIsOnItsWay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		read := d.acknowledging(Receipt{Peer: bob, ID: "id-1", Of: time.Now(), Seen: true})
		receipt := peer.Expect("MESSAGE")
		for _, active := range []bool{true, false, true} {
			d.client.Typing(bob, active)
		}
		synctest.Wait()
		if early := peer.Waiting(); len(early) != 0 {
			t.Errorf("%d requests beside a receipt", len(early))
		}
		peer.Reply(receipt, 200)
		d.sends(peer, "typing")
		if err := <-read; err != nil {
			t.Error(err)
		}

		first := d.sending(context.Background(), hello(bob))
		slow := peer.Expect("MESSAGE")
		d.client.Typing(bob, true)
		peer.Reply(slow, 200)
		d.sends(peer, "typing")
		if got := <-first; got.how != Sent {
			t.Error(got)
		}

		second := d.sending(context.Background(), hello(bob))
		slow = peer.Expect("MESSAGE")
		d.client.Typing(bob, true)
		third := d.sending(context.Background(), hello(bob)) // says more than the notice
		peer.Reply(slow, 200)
		d.sends(peer, "hello")
		for _, done := range []<-chan sent{second, third} {
			if got := <-done; got.how != Sent {
				t.Error(got)
			}
		}
	})
}

func TestWhoeverRefusesANoticeGetsNoMoreInThisStay(t *testing.T) {
	for _, code := range []int{415, 403, 480, 501} {
		bubble(t, func(t *testing.T) {
			d := newDesk(t, nil)
			peer := d.signIn()
			d.client.Typing(bob, true)
			notices(peer, 1, code)
			d.client.Typing(bob, false)
			d.client.Typing(bob, true)
			d.sends(peer)
			done := d.sending(context.Background(), hello(bob))
			d.sends(peer, "hello")
			if got := <-done; got.how != Sent {
				t.Error(got)
			}
			d.client.Typing("sip:eve@contoso.com", true)
			d.sends(peer, "typing")
		})
	}
}

func TestNoNoticeWaitsForASignIn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		d.client.Typing(bob, true)
		peer := d.signIn()
		d.sends(peer)
		d.client.Typing(bob, true) // never answered: the flow goes
		peer.Expect("MESSAGE")
		d.client.Typing(bob, false)
		peer.Close()
		next[Disconnected](d)
		peer = d.server.Accept()
		peer.Register(siptest.Account{})
		peer.Reply(peer.Expect("SUBSCRIBE"), 489)
		next[SignedIn](d)
		d.sends(peer)
		takesEnvelopes(peer)
		d.client.Typing(bob, true)
		d.sends(peer, "typing")
	})
}
