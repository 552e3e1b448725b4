package sipclient

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
)

func TestACallRingsAndIsAnswered(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, c := d.called(peer, bobOffer)
		ringing := peer.Provisional(l.invite)
		if ringing.Code() != 180 || ringing.Tag("To") == "" || ringing.Address("Contact") == "" {
			t.Errorf("%s", ringing)
		}
		m := &sound{}
		d.client.Answer(c.ID, m)
		if c := next[CallChanged](d).Call; c.State != CallAnswering || !c.Media {
			t.Errorf("%+v", c)
		}
		if ok := l.answered(t); ok.Tag("To") != ringing.Tag("To") || ok.Get("Allow") != allowedMethods {
			t.Errorf("%s", ok)
		}
		l.ack(l.invite, "")
		if c := next[CallChanged](d).Call; c.State != CallActive {
			t.Errorf("%+v", c)
		}
		d.client.HangUp(c.ID)
		d.ends(EndedHere, 0)
		bye := peer.Expect("BYE")
		if bye.URI() != "sip:bob@198.51.100.7:5070" || bye.Tag("To") != l.invite.Tag("From") {
			t.Errorf("%s", bye)
		}
		peer.Reply(bye, 200)
		if did := m.did(); did != "answer, close" {
			t.Error(did)
		}
		remembered(t, d, 0)
	})
}

// RFC 3261 section 13.3.1.4: also over TCP, since what lies between may be a datagram.
func TestTheAnswerIsRepeatedUntilItIsAcknowledged(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, c := d.called(peer, bobOffer)
		m := &sound{}
		d.client.Answer(c.ID, m)
		begun := time.Now()
		var came []time.Duration
		for range 6 {
			l.answered(t)
			came = append(came, time.Since(begun))
		}
		if want := "[0s 500ms 1.5s 3.5s 7.5s 11.5s]"; fmt.Sprint(came) != want {
			t.Errorf("200 came at %v, want %s", came, want)
		}
		bye := peer.Expect("BYE")
		if took := time.Since(begun); took != transactionTime {
			t.Errorf("gave up after %v", took)
		}
		peer.Reply(bye, 200)
		d.ends(EndedFailed, 0)
		if did := m.did(); did != "answer, close" {
			t.Error(did)
		}
	})
}

func TestACallWithoutAnOfferGetsOurs(t *testing.T) {
	for name, c := range map[string]struct {
		answer string
		deaf   error
		state  CallState
	}{
		"answered":           {bobOffer, nil, CallActive},
		"answered and held":  {bobHolds, nil, CallActive},
		"not answered":       {"", nil, CallEnded},
		"answered unusually": {bobOffer, errNoCodec, CallEnded},
	} {
		t.Run(name, func(t *testing.T) {
			inCall(t, func(d *desk, peer *siptest.Peer) {
				l, call := d.called(peer, "")
				m := &sound{deaf: c.deaf}
				d.client.Answer(call.ID, m)
				if c := next[CallChanged](d).Call; c.State != CallAnswering || c.Media {
					t.Errorf("%+v", c)
				}
				l.answered(t)
				l.ack(l.invite, c.answer)
				if got := next[CallChanged](d).Call; got.State != c.state || got.Waiting != (c.answer == bobHolds) {
					t.Errorf("%+v", got)
				}
				if c.state == CallEnded {
					peer.Expect("BYE")
				}
			})
		})
	}
}

func TestHowACallIsNotAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		do     func(c *Client, id string)
		code   int
		why    CallEnd
		target string
	}{
		"declined":          {func(c *Client, id string) { c.Decline(id, 603) }, 603, EndedHere, ""},
		"declined oddly":    {func(c *Client, id string) { c.Decline(id, 200) }, 603, EndedHere, ""},
		"busy":              {func(c *Client, id string) { c.Decline(id, 486) }, 486, EndedHere, ""},
		"nobody there":      {func(c *Client, id string) { c.Decline(id, 480) }, 480, EndedHere, ""},
		"hung up":           {func(c *Client, id string) { c.HangUp(id) }, 603, EndedHere, ""},
		"forwarded":         {func(c *Client, id string) { c.Redirect(id, "sip:Dana@CONTOSO.com") }, 302, EndedHere, "sip:Dana@contoso.com"},
		"forwarded nowhere": {func(c *Client, id string) { c.Redirect(id, "\r\nX: y") }, 603, EndedHere, ""},
		"no common codec":   {func(c *Client, id string) { c.Answer(id, &sound{noAnswer: errNoCodec}) }, 488, EndedFailed, ""},
		"left to ring":      {func(*Client, string) { time.Sleep(ringsHere) }, 480, EndedNoAnswer, ""},
	} {
		t.Run(name, func(t *testing.T) {
			inCall(t, func(d *desk, peer *siptest.Peer) {
				l, call := d.called(peer, bobOffer)
				c.do(d.client, call.ID)
				res := peer.Response(l.invite)
				if res.Code() != c.code || res.Address("Contact") != c.target {
					t.Errorf("%s", res)
				}
				want := 0
				if c.code == 488 {
					want = 488
				}
				d.ends(c.why, want)
				late := &sound{}
				d.client.Answer(call.ID, late)
				synctest.Wait()
				if did := late.did(); did != "close" {
					t.Error(did)
				}
				remembered(t, d, 0)
			})
		})
	}
}

func TestTheCallerIsToldThatItStillRings(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, _ := d.called(peer, bobOffer)
		begun := time.Now()
		for i := range 3 {
			if code := peer.Provisional(l.invite).Code(); code != 180 || time.Since(begun) != time.Duration(i)*ringEvery {
				t.Errorf("%d after %v", code, time.Since(begun))
			}
			time.Sleep(ringEvery - time.Millisecond) // the peer is not that patient
		}
	})
}

func TestACallExpiresWhenItsCallerSaysSo(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, _ := d.called(peer, bobOffer, "Expires: 20")
		begun := time.Now()
		if code := peer.Response(l.invite).Code(); code != 487 || time.Since(begun) != 20*time.Second {
			t.Errorf("%d after %v", code, time.Since(begun))
		}
		d.ends(EndedNoAnswer, 0)
	})
}

func TestTheCallerGivesUp(t *testing.T) {
	for reason, why := range map[string]CallEnd{
		"":                         EndedCancelled,
		"Q.850;cause=200":          EndedCancelled,
		"SIP;cause=487":            EndedCancelled,
		`SIP;text="a;cause=200"`:   EndedCancelled,
		`SIP;cause=200;text="x"`:   EndedElsewhere,
		`sip ; cause = 603`:        EndedElsewhere,
		`SIP;cause=600;text="gone`: EndedElsewhere,
	} {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			l, _ := d.called(peer, bobOffer)
			tag := peer.Provisional(l.invite).Tag("To")
			headers := []string{"Via: " + l.invite.Get("Via"), "Call-ID: " + l.invite.Get("Call-ID"), "From: " + l.mine, "CSeq: 1 CANCEL"}
			if reason != "" {
				headers = append(headers, "Reason: "+reason)
			}
			cancel := peer.Send("CANCEL", bob, "sip:alice@contoso.com", "", "", headers...)
			if code := peer.Response(cancel).Code(); code != 200 {
				t.Errorf("CANCEL was answered %d", code)
			}
			if res := peer.Response(l.invite); res.Code() != 487 || res.Tag("To") != tag {
				t.Errorf("INVITE was answered %s, tag %s before", res, tag)
			}
			d.ends(why, 0)
			remembered(t, d, 0)
		})
	}
}

func TestACancelAfterTheAnswerMeansNothing(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, _ := d.confirmed(peer, &sound{})
		cancel := peer.Send("CANCEL", bob, "sip:alice@contoso.com", "", "",
			"Via: "+l.invite.Get("Via"), "Call-ID: "+l.invite.Get("Call-ID"), "From: "+l.mine, "CSeq: 1 CANCEL")
		if code := peer.Response(cancel).Code(); code != 200 {
			t.Errorf("CANCEL was answered %d", code)
		}
		quiet[CallChanged](d)
	})
}

