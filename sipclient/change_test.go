package sipclient

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
)

// holding lets alice hold a call, as far as bob has agreed.
func (d *desk) holding(l *line, on bool) *siptest.Message {
	d.t.Helper()
	d.client.Hold("c1", on)
	re := l.p.Expect("INVITE")
	direction := "a=sendrecv"
	if on {
		direction = "a=sendonly"
	}
	if re.Tag("To") != "b1" || re.URI() != "sip:bob@198.51.100.7:5070" || !strings.Contains(string(re.Body), direction) {
		d.t.Fatalf("%s", re)
	}
	return re
}

// within answers a request of alice's within the dialog.
func (l *line) within(request *siptest.Message, code int, sdp string, headers ...string) {
	kind := ""
	if sdp != "" {
		kind = "application/sdp"
	}
	l.p.ReplyBody(request, code, kind, []byte(sdp), append([]string{"Contact: <sip:bob@198.51.100.7:5070>"}, headers...)...)
}

func TestTheUserHoldsACall(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.talking(peer, m)
		re := d.holding(l, true)
		quiet[CallChanged](d) // it is so when he has agreed
		l.within(re, 100, "")
		l.within(re, 200, bobOffer+"a=recvonly\r\n", "Contact: <sip:bob@198.51.100.9:5090>")
		if ack := peer.Expect("ACK"); ack.Get("CSeq") != "2 ACK" || ack.URI() != "sip:bob@198.51.100.9:5090" {
			t.Errorf("%s", ack)
		}
		if c := next[CallChanged](d).Call; !c.Held || c.Waiting || c.State != CallActive {
			t.Errorf("%+v", c)
		}
		l.within(re, 200, bobOffer) // the ACK was lost
		if ack := peer.Expect("ACK"); ack.Get("CSeq") != "2 ACK" {
			t.Errorf("%s", ack)
		}
		d.client.Hold("c1", true)
		d.client.Hold("c1", false)
		re = peer.Expect("INVITE")
		if re.URI() != "sip:bob@198.51.100.9:5090" || re.Get("CSeq") != "3 INVITE" {
			t.Errorf("%s", re)
		}
		l.within(re, 200, bobOffer)
		peer.Expect("ACK")
		if c := next[CallChanged](d).Call; c.Held {
			t.Errorf("%+v", c)
		}
		if did := m.did(); did != "offer true, take, offer false, take" {
			t.Error(did)
		}
	})
}

func TestWhatTheUserWantsLastCounts(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.placed(peer, m)
		d.client.Hold("c1", true) // nobody has answered yet
		l.reply(200, bobOffer)
		peer.Expect("ACK")
		d.until(CallActive)
		re := peer.Expect("INVITE")
		d.client.Hold("c1", false) // while bob thinks
		synctest.Wait()
		for _, m := range peer.Waiting() {
			t.Errorf("sent beside another: %s", m.First)
		}
		l.within(re, 200, bobOffer)
		peer.Expect("ACK")
		if c := next[CallChanged](d).Call; !c.Held {
			t.Errorf("%+v", c)
		}
		l.within(peer.Expect("INVITE"), 200, bobOffer)
		if c := next[CallChanged](d).Call; c.Held {
			t.Errorf("%+v", c)
		}
	})
}

func TestAHoldThatIsRefused(t *testing.T) {
	for _, c := range []struct {
		code int
		why  CallEnd // 0 when the call goes on
		bye  bool
	}{{488, 0, false}, {403, 0, false}, {500, 0, false}, {415, 0, false}, {481, EndedFailed, false}, {408, EndedFailed, true}} {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			m := &sound{}
			l := d.talking(peer, m)
			l.within(d.holding(l, true), c.code, "")
			peer.Expect("ACK")
			if c.why != 0 {
				d.ends(c.why, c.code)
				if c.bye {
					peer.Expect("BYE")
				}
				return
			}
			if got := next[CallChanged](d).Call; got.Held || got.State != CallActive {
				t.Errorf("%d: %+v", c.code, got)
			}
			time.Sleep(time.Minute)
			quiet[CallChanged](d)
			l.within(d.holding(l, true), 200, bobOffer) // asked again
			if got := next[CallChanged](d).Call; !got.Held {
				t.Errorf("%d: %+v", c.code, got)
			}
		})
	}
}

