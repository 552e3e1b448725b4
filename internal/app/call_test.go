package app

import (
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/option"
	"golync/sipclient"
)

func TestACallIsPlacedAnsweredAndHungUp(t *testing.T) {
	w := online(t, friends(dana))
	c := w.dials(dana)
	w.asks("SaveCall", "PlaceCall")
	if is := w.call(c.ID); is.State != sipclient.CallPlaced || is.Incoming || is.Peer != dana || is.Name.Raw() != "dana" {
		t.Errorf("placed it is %+v", is)
	}
	w.hears(c, stands(sipclient.CallRinging))
	if tone := one[PlayTone](w).Tone; tone != RingBackTone {
		t.Errorf("while it rings there the user hears tone %d", tone)
	}
	w.now = w.now.Add(7 * time.Second)
	w.hears(c, stands(sipclient.CallActive))
	if one[PlayTone](w).Tone != NoTone {
		t.Error("the tone goes on while people talk")
	}
	if is := w.call(c.ID); !is.Answered.Equal(w.now) || !is.Talking() {
		t.Errorf("answered it is %+v", is)
	}
	w.now = w.now.Add(time.Minute)
	w.do(w.HangUp(w.now, c.ID))
	if one[HangUp](w).ID != c.ID || len(w.Calls()) != 0 {
		t.Error("it is still there after the user has hung up")
	}
	if e := w.logged(calllog.Talked); e.Incoming || e.Lasted() != time.Minute || e.Peer != dana || one[SaveCall](w).Entry != e {
		t.Errorf("the log has %+v", e)
	}
	w.hears(c, ended(sipclient.EndedHere, 0))
	w.asks()
	if len(w.CallNotices()) != 0 || w.calls.leaving[c.ID] {
		t.Error("something is left to be said or known of it")
	}
}

func TestWhomTheUserCannotCall(t *testing.T) {
	saved := Saved{Contacts: []contacts.Contact{known(eve, contacts.BlockedContacts)}}
	w := open(t, saved)
	effects, err := w.PlaceCall(w.now, dana)
	refuses(t, effects, err, ErrNotSignedIn)
	w = online(t, saved)
	effects, err = w.PlaceCall(w.now, alice)
	refuses(t, effects, err, ErrSelf)
	effects, err = w.PlaceCall(w.now, eve)
	refuses(t, effects, err, ErrBlocked)
	effects, err = w.PlaceCall(w.now, "nobody")
	refuses(t, effects, err, contacts.ErrNoDomain)
	if len(w.Calls()) != 0 || w.LoggedCount() != 0 {
		t.Error("what was not placed is there all the same")
	}
}

func TestASecondCallHoldsTheFirstAndThereIsNoThird(t *testing.T) {
	w := online(t, friends(dana, eve, fred))
	first := w.dials(dana)
	effects, err := w.PlaceCall(w.now, eve)
	refuses(t, effects, err, ErrUnanswered)
	effects, err = w.PlaceCall(w.now, dana)
	refuses(t, effects, err, nil) // it is under way
	first.State = sipclient.CallActive
	w.hears(first)
	second := w.dials(eve)
	if h := one[HoldCall](w); h != (HoldCall{ID: first.ID, On: true}) {
		t.Errorf("calling somebody else asks for %+v", h)
	}
	if !w.call(first.ID).Holding || w.call(first.ID).Held {
		t.Error("the first call is not shown as about to be held")
	}
	first.Held = true
	w.hears(first)
	if is := w.call(first.ID); is.Holding || !is.Held {
		t.Errorf("held it is %+v", is)
	}
	second.State = sipclient.CallActive
	w.hears(second)
	if len(asked[HoldCall](w)) != 0 {
		t.Error("the one that is talked in is held")
	}
	effects, err = w.PlaceCall(w.now, fred)
	refuses(t, effects, err, ErrTwoCalls)
	w.hears(rings(fred))
	effects, err = w.AnswerCall(w.now, "in-"+string(fred))
	refuses(t, effects, err, ErrTwoCalls)
	if is, _ := w.Current(); is.ID != second.ID {
		t.Errorf("the keys mean %s", is.ID)
	}
}

