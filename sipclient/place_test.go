package sipclient

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
)

// inCall runs a test with alice signed in.
func inCall(t *testing.T, f func(d *desk, peer *siptest.Peer)) {
	t.Helper()
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		f(d, d.signIn())
	})
}

func TestACallIsPlacedRingsAndIsAnswered(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.placed(peer, m)
		for name, want := range map[string]string{
			"Supported": "100rel, replaces, timer", "Session-Expires": "1800", "Allow": allowedMethods,
		} {
			if got := l.invite.Get(name); got != want {
				t.Errorf("%s is %q", name, got)
			}
		}
		l.reply(100, "")
		l.reply(180, "")
		if c := next[CallChanged](d).Call; c.State != CallRinging || c.Media {
			t.Errorf("%+v", c)
		}
		l.reply(183, bobOffer)
		if c := next[CallChanged](d).Call; c.State != CallEarly || !c.Media {
			t.Errorf("%+v", c)
		}
		l.reply(180, "")
		quiet[CallChanged](d)
		l.reply(200, bobOffer)
		peer.Expect("ACK")
		if c := next[CallChanged](d).Call; c.State != CallActive || !c.Media {
			t.Errorf("%+v", c)
		}
		if did := m.did(); did != "offer false, take" {
			t.Errorf("the same description was taken twice: %s", did)
		}
		bye := l.send("BYE", "", `Reason: Q.850;cause=16, SIP;cause=200`, `Reason: SIP;cause=480;text="Gone \"home\""`)
		if code := peer.Response(bye).Code(); code != 200 {
			t.Errorf("BYE was answered %d", code)
		}
		if c := d.ends(EndedByPeer, 0); c.Reason.Raw() != `Gone "home"` {
			t.Errorf("%+v", c)
		}
		if did := m.did(); did != "close" {
			t.Error(did)
		}
		if code := peer.Response(l.send("INVITE", bobOffer)).Code(); code != 481 {
			t.Errorf("after the end: %d", code)
		}
	})
}

func TestProvisionalAnswersInOneSegmentKeepTheirOrder(t *testing.T) {
	for range 20 {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			l := d.placed(peer, &sound{})
			var burst []byte
			for _, code := range []string{"180 Ringing", "183 Session Progress", "200 OK"} {
				m := &siptest.Message{First: "SIP/2.0 " + code, Headers: []siptest.Header{
					{Name: "Via", Value: l.invite.Get("Via")},
					{Name: "From", Value: l.invite.Get("From")},
					{Name: "To", Value: l.mine},
					{Name: "Call-ID", Value: l.invite.Get("Call-ID")},
					{Name: "CSeq", Value: "1 INVITE"},
					{Name: "Contact", Value: "<sip:bob@198.51.100.7:5070>"},
				}}
				if code != "180 Ringing" {
					m.Headers = append(m.Headers, siptest.Header{Name: "Content-Type", Value: "application/sdp"})
					m.Body = []byte(bobOffer)
				}
				burst = append(burst, m.Bytes()...)
			}
			// He hangs up in the same breath: the BYE has to find the call.
			bye := &siptest.Message{First: "BYE " + l.target + " SIP/2.0", Headers: []siptest.Header{
				{Name: "Via", Value: "SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bKbye"},
				{Name: "Max-Forwards", Value: "70"},
				{Name: "From", Value: l.mine},
				{Name: "To", Value: l.theirs},
				{Name: "Call-ID", Value: l.invite.Get("Call-ID")},
				{Name: "CSeq", Value: "9 BYE"},
			}}
			peer.Raw(append(burst, bye.Bytes()...))
			for _, want := range []CallState{CallRinging, CallEarly, CallActive, CallEnded} {
				if c := next[CallChanged](d).Call; c.State != want {
					t.Fatalf("%+v, want state %d", c, want)
				}
			}
			if code := peer.Response(bye).Code(); code != 200 {
				t.Fatalf("BYE was answered %d", code)
			}
		})
	}
}

func TestHowAPlacedCallIsRefused(t *testing.T) {
	for _, c := range []struct {
		code   int
		why    CallEnd
		target string
	}{
		{302, EndedRefused, "sip:carol@contoso.com"},
		{400, EndedRefused, ""},
		{403, EndedRefused, ""},
		{404, EndedRefused, ""},
		{408, EndedNoAnswer, ""},
		{415, EndedRefused, ""},
		{422, EndedRefused, ""},
		{480, EndedRefused, ""},
		{486, EndedRefused, ""},
		{487, EndedNoAnswer, ""},
		{488, EndedRefused, ""},
		{500, EndedRefused, ""},
		{503, EndedRefused, ""},
		{600, EndedRefused, ""},
		{603, EndedRefused, ""},
		{401, EndedRefused, ""}, // by somebody whom we give no credentials
		{407, EndedRefused, ""}, // by somebody who asks for none
	} {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			m := &sound{}
			l := d.placed(peer, m)
			l.reply(180, "")
			l.reply(c.code, "", "Contact: <sip:carol@contoso.com:5080;transport=tcp>", `WWW-Authenticate: Digest realm="elsewhere.invalid", nonce="n"`)
			if ack := peer.Expect("ACK"); ack.Get("Via") != l.invite.Get("Via") {
				t.Errorf("%d: %s", c.code, ack)
			}
			if e := d.ends(c.why, c.code); e.Target != c.target || e.Reason.Empty() {
				t.Errorf("%d: %+v", c.code, e)
			}
			if did := m.did(); did != "offer false, close" {
				t.Errorf("%d: %s", c.code, did)
			}
		})
	}
}

