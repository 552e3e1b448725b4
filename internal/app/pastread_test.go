package app

import (
	"testing"

	"golync/contacts"
	"golync/sipclient"
)

// What is marked in the Conversations view need be neither open nor loaded.
func TestAConversationIsMarkedReadUnseen(t *testing.T) {
	last := sipclient.Message{ID: "9", Seq: 9, Peer: string(dana)}
	for name, saved := range map[string]Saved{
		"open and not loaded": {Open: []contacts.Address{dana}, Unread: map[contacts.Address]int{dana: 3}},
		"not open":            {},
	} {
		w := online(t, saved)
		if len(saved.Open) == 0 {
			w.talk.unread[dana] = 3
		}
		w.results(PastLoaded{Rows: []PastRow{{Last: last}}, UpTo: 9})
		if p := w.Past(); len(p) != 1 || p[0].Unread != 3 {
			t.Fatalf("%s: %+v", name, p)
		}
		w.do(w.MarkAllRead(w.now, dana))
		if read := one[MarkRead](w); read.Peer != dana || read.Seq != 9 {
			t.Errorf("%s: marked %+v", name, read)
		}
		if p := w.Past(); p[0].Unread != 0 || w.Unread() != 0 {
			t.Errorf("%s: still unread: %+v", name, p)
		}
		w.do(w.MarkAllRead(w.now, dana))
		w.do(w.MarkAllRead(w.now, eve))
		w.asks() // nothing more
	}
}

func TestMarkingAsReadTellsNobodyThatItWas(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}, Open: []contacts.Address{dana}})
	w.results(HistoryLoaded{Peer: dana})
	w.take(sipclient.MessageReceived{Message: wants(dana, "1", 1)})
	w.do(w.MarkAllRead(w.now, dana))
	w.tellsOf("dana hidden")
	if c := w.Conversation(dana); c.Unread != 0 || !c.Messages[0].Read {
		t.Errorf("not read: %+v", c)
	}
}