func TestAnsweringHoldsTheOtherCall(t *testing.T) {
	w := online(t, friends(dana, eve))
	first := w.talks(dana)
	second := w.picksUp(eve)
	if h := one[HoldCall](w); h != (HoldCall{ID: first.ID, On: true}) {
		t.Errorf("answering asks for %+v", h)
	}
	if one[AnswerCall](w).ID != second.ID {
		t.Error("another call was answered")
	}
	if again, err := w.AnswerCall(w.now, second.ID); err != nil || len(again) != 0 {
		t.Errorf("answered twice: %v, %v", kinds(again), err)
	}
}

// Somebody calls while the user's own call still rings at the other side: that one is held as soon as it can be.
func TestACallThatIsAnsweredLateIsHeld(t *testing.T) {
	w := online(t, friends(dana, eve))
	first := w.dials(dana)
	second := w.picksUp(eve)
	if len(asked[HoldCall](w)) != 0 {
		t.Error("a call was held that nobody had answered")
	}
	first.State = sipclient.CallActive
	w.hears(first)
	if h := one[HoldCall](w); h != (HoldCall{ID: first.ID, On: true}) {
		t.Errorf("two calls are talked in: %+v", h)
	}
	w.hears(second, ended(sipclient.EndedByPeer, 0))
	if is, _ := w.Current(); is.ID != first.ID {
		t.Error("the call that is left is not the one that keys mean")
	}
}

func TestSwapping(t *testing.T) {
	w := online(t, friends(dana, eve))
	first, second := w.talks(dana), w.talks(eve)
	first.Held = true
	w.hears(first)
	w.do(w.SwapCalls(w.now))
	holds := asked[HoldCall](w)
	if len(holds) != 2 || holds[0] != (HoldCall{second.ID, true}) || holds[1] != (HoldCall{first.ID, false}) {
		t.Errorf("swapping asks for %+v", holds)
	}
	if is, _ := w.Current(); is.ID != first.ID {
		t.Error("the keys mean the call that is on hold")
	}
	w.do(w.HangUp(w.now, first.ID))
	w.do(w.SwapCalls(w.now))
	if h := one[HoldCall](w); h != (HoldCall{second.ID, false}) {
		t.Errorf("taking back the one that is left asks for %+v", h)
	}
}

func TestHoldIsAskedForOnceAndAgainWhenItDidNotWork(t *testing.T) {
	w := online(t, friends(dana))
	c := w.talks(dana)
	w.do(w.HoldCall(w.now, c.ID, true))
	w.asks("HoldCall")
	w.do(w.HoldCall(w.now, c.ID, true))
	w.asks()
	w.now = w.now.Add(holdPatience)
	w.do(w.HoldCall(w.now, c.ID, true))
	w.asks("HoldCall")
	w.do(w.HoldCall(w.now, "gone", true))
	w.asks()
}

func TestMuteAndDigits(t *testing.T) {
	w := online(t, friends(dana))
	c := w.dials(dana)
	w.do(w.MuteCall(w.now, c.ID, true))
	if one[MuteCall](w) != (MuteCall{c.ID, true}) || !w.call(c.ID).Muted {
		t.Error("the user is heard")
	}
	w.do(w.MuteCall(w.now, c.ID, true))
	w.asks()
	effects, err := w.SendDigits(w.now, c.ID, "1")
	refuses(t, effects, err, ErrNotTalking)
	w.hears(c, stands(sipclient.CallActive))
	effects, err = w.SendDigits(w.now, c.ID, "1x")
	refuses(t, effects, err, ErrDigit)
	effects, err = w.SendDigits(w.now, c.ID, "")
	refuses(t, effects, err, ErrDigit)
	effects, err = w.SendDigits(w.now, "gone", "1")
	refuses(t, effects, err, ErrNoCall)
	effects, err = w.SendDigits(w.now, c.ID, "*1a#")
	w.do(effects)
	if err != nil || one[SendDigits](w) != (SendDigits{c.ID, "*1A#"}) {
		t.Errorf("pressing keys asks for %v, %v", effects, err)
	}
}