func TestTheCallerMayHangUpBeforeTheAnswer(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, _ := d.called(peer, bobOffer)
		ringing := peer.Provisional(l.invite)
		l.theirs, l.target = ringing.Get("To"), ringing.Address("Contact")
		if code := peer.Response(l.send("BYE", "")).Code(); code != 200 {
			t.Errorf("BYE was answered %d", code)
		}
		if code := peer.Response(l.invite).Code(); code != 487 {
			t.Errorf("INVITE was answered %d", code)
		}
		d.ends(EndedCancelled, 0)
	})
}

// RFC 3261 section 15: a callee waits for the ACK before it hangs up.
func TestHangingUpAnAnswerThatIsNotAcknowledged(t *testing.T) {
	for _, acknowledged := range []bool{true, false} {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			l, c := d.called(peer, bobOffer)
			d.client.Answer(c.ID, &sound{})
			l.answered(t)
			d.client.HangUp(c.ID)
			d.ends(EndedHere, 0)
			begun := time.Now()
			if acknowledged {
				l.ack(l.invite, "")
			}
			peer.Reply(peer.Expect("BYE"), 200)
			if waited := time.Since(begun); waited > 0 == acknowledged {
				t.Errorf("acknowledged %v: BYE after %v", acknowledged, waited)
			}
			remembered(t, d, 0)
		})
	}
}

func TestFewCallsRingAtOnce(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		var sent []*siptest.Message
		for i := range 1000 {
			sent = append(sent, peer.Send("INVITE", fmt.Sprintf("sip:caller%d@fabrikam.com", i), "sip:alice@contoso.com", "application/sdp", bobOffer))
		}
		for _, invite := range sent[ringingMost:] {
			if code := peer.Response(invite).Code(); code != 486 {
				t.Fatalf("answered %d", code)
			}
		}
		for range ringingMost {
			if c := next[CallChanged](d).Call; c.State != CallRinging {
				t.Errorf("%+v", c)
			}
		}
		quiet[CallChanged](d)
		remembered(t, d, ringingMost)
	})
}

func TestACallThatComesTwoWaysRingsOnce(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, _ := d.called(peer, bobOffer)
		again := peer.Send("INVITE", "x", "sip:alice@contoso.com", "application/sdp", bobOffer,
			"From: "+l.mine, "Call-ID: "+l.invite.Get("Call-ID"), "CSeq: 1 INVITE")
		if code := peer.Response(again).Code(); code != 482 {
			t.Errorf("answered %d", code)
		}
		quiet[CallChanged](d)
	})
}

func TestADescriptionAmongOtherThings(t *testing.T) {
	parts := func(kind string) string {
		return "--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: " + kind + "\r\n\r\n" + bobOffer + "\r\n--b--\r\n"
	}
	inCall(t, func(d *desk, peer *siptest.Peer) {
		for _, c := range []struct {
			kind, body string
			code       int
		}{
			{"multipart/mixed; boundary=b", parts("image/png"), 415},
			{"multipart/mixed", parts("application/sdp"), 415},
			{"multipart/mixed; boundary=b", "--b", 415},
			{"text/plain", bobOffer, 415},
			{`multipart/mixed; boundary="b"`, parts("application/SDP"), 180},
		} {
			invite := peer.Send("INVITE", bob, "sip:alice@contoso.com", c.kind, c.body)
			res := peer.Provisional
			if c.code >= 200 {
				res = peer.Response
			}
			if code := res(invite).Code(); code != c.code {
				t.Errorf("%s: answered %d", c.kind, code)
			}
		}
		m := &sound{}
		d.client.Answer(next[CallChanged](d).Call.ID, m)
		if c := next[CallChanged](d).Call; c.State != CallAnswering || m.did() != "answer" {
			t.Errorf("%+v", c)
		}
	})
}

func TestNobodyWhoIsNotAdmittedRings(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) {
			o.Admit = func(in Incoming) Verdict {
				if in.Method == "INVITE" {
					return Verdict{Refuse: 486}
				}
				return Verdict{}
			}
		})
		peer := d.signIn()
		invite := peer.Send("INVITE", bob, "sip:alice@contoso.com", "image/png", "x")
		if code := peer.Response(invite).Code(); code != 486 {
			t.Errorf("answered %d", code)
		}
		quiet[CallChanged](d)
	})
}
