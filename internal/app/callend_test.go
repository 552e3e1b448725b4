package app

import (
	"strings"
	"testing"

	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/text"
	"golync/sipclient"
)

// notice is what is said of the last call with Dana.
func (w *world) notice() CallNotice {
	n, _ := w.CallNotice(dana)
	return n
}

func TestEveryEndOfAPlacedCallHasWords(t *testing.T) {
	for _, c := range []struct {
		why  sipclient.CallEnd
		code int
		how  calllog.Outcome
		says string
	}{
		{sipclient.EndedRefused, 486, calllog.Refused, "does not want to be disturbed"},
		{sipclient.EndedRefused, 603, calllog.Refused, "dana has declined the call"},
		{sipclient.EndedRefused, 480, calllog.Refused, "dana cannot be reached and may be offline."},
		{sipclient.EndedRefused, 404, calllog.Refused, "dana cannot be found. Please check the address and try again."},
		{sipclient.EndedRefused, 403, calllog.Refused, "is not federated with your company"},
		{sipclient.EndedRefused, 488, calllog.Refused, "no kind of sound in common"},
		{sipclient.EndedRefused, 503, calllog.Refused, "Could not complete the call because the network is busy. Try again later."},
		{sipclient.EndedRefused, 408, calllog.NoAnswer, "dana did not answer"},
		{sipclient.EndedNoAnswer, 0, calllog.NoAnswer, "dana did not answer"},
		{sipclient.EndedFailed, 0, calllog.Failed, "the network is busy"},
		{sipclient.EndedFailed, 488, calllog.Failed, "no kind of sound in common"},
		{sipclient.EndedElsewhere, 0, calllog.Failed, "the network is busy"},
		{sipclient.EndedByPeer, 0, calllog.Failed, "the network is busy"},
		{sipclient.EndedHere, 0, calllog.GivenUp, ""},
		{sipclient.EndedCancelled, 0, calllog.GivenUp, ""},
	} {
		w := online(t, friends(dana))
		call := w.dials(dana)
		w.hears(call, ended(c.why, c.code))
		w.logged(c.how)
		n := w.notice()
		if !strings.Contains(string(n.Text), c.says) || (c.says == "") != (n.Text == "") || n.Text != "" && !n.Error {
			t.Errorf("end %d with %d says %q, want %q", c.why, c.code, n.Text, c.says)
		}
	}
}

// A telephone that has rung was there: with 480 it says that nobody answered, as golync's own does.
func TestWhereItHasRungNobodyIsOffline(t *testing.T) {
	w := online(t, friends(dana))
	call := w.dials(dana)
	w.hears(call, stands(sipclient.CallRinging))
	w.hears(call, ended(sipclient.EndedRefused, 480))
	w.logged(calllog.NoAnswer)
	if n := w.notice(); !strings.Contains(string(n.Text), "dana did not answer") || !n.Error {
		t.Errorf("it says %+v", n)
	}
}

// A server that refuses the sound of a call for a reason of its own, such as a policy, says so, and is quoted.
func TestWhySoundIsRefusedIsTold(t *testing.T) {
	for reason, says := range map[string]string{
		"Not Acceptable Here": "have no kind of sound in common",
		"Not Acceptable":      "have no kind of sound in common",
		"":                    "have no kind of sound in common",
		"Your Administrator Does Not Allow Calls with Skype": "Bob could not be called (Your Administrator Does Not Allow Calls with Skype). Send an instant message.",
	} {
		if said := RefusalText(488, text.From(reason), "Bob"); !strings.Contains(string(said), says) {
			t.Errorf("%q says %q", reason, said)
		}
	}
}

func TestEveryFinalResponseHasWords(t *testing.T) {
	for code := 300; code < 700; code++ {
		said := RefusalText(code, text.From("R\x1beason"), "Dana")
		if len(said) < 20 || !strings.HasSuffix(string(said), ".") && !strings.HasSuffix(string(said), "?") || strings.ContainsRune(string(said), 0x1b) {
			t.Errorf("%d says %q", code, said)
		}
	}
}

