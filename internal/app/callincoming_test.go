package app

import (
	"fmt"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
)

func TestAnIncomingCallRingsAndIsAnnounced(t *testing.T) {
	w := online(t, friends(dana))
	w.hears(rings(dana))
	w.asks("SaveCall", "TimeRinging", "PlayTone", "Alert")
	if a := one[Alert](w); a.What != alerts.Call || a.From != dana || a.Name.Raw() != "dana" || a.Silent {
		t.Errorf("announced as %+v", a)
	}
	if one[PlayTone](w).Tone != RingTone || one[TimeRinging](w).For != time.Minute {
		t.Errorf("rings as %+v for %v", one[PlayTone](w), one[TimeRinging](w).For)
	}
	is, ok := w.Ringing()
	if !ok || !is.Rings() || !is.Incoming || is.Talking() {
		t.Errorf("rings as %+v", is)
	}
	if e := w.logged(calllog.Going); !e.Incoming || e.Words() != "In progress" {
		t.Errorf("before the end the log has %+v", e)
	}
	w.hears(rings(dana)) // once more the same
	w.asks()
	if w.LoggedCount() != 1 || w.MissedCalls() != 0 {
		t.Error("it is counted twice, or as missed while it rings")
	}
}

func TestACallOfAStrangerHasTheNameThatItGives(t *testing.T) {
	w := online(t, Saved{})
	w.hears(rings(fred))
	if is, _ := w.Ringing(); is.Name.Raw() != "They say fred" {
		t.Errorf("the caller is called %q", is.Name.Raw())
	}
	named := rings(gina)
	named.Name = text.Peer{}
	w.hears(named)
	named.Name = text.From("Gina")
	w.hears(named)
	if is, _ := w.CallWith(gina); is.Name.Raw() != "Gina" {
		t.Errorf("a name that came later is %q", is.Name.Raw())
	}
}

func TestTheEndsOfACallThatRang(t *testing.T) {
	for _, c := range []struct {
		name   string
		end    func(*world, sipclient.Call)
		asks   string
		how    calllog.Outcome
		missed int
	}{
		{"they give up", func(w *world, c sipclient.Call) { w.hears(c, ended(sipclient.EndedCancelled, 0)) }, "", calllog.Missed, 1},
		{"no connection", func(w *world, c sipclient.Call) { w.hears(c, ended(sipclient.EndedFailed, 0)) }, "", calllog.Missed, 1},
		{"another device", func(w *world, c sipclient.Call) { w.hears(c, ended(sipclient.EndedElsewhere, 0)) }, "", calllog.Elsewhere, 0},
		{"it rings out", func(w *world, c sipclient.Call) { w.results(RangOut{c.ID}) }, "DeclineCall", calllog.Missed, 1},
		{"declined", func(w *world, c sipclient.Call) { w.do(w.DeclineCall(w.now, c.ID)) }, "DeclineCall", calllog.Declined, 0},
		{"hung up", func(w *world, c sipclient.Call) { w.do(w.HangUp(w.now, c.ID)) }, "HangUp", calllog.Declined, 0},
		{"reply by IM", func(w *world, c sipclient.Call) { w.do(w.ReplyByIM(w.now, c.ID)) }, "DeclineCall", calllog.Declined, 0},
		{"sent on", func(w *world, c sipclient.Call) {
			effects, err := w.RedirectCall(w.now, c.ID, eve)
			if w.do(effects); err != nil {
				w.t.Error(err)
			}
		}, "RedirectCall", calllog.Forwarded, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := online(t, friends(dana))
			w.hears(rings(dana))
			w.now = w.now.Add(3 * time.Second)
			c.end(w, rings(dana))
			found := c.asks == ""
			for _, kind := range kinds(w.last) {
				found = found || kind == c.asks
			}
			if !found || one[PlayTone](w).Tone != NoTone {
				t.Errorf("asked for %v, want %s and silence", kinds(w.last), c.asks)
			}
			if e := w.logged(c.how); !e.Ended.Equal(w.now) || w.MissedCalls() != c.missed || len(w.Calls()) != 0 {
				t.Errorf("%d missed, %d calls, the log has %+v", w.MissedCalls(), len(w.Calls()), e)
			}
			w.hears(rings(dana), ended(sipclient.EndedHere, 0))
			w.results(RangOut{rings(dana).ID})
			w.asks()
		})
	}
}

