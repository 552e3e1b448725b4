package app

import (
	"fmt"
	"slices"
	"testing"

	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// wants is a received message whose sender wants to hear of it.
func wants(a contacts.Address, id string, seq int64) sipclient.Message {
	return sipclient.Message{
		ID: id, Seq: seq, Peer: string(a), Body: text.From("hello"), ReceiptID: "r" + id,
		Owed: sipclient.OwedDelivery | sipclient.OwedDisplay,
	}
}

// told lists the receipts asked for by the last call.
func (w *world) told() (all []string) {
	for _, r := range asked[SendReceipts](w) {
		all = append(all, fmt.Sprint(r.Peer.User(), map[bool]string{true: " seen", false: " hidden"}[r.Seen]))
	}
	return all
}

func (w *world) tellsOf(want ...string) {
	w.t.Helper()
	if got := w.told(); !slices.Equal(got, want) {
		w.t.Errorf("told are %q, want %q", got, want)
	}
}

func TestPeopleTheUserKnowsAreToldWhatTheyAskedFor(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.Colleagues)}})
	w.take(sipclient.MessageReceived{Message: wants(dana, "1", 1)})
	w.tellsOf("dana seen")
	w.take(sipclient.MessageReceived{Message: sipclient.Message{ID: "2", Seq: 2, Peer: string(eve), Body: text.From("no receipts")}})
	w.tellsOf()
	w.do(w.MarkRead(w.now, dana))
	w.asks("MarkRead", "SendReceipts") // the disk has to know first
	w.do(w.MarkRead(w.now, dana))
	w.tellsOf()
	w.do(w.MarkRead(w.now, eve))
	w.tellsOf()
}

func TestNobodyElseIsTold(t *testing.T) {
	w := online(t, Saved{
		Contacts:      []contacts.Contact{known(dana, contacts.BlockedContacts)},
		Relationships: map[contacts.Address]contacts.Relationship{fred: contacts.BlockedContacts},
		Owing:         []contacts.Address{dana, gina, "junk"},
	})
	w.tellsOf()
	for i, a := range []contacts.Address{dana, fred, gina} {
		w.take(sipclient.MessageReceived{Message: wants(a, "1", int64(i+1))})
		w.tellsOf()
		w.do(w.MarkRead(w.now, a))
		w.tellsOf()
	}
}

func TestReadingInPrivate(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	private := option.Default()
	private.IM.Receipts = false
	w.do(w.SetOptions(w.now, private))
	w.take(sipclient.MessageReceived{Message: wants(dana, "1", 1)})
	w.tellsOf("dana hidden")
	w.do(w.MarkRead(w.now, dana))
	w.tellsOf("dana hidden")
	w.do(w.SetOptions(w.now, option.Default()))
	w.take(sipclient.MessageReceived{Message: wants(dana, "2", 2)})
	w.tellsOf("dana seen")
	w.do(w.Close(w.now, dana)) // closed without having been looked at
	w.tellsOf("dana hidden")
}

func TestReceiptsThatCouldNotBeGivenAreGivenAfterSigningIn(t *testing.T) {
	w := open(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.Colleagues)}, Owing: []contacts.Address{eve}})
	w.take(sipclient.MessageReceived{Message: wants(dana, "1", 1)})
	w.do(w.MarkRead(w.now, dana))
	w.tellsOf()
	w.signIn(Services{})
	w.tellsOf("dana seen", "eve seen")
	w.results(Done{Effect: SendReceipts{Peer: dana, Seen: true}}, Done{Effect: SendReceipts{Peer: eve, Seen: true}, Err: sipclient.ErrNotSignedIn})
	w.take(sipclient.Disconnected{}, sipclient.SignedIn{})
	w.tellsOf("eve seen")
	w.results(Done{Effect: SendReceipts{Peer: eve, Seen: true}, Err: sipclient.ErrNotSignedIn}) // she is offline
	w.take(active(eve, pidf.State{Open: true}))
	w.tellsOf("eve seen")
	w.take(active(dana, pidf.State{Open: true}))
	w.tellsOf()
	if len(w.Notices()) > 3 { // those about the server's services
		t.Errorf("said are %v", w.Notices())
	}
}