func TestEveryEndOfATalkHasWords(t *testing.T) {
	for why, says := range map[sipclient.CallEnd]string{
		sipclient.EndedByPeer:    "dana has hung up.",
		sipclient.EndedElsewhere: "goes on on another device",
		sipclient.EndedHere:      "",
		sipclient.EndedCancelled: "",
		sipclient.EndedFailed:    "was cut off (No ACK)",
		sipclient.EndedNoAnswer:  "was cut off",
		sipclient.EndedRefused:   "was cut off",
	} {
		w := online(t, friends(dana))
		w.hears(w.talks(dana), ended(why, 0), func(c *sipclient.Call) { c.Reason = text.From("No ACK") })
		broke := strings.Contains(says, "cut off")
		w.logged(map[bool]calllog.Outcome{true: calllog.CutOff, false: calllog.Talked}[broke])
		if n := w.notice(); !strings.Contains(string(n.Text), says) || (says == "") != (n.Text == "") || n.Error != broke {
			t.Errorf("end %d says %+v, want %q", why, n, says)
		}
	}
}

func TestACallThatCouldNotBeAnsweredSaysWhy(t *testing.T) {
	for code, says := range map[int]string{488: "no kind of sound in common", 0: "ended before it was connected"} {
		w := online(t, friends(dana))
		c := rings(dana)
		w.hears(c)
		effects, _ := w.AnswerCall(w.now, c.ID)
		w.do(effects)
		w.hears(c, ended(sipclient.EndedFailed, code))
		w.logged(calllog.Failed)
		if n := w.notice(); !strings.Contains(string(n.Text), says) || !n.Error {
			t.Errorf("%d says %+v", code, n)
		}
	}
}

func TestNobodyFollowsARedirectUnasked(t *testing.T) {
	w := online(t, friends(dana, eve))
	moved := func(code int, to string) {
		w.t.Helper()
		w.hears(w.dials(dana), ended(sipclient.EndedRefused, code), func(c *sipclient.Call) { c.Target = to })
	}
	moved(302, "sip:eve@contoso.com;transport=tcp")
	w.asks("SaveCall")
	if n := w.notice(); n.Target != eve || n.Error || n.Text != "dana asks you to call eve instead. Do you want to?" {
		t.Errorf("asked is %+v", n)
	}
	effects, err := w.FollowRedirect(w.now, dana)
	w.do(effects)
	if err != nil || one[PlaceCall](w).Peer != eve || len(w.CallNotices()) != 0 {
		t.Errorf("following asks for %v, %v", kinds(effects), err)
	}
	effects, err = w.FollowRedirect(w.now, dana)
	refuses(t, effects, err, ErrNoCall)
	w.do(w.HangUp(w.now, w.Calls()[0].ID))

	moved(301, "tel:+49-30-123")
	if n := w.notice(); n.Target != "sip:+4930123@contoso.com" || !strings.Contains(string(n.Text), "has moved") {
		t.Errorf("asked is %+v", n)
	}
	w.DismissCallNotice(dana)
	if w.notice() != (CallNotice{}) {
		t.Error("a notice that was dismissed is still there")
	}
	for _, nowhere := range []string{"", "http://contoso.com", "sip:alice@contoso.com"} {
		moved(302, nowhere)
		if n := w.notice(); n.Target != "" || !n.Error || n.Text == "" {
			t.Errorf("%q: asked is %+v", nowhere, n)
		}
	}
	moved(380, "sip:eve@contoso.com")
	if n := w.notice(); n.Target != "" || !strings.Contains(string(n.Text), "in another way") {
		t.Errorf("asked is %+v", n)
	}
}