func TestAHoldThatNobodyAnswersEndsTheCall(t *testing.T) {
	for _, rings := range []bool{false, true} {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			l := d.talking(peer, &sound{})
			re := d.holding(l, true)
			if rings {
				l.within(re, 100, "")
				peer.Expect("CANCEL")
			}
			d.ends(EndedFailed, 0)
			peer.Expect("BYE")
		})
	}
}

func TestAnUnusableAnswerToAHoldEndsTheCall(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.talking(peer, m)
		m.deaf = errNoCodec
		l.within(d.holding(l, true), 200, bobOffer)
		peer.Expect("ACK")
		peer.Expect("BYE")
		d.ends(EndedFailed, 488)
	})
}

func TestAHoldThatTheSoundCannotOffer(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		d.talking(peer, m)
		m.noOffer = errNoCodec
		d.client.Hold("c1", true)
		if c := next[CallChanged](d).Call; c.Held || c.State != CallActive {
			t.Errorf("%+v", c)
		}
	})
}

// RFC 3261 section 14.1: both hold at once; each refuses the other's, and whoever has made the call waits longer.
func TestBothHoldAtOnce(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.talking(peer, &sound{})
		re := d.holding(l, true)
		if code := peer.Response(l.send("INVITE", bobHolds)).Code(); code != 491 {
			t.Errorf("his was answered %d", code)
		}
		if code := peer.Response(l.send("UPDATE", bobHolds)).Code(); code != 491 {
			t.Errorf("his UPDATE was answered %d", code)
		}
		l.within(re, 491, "")
		peer.Expect("ACK")
		synctest.Wait()
		begun := time.Now()
		his := l.send("INVITE", bobHolds)
		if code := peer.Response(his).Code(); code != 200 {
			t.Errorf("his second was answered %d", code)
		}
		l.ack(his, "")
		if c := next[CallChanged](d).Call; !c.Waiting || c.Held {
			t.Errorf("%+v", c)
		}
		l.within(peer.Expect("INVITE"), 200, bobHolds)
		if waited := time.Since(begun); waited < 2100*time.Millisecond || waited > 4*time.Second {
			t.Errorf("waited %v", waited)
		}
		if c := next[CallChanged](d).Call; !c.Waiting || !c.Held {
			t.Errorf("%+v", c)
		}
	})
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, c := d.confirmed(peer, &sound{})
		d.client.Hold(c.ID, true)
		l.within(peer.Expect("INVITE"), 491, "")
		begun := time.Now()
		peer.Expect("INVITE")
		if waited := time.Since(begun); waited > 2*time.Second {
			t.Errorf("who was called waited %v", waited)
		}
	})
}

func TestTheOtherSideHoldsACall(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l, _ := d.confirmed(peer, m)
		for _, c := range []struct {
			method, sdp string
			waiting     bool
		}{
			{"INVITE", bobHolds, true},
			{"INVITE", bobOffer, false},
			{"UPDATE", strings.Replace(bobOffer, "c=IN IP4 198.51.100.7", "c=IN IP4 0.0.0.0", 1), true},
			{"UPDATE", bobOffer, false},
			{"INVITE", bobOffer + "a=inactive\r\n", true},
		} {
			request := l.send(c.method, c.sdp, "Contact: <sip:bob@198.51.100.8:5080>")
			res := peer.Response(request)
			if res.Code() != 200 || res.Get("Content-Type") != "application/sdp" || len(res.Body) == 0 || res.Address("Contact") == "" {
				t.Errorf("%s", res)
			}
			if c.method == "INVITE" {
				l.ack(request, "")
			}
			if got := next[CallChanged](d).Call; got.Waiting != c.waiting || got.State != CallActive || got.Held {
				t.Errorf("%q: %+v", c.sdp, got)
			}
		}
		time.Sleep(time.Minute)
		quiet[CallChanged](d)
		if did := m.did(); did != "answer, answer, answer, answer, answer" {
			t.Error(did)
		}
	})
}