func TestReplyByIMOpensTheConversation(t *testing.T) {
	w := online(t, friends(dana))
	w.hears(rings(dana))
	w.do(w.ReplyByIM(w.now, rings(dana).ID))
	if one[DeclineCall](w).Code != 603 || w.Conversation(dana) == nil {
		t.Errorf("asked for %v", kinds(w.last))
	}
	if again := w.ReplyByIM(w.now, rings(dana).ID); len(again) != 0 {
		t.Errorf("made again it asks for %v", kinds(again))
	}
}

// Admission has refused these already, unless something was decided in the same moment.
func TestAlertsDecideBeforeAnythingRings(t *testing.T) {
	for name, c := range map[string]struct {
		saved  Saved
		mine   contacts.Availability
		from   contacts.Address
		code   int
		logged int
	}{
		"blocked":                    {saved: Saved{Contacts: []contacts.Contact{known(dana, contacts.BlockedContacts)}}, mine: contacts.Available, from: dana, code: 603},
		"a stranger of Skype":        {mine: contacts.Available, from: cheri, code: 603},
		"Do Not Disturb":             {saved: friends(dana), mine: contacts.DoNotDisturb, from: dana, code: 486, logged: 1},
		"no address":                 {mine: contacts.Available, from: "nobody", code: 480},
		"Do Not Disturb, a stranger": {mine: contacts.DoNotDisturb, from: gina, code: 486, logged: 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := online(t, c.saved)
			w.do(w.SetPresence(w.now, c.mine))
			w.hears(rings(c.from))
			if d := one[DeclineCall](w); d.Code != c.code || len(w.Calls()) != 0 || len(asked[Alert](w)) != 0 {
				t.Errorf("refused with %d, %d calls, asked for %v", d.Code, len(w.Calls()), kinds(w.last))
			}
			if w.LoggedCount() != c.logged || w.MissedCalls() != c.logged {
				t.Errorf("%d in the log", w.LoggedCount())
			}
		})
	}
}

func TestWorkgroupBreaksThroughDoNotDisturb(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Workgroup)}})
	w.do(w.SetPresence(w.now, contacts.DoNotDisturb))
	w.hears(rings(dana))
	if len(asked[Alert](w)) != 1 || len(asked[PlayTone](w)) != 0 {
		t.Errorf("by the default sounds it is shown without one: %v", kinds(w.last))
	}
	w.hears(rings(dana), ended(sipclient.EndedCancelled, 0))
	w.do(w.SetAlerts(w.now, alerts.Options{TellMe: true, DND: alerts.ShowNone}))
	w.hears(rings(dana))
	if is, ok := w.Ringing(); !ok || is.Alert || len(asked[Alert](w)) != 0 {
		t.Errorf("with no alerts at all it is %+v, %v", is, kinds(w.last))
	}
}

func TestCallsThatAreKeptAwayFillNoLog(t *testing.T) {
	w := online(t, friends(dana))
	for range 50 {
		w.results(CallKeptAway{dana})
	}
	if e := w.logged(calllog.KeptAway); w.LoggedCount() != 1 || e.Words() != "Missed - Do Not Disturb" || e.Name.Raw() != "dana" {
		t.Errorf("%d entries, the first is %+v", w.LoggedCount(), e)
	}
	for n := range 50 {
		w.results(CallKeptAway{contacts.Address(fmt.Sprintf("sip:%d@fabrikam.com", n))})
	}
	if w.LoggedCount() != keptAwayMost {
		t.Errorf("%d entries of a flood", w.LoggedCount())
	}
	w.now = w.now.Add(keptAwayOnce)
	w.results(CallKeptAway{dana}, CallKeptAway{"nobody"})
	if w.MissedCalls() != keptAwayMost+1 {
		t.Errorf("%d missed", w.MissedCalls())
	}
}

func TestMoreCallsThanCanRingAreToldBusy(t *testing.T) {
	w := online(t, Saved{})
	for n := range maxRinging + 2 {
		w.hears(rings(contacts.Address(fmt.Sprintf("sip:%d@fabrikam.com", n))))
	}
	if d := one[DeclineCall](w); d.Code != 486 || len(w.Calls()) != maxRinging || w.MissedCalls() != 2 {
		t.Errorf("%+v, %d ring, %d missed", d, len(w.Calls()), w.MissedCalls())
	}
}

