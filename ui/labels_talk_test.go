package ui

import (
	"strconv"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// writes lets Alice write to Bob and lets it go out as told.
func (x *face) writes(body string, settled app.MessageSettled) {
	x.t.Helper()
	x.talks()
	x.types(body)
	x.press("enter")
	settled.ID, settled.Peer = did[app.SendMessage](x)[0].Message.ID, bob
	x.results(app.MessageStored{ID: settled.ID, Seq: 1}, settled)
}

// The conversation: section 8.
func TestConversationsHaveLyncsLabels(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)
	everyLabel(t, []labelled{
		{"8", "nothing open", nil, nil, []string{"Select a contact and press enter to send an IM."}},
		{"8", "editor", nil, func(x *face) { x.talks() }, []string{"Write to Bob", "enter send", "alt+enter new line"}},
		{"8", "typing", nil, func(x *face) { x.talks(); x.happens(typing(bob, true)) }, []string{"Bob is typing a message."}},
		{"8", "last message", nil, func(x *face) { x.talks(); x.happens(arrives(bob, "1", "Lunch?", 1, noon)) }, []string{
			"Last message received on 23 Nov 2026 at 12:30.", "Bob", "12:30", "Lunch?",
		}},
		{"8", "incoming call", nil, func(x *face) { x.rings(dana) }, []string{"Incoming call", "Dana", "Answer", "Decline", "Reply by IM", "alt+c answer", "alt+i decline"}},
		{"8", "its options", nil, func(x *face) { x.rings(dana); x.press("alt+z") }, []string{"Answer", "Decline", "Reply by IM", "Redirect…", "Do Not Disturb"}},
		{"8", "in a call", nil, func(x *face) { x.talksTo(dana) }, []string{
			"Call with Dana", "Mute", "Hold", "Dial Pad", "Transfer", "Devices", "Hang Up", "In a call", "alt+q hang up", "alt+m mute", "alt+o hold",
		}},
		{"8", "dial pad", nil, func(x *face) { x.talksTo(dana); x.press("alt+k") }, []string{"Dial Pad", "esc close"}},
		{"8", "transfer", nil, func(x *face) { x.talksTo(dana); x.press("alt+t") }, []string{"Transfer Dana", "A contact, an address or a number"}},
		{"8", "network busy", nil, func(x *face) {
			x.press("alt+p")
			x.hears(x.dialled(), over(sipclient.EndedFailed, 0))
		}, []string{"Could not complete the call because the network is busy. Try again later."}},
		{"8", "transfer failed", nil, func(x *face) {
			c := x.talksTo(dana)
			x.press("alt+t", "enter")
			x.hears(c, active, func(c *sipclient.Call) { c.Transfer = sipclient.TransferFailed })
		}, []string{"Cannot complete the transfer."}},
		{"8", "importance", nil, func(x *face) { x.talks(); x.press("alt+h") }, []string{"! high importance"}},
		{"8", "tabs", nil, func(x *face) {
			x.talks()
			x.happens(arrives(dana, "1", "Lunch?", 1, noon))
			x.happens(arrives(dana, "2", "Or not?", 2, noon))
		}, []string{"Bob", "Dana (2)"}},
		{"8", "menu of a tab", nil, func(x *face) {
			x.talks()
			x.happens(arrives(dana, "1", "Lunch?", 1, noon))
			x.rightClick("Dana (1)")
		}, []string{"Close", "Close Others", "Open the Last Closed One", "See Contact Card"}},
		{"8", "Send again", nil, func(x *face) {
			x.writes("Hello", app.MessageSettled{Delivery: sipclient.Failed, Err: &sipclient.ResponseError{Code: 480}})
		}, []string{"Hello", "not delivered", "Send again"}},
		{"8", "alert", nil, func(x *face) { x.happens(arrives(dana, "1", "Lunch?", 1, noon)) }, []string{"Dana (dana@contoso.com)", "Lunch?"}},
		{"8", "alert without the words", worldOf(func(o *option.Set) { o.Toasts.Words = false }), func(x *face) { x.happens(arrives(dana, "1", "Lunch?", 1, noon)) }, []string{
			"Dana (dana@contoso.com)", "sent you a message.",
		}},
		{"7", "alert of a tagged contact", worldThat(func(s *app.Saved) { s.Contacts[1].Tagged = true }), func(x *face) {
			x.happens(is(dana, pidf.ActivityBusy, "", time.Now()))
			x.happens(is(dana, pidf.ActivityNone, "", time.Now()))
		}, []string{"Dana is now Available."}},
	})
}