func TestAChangeThatWeCannotHaveKeepsTheCall(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l, c := d.confirmed(peer, m)
		m.noAnswer = errNoCodec
		for _, method := range []string{"INVITE", "UPDATE"} {
			if code := peer.Response(l.send(method, bobOffer, "Contact: <sip:elsewhere@198.51.100.8>")).Code(); code != 488 {
				t.Errorf("%s was answered %d", method, code)
			}
			if code := peer.Response(l.send(method, bobOffer, "Content-Type: text/plain")).Code(); code != 415 {
				t.Errorf("%s was answered %d", method, code)
			}
		}
		quiet[CallChanged](d)
		d.client.HangUp(c.ID)
		if bye := peer.Expect("BYE"); bye.URI() != "sip:bob@198.51.100.7:5070" {
			t.Errorf("a change that is refused has no new address: %s", bye)
		}
	})
}

func TestAChangeWithoutAnOfferGetsOurs(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l, c := d.confirmed(peer, m)
		re := l.send("INVITE", "")
		if res := peer.Response(re); res.Code() != 200 || len(res.Body) == 0 {
			t.Errorf("%s", res)
		}
		// Until he has answered nobody else may offer.
		if code := peer.Response(l.send("UPDATE", bobOffer)).Code(); code != 491 {
			t.Errorf("UPDATE was answered %d", code)
		}
		d.client.Hold(c.ID, true)
		synctest.Wait()
		l.ack(re, bobHolds)
		if c := next[CallChanged](d).Call; !c.Waiting {
			t.Errorf("%+v", c)
		}
		l.within(peer.Expect("INVITE"), 200, bobHolds)
		if c := next[CallChanged](d).Call; !c.Held {
			t.Errorf("%+v", c)
		}
		if did := m.did(); did != "offer false, take, offer true, take" {
			t.Error(did)
		}
		re = l.send("INVITE", "")
		peer.Response(re)
		l.ack(re, "")
		peer.Expect("BYE")
		d.ends(EndedFailed, 488)
	})
}

func TestAChangeThatIsNeverAcknowledgedEndsTheCall(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, _ := d.confirmed(peer, &sound{})
		peer.Response(l.send("INVITE", bobHolds))
		peer.Expect("BYE")
		d.ends(EndedFailed, 0)
	})
}

// A re-INVITE can overtake the ACK of the INVITE; whoever sends it has the answer.
func TestAChangeStandsForTheAckThatWasLost(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, c := d.called(peer, bobOffer)
		d.client.Answer(c.ID, &sound{})
		l.answered(t)
		d.until(CallAnswering)
		re := l.send("INVITE", bobHolds)
		if code := peer.Response(re).Code(); code != 200 {
			t.Errorf("answered %d", code)
		}
		l.ack(re, "")
		if c := next[CallChanged](d).Call; c.State != CallActive || !c.Waiting {
			t.Errorf("%+v", c)
		}
		time.Sleep(time.Minute)
		quiet[CallChanged](d)
	})
}

func TestHangingUpWhileACallChanges(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.talking(peer, &sound{})
		re := d.holding(l, true)
		d.client.HangUp("c1")
		d.ends(EndedHere, 0)
		bye := peer.Expect("BYE")
		l.within(re, 200, bobOffer)
		if ack := peer.Expect("ACK"); ack.Get("CSeq") != "2 ACK" {
			t.Errorf("%s", ack)
		}
		peer.Reply(bye, 200)
		if code := peer.Response(l.send("BYE", "")).Code(); code != 200 {
			t.Errorf("his BYE that has crossed ours was answered %d", code)
		}
		quiet[CallChanged](d)
	})
}
