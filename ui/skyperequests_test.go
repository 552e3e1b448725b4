package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/winfo"
)

// asksBob is a Lync user's request with an introduction.
func asksBob() sipclient.Event {
	return asks(winfo.Watcher{
		URI: string(alice), Name: text.From("Alice"), Status: winfo.Pending, ID: "alice", Introduction: text.From("Alice of the choir"),
	})
}

func TestALyncUsersRequestIsAnnouncedAndListed(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {140, 45}} {
		inSkype(t, size[0], size[1], bobAlone, func(x *face) {
			x.happens(asksBob())
			x.sees("REQUESTS (1)", "wants to add you") // the toast
			x.titled("(1) bob@contoso.com - Skype")
			x.press("esc", "2")
			x.passes(5 * time.Minute)
			x.sees("▌ Alice", "Lync · 5 mins ago", "▌ alice@contoso.com", "▌ Alice of the choir", "Accept", "Decline", "Block")
			x.seesNot("External", "Dismiss", "NEW")
		})
	}
}

func TestARequestIsAcceptedWithOneKey(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.happens(asksBob())
		x.press("esc", "2", "enter")
		x.sees("Alice is now one of your contacts.", "? Alice", "Waiting for Alice to accept")
		x.seesNot("REQUESTS (1)", "╭─")
		x.selected("Alice")
		if watched := did[app.Watch](x); len(watched) != 1 || watched[0].Address != alice {
			t.Errorf("watches %v", watched)
		}
	})
}

func TestARequestIsAcceptedByClicking(t *testing.T) {
	for _, where := range []string{"in the row", "in the toast"} {
		inSkype(t, 140, 45, bobAlone, func(x *face) {
			x.happens(asksBob())
			if where == "in the row" {
				x.press("esc", "2")
			}
			x.click("Accept ")
			x.sees("Alice is now one of your contacts.")
			if saved := did[app.DeleteRequest](x); len(saved) != 1 {
				t.Errorf("%s: %v", where, saved)
			}
		})
	}
}

func TestADeclinedRequestTellsNobodyAndMayComeAgain(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.happens(asksBob())
		x.press("esc", "2", "d")
		x.sees("╭─ Decline Contact Request", "The person is told nothing", "may ask again")
		x.press("esc")
		x.sees("▌ Alice")
		x.press("d", "left", "enter")
		x.sees("No contact requests.", "is declined.")
		x.happens(asksBob()) // their program, which says the same again
		x.sees("No contact requests.")
	})
}

func TestABlockedPersonIsNotAskedAboutAgain(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.happens(asksBob())
		x.press("esc", "2", "b")
		x.sees("Block Alice (alice@contoso.com) for good?", "further contact requests of")
		x.press("left", "enter")
		x.sees("No contact requests.", "Alice is blocked.")
		x.happens(asksBob())
		x.sees("No contact requests.")
		x.press("o")
		x.click("Privacy")
		x.sees(" alice@contoso.com ") // though no contact
	})
}

// Each row has its own buttons.
func TestTheButtonsOfARowDecideOnThatRow(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.happens(asks(pending(alice, "Alice"), pending(dana, "Dana")))
		x.press("esc", "2")
		_, row := x.find("▌ Dana")
		col, _ := x.find("Decline")
		x.clickCell(col, row+2, tea.MouseLeft)
		x.sees("Decline the contact request of Dana")
	})
}

func TestTheMenuOfARequestDecidesToo(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.happens(asksBob())
		x.press("esc", "2", "m")
		x.sees("Accept Contact Request", "Decline Contact Request", "Block This Person…")
		x.click("Accept Contact Request")
		if c, ok := x.state.Contacts().Get(alice); !ok || c.Relationship != contacts.ExternalContacts {
			t.Errorf("the contact is %+v", c)
		}
	})
}
