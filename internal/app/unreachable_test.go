package app

import (
	"slices"
	"testing"

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
			first, other, second := w.send(dana, "one"), w.send(eve, "other"), sipclient.Message{}
			w.results(MessageStored{ID: first.ID, Seq: 1}, nobodyThere(first), MessageStored{ID: other.ID, Seq: 2}, nobodyThere(other))
			w.asks()
			if m := w.Conversation(dana).Messages[0]; DeliveryLabel(m) != "waiting" || len(w.Notices()) != 0 {
				t.Errorf("%+v, said is %v", m, w.Notices())
			}
			effects, err := w.Send(w.now, dana, "two")
			if err != nil {
				t.Fatal(err)
			}
			w.do(effects)
			if got := w.left(); !slices.Equal(got, []string{"one", "two"}) {
				t.Errorf("with a second message left %v", got)
			}
			second = asked[SendMessage](w)[1].Message
			w.results(MessageStored{ID: first.ID, Seq: 1}, MessageStored{ID: second.ID, Seq: 3}, nobodyThere(second), nobodyThere(first))
			presence(w, false)
			w.asks()
			comes(w)
			want := []string{"one", "two"}
			if name == "the user signs in again" {
				want = []string{"one", "other", "two"}
			}
			if got := w.left(); !slices.Equal(got, want) {
				t.Errorf("left are %v, want %v", got, want)
			}
			presence(w, true)
			if got := w.left(); name == "they come online" && len(got) != 0 {
				t.Errorf("a second time left %v", got)
			}
		})
	}
}

func TestOnlyWhatNobodyWasThereForWaits(t *testing.T) {
	for code, want := range map[int]bool{480: true, 430: true, 404: false, 403: false, 408: false, 486: false, 603: false, 0: false} {
		if Unreachable(code) != want {
			t.Errorf("%d: %v", code, !want)
		}
	}
}