func TestABlindTransfer(t *testing.T) {
	w := online(t, friends(dana, eve))
	c := w.dials(dana)
	effects, err := w.TransferCall(w.now, c.ID, eve)
	refuses(t, effects, err, ErrNotTalking)
	w.hears(c, stands(sipclient.CallActive))
	c.State = sipclient.CallActive
	for to, want := range map[contacts.Address]error{dana: ErrSamePerson, alice: ErrSelf, "x": contacts.ErrNoDomain} {
		effects, err = w.TransferCall(w.now, c.ID, to)
		refuses(t, effects, err, want)
	}
	effects, err = w.TransferCall(w.now, "gone", eve)
	refuses(t, effects, err, ErrNoCall)
	effects, err = w.TransferCall(w.now, c.ID, eve)
	w.do(effects)
	if err != nil || one[TransferCall](w) != (TransferCall{c.ID, eve}) {
		t.Fatalf("asked for %v, %v", kinds(effects), err)
	}
	effects, err = w.TransferCall(w.now, c.ID, eve)
	refuses(t, effects, err, nil) // it is under way
	w.hears(c)                    // before the other side has answered
	if w.call(c.ID).Transfer != sipclient.TransferAsked || w.call(c.ID).To != eve {
		t.Errorf("shown is %+v", w.call(c.ID))
	}
	c.Transfer = sipclient.TransferFailed
	w.hears(c)
	w.hears(c)
	if n := w.notice(); !n.Error || !strings.HasPrefix(string(n.Text), "Cannot complete the transfer.") || len(w.Calls()) != 1 || w.call(c.ID).To != "" {
		t.Errorf("said is %+v", n)
	}
	effects, err = w.TransferCall(w.now, c.ID, eve)
	if err != nil || len(effects) == 0 {
		t.Errorf("a second try: %v, %v", kinds(effects), err)
	}
	w.hears(c, ended(sipclient.EndedHere, 0), func(c *sipclient.Call) { c.Transfer = sipclient.TransferDone })
	if n := w.notice(); n.Text != "dana and eve are connected now. Your call has ended." || n.Error {
		t.Errorf("said is %+v", n)
	}
}

func TestAnAttendedTransferEndsBothCalls(t *testing.T) {
	w := online(t, friends(dana, eve))
	first := w.talks(dana)
	effects, err := w.JoinCalls(w.now, first.ID)
	refuses(t, effects, err, ErrOneCall)
	second := w.talks(eve)
	effects, err = w.JoinCalls(w.now, first.ID)
	w.do(effects)
	if err != nil || one[JoinCalls](w) != (JoinCalls{first.ID, second.ID}) {
		t.Fatalf("asked for %v, %v", kinds(effects), err)
	}
	effects, err = w.JoinCalls(w.now, second.ID)
	refuses(t, effects, err, nil)
	w.hears(second, ended(sipclient.EndedByPeer, 0))
	w.hears(first, ended(sipclient.EndedHere, 0), func(c *sipclient.Call) { c.Transfer = sipclient.TransferDone })
	if all := w.CallNotices(); len(all) != 1 || all[0].Text != "dana and eve are connected now. Your call has ended." {
		t.Errorf("said is %+v", all)
	}
	effects, err = w.JoinCalls(w.now, first.ID)
	refuses(t, effects, err, ErrNoCall)
}

// Dana connects the user with Eve, who calls in the place of Dana's call.
func TestBeingPutThroughNeedsNoAnswer(t *testing.T) {
	w := online(t, friends(dana, eve))
	old := w.talks(dana)
	w.do(w.MuteCall(w.now, old.ID, true))
	c := rings(eve)
	c.Replaces = old.ID
	w.hears(c)
	if one[AnswerCall](w).ID != c.ID || one[MuteCall](w) != (MuteCall{c.ID, true}) || len(asked[Alert](w))+len(asked[HoldCall](w)) != 0 {
		t.Errorf("asked for %v", kinds(w.last))
	}
	c.State = sipclient.CallActive
	w.hears(c)
	w.hears(old, ended(sipclient.EndedByPeer, 0))
	if is, _ := w.Current(); is.ID != c.ID || !is.Muted || len(w.Calls()) != 1 || w.Mine() != contacts.InACall {
		t.Errorf("talked in is %+v", is)
	}
	if n, _ := w.CallNotice(eve); n.Text != "dana has put you through to eve." || len(w.CallNotices()) != 1 {
		t.Errorf("said is %+v", w.CallNotices())
	}
	c = rings(fred)
	c.Replaces = "a call that is over"
	w.hears(c)
	if is, _ := w.Ringing(); is.Peer != fred {
		t.Error("a call in the place of none does not ring")
	}
}

func TestNoticesOfCallsAreBounded(t *testing.T) {
	w := online(t, Saved{})
	for range maxCallNotices * 2 {
		w.now = w.now.Add(1)
		w.tellOfCall(CallNotice{Peer: contacts.Address("sip:x" + string(rune('a'+len(w.CallNotices()))) + w.now.Format("05.000000000") + "@contoso.com"), Text: "x"})
	}
	if n := len(w.CallNotices()); n != maxCallNotices {
		t.Errorf("%d are kept", n)
	}
}