// Why a message did not arrive: the sentences of section 8, in which name and address are filled in.
func TestDeliveryErrorsHaveLyncsWords(t *testing.T) {
	var places []labelled
	for code, words := range map[int]string{
		480: "This message was not delivered to Bob because this person is unavailable or offline.",
		486: "This message was not delivered to Bob because one or more recipients do not want to be disturbed.",
		415: "This message was not delivered to Bob because one or more recipients don't support this type of message.",
		500: "This message was not delivered to Bob because the service is not available.",
		503: "This message was not delivered to Bob because the service is not available.",
		504: "This message was not delivered to Bob because the service is not available.",
		603: "This message was not delivered to Bob because the service is not available.",
		606: "Your message or invitation was not delivered, possibly because it contains a hyperlink or other content that the system administrator has blocked.",
		404: "This message was not delivered to bob(contoso.com)@msn.com because the address is outside your organization and is not federated with your company, or the address is incorrect.",
		408: "This message may not have been delivered to Bob because the server sent the message to this person but it timed out.",
		420: "Bob could not be reached and this message was not delivered.",
	} {
		places = append(places, labelled{"8", strconv.Itoa(code), nil, func(x *face) {
			x.writes("Hello", app.MessageSettled{Delivery: sipclient.Failed, Err: &sipclient.ResponseError{Code: code}})
		}, []string{words, "Hello"}})
	}
	everyLabel(t, append(places, labelled{"8", "no answer", nil, func(x *face) {
		x.writes("Hello", app.MessageSettled{Delivery: sipclient.Unknown})
	}, []string{"This message may not have been delivered to Bob because the server sent the message to this person but it timed out."}}))
}

// The Conversations view: section 8.
func TestTheConversationsViewHasLyncsLabels(t *testing.T) {
	past := func(x *face) { x.results(history(time.Now())); x.press("v") }
	everyLabel(t, []labelled{
		{"8", "view", nil, past, []string{"ALL", "MISSED", "UNREAD", "CALLS", "Search", "Dana", "Kim Ralls", "See you at the fair", "You: Thanks!"}},
		{"8", "missed", nil, func(x *face) {
			x.talks()
			x.press("tab")
			past(x)
			x.happens(arrives(eve, "e1", "Are you there?", 31, time.Now()))
			x.click("MISSED")
		}, []string{
			"Eve (1)", "Missed", "Are you there?",
		}},
		{"8", "menu", nil, func(x *face) { past(x); x.press("m") }, []string{
			"Continue Conversation", "Find in This Conversation", "See Contact Card", "Save as Text…", "Save as JSON…", "Mark as Read", "Delete Conversation",
		}},
		{"8", "calls", nil, func(x *face) { x.results(logged(time.Now())); x.press("6") }, []string{
			"Missed", "Received", "Dialled", "1:15", "enter call back",
		}},
		{"8", "menu of a call", nil, func(x *face) { x.results(logged(time.Now())); x.press("6", "m") }, []string{
			"Call Back", "Send an IM", "See Contact Card", "Delete Conversation",
		}},
	})
}

