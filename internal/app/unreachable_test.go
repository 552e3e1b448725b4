package app

import (
	"slices"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// nobodyThere ends a message as the session does for somebody who is offline.
func nobodyThere(m sipclient.Message) MessageSettled {
	return MessageSettled{
		ID: m.ID, Peer: contacts.Address(m.Peer), Delivery: sipclient.Unsent, Err: &sipclient.ResponseError{Method: "MESSAGE", Code: 480},
	}
}

// A message to somebody offline waits, says so, and goes by itself, once and in order, when they can be reached.
func TestWhatNobodyWasThereForGoesByItself(t *testing.T) {
	presence := func(w *world, open bool) { w.take(active(dana, pidf.State{Open: open})) }
	for name, comes := range map[string]func(*world){
		"they come online": func(w *world) { presence(w, true) },
		"they write": func(w *world) {
			w.take(sipclient.MessageReceived{Message: sipclient.Message{ID: "x", Seq: 9, Peer: string(dana), Body: text.From("hi")}})
		},
		"the user signs in again": func(w *world) { w.take(sipclient.Disconnected{}, sipclient.SignedIn{}) },
	} {
		t.Run(name, func(t *testing.T) {
			w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.Colleagues)}})
			presence(w, false)
			first, other := w.send(dana, "one"), w.send(eve, "other")
			w.results(MessageStored{ID: first.ID, Seq: 1}, nobodyThere(first), MessageStored{ID: other.ID, Seq: 2}, nobodyThere(other))
			w.asks()
			if m := w.Conversation(dana).Messages[0]; DeliveryLabel(m) != "waiting" || len(w.Notices()) != 0 {
				t.Errorf("%+v, said is %v", m, w.Notices())
			}
			second := w.send(dana, "two")
			if got := w.left(); !slices.Equal(got, []string{"one"}) {
				t.Errorf("with a second message left %v, they might be there by now", got)
			}
			w.results(MessageStored{ID: first.ID, Seq: 1}, MessageStored{ID: second.ID, Seq: 3}, nobodyThere(first))
			w.asks()
			presence(w, false)
			w.asks()
			comes(w)
			want := []string{"one"}
			if name == "the user signs in again" {
				want = []string{"one", "other"}
			}
			if got := w.left(); !slices.Equal(got, want) {
				t.Errorf("left are %v, want %v", got, want)
			}
			w.results(sent(first))
			if got := w.left(); !slices.Equal(got, []string{"two"}) {
				t.Errorf("after the first one left %v", got)
			}
			w.results(sent(second))
			presence(w, false)
			presence(w, true)
			if got := w.left(); len(got) != 0 {
				t.Errorf("a second time left %v", got)
			}
		})
	}
}

// Somebody who comes online while the answer that they are not is still under way is tried once more.
func TestWhoeverComesBeforeTheAnswerIsTriedAgain(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.take(active(dana, pidf.State{}))
	m, behind := w.send(dana, "one"), w.send(dana, "two")
	w.take(active(dana, pidf.State{Open: true}))
	w.asks()
	w.results(nobodyThere(m))
	if got := w.left(); !slices.Equal(got, []string{"one"}) {
		t.Errorf("left are %v", got)
	}
	w.results(nobodyThere(m))
	if got := w.left(); len(got) != 0 || DeliveryLabel(w.Conversation(dana).Messages[1]) != "waiting" {
		t.Errorf("golync and the server go round in circles with %v", got)
	}
	w.take(received(dana, 9, "hi"))
	w.results(sent(m))
	if got := one[SendMessage](w).Message; got.ID != behind.ID {
		t.Errorf("left has %+v", got)
	}
}

// Who looks signed in all the time, because their program has crashed or lost the server, is there again when
// anything is heard of them.
func TestWhoeverLooksSignedInIsTriedWhenTheirPresenceChanges(t *testing.T) {
	is := func(a pidf.Activity) sipclient.PresenceChanged {
		return active(dana, pidf.State{Open: true, Activity: a})
	}
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.take(is(pidf.ActivityNone))
	m := w.send(dana, "one")
	w.take(is(pidf.ActivityBusy))
	if got := w.left(); len(got) != 0 {
		t.Errorf("while it is on its way left %v", got)
	}
	w.results(MessageStored{ID: m.ID, Seq: 1}, nobodyThere(m))
	w.results(nobodyThere(m))
	w.take(is(pidf.ActivityNone))
	if got := w.left(); !slices.Equal(got, []string{"one"}) {
		t.Errorf("left are %v", got)
	}
	w.results(sent(m))
	w.take(is(pidf.ActivityBusy))
	if got := w.left(); len(got) != 0 {
		t.Errorf("with nothing waiting left %v", got)
	}
}

// Of a stranger no presence tells, so that only trying can find out: soon at first, because a server that was started
// again has everybody back in seconds, and then ever more seldom.
func TestWhoeverCannotBeWatchedIsTriedNowAndThen(t *testing.T) {
	w := online(t, Saved{})
	m := w.send(gina, "one")
	looks := func(after, again time.Duration, want ...string) {
		t.Helper()
		w.now = w.now.Add(after)
		effects, next := w.Retry(w.now)
		w.do(effects)
		if got := w.left(); !slices.Equal(got, want) || next != again {
			t.Errorf("%v later left are %v, looks again after %v", after, got, next)
		}
	}
	for _, pause := range append(pauses[:], pauses[len(pauses)-1]) {
		w.results(MessageStored{ID: m.ID, Seq: 1}, nobodyThere(m))
		looks(0, min(pause, idleCheck))
		looks(pause-time.Second, time.Second)
		looks(time.Second, 0, "one")
		looks(pause, 0) // it is on its way
	}
	w.results(nobodyThere(m))
	looks(24*time.Hour, 0, "one") // the machine slept
	w.results(nobodyThere(m))
	looks(-24*time.Hour, 0, "one") // the clock was set back
	w.results(nobodyThere(m))
	w.take(sipclient.Disconnected{})
	looks(time.Hour, 0) // signing in sends it
	w.take(sipclient.SignedIn{})
	if got := w.left(); !slices.Equal(got, []string{"one"}) {
		t.Errorf("after signing in left %v", got)
	}
	w.results(nobodyThere(m))
	looks(0, pauses[0]) // which is news
	looks(pauses[0], 0, "one")
	w.results(sent(m))
	looks(time.Hour, 0)
}

// Nobody has to wait for the next try who knows better.
func TestWhatWaitsIsSentAtOnceOnDemand(t *testing.T) {
	w := online(t, Saved{})
	m := w.send(gina, "one")
	if _, waits := w.TryNow(w.now, gina); waits {
		t.Error("what is on its way waits")
	}
	w.results(MessageStored{ID: m.ID, Seq: 1}, nobodyThere(m))
	effects, waits := w.TryNow(w.now, gina)
	w.do(effects)
	if got := w.left(); !waits || !slices.Equal(got, []string{"one"}) {
		t.Errorf("left are %v", got)
	}
}

func TestOnlyWhatNobodyWasThereForWaits(t *testing.T) {
	for code, want := range map[int]bool{480: true, 430: true, 404: false, 403: false, 408: false, 486: false, 603: false, 0: false} {
		if Unreachable(code) != want {
			t.Errorf("%d: %v", code, !want)
		}
	}
}
