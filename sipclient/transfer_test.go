package sipclient

import (
	"strings"
	"testing"
	"time"

	"golync/internal/siptest"
)

// tells sends what bob hears of the call that he makes for us.
func (l *line) tells(state, fragment string) int {
	return l.p.Response(l.send("NOTIFY", fragment, "Content-Type: message/sipfrag;version=2.0", "Event: refer;id=2", "Subscription-State: "+state)).Code()
}

func TestACallIsTransferred(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		m := &sound{}
		l := d.talking(peer, m)
		d.client.Transfer("c1", "sip:Dana@contoso.com")
		refer := peer.Expect("REFER")
		if refer.Get("Refer-To") != "<sip:Dana@contoso.com>" || refer.Get("Referred-By") != "<sip:alice@contoso.com>" || refer.Tag("To") != "b1" {
			t.Errorf("%s", refer)
		}
		if c := next[CallChanged](d).Call; c.Transfer != TransferAsked || c.State != CallActive {
			t.Errorf("%+v", c)
		}
		peer.Reply(refer, 202)
		d.client.Transfer("c1", "sip:eve@contoso.com") // one at a time
		next[CallChanged](d)
		for _, c := range []struct {
			state, fragment string
			want            TransferState
		}{
			{"active;expires=60", "SIP/2.0 100 Trying\r\n", TransferAsked},
			{"active;expires=60", "SIP/2.0 180 Ringing", TransferRinging},
		} {
			if code := l.tells(c.state, c.fragment); code != 200 {
				t.Errorf("NOTIFY was answered %d", code)
			}
			if c.want == TransferRinging {
				if got := next[CallChanged](d).Call; got.Transfer != c.want {
					t.Errorf("%+v", got)
				}
			}
		}
		if code := l.tells("terminated;reason=noresource", "SIP/2.0 200 OK\r\n"); code != 200 {
			t.Errorf("NOTIFY was answered %d", code)
		}
		peer.Reply(peer.Expect("BYE"), 200)
		if c := d.ends(EndedHere, 0); c.Transfer != TransferDone {
			t.Errorf("%+v", c)
		}
		if code := l.tells("terminated", "SIP/2.0 200 OK\r\n"); code != 481 {
			t.Errorf("after the end it was answered %d", code)
		}
	})
}

func TestATransferThatComesToNothingKeepsTheCall(t *testing.T) {
	for name, f := range map[string]func(l *line, refer *siptest.Message){
		"refused": func(l *line, refer *siptest.Message) { l.p.Reply(refer, 603) },
		"busy there": func(l *line, refer *siptest.Message) {
			l.p.Reply(refer, 202)
			l.tells("terminated", "SIP/2.0 486 Busy")
		},
		"without a word":  func(l *line, refer *siptest.Message) { l.p.Reply(refer, 202); l.tells("terminated", "") },
		"nobody answers":  func(*line, *siptest.Message) {},
		"nothing follows": func(l *line, refer *siptest.Message) { l.p.Reply(refer, 202) },
		"nonsense": func(l *line, refer *siptest.Message) {
			l.p.Reply(refer, 202)
			l.tells("active", "SIP/2.0 abc")
			l.tells("terminated", "HTTP/1.1 200 OK")
		},
	} {
		t.Run(name, func(t *testing.T) {
			inCall(t, func(d *desk, peer *siptest.Peer) {
				l := d.talking(peer, &sound{})
				d.client.Transfer("c1", "sip:dana@contoso.com")
				f(l, peer.Expect("REFER"))
				for {
					c := next[CallChanged](d).Call
					if c.State != CallActive {
						t.Fatalf("%+v", c)
					}
					if c.Transfer == TransferFailed {
						break
					}
				}
				time.Sleep(time.Hour)
				quiet[CallChanged](d)
				d.client.Transfer("c1", "nowhere")
				if c := next[CallChanged](d).Call; c.Transfer != TransferFailed {
					t.Errorf("%+v", c)
				}
			})
		})
	}
}

