package sipclient

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golync/internal/siptest"
)

func TestAReliableRingingIsRepeatedUntilItIsAcknowledged(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, c := d.called(peer, bobOffer, "Require: 100rel", "Supported: 100rel")
		begun := time.Now()
		var ringing *siptest.Message
		var came []time.Duration
		for range 4 {
			ringing = peer.Provisional(l.invite)
			came = append(came, time.Since(begun))
		}
		if want := "[0s 500ms 1.5s 3.5s]"; fmt.Sprint(came) != want || ringing.Get("Require") != "100rel" {
			t.Errorf("180 came at %v: %s", came, ringing)
		}
		l.theirs, l.target = ringing.Get("To"), ringing.Address("Contact")
		if code := peer.Response(l.send("PRACK", "", "RAck: 7 1 INVITE")).Code(); code != 481 {
			t.Errorf("another's PRACK was answered %d", code)
		}
		rack := "RAck: " + ringing.Get("RSeq") + " 1 INVITE"
		if code := peer.Response(l.send("PRACK", "", rack)).Code(); code != 200 {
			t.Errorf("PRACK was answered %d", code)
		}
		time.Sleep(30 * time.Second)
		for _, m := range peer.Waiting() {
			t.Errorf("sent %s", m.First)
		}
		d.client.Answer(c.ID, &sound{})
		l.answered(t)
		l.ack(l.invite, "")
		d.until(CallActive)
		if code := peer.Response(l.send("PRACK", "", rack)).Code(); code != 481 {
			t.Errorf("a second PRACK was answered %d", code)
		}
	})
}

func TestAReliableRingingThatNobodyAcknowledges(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, _ := d.called(peer, bobOffer, "Require: 100rel")
		if code := peer.Response(l.invite).Code(); code != 504 {
			t.Errorf("answered %d", code)
		}
		d.ends(EndedFailed, 0)
	})
}

func TestWithoutAnOfferNothingRingsReliably(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, c := d.called(peer, "", "Require: 100rel")
		if res := peer.Provisional(l.invite); res.Code() != 100 {
			t.Errorf("%s", res)
		}
		d.client.Answer(c.ID, &sound{})
		l.answered(t)
	})
}

func TestReliableAnswersAreAcknowledgedInOrder(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.placed(peer, &sound{})
		l.reply(180, "", "Require: 100rel", "RSeq: 10")
		d.until(CallRinging)
		prack := peer.Expect("PRACK")
		if prack.Get("RAck") != "10 1 INVITE" || prack.Get("CSeq") != "2 PRACK" || prack.URI() != "sip:bob@198.51.100.7:5070" || prack.Tag("To") != "b1" {
			t.Errorf("%s", prack)
		}
		peer.Reply(prack, 200)
		l.reply(183, bobOffer, "Require: 100rel", "RSeq: 12") // 11 was lost, and comes again
		l.reply(180, "", "Require: 100rel", "RSeq: 10")       // a copy
		l.reply(183, bobOffer, "Require: 100rel")             // no number
		quiet[CallChanged](d)
		l.reply(183, bobOffer, "Require: 100rel", "RSeq: 11")
		d.until(CallEarly)
		if prack = peer.Expect("PRACK"); prack.Get("RAck") != "11 1 INVITE" || prack.Get("CSeq") != "3 PRACK" {
			t.Errorf("%s", prack)
		}
		peer.Reply(prack, 200)
		if code := peer.Response(l.send("UPDATE", bobHolds)).Code(); code != 200 {
			t.Errorf("a device that has answered for good may change its mind: %d", code)
		}
		if c := next[CallChanged](d).Call; !c.Waiting {
			t.Errorf("%+v", c)
		}
		l.reply(200, "") // its description has come before
		peer.Expect("ACK")
		d.until(CallActive)
		d.client.HangUp("c1")
		if bye := peer.Expect("BYE"); bye.Get("CSeq") != "4 BYE" {
			t.Errorf("%s", bye)
		}
	})
}

func TestACalleeThatRingsMayNotChangeACallYet(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l := d.placed(peer, &sound{})
		l.reply(180, "")
		d.until(CallRinging)
		for _, c := range []struct {
			method, sdp string
			code        int
		}{{"UPDATE", bobOffer, 491}, {"UPDATE", "", 200}, {"INVITE", bobOffer, 491}, {"BYE", "", 481}, {"INFO", "", 200}} {
			if code := peer.Response(l.send(c.method, c.sdp)).Code(); code != c.code {
				t.Errorf("%s was answered %d, want %d", c.method, code, c.code)
			}
		}
		quiet[CallChanged](d)
	})
}

func TestACallerMayNotChangeACallBeforeTheAnswer(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, _ := d.called(peer, bobOffer)
		ringing := peer.Provisional(l.invite)
		l.theirs, l.target = ringing.Get("To"), ringing.Address("Contact")
		if res := peer.Response(l.send("UPDATE", bobHolds)); res.Code() != 500 || res.Get("Retry-After") == "" {
			t.Errorf("%s", res)
		}
		if res := peer.Response(l.send("INVITE", bobHolds)); res.Code() != 500 {
			t.Errorf("%s", res)
		}
		if res := peer.Response(l.send("UPDATE", "")); res.Code() != 200 {
			t.Errorf("%s", res)
		}
	})
}

func TestTheLastWordsOfRequestsInACall(t *testing.T) {
	inCall(t, func(d *desk, peer *siptest.Peer) {
		l, call := d.confirmed(peer, &sound{})
		for _, c := range []struct {
			method, header string
			code           int
		}{
			{"INFO", "", 200},
			{"INFO", "Info-Package: dtmf", 469},
			{"REFER", "Refer-To: <sip:eve@contoso.com>", 603},
			{"MESSAGE", "", 481},
			{"PRACK", "RAck: 1 1 INVITE", 481},
			{"UPDATE", "Session-Expires: 30\r\nSupported: timer", 422},
			{"OPTIONS", "", 200},
		} {
			headers := []string{c.header}
			if c.header == "" {
				headers = nil
			}
			headers = append(headers, "Contact: <sip:elsewhere@198.51.100.8>") // says nothing here
			if res := peer.Response(l.send(c.method, "", headers...)); res.Code() != c.code {
				t.Errorf("%s: %s", c.method, res.First)
			}
		}
		l.seq = 1
		if res := peer.Response(l.send("INFO", "")); res.Code() != 500 {
			t.Errorf("an old request: %s", res.First)
		}
		l.seq, l.mine = 50, strings.Replace(l.mine, "tag=", "tag=x", 1)
		if res := peer.Response(l.send("BYE", "")); res.Code() != 481 {
			t.Errorf("from a stranger: %s", res.First)
		}
		quiet[CallChanged](d)
		d.client.HangUp(call.ID)
		if bye := peer.Expect("BYE"); bye.URI() != "sip:bob@198.51.100.7:5070" {
			t.Errorf("%s", bye)
		}
	})
}