// What section 11 complains of, each with what golync shows instead.
func TestTheComplaintsAreAnsweredOnScreen(t *testing.T) {
	waits := func(a contacts.Address) sipclient.Event {
		return sipclient.PresenceChanged{URI: string(a), Watch: sipclient.WatchPending}
	}
	everyLabel(t, []labelled{
		{"11", "an IM to somebody offline waits", signedOut, func(x *face) {
			x.press("esc")
			x.talks()
			x.types("Hello")
			x.press("enter")
		}, []string{"waiting", "not signed in: messages wait here"}},
		{"11", "it says how far a message came", nil, func(x *face) { x.writes("Hello", app.MessageSettled{Delivery: sipclient.Sent}) }, []string{"sent"}},
		{"11", "what was said is there again", nil, func(x *face) {
			x.press("enter")
			x.loads(bob, false, sipclient.Message{ID: "1", Seq: 1, Body: text.From("See you"), At: time.Now().Add(-24 * time.Hour)})
		}, []string{"See you", "Yesterday"}},
		{"11", "search", nil, func(x *face) { x.press("f") }, []string{"Search"}},
		{"11", "who waits for whom", nil, func(x *face) { x.happens(waits(bob)) }, []string{"Waiting for Bob to accept"}},
		{"11", "on the card too", nil, func(x *face) { x.happens(waits(bob)); x.press("c") }, []string{
			"You wait for Bob to accept. Bob does not watch you, or has not added you yet.",
		}},
		{"11", "an address that is nobody's", nil, func(x *face) {
			x.happens(sipclient.PresenceChanged{URI: string(eve), Watch: sipclient.WatchEnded, Code: 404})
		}, []string{"Address not found"}},
		{"11", "the address beside a name", welcoming, func(x *face) {
			x.happens(sipclient.MessageReceived{Message: sipclient.Message{
				ID: "1", Seq: 1, Peer: string(gina), Name: text.From("Your Boss"), Body: text.From("Send money"), At: time.Now(),
			}})
			x.press("ctrl+t")
		}, []string{"gina@fabrikam.com · External · not in your list"}},
		{"11", "presence that is not known any more", nil, func(x *face) {
			x.happens(is(dana, pidf.ActivityNone, "", time.Now()))
			x.happens(sipclient.Disconnected{})
		}, []string{"Not connected. Trying again…", "Dana - Presence unknown"}},
	})
}

// The shortcuts of section 10 that a terminal can send.
func TestLyncsShortcutsWork(t *testing.T) {
	asked := func(x *face) { x.happens(asks(pending(cheri, "Cheri"))) }
	for _, c := range []struct {
		keys   []string
		first  func(x *face)
		labels []string
		gone   []string
	}{
		{[]string{"alt+c"}, asked, []string{"enter accept"}, nil},
		{[]string{"alt+i"}, asked, nil, []string{"added you to his or her"}},
		{[]string{"ctrl+3"}, nil, []string{"ALL", "MISSED"}, nil},
		{[]string{"alt+3", "ctrl+1"}, nil, []string{"GROUPS"}, []string{"MISSED"}},
		{[]string{"alt+enter"}, nil, []string{"Contact Card"}, nil},
		{[]string{"delete"}, nil, []string{"Remove from Contacts List", "Remove Bob (bob@contoso.com) from your contacts list? What you said to each other is kept."}, nil},
		{[]string{"shift+delete"}, func(x *face) { x.click("Colleagues") }, []string{"Delete Group"}, nil},
		{[]string{"space"}, func(x *face) { x.press("up") }, nil, []string{"Bob"}},
		{[]string{"ctrl+f"}, func(x *face) { x.talks() }, []string{"Search"}, nil},
		{[]string{"ctrl+shift+i"}, func(x *face) { x.talks() }, []string{"! high importance"}, nil},
		{[]string{"ctrl+w"}, func(x *face) { x.talks() }, []string{"Select a contact and press enter to send an IM."}, nil},
		{[]string{"esc"}, func(x *face) { x.press("o") }, nil, []string{"General"}},
		{[]string{"alt+c"}, func(x *face) { x.rings(dana) }, []string{"Call with Dana"}, []string{"Incoming call"}},
		{[]string{"alt+i"}, func(x *face) { x.rings(dana) }, nil, []string{"Incoming call"}},
		{[]string{"alt+q"}, func(x *face) { x.talksTo(dana) }, nil, []string{"Call with Dana"}},
		{[]string{"ctrl+enter"}, nil, []string{"Call with Bob"}, nil},
		{[]string{"ctrl+shift+h"}, func(x *face) { x.talksTo(dana) }, []string{"Resume"}, nil},
		{[]string{"ctrl+4"}, nil, []string{"CALLS", "No calls yet."}, nil},
	} {
		inWindow(t, labelWidth, labelHeight, world, func(x *face) {
			if c.first != nil {
				c.first(x)
			}
			x.press(c.keys...)
			for _, l := range c.labels {
				if !x.labels(l) {
					t.Errorf("%q: no %q:\n%s", c.keys, l, x.text())
				}
			}
			x.seesNot(c.gone...)
		})
	}
	inWindow(t, labelWidth, labelHeight, world, func(x *face) {
		x.click("Colleagues")
		x.press("alt+up")
		x.inOrder("Colleagues", "Favorites")
		x.press("alt+down")
		x.inOrder("Favorites", "Colleagues")
		x.ctrlClick("Bob")
		x.ctrlClick("Dana")
		x.rightClick("Dana")
		x.sees("Copy Contacts To")
	})
}