func TestTwoCallsAreConnected(t *testing.T) {
	for _, replaces := range []bool{true, false} { // whether Dana's device knows it
		inCall(t, func(d *desk, peer *siptest.Peer) {
			l := d.talking(peer, &sound{})
			d.client.Call("c2", "sip:dana@contoso.com", &sound{})
			second := callee(peer, peer.Expect("INVITE"), "d@1")
			second.reply(200, bobOffer)
			peer.Expect("ACK")
			for next[CallChanged](d).Call.State != CallActive {
			}
			d.client.TransferTo("c1", "c2")
			refer := peer.Expect("REFER")
			want := "<sip:dana@contoso.com?Replaces=" + second.invite.Get("Call-ID") + "%3Bto-tag%3Dd%401%3Bfrom-tag%3D" + second.invite.Tag("From") + "&Require=replaces>"
			if refer.Tag("To") != "b1" || refer.Get("Refer-To") != want {
				t.Errorf("%s\nwant %s", refer, want)
			}
			peer.Reply(refer, 202)
			ends := map[string]CallEnd{"c1": EndedHere, "c2": EndedHere}
			if replaces { // it takes bob's call in the place of ours, and hangs up with us
				ends["c2"] = EndedByPeer
				if code := peer.Response(second.send("BYE", "")).Code(); code != 200 {
					t.Errorf("BYE was answered %d", code)
				}
			}
			l.tells("terminated", "SIP/2.0 200 OK")
			for range 2 {
				if c := d.until(CallEnded); c.Why != ends[c.ID] {
					t.Errorf("%+v", c)
				}
			}
			peer.Expect("BYE")
			if !replaces {
				peer.Expect("BYE")
			}
		})
	}
}

func TestOnlyCallsThatPeopleTalkInAreConnected(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		d.talking(peer, &sound{})
		d.client.Call("c2", "sip:dana@contoso.com", &sound{})
		peer.Expect("INVITE")
		next[CallChanged](d)
		for _, pair := range [][2]string{{"c1", "c2"}, {"c1", "c1"}, {"c1", "gone"}, {"c2", "c1"}} {
			d.client.TransferTo(pair[0], pair[1])
			if c := next[CallChanged](d).Call; c.Transfer != TransferFailed || c.ID != pair[0] {
				t.Errorf("%v: %+v", pair, c)
			}
		}
	})
}

func TestACallTakesThePlaceOfAnother(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		old := &sound{}
		l := d.talking(peer, old)
		replaces := "Replaces: " + l.invite.Get("Call-ID") + ";from-tag=b1;to-tag=" + l.invite.Tag("From")
		for _, c := range []struct {
			header string
			code   int
		}{
			{replaces + ";early-only", 486},
			{replaces + "\r\n" + replaces, 400},
			{strings.Replace(replaces, "=b1", "=b2", 1), 481},
			{strings.Replace(replaces, "Replaces: ", "Replaces: x", 1), 481},
			{"Replaces: nonsense", 481},
		} {
			if res := peer.Response(peer.Send("INVITE", "sip:dana@contoso.com", "sip:alice@contoso.com", "application/sdp", bobOffer, c.header)); res.Code() != c.code {
				t.Errorf("%s: %s", c.header, res.First)
			}
		}
		quiet[CallChanged](d)
		invite := peer.Send("INVITE", "sip:dana@contoso.com", "sip:alice@contoso.com", "application/sdp", bobOffer, replaces, "Require: replaces")
		c := next[CallChanged](d).Call
		if c.Replaces != "c1" || c.State != CallRinging || c.Peer != "sip:dana@contoso.com" {
			t.Errorf("%+v", c)
		}
		d.client.Answer(c.ID, &sound{})
		if code := peer.Response(invite).Code(); code != 200 {
			t.Errorf("answered %d", code)
		}
		if bye := peer.Expect("BYE"); bye.Tag("To") != "b1" {
			t.Errorf("%s", bye)
		}
		if c := d.ends(EndedHere, 0); c.ID != "c1" {
			t.Errorf("%+v", c)
		}
		if did := old.did(); did != "close" {
			t.Error(did)
		}
	})
}
