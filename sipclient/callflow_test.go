package sipclient

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
)

// back signs in again after a loss.
func (d *desk) back() *siptest.Peer {
	d.t.Helper()
	peer := d.server.Accept()
	peer.Register(siptest.Account{})
	peer.Auto("REGISTER", func(m *siptest.Message) { peer.GrantRegister(m, siptest.Account{}) })
	peer.Auto("SUBSCRIBE", func(m *siptest.Message) { peer.Reply(m, 489) })
	return peer
}

func TestACallGoesOnOverTheNextFlow(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.talking(peer, m)
		before := l.target
		peer.Close()
		next[Disconnected](d)
		d.client.Hold("c1", true) // it is said when it can be
		peer = d.back()
		re := peer.Expect("INVITE")
		if re.Address("Contact") == before || re.Tag("To") != "b1" || !strings.Contains(string(re.Body), "sendonly") {
			t.Errorf("%s", re)
		}
		l.p = peer
		l.within(re, 200, bobOffer)
		peer.Expect("ACK")
		if c := next[CallChanged](d).Call; !c.Held || c.State != CallActive {
			t.Errorf("%+v", c)
		}
		time.Sleep(2 * flowWithin)
		l.target = re.Address("Contact")
		if code := peer.Response(l.send("BYE", "")).Code(); code != 200 {
			t.Errorf("BYE was answered %d", code)
		}
		d.ends(EndedByPeer, 0)
	})
}

func TestACallWhoseOtherSideIsGoneAfterTheLossEnds(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		d.talking(peer, &sound{})
		peer.Close()
		peer = d.back()
		peer.Reply(peer.Expect("INVITE"), 481)
		d.ends(EndedFailed, 481)
	})
}

func TestACallEndsWhenNoFlowComesBack(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		d.talking(peer, m)
		d.server.Close()
		peer.Close()
		begun := time.Now()
		d.ends(EndedFailed, 0)
		if took := time.Since(begun); took != flowWithin {
			t.Errorf("ended after %v", took)
		}
		if did := m.did(); did != "close" {
			t.Error(did)
		}
	})
}

func TestHangingUpWithoutAFlowIsSaidLater(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		d.talking(peer, &sound{})
		peer.Close()
		next[Disconnected](d)
		d.client.HangUp("c1")
		d.ends(EndedHere, 0)
		peer = d.back()
		bye := peer.Expect("BYE")
		if bye.Tag("To") != "b1" {
			t.Errorf("%s", bye)
		}
		peer.Reply(bye, 200)
		synctest.Wait()
		for _, m := range peer.Waiting() {
			t.Errorf("sent %s", m.First)
		}
	})
}

func TestWhatRingsEndsWithTheFlow(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		d.placed(peer, m)
		d.called(peer, bobOffer)
		peer.Close()
		for range 2 {
			d.ends(EndedFailed, 0)
		}
		if did := m.did(); did != "offer false, close" {
			t.Error(did)
		}
		remembered(t, d, 0)
	})
}

func TestAnAnswerThatIsNotAcknowledgedOutlivesTheFlow(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, c := d.called(peer, bobOffer)
		d.client.Answer(c.ID, &sound{})
		l.answered(t)
		peer.Close()
		peer = d.back()
		peer.Expect("BYE")
		d.ends(EndedFailed, 0)
	})
}

func TestSignOutHangsUp(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		talking, placed := &sound{}, &sound{}
		d.talking(peer, talking)
		l, _ := d.called(peer, bobOffer)
		d.client.Call("c3", "sip:dana@contoso.com", placed)
		third := callee(peer, peer.Expect("INVITE"), "d1")
		third.reply(180, "")
		for next[CallChanged](d).Call.State != CallRinging {
		}
		done := d.leaving(context.Background())
		peer.Reply(peer.Expect("BYE"), 200)
		if code := peer.Response(l.invite).Code(); code != 480 {
			t.Errorf("the call that rings was answered %d", code)
		}
		synctest.Wait()
		select {
		case <-done:
			t.Fatal("it does not wait for the CANCEL")
		default:
		}
		peer.Reply(peer.Expect("CANCEL"), 200)
		third.reply(487, "")
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		for range 3 {
			d.ends(EndedHere, 0)
		}
		next[SignedOut](d)
		for _, m := range []*sound{talking, placed} {
			if did := m.did(); !strings.HasSuffix(did, "close") {
				t.Error(did)
			}
		}
		remembered(t, d, 0)
	})
}

func TestSignOutFromPeopleWhoDoNotAnswerIsBounded(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		d.talking(peer, &sound{})
		begun := time.Now()
		_ = d.client.SignOut(context.Background())
		if took := time.Since(begun); took > signOutWithin {
			t.Errorf("took %v", took)
		}
		remembered(t, d, 0)
	})
}

func TestCloseGivesTheSoundBack(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		d.talking(peer, m)
		_ = d.client.Close()
		if did := m.did(); did != "close" {
			t.Error(did)
		}
		late := &sound{}
		d.client.Call("late", bob, late)
		d.client.Answer("late", late)
		if did := late.did(); did != "close, close" {
			t.Error(did)
		}
	})
}

func TestCallsOverDatagrams(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Account.Transport = "udp" })
		peer := d.signIn()
		first := d.placed(peer, &sound{})
		again := peer.Expect("INVITE") // nobody has said anything
		if again.Get("Via") != first.invite.Get("Via") {
			t.Errorf("%s", again)
		}
		first.reply(180, "")
		first.reply(200, bobOffer)
		first.reply(200, bobOffer)
		for range 2 {
			peer.Expect("ACK")
		}
		d.until(CallActive)
		d.client.HangUp("c1")
		peer.Reply(peer.Expect("BYE"), 200)
		d.ends(EndedHere, 0)

		l, c := d.called(peer, bobOffer)
		if code := peer.Provisional(l.invite).Code(); code != 180 {
			t.Errorf("answered %d", code)
		}
		peer.Raw(l.invite.Bytes()) // the 180 was lost
		if code := peer.Provisional(l.invite).Code(); code != 180 {
			t.Errorf("answered %d", code)
		}
		d.client.Answer(c.ID, &sound{})
		for range 3 {
			l.answered(t)
		}
		l.ack(l.invite, "")
		d.until(CallActive)
		peer.Raw(l.invite.Bytes())
		time.Sleep(time.Minute)
		quiet[CallChanged](d)
	})
}

func TestAFloodOfCallsLeavesNothingBehind(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		synctest.Wait()
		before := runtime.NumGoroutine()
		var last *siptest.Message
		for range 2000 {
			last = peer.Send("INVITE", bob, "sip:alice@contoso.com", "application/sdp", bobOffer)
		}
		peer.Response(last)
		synctest.Wait()
		if n := runtime.NumGoroutine() - before; n > 2*ringingMost {
			t.Errorf("%d goroutines more", n)
		}
		time.Sleep(ringsHere)
		synctest.Wait()
		if n := runtime.NumGoroutine() - before; n > 3 { // of this process, where others come and go
			t.Errorf("%d goroutines more when all is over", n)
		}
		remembered(t, d, 0)
	})
}