// insistent is a Media that has another offer when the first is not taken.
type insistent struct{ sound }

func (m *insistent) Insist() bool { m.note("insist"); return m.offered == 1 }

// Somebody who takes encrypted sound only refuses what leaves the choice (488): what is offered then is another INVITE.
func TestAnOfferThatIsNotTakenIsFollowedByAnother(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &insistent{}
		d.client.Call("c1", bob, m)
		first := peer.Expect("INVITE")
		peer.Reply(first, 488)
		second := peer.Expect("INVITE")
		if second.Get("CSeq") != "2 INVITE" || second.Get("Call-ID") != first.Get("Call-ID") || string(second.Body) == string(first.Body) {
			t.Errorf("%s", second)
		}
		peer.Reply(second, 488)
		d.ends(EndedRefused, 488)
		if did := m.did(); did != "offer false, insist, offer false, insist, close" {
			t.Error(did)
		}
	})
}

func TestACallNeedsAnAddressASoundAndAServer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		off, mute, lost := &sound{}, &sound{noOffer: errNoCodec}, &sound{}
		d.client.Call("off", bob, off)
		d.ends(EndedFailed, 0)
		d.signIn()
		d.client.Call("lost", "no address", lost)
		d.ends(EndedRefused, 404)
		d.client.Call("mute", bob, mute)
		d.ends(EndedFailed, 0)
		for _, m := range []*sound{off, lost, mute} {
			if did := m.did(); !strings.HasSuffix(did, "close") {
				t.Error(did)
			}
		}
		twice := &sound{}
		d.client.Call("one", bob, &sound{})
		d.client.Call("one", bob, twice)
		synctest.Wait()
		if did := twice.did(); did != "close" {
			t.Errorf("a second call of the same ID: %s", did)
		}
	})
}

func TestACallIsTakenBack(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.placed(peer, m)
		l.reply(180, "")
		d.until(CallRinging)
		d.client.HangUp("c1")
		d.ends(EndedHere, 0)
		cancel := peer.Expect("CANCEL")
		if cancel.Get("Via") != l.invite.Get("Via") || cancel.URI() != l.invite.URI() || cancel.Get("CSeq") != "1 CANCEL" || cancel.Tag("To") != "" {
			t.Errorf("%s", cancel)
		}
		peer.Reply(cancel, 200)
		l.reply(487, "")
		peer.Expect("ACK")
		quiet[CallChanged](d)
		if did := m.did(); did != "offer false, close" {
			t.Error(did)
		}
		remembered(t, d, 0)
	})
}

// remembered checks how many calls the client still knows.
func remembered(t *testing.T, d *desk, want int) {
	t.Helper()
	synctest.Wait()
	got := make(chan int)
	d.client.loop.post(func() { got <- len(d.client.calls.byTag) })
	if n := <-got; n != want {
		t.Errorf("%d calls are remembered, want %d", n, want)
	}
}

// RFC 3261 section 9.1: a CANCEL that overtakes its INVITE would be lost.
func TestACancelWaitsForAnAnswer(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.placed(peer, &sound{})
		d.client.HangUp("c1")
		d.ends(EndedHere, 0)
		time.Sleep(time.Second)
		for _, m := range peer.Waiting() {
			t.Errorf("too early: %s", m.First)
		}
		l.reply(100, "")
		peer.Reply(peer.Expect("CANCEL"), 200)
		l.reply(487, "")
		peer.Expect("ACK")
		remembered(t, d, 0)
	})
}

func TestACancelThatComesTooLateHangsUp(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.placed(peer, m)
		l.reply(180, "")
		d.until(CallRinging)
		d.client.HangUp("c1")
		cancel := peer.Expect("CANCEL")
		l.reply(200, bobOffer)
		peer.Reply(cancel, 200)
		ack := peer.Expect("ACK")
		bye := peer.Expect("BYE")
		if bye.URI() != "sip:bob@198.51.100.7:5070" || bye.Tag("To") != "b1" || bye.Get("CSeq") != "2 BYE" || ack.Get("CSeq") != "1 ACK" {
			t.Errorf("%s%s", ack, bye)
		}
		peer.Reply(bye, 200)
		l.reply(200, bobOffer) // the ACK was lost
		peer.Expect("ACK")
		d.ends(EndedHere, 0)
		if did := m.did(); did != "offer false, close" {
			t.Error(did)
		}
		time.Sleep(lingers)
		remembered(t, d, 0)
	})
}

