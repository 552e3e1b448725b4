package sipclient

import (
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
)

// What Media offers is offered anew when the owner says so, held or not, and once for what was said in the meantime.
func TestACallIsOfferedAnew(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.placed(peer, m)
		d.client.Renew("c1") // nobody has answered yet
		l.reply(200, bobOffer)
		peer.Expect("ACK")
		d.until(CallActive)
		re := peer.Expect("INVITE")
		d.client.Renew("c1")
		d.client.Renew("c1") // while bob thinks
		l.within(re, 200, bobOffer)
		peer.Expect("ACK")
		l.within(peer.Expect("INVITE"), 200, bobOffer)
		peer.Expect("ACK")
		synctest.Wait()
		for _, m := range peer.Waiting() {
			t.Errorf("sent once more: %s", m.First)
		}
		if did := m.did(); did != "offer false, take, offer false, take, offer false, take" || m.kept != 0 {
			t.Errorf("%s, kept %d", did, m.kept)
		}
		d.client.Renew("gone")
	})
}

// Whom it is refused to is told, and the call goes on as it was.
func TestARefusedChangeIsTold(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.talking(peer, m)
		d.client.Renew("c1")
		l.within(peer.Expect("INVITE"), 488, "")
		peer.Expect("ACK")
		if c := next[CallChanged](d).Call; c.State != CallActive || m.kept != 1 {
			t.Errorf("%+v, kept %d", c, m.kept)
		}
		re := d.holding(l, true)
		d.client.Renew("c1") // it is not said yet when the hold is refused
		l.within(re, 488, "")
		peer.Expect("ACK")
		l.within(peer.Expect("INVITE"), 200, bobOffer)
		if peer.Expect("ACK"); m.kept != 1 {
			t.Errorf("kept %d", m.kept)
		}
	})
}

// A change that collides with one of the other side's is said again (RFC 3261 section 14.1).
func TestAChangeThatCollidesIsSaidAgain(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.talking(peer, m)
		d.client.Renew("c1")
		l.within(peer.Expect("INVITE"), 491, "")
		peer.Expect("ACK")
		begun := time.Now()
		l.within(peer.Expect("INVITE"), 200, bobOffer)
		if peer.Expect("ACK"); time.Since(begun) < 2100*time.Millisecond || m.kept != 0 {
			t.Errorf("after %v, kept %d", time.Since(begun), m.kept)
		}
	})
}

// An incoming call says whether its caller offers a picture that could be shown.
func TestAnIncomingVideoCallSaysSo(t *testing.T) {
	for offer, want := range map[string]bool{
		bobOffer: false,
		bobOffer + "m=video 6002 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n": true,
		bobOffer + "m=video 6002 RTP/AVP 34\r\n":                          false,
		bobOffer + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n":    false,
	} {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			if _, c := d.called(peer, offer); c.Video != want {
				t.Errorf("%v of\n%s", c.Video, offer)
			}
		})
	}
}
