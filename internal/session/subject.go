package session

import (
	"fmt"

	"golync/internal/app"
	"golync/sipclient"
)

// subject tells the queue what an input is about, and whether only the latest one of it counts. What a
// person's presence is changes nothing about a message of another's, but nothing may overtake the
// connection's coming and going.
func subject(in app.Input) (about string, merge bool) {
	switch e := in.Event.(type) {
	case sipclient.PresenceChanged:
		return e.URI, true
	case sipclient.TypingChanged:
		return "typing " + e.URI, true // sipclient says the end of it itself, so a message ends nothing here
	case sipclient.ReceiptReceived:
		return fmt.Sprint("receipt ", e.Delivery, " ", e.Peer, " ", e.ID), true // again and again it says the same
	case sipclient.MessageReceived:
		return e.Message.Peer, false
	case sipclient.CallChanged:
		return "call " + e.Call.ID, false // of one call each step may count: that it rang before it ended
	case nil:
		return resultSubject(in.Result)
	}
	return "", false
}

func resultSubject(r app.Result) (about string, merge bool) {
	switch r := r.(type) {
	case app.HistoryLoaded:
		return string(r.Peer), false
	case app.MessageSettled:
		return string(r.Peer), false
	case app.PastLoaded:
		return "past", true
	case app.CallKeptAway:
		return "kept away " + string(r.Peer), true // who calls a hundred times in a moment is kept away once
	case app.InboxFailed:
		return "inbox", true
	}
	return "results", false
}