func TestNobodyAnswers(t *testing.T) {
	t.Run("not even the server", func(t *testing.T) {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			d.placed(peer, &sound{})
			begun := time.Now()
			d.ends(EndedNoAnswer, 0)
			if took := time.Since(begun); took != transactionTime {
				t.Errorf("took %v", took)
			}
			remembered(t, d, 0)
		})
	})
	t.Run("it rings and rings", func(t *testing.T) {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			l := d.placed(peer, &sound{})
			l.reply(180, "")
			begun := time.Now()
			d.ends(EndedNoAnswer, 0)
			if took := time.Since(begun); took != ringsMost {
				t.Errorf("took %v", took)
			}
			peer.Expect("CANCEL") // and nobody answers that either
			time.Sleep(lingers)
			remembered(t, d, 0)
		})
	})
}

func TestEveryDeviceThatAnswersIsToldTheFirstHasTheCall(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		one := d.placed(peer, m)
		two := callee(peer, one.invite, "b2")
		one.reply(180, "")
		two.reply(183, bobHolds)
		one.reply(183, bobOffer)
		if c := d.until(CallEarly); !c.Media {
			t.Errorf("%+v", c)
		}
		two.reply(200, bobHolds)
		if ack := peer.Expect("ACK"); ack.Tag("To") != "b2" {
			t.Errorf("%s", ack)
		}
		if c := d.until(CallActive); !c.Waiting {
			t.Errorf("the description of another device counts: %+v", c)
		}
		one.reply(200, bobOffer)
		if ack := peer.Expect("ACK"); ack.Tag("To") != "b1" {
			t.Errorf("%s", ack)
		}
		bye := peer.Expect("BYE")
		if bye.Tag("To") != "b1" {
			t.Errorf("%s", bye)
		}
		peer.Reply(bye, 200)
		one.reply(200, bobOffer)
		two.reply(200, bobHolds)
		for range 2 {
			peer.Expect("ACK")
		}
		time.Sleep(time.Minute) // far beyond the transaction: sipgo knows it no more
		two.reply(200, bobHolds)
		if ack := peer.Expect("ACK"); ack.Tag("To") != "b2" {
			t.Errorf("%s", ack)
		}
		three := callee(peer, one.invite, "b3")
		three.reply(200, bobOffer)
		peer.Expect("ACK")
		if bye := peer.Expect("BYE"); bye.Tag("To") != "b3" {
			t.Errorf("%s", bye)
		}
		quiet[CallChanged](d)
		if did := m.did(); did != "offer false, take, take, take" {
			t.Error(did)
		}
	})
}

func TestAnAnswerThatNobodyCanUseEndsTheCall(t *testing.T) {
	for name, deaf := range map[string]error{"refused by the sound": errNoCodec, "missing": nil} {
		t.Run(name, func(t *testing.T) {
			inCall(t, func(d *desk, peer *siptest.Peer) {
				m := &sound{deaf: deaf}
				l := d.placed(peer, m)
				answer := bobOffer
				if deaf == nil {
					answer = ""
				}
				l.reply(200, answer)
				peer.Expect("ACK")
				peer.Reply(peer.Expect("BYE"), 200)
				d.ends(EndedFailed, 488)
			})
		})
	}
}

func TestAChallengedCallIsPlacedAgain(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		account := siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"}
		l := d.placed(peer, &sound{})
		peer.Reply(l.invite, 407, "Proxy-Authenticate: "+account.Challenge())
		peer.Expect("ACK")
		again := peer.Expect("INVITE")
		if again.Get("CSeq") != "2 INVITE" || again.Get("Proxy-Authorization") == "" || again.Get("Call-ID") != l.invite.Get("Call-ID") {
			t.Fatalf("%s", again)
		}
		l = callee(peer, again, "b1")
		l.reply(200, bobOffer)
		ack := peer.Expect("ACK")
		if ack.Get("CSeq") != "2 ACK" || ack.Get("Proxy-Authorization") != again.Get("Proxy-Authorization") {
			t.Errorf("%s", ack)
		}
		d.until(CallActive)
		d.client.HangUp("c1")
		if bye := peer.Expect("BYE"); bye.Get("CSeq") != "3 BYE" {
			t.Errorf("%s", bye)
		}
	})
}

func TestACallTakenBackDuringTheChallengeIsNotPlacedAgain(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		account := siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"}
		l := d.placed(peer, &sound{})
		d.client.HangUp("c1")
		d.ends(EndedHere, 0)
		peer.Reply(l.invite, 407, "Proxy-Authenticate: "+account.Challenge())
		peer.Expect("ACK")
		synctest.Wait()
		for _, m := range peer.Waiting() {
			t.Errorf("sent %s", m.First)
		}
		remembered(t, d, 0)
	})
}

func TestTheRouteOfTheAnswerIsTaken(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.placed(peer, &sound{})
		l.reply(200, bobOffer, "Record-Route: <sip:near@192.0.2.1;lr>", "Record-Route: <sip:far@192.0.2.2;lr>")
		ack := peer.Expect("ACK")
		// addLines keeps the last of a name only, so the order is checked with what arrives.
		if got := ack.All("Route"); len(got) == 0 || !strings.Contains(got[0], "sip:far@") {
			t.Errorf("%s", ack)
		}
	})
}
