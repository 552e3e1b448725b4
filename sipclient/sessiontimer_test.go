package sipclient

import (
	"testing"
	"time"

	"golync/internal/siptest"
)

// Whoever refreshes does so at half of the time, with UPDATE where the other side takes it.
func TestWeRefreshTheSession(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.talking(peer, &sound{}, "Session-Expires: 600;refresher=uac", "Allow: INVITE, UPDATE", "Require: timer")
		begun := time.Now()
		time.Sleep(299 * time.Second)
		update := peer.Expect("UPDATE")
		if took := time.Since(begun); took != 300*time.Second {
			t.Errorf("refreshed after %v", took)
		}
		if update.Get("Session-Expires") != "1800;refresher=uac" || update.Address("Contact") == "" || len(update.Body) != 0 {
			t.Errorf("%s", update)
		}
		l.within(update, 405, "") // it does not, after all
		re := peer.Expect("INVITE")
		l.within(re, 200, bobOffer, "Session-Expires: 1000;refresher=uac")
		peer.Expect("ACK")
		time.Sleep(499 * time.Second)
		re = peer.Expect("INVITE")
		l.within(re, 422, "", "Min-SE: 4000")
		peer.Expect("ACK")
		re = peer.Expect("INVITE")
		if re.Get("Session-Expires") != "4000;refresher=uac" || re.Get("Min-SE") != "4000" {
			t.Errorf("%s", re)
		}
		l.within(re, 200, bobOffer) // no session any more
		peer.Expect("ACK")
		time.Sleep(time.Hour)
		for _, m := range peer.Waiting() {
			if m.Method() != "SUBSCRIBE" { // watcher information is asked for now and then
				t.Errorf("sent %s", m.First)
			}
		}
	})
}

func TestUpdateRefreshesTheSession(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.talking(peer, m, "Session-Expires: 200;refresher=uac", "Allow: INVITE, UPDATE")
		for range 3 {
			time.Sleep(99 * time.Second)
			l.within(peer.Expect("UPDATE"), 200, "", "Session-Expires: 200;refresher=uac")
		}
		if did := m.did(); did != "" {
			t.Errorf("the sound was asked to %s", did)
		}
		time.Sleep(99 * time.Second)
		peer.Reply(peer.Expect("UPDATE"), 481)
		d.ends(EndedFailed, 481)
	})
}

func TestASessionThatNobodyRefreshesEnds(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		d.talking(peer, &sound{}, "Session-Expires: 600;refresher=uas")
		begun := time.Now()
		d.ends(EndedFailed, 0)
		if took := time.Since(begun); took != 600*time.Second-sessionGrace {
			t.Errorf("ended after %v", took)
		}
		peer.Expect("BYE")
	})
}

func TestARefusedRefreshEndsTheCallInTime(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.talking(peer, &sound{}, "Session-Expires: 90;refresher=uac")
		begun := time.Now()
		re := peer.Expect("INVITE")
		l.within(re, 500, "")
		peer.Expect("ACK")
		d.ends(EndedFailed, 0)
		if took := time.Since(begun); took != time.Minute {
			t.Errorf("ended after %v", took)
		}
	})
}

func TestTheSessionOfACallThatComes(t *testing.T) {
	for _, c := range []struct {
		headers       []string
		want, require string
		ours          bool
	}{
		{nil, "", "", false},
		{[]string{"Session-Expires: 600"}, "600;refresher=uas", "", true}, // put in by a proxy
		{[]string{"Session-Expires: 60"}, "90;refresher=uas", "", true},
		{[]string{"Session-Expires: 600", "Supported: timer"}, "600;refresher=uac", "timer", false},
		{[]string{"x: 600 ; Refresher = UAS", "Supported: 100rel, timer"}, "600;refresher=uas", "", true},
	} {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			l, call := d.called(peer, bobOffer, c.headers...)
			d.client.Answer(call.ID, &sound{})
			res := l.answered(t)
			if res.Get("Session-Expires") != c.want || res.Get("Require") != c.require {
				t.Errorf("%q: %s", c.headers, res)
			}
			l.ack(l.invite, "")
			d.until(CallActive)
			switch {
			case c.want == "":
				time.Sleep(time.Hour)
				quiet[CallChanged](d)
			case c.ours:
				time.Sleep(44 * time.Second)
				if c.want != "90;refresher=uas" {
					time.Sleep(255 * time.Second)
				}
				l.within(peer.Expect("INVITE"), 200, bobOffer, "Session-Expires: 600;refresher=uas")
				peer.Expect("ACK")
				update := l.send("UPDATE", "", "Session-Expires: 300;refresher=uac", "Supported: timer")
				if res := peer.Response(update); res.Get("Session-Expires") != "300;refresher=uac" {
					t.Errorf("%s", res)
				}
				d.ends(EndedFailed, 0)
			default:
				d.ends(EndedFailed, 0)
				peer.Expect("BYE")
			}
		})
	}
}

func TestASessionThatIsTooBriefForTheOtherSide(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.placed(peer, &sound{})
		peer.Reply(l.invite, 422, "Min-SE: 3600")
		peer.Expect("ACK")
		again := peer.Expect("INVITE")
		if again.Get("Session-Expires") != "3600" || again.Get("Min-SE") != "3600" || again.Get("CSeq") != "2 INVITE" {
			t.Errorf("%s", again)
		}
		peer.Reply(again, 422, "Min-SE: 3600") // it has what it wants
		peer.Expect("ACK")
		d.ends(EndedRefused, 422)
	})
}
