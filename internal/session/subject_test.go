package session

import (
	"fmt"
	"testing"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
)

// Only the latest presence of a person counts, and whether somebody is typing; nothing else is ever merged away.
func TestOnlyPresenceIsMerged(t *testing.T) {
	b := start(t, &fake{})
	emit := b.client.options.Emit
	present := func(uri string, code int) sipclient.PresenceChanged {
		return sipclient.PresenceChanged{URI: uri, Code: code}
	}
	for range 2 { // the second time behind a barrier
		emit(sipclient.SignedIn{})
		for code := range 3 {
			emit(present("dana", code))
			emit(present("eve", code))
		}
		emit(sipclient.Disconnected{})
	}
	emit(sipclient.WatchersChanged{})
	emit(sipclient.WatchersChanged{})
	var got []string
	for range 10 {
		switch e := b.next().Event.(type) {
		case sipclient.PresenceChanged:
			got = append(got, fmt.Sprint(e.URI, e.Code))
		default:
			got = append(got, fmt.Sprintf("%T", e))
		}
	}
	once := "sipclient.SignedIn dana2 eve2 sipclient.Disconnected"
	want := "[" + once + " " + once + " sipclient.WatchersChanged sipclient.WatchersChanged]"
	if fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestAResultHindersOnlyItsOwnPerson(t *testing.T) {
	for _, c := range []struct {
		in    app.Input
		about string
		merge bool
	}{
		{app.Input{Event: sipclient.PresenceChanged{URI: "d"}}, "d", true},
		{app.Input{Event: sipclient.TypingChanged{URI: "d"}}, "typing d", true},
		{app.Input{Event: sipclient.ReceiptReceived{Peer: "d", ID: "m", Delivery: sipclient.Read}}, "receipt 6 d m", true},
		{app.Input{Event: sipclient.MessageReceived{Message: sipclient.Message{Peer: "d"}}}, "d", false},
		{app.Input{Event: sipclient.CallChanged{Call: sipclient.Call{ID: "c"}}}, "call c", false},
		{app.Input{Event: sipclient.SignedOut{}}, "", false},
		{app.Input{Result: app.HistoryLoaded{Peer: contacts.Address("d")}}, "d", false},
		{app.Input{Result: app.MessageSettled{Peer: "d"}}, "d", false},
		{app.Input{Result: app.InboxFailed{}}, "inbox", true},
		{app.Input{Result: app.Done{}}, "results", false},
		{app.Input{Result: app.MessageStored{}}, "results", false},
	} {
		if about, merge := subject(c.in); about != c.about || merge != c.merge {
			t.Errorf("%+v is about %q, merged %v", c.in, about, merge)
		}
	}
}
