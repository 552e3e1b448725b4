package lab

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"
)

// silent leaves every request to the test.
func silent(*sip.Request) int { return 0 }

// routeOf gives the Route headers of a request in a dialog, for the side that called or was called.
func routeOf(m sip.Message, called bool) (route []string) {
	for _, h := range m.GetHeaders("Record-Route") {
		if called {
			route = append(route, "Route: "+h.Value())
		} else {
			route = append([]string{"Route: " + h.Value()}, route...)
		}
	}
	return route[:1] // both sides use one transport here
}

func TestACallFromInviteToBye(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, d := l.signedIn(t, alice), l.signedIn(t, dana)
		d.answer = silent
		a.write(a.message("INVITE", dana, "v=0", "Content-Type: application/sdp"))
		if res := a.response(); res.StatusCode != 100 {
			t.Errorf("first %s", res.StartLine())
		}
		invite := d.next(sip.INVITE)
		d.reply(invite, 180)
		if res := a.response(); res.StatusCode != 180 {
			t.Errorf("then %s", res.StartLine())
		}
		ok := sip.NewResponseFromRequest(invite, 200, "OK", []byte("v=0"))
		ok.AppendHeader(sip.NewHeader("Contact", "<"+d.contact+">"))
		d.write(ok.String())
		res := a.final()
		status(t, res, 200)
		inDialog := append(within(res), routeOf(res, false)...)
		a.write(a.message("ACK", d.contact, "", append(inDialog, "CSeq: 1 ACK")...))
		d.next(sip.ACK)
		d.write(ok.String()) // repeated: it reaches the caller again
		status(t, a.final(), 200)

		a.write(a.message("INVITE", d.contact, "v=0", append(inDialog, "Content-Type: application/sdp")...))
		d.reply(d.next(sip.INVITE), 488)
		status(t, a.final(), 488)
		d.next(sip.ACK) // hop by hop, from the lab

		d.answer = nil
		status(t, d.do("BYE", a.contact, "", append(routeOf(invite, true), "Call-ID: "+invite.CallID().Value(),
			"To: "+invite.From().Value(), "From: "+ok.To().Value())...), 200)
		a.next(sip.BYE)
	})
}

func TestACallIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a := l.signedIn(t, alice)
		one, two := l.signedIn(t, dana), l.signedIn(t, dana)
		one.answer, two.answer = silent, silent
		via := "Via: SIP/2.0/TCP a.invalid;branch=z9hG4bKcall"
		a.write(a.message("INVITE", dana, "", via, "CSeq: 7 INVITE"))
		invites := []*sip.Request{one.next(sip.INVITE), two.next(sip.INVITE)}
		a.response()
		a.write(a.message("CANCEL", dana, "", via, "CSeq: 7 CANCEL"))
		if res := a.final(); res.StatusCode != 200 || res.CSeq().MethodName != sip.CANCEL {
			t.Errorf("CANCEL: %s", res.StartLine())
		}
		for i, d := range []*device{one, two} {
			cancel := d.next(sip.CANCEL)
			if cancel.Via().Value() != invites[i].Via().Value() {
				t.Error("the CANCEL is of another branch")
			}
			d.reply(cancel, 200)
			d.reply(invites[i], 487)
			d.next(sip.ACK)
		}
		status(t, a.final(), 487)
		a.write(a.message("ACK", dana, "", via, "CSeq: 7 ACK"))
		synctest.Wait()
		one.nothing()
		status(t, a.do("CANCEL", dana, "", "Via: SIP/2.0/TCP a.invalid;branch=z9hG4bKother"), 481)
	})
}

func TestTheFirstDeviceToAnswerGetsTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a := l.signedIn(t, alice)
		one, two := l.signedIn(t, dana), l.signedIn(t, dana)
		one.answer, two.answer = silent, silent
		a.write(a.message("INVITE", dana, ""))
		ringing, answering := one.next(sip.INVITE), two.next(sip.INVITE)
		two.reply(answering, 200, "Contact: <"+two.contact+">")
		status(t, a.final(), 200)
		one.reply(one.next(sip.CANCEL), 200)
		one.reply(ringing, 487)
		one.next(sip.ACK)
		synctest.Wait()
		if len(a.responses) != 0 {
			t.Errorf("the caller hears of the other device: %s", (<-a.responses).StartLine())
		}
	})
}

func TestADecliningDeviceEndsTheCallForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a := l.signedIn(t, alice)
		one, two := l.signedIn(t, dana), l.signedIn(t, dana)
		one.answer, two.answer = silent, silent
		a.write(a.message("INVITE", dana, ""))
		ringing, declining := one.next(sip.INVITE), two.next(sip.INVITE)
		two.reply(declining, 603)
		two.next(sip.ACK)
		one.reply(one.next(sip.CANCEL), 200)
		one.reply(ringing, 487)
		status(t, a.final(), 603)
	})
}

func TestACallThatNobodyAnswersEnds(t *testing.T) {
	for name, rings := range map[string]bool{"silent": false, "ringing": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{})
				a, d := l.signedIn(t, alice), l.signedIn(t, dana)
				d.answer = silent
				a.write(a.message("INVITE", dana, ""))
				invite := d.next(sip.INVITE)
				if rings {
					d.reply(invite, 180)
				}
				time.Sleep(timerC + time.Second)
				status(t, a.final(), 408)
				if rings {
					d.next(sip.CANCEL)
				}
			})
		})
	}
}

func TestACallWithoutConsentIsDeclinedUnheard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, c := l.signedIn(t, alice), l.signedIn(t, cheri)
		status(t, c.do("INVITE", alice, ""), 603)
		a.nothing()
	})
}

func TestACallToADialogThatIsNotThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := world(t, Config{}).signedIn(t, alice)
		status(t, a.do("BYE", "sip:dana@gone.invalid", "", "To: <"+dana+">;tag=gone"), 481)
	})
}