func TestACallThatCameAndWentInOneMomentIsMissed(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.BlockedContacts)}})
	w.hears(rings(dana), ended(sipclient.EndedCancelled, 0))
	w.hears(rings(eve), ended(sipclient.EndedCancelled, 0))
	w.logged(calllog.Missed)
	if w.LoggedCount() != 1 || len(w.Calls()) != 0 {
		t.Errorf("%d entries", w.LoggedCount())
	}
	w.hears(sipclient.Call{ID: "of another run", Peer: string(dana), State: sipclient.CallActive})
	w.asks()
}

func forwarding(how option.Forward, to string) option.Set {
	o := option.Default()
	o.Calls = option.Calls{Forward: how, ForwardTo: to, RingSeconds: 20}
	return o
}

func TestForwarding(t *testing.T) {
	w := online(t, friends(dana, eve))
	w.do(w.SetOptions(w.now, forwarding(option.ForwardAll, "+49 30 123")))
	w.hears(rings(dana))
	if r := one[RedirectCall](w); r.To != "sip:+4930123@contoso.com" || len(w.Calls()) != 0 || len(asked[Alert](w)) != 0 {
		t.Errorf("forwarding everything asks for %v", w.last)
	}
	w.logged(calllog.Forwarded)
	w.hears(rings(dana), ended(sipclient.EndedHere, 302))

	w.do(w.SetOptions(w.now, forwarding(option.ForwardUnanswered, "eve@contoso.com")))
	w.hears(rings(dana))
	if one[TimeRinging](w).For != 20*time.Second {
		t.Errorf("rings for %v", one[TimeRinging](w).For)
	}
	w.results(RangOut{rings(dana).ID})
	if r := one[RedirectCall](w); r.To != eve {
		t.Errorf("unanswered it goes to %s", r.To)
	}
	w.logged(calllog.Forwarded)
}

func TestNobodyIsForwardedToThemselvesOrNowhere(t *testing.T) {
	for _, to := range []string{string(eve), "", "alice@contoso.com", "no address at all"} {
		w := online(t, friends(eve))
		w.do(w.SetOptions(w.now, forwarding(option.ForwardAll, to)))
		w.hears(rings(eve))
		if len(asked[RedirectCall](w)) != 0 || len(w.Calls()) != 1 {
			t.Errorf("to %q it asks for %v", to, kinds(w.last))
		}
	}
}

func TestWhereACallCannotBeSent(t *testing.T) {
	w := online(t, friends(dana))
	w.hears(rings(dana))
	for to, want := range map[contacts.Address]error{alice: ErrSelf, dana: ErrSamePerson, "x": contacts.ErrNoDomain} {
		effects, err := w.RedirectCall(w.now, rings(dana).ID, to)
		refuses(t, effects, err, want)
	}
	effects, err := w.RedirectCall(w.now, "gone", eve)
	refuses(t, effects, err, ErrNoCall)
	effects, err = w.AnswerCall(w.now, "gone")
	refuses(t, effects, err, ErrNoCall)
}

func TestCallingSomebodyWhoCallsAnswers(t *testing.T) {
	w := online(t, friends(dana))
	w.hears(rings(dana))
	effects, err := w.PlaceCall(w.now, dana)
	w.do(effects)
	if err != nil || one[AnswerCall](w).ID != rings(dana).ID {
		t.Errorf("asked for %v, %v", kinds(effects), err)
	}
	w.hears(rings(dana)) // it crossed with the answer
	if is := w.call(rings(dana).ID); is.Rings() {
		t.Error("it rings again")
	}
}

func TestACallInACallKnocks(t *testing.T) {
	w := online(t, friends(dana, eve))
	w.talks(dana)
	w.hears(rings(eve))
	if one[PlayTone](w).Tone != KnockTone {
		t.Errorf("heard is %+v", one[PlayTone](w))
	}
	if is, _ := w.Current(); is.Peer != dana {
		t.Error("the keys mean the call that only rings")
	}
}