func TestOtherAddresses(t *testing.T) {
	w := online(t, Saved{})
	for typed, want := range map[string]contacts.Address{
		"+49 (30) 123-456":      "sip:+4930123456@contoso.com",
		"dana":                  dana,
		"sip:gina@fabrikam.com": gina,
	} {
		if got, err := w.AddressToCall(typed); got != want || err != nil {
			t.Errorf("%q is %q, %v", typed, got, err)
		}
	}
	if _, err := w.AddressToCall("alice@contoso.com"); err != ErrSelf {
		t.Errorf("calling oneself: %v", err)
	}
	if _, err := w.AddressToCall("a b@c"); err == nil || strings.TrimSpace(err.Error()) == "" {
		t.Error("an address that is none is not refused in words")
	}
}

func TestDevicesChangeInTheMiddleOfACall(t *testing.T) {
	w := online(t, friends(dana))
	o := w.Options()
	o.Audio = option.Audio{Source: "headset", Sink: "headset"}
	w.do(w.SetOptions(w.now, o))
	if one[UseDevices](w) != (UseDevices{Source: "headset", Sink: "headset"}) {
		t.Errorf("for the next calls asked for %+v", asked[UseDevices](w))
	}
	w.talks(dana)
	o.Audio.Sink = ""
	w.do(w.SetOptions(w.now, o))
	if one[UseDevices](w) != (UseDevices{Source: "headset"}) {
		t.Errorf("asked for %+v", asked[UseDevices](w))
	}
}

func TestSigningOutHangsUp(t *testing.T) {
	w := online(t, friends(dana, eve))
	c := w.talks(dana)
	w.hears(rings(eve))
	w.do(w.SignOut(w.now))
	if got := asked[HangUp](w); len(got) != 2 || got[0].ID != c.ID || len(w.Calls()) != 0 {
		t.Errorf("signing out hangs up %v", got)
	}
	if w.LoggedCount() != 2 || w.Logged(0).Outcome != calllog.Declined || w.Logged(1).Outcome != calllog.Talked {
		t.Errorf("the log has %+v", w.calls.log.rows)
	}
}

func TestTheEndOfTheProgramHangsUp(t *testing.T) {
	w := online(t, friends(dana))
	w.talks(dana)
	w.do(w.HangUpAll(w.now))
	w.asks("SaveCall", "PublishPresence", "HangUp")
	w.logged(calllog.Talked)
}

func TestTroubleWithDevicesIsToldInTheCall(t *testing.T) {
	w := online(t, friends(dana))
	c := w.talks(dana)
	w.results(SoundFailed{ID: c.ID, Err: ErrDigit})
	if w.call(c.ID).Trouble == "" || len(w.Calls()) != 1 {
		t.Error("nobody says that the microphone does not work, or the call ended with it")
	}
	w.results(SoundFailed{ID: c.ID}, SoundFailed{ID: "gone", Err: ErrDigit})
	if w.call(c.ID).Trouble != "" {
		t.Error("the trouble is over and still told")
	}
}

func TestACallThatCannotBeBegunIsOver(t *testing.T) {
	w := online(t, friends(dana, eve))
	w.dials(dana)
	w.results(Done{Effect: one[PlaceCall](w), Err: ErrDigit})
	w.logged(calllog.Failed)
	c := rings(eve)
	w.hears(c)
	effects, _ := w.AnswerCall(w.now, c.ID)
	w.do(effects)
	w.results(Done{Effect: AnswerCall{ID: c.ID}, Err: ErrDigit})
	if one[DeclineCall](w) != (DeclineCall{c.ID, 480}) {
		t.Error("the caller is left waiting")
	}
	w.logged(calllog.Failed)
	if w.says("call") == "" {
		t.Error("nobody says why")
	}
}

func TestRingingAloudIsAnOption(t *testing.T) {
	w := online(t, friends(dana))
	o := w.Options()
	o.Sounds.Calls = false
	w.do(w.SetOptions(w.now, o))
	w.hears(rings(dana))
	if len(asked[PlayTone](w)) != 0 || len(asked[Alert](w)) != 1 || w.Rings(alerts.Call) {
		t.Errorf("it rings all the same: %v", kinds(w.last))
	}
}
