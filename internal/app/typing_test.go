package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

func typingBy(a contacts.Address, typing bool) sipclient.TypingChanged {
	return sipclient.TypingChanged{URI: string(a), Typing: typing}
}

// talking is a world in which dana is there, eve is away from her program, and fred is blocked.
func talking(t *testing.T) *world {
	w := online(t, Saved{Contacts: []contacts.Contact{
		known(dana, contacts.Colleagues), known(eve, contacts.Colleagues), known(fred, contacts.BlockedContacts),
		known(bob, contacts.ExternalContacts),
	}})
	w.take(there(dana, true), there(eve, false), there(fred, true))
	return w
}

func there(a contacts.Address, open bool) sipclient.PresenceChanged {
	return sipclient.PresenceChanged{URI: string(a), Watch: sipclient.WatchActive, Known: true, State: pidf.State{Open: open}}
}

// tells checks which notices the last call asks for.
func (w *world) tells(want ...TellTyping) {
	w.t.Helper()
	if got := asked[TellTyping](w); !slices.Equal(got, want) {
		w.t.Errorf("told %v, want %v", got, want)
	}
}

func (w *world) after(d time.Duration) { w.now = w.now.Add(d) }

func (w *world) sends(a contacts.Address) string {
	w.t.Helper()
	effects, err := w.Send(w.now, a, "hello")
	if err != nil {
		w.t.Fatal(err)
	}
	w.do(effects)
	return w.written().ID
}

func TestWhoIsTyping(t *testing.T) {
	w := talking(t)
	v := w.Version()
	w.take(typingBy(dana, true))
	if !w.Typing(dana) || !w.Typing("sip:DANA@contoso.com") || w.Typing(eve) || w.Version() == v {
		t.Error("dana is typing")
	}
	if len(w.Conversations()) != 0 {
		t.Error("a notice opened a conversation")
	}
	w.take(typingBy(dana, false))
	if w.Typing(dana) {
		t.Error("dana has stopped")
	}
	for name, end := range map[string]func(){
		"disconnected": func() { w.take(sipclient.Disconnected{}) },
		"signed out":   func() { w.do(w.SignOut(w.now)) },
		"blocked":      func() { w.do(w.Block(w.now, dana)) },
	} {
		w = talking(t)
		w.take(typingBy(dana, true))
		end()
		if w.Typing(dana) {
			t.Errorf("%s, and dana is typing", name)
		}
		w.take(typingBy(dana, true)) // it crossed
		if w.Typing(dana) {
			t.Errorf("%s, and dana begins to type", name)
		}
	}
	w.take(typingBy("nobody", true))
}

// The notice of somebody whose messages the user does not get is not shown, whatever sipclient let through.
func TestOnlyPeopleWhoMayWriteAreSeenTyping(t *testing.T) {
	for _, outside := range []alerts.OutsideChoice{alerts.AllowAnyone, alerts.AllowInvites, alerts.BlockAll} {
		w := online(t, Saved{Alerts: alerts.Options{Outside: outside}})
		w.take(typingBy(cheri, true))
		if got, want := w.Typing(cheri), outside == alerts.AllowAnyone; got != want {
			t.Errorf("%v: typing %t", outside, got)
		}
	}
}

func TestWritingIsToldOnceAMinute(t *testing.T) {
	w := talking(t)
	var told []string
	for second := range 130 {
		w.do(w.Write(w.now, dana))
		for _, e := range asked[TellTyping](w) {
			told = append(told, fmt.Sprint(second, e.Active))
		}
		effects, next := w.Pause(w.now)
		if len(effects) != 0 || next != typingPause {
			t.Fatalf("%v, next in %v", effects, next)
		}
		w.after(time.Second)
	}
	if want := []string{"0 true", "60 true", "120 true"}; !slices.Equal(told, want) {
		t.Errorf("told at %v", told)
	}
}

func TestHowWritingEnds(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(w *world)
		want []TellTyping
	}{
		"pause":    {func(w *world) { w.after(typingPause); w.pauses(0) }, []TellTyping{{Peer: dana}}},
		"too soon": {func(w *world) { w.after(typingPause - time.Second); w.pauses(time.Second) }, nil},
		"clock":    {func(w *world) { w.after(-time.Hour); w.pauses(0) }, []TellTyping{{Peer: dana}}},
		"cleared":  {func(w *world) { w.do(w.Rest(w.now, dana)) }, []TellTyping{{Peer: dana}}},
		"sent":     {func(w *world) { w.sends(dana); w.do(append(w.last, w.Rest(w.now, dana)...)) }, nil},
		"offline":  {func(w *world) { w.take(there(dana, false)); w.do(w.Rest(w.now, dana)) }, nil},
		"lost":     {func(w *world) { w.take(sipclient.Disconnected{}); w.after(time.Hour); w.pauses(0) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := talking(t)
			w.do(w.Write(w.now, dana))
			w.tells(TellTyping{Peer: dana, Active: true})
			c.end(w)
			w.tells(c.want...)
		})
	}
}

func (w *world) pauses(want time.Duration) {
	w.t.Helper()
	effects, next := w.Pause(w.now)
	w.do(effects)
	if next != want {
		w.t.Errorf("next in %v, want %v", next, want)
	}
}

func TestNobodyIsToldWhoCannotHear(t *testing.T) {
	for _, a := range []contacts.Address{eve, fred, bob, gina} { // offline, blocked, unknown, a stranger
		w := talking(t)
		w.do(w.Write(w.now, a))
		w.tells()
		w.do(w.Rest(w.now, a))
		w.tells()
	}
	w := talking(t)
	w.do(w.Write(w.now, eve))
	w.take(there(eve, true))
	w.do(w.Write(w.now, eve)) // the next key
	w.tells(TellTyping{Peer: eve, Active: true})
}

// A message ends what was told, so that the next one is told only when it has arrived.
func TestTheNextMessageIsToldAfterTheOneBefore(t *testing.T) {
	w := talking(t)
	w.do(w.Write(w.now, dana))
	first := w.sends(dana)
	second := w.sends(dana)
	w.do(w.Write(w.now, dana))
	w.tells()
	w.results(MessageSettled{ID: first, Peer: dana, Delivery: sipclient.Sent})
	w.tells()
	w.results(MessageSettled{ID: second, Peer: dana, Delivery: sipclient.Sent})
	w.tells(TellTyping{Peer: dana, Active: true})

	third := w.sends(dana)
	w.do(w.Write(w.now, dana))
	w.after(typingPause) // the answer comes when the user has long stopped
	w.results(MessageSettled{ID: third, Peer: dana, Delivery: sipclient.Failed, Err: &sipclient.ResponseError{Code: 480, Reason: text.From("x")}})
	w.tells()
	w.pauses(0)
	w.tells()
}