func TestReceiptsOfTheOthersCountForwardOnly(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	m := w.send(dana, "hello")
	receipt := func(d sipclient.Delivery, want sipclient.Delivery, kept bool) {
		t.Helper()
		w.take(sipclient.ReceiptReceived{Peer: "sip:dana@CONTOSO.com", ID: m.ID, Delivery: d})
		if got := w.Conversation(dana).Messages[0].Delivery; got != want {
			t.Errorf("after %v it is %v, want %v", d, got, want)
		}
		if got := asked[KeepReceipt](w); (len(got) == 1) != kept || kept && got[0] != (KeepReceipt{dana, m.ID, d}) {
			t.Errorf("after %v kept are %v", d, got)
		}
	}
	receipt(sipclient.Delivered, sipclient.Delivered, true) // it has overtaken the answer
	w.results(MessageStored{ID: m.ID, Seq: 1}, MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Sent})
	receipt(sipclient.Delivered, sipclient.Delivered, false)
	receipt(sipclient.Read, sipclient.Read, true)
	receipt(sipclient.Delivered, sipclient.Read, false)
	receipt(sipclient.Failed, sipclient.Read, false)
	if _, err := w.Resend(w.now, dana, m.ID); err == nil {
		t.Error("what was read can be sent again")
	}
}

func TestReceiptsForWhatIsNotThereChangeNothing(t *testing.T) {
	w := open(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	waiting := w.send(dana, "hello")
	w.results(MessageStored{ID: waiting.ID, Seq: 1})
	before := w.Version()
	for _, r := range []sipclient.ReceiptReceived{
		{Peer: string(dana), ID: waiting.ID, Delivery: sipclient.Read}, // it has not left
		{Peer: "not an address", ID: waiting.ID, Delivery: sipclient.Read},
	} {
		w.take(r)
		w.asks()
	}
	for _, r := range []sipclient.ReceiptReceived{
		{Peer: string(eve), ID: waiting.ID, Delivery: sipclient.Read}, // it is not hers; the disk knows
		{Peer: string(dana), ID: "unknown", Delivery: sipclient.Read},
	} {
		w.take(r)
		w.asks("KeepReceipt")
	}
	if m := w.Conversation(dana).Messages[0]; m.Delivery != sipclient.Unsent || w.Version() != before {
		t.Errorf("it is %v", m.Delivery)
	}
}

func TestAWaitingMessageSaysSo(t *testing.T) {
	w := open(t, Saved{Open: []contacts.Address{dana}, Outbox: []sipclient.Message{outgoing("old", 1, dana, sipclient.Unsent)}})
	w.results(HistoryLoaded{Peer: dana, Messages: []sipclient.Message{outgoing("old", 1, dana, sipclient.Unsent)}})
	m := w.send(dana, "new")
	labels := func(want ...text.Safe) {
		t.Helper()
		var got []text.Safe
		for _, m := range w.Conversation(dana).Messages {
			got = append(got, DeliveryLabel(m))
		}
		if !slices.Equal(got, want) {
			t.Errorf("they are %q, want %q", got, want)
		}
	}
	w.results(MessageStored{ID: m.ID, Seq: 2})
	labels("waiting", "waiting")
	w.signIn(Services{})
	labels("sending", "sending")
	if got := one[SendMessage](w).Message; got.ID != "old" || got.Waiting {
		t.Errorf("left has %+v", got)
	}
	w.take(sipclient.Disconnected{})
	w.results(MessageSettled{ID: "old", Peer: dana, Err: sipclient.ErrNotSignedIn})
	labels("waiting", "waiting")
}

func TestImportance(t *testing.T) {
	w := online(t, Saved{})
	if w.send(dana, "hello").Important {
		t.Error("what is not important says it is")
	}
	effects, err := w.SendImportant(w.now, dana, "fire")
	w.do(effects)
	if m := w.written(); err != nil || !m.Important || m.Body.Raw() != "fire" {
		t.Errorf("%+v, %v", m, err)
	}
}
