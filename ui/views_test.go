package ui

import (
	"testing"
	"time"

	"golync/internal/app"
)

func TestViewsAnswerToKeysAndMouse(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		inContacts := func() { t.Helper(); x.sees("GROUPS", "▾ Favorites"); x.seesNot("MISSED") }
		inConversations := func() {
			t.Helper()
			x.sees("ALL   MISSED   UNREAD   CALLS", "⌕ Search")
			x.seesNot("GROUPS", "Favorites")
		}
		inContacts()
		x.press("v")
		inConversations()
		x.press("v")
		inContacts()
		x.press("ctrl+3")
		inConversations()
		x.press("ctrl+1")
		inContacts()
		x.click("Conversations")
		inConversations()
		x.press("4") // NEW is a tab of Contacts
		x.sees("GROUPS", "Nobody is waiting for your answer.")
		x.press("5")
		inConversations()
		x.click("Contacts")
		x.sees("NEW", "Nobody is waiting for your answer.")
	})
}

func TestTheViewOfConversationsSaysHowMuchIsUnread(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.seesNot("Conversations (")
			x.happens(arrives(dana, "1", "Lunch?", 1, time.Now()), arrives(eve, "2", "Hello", 2, time.Now()))
			if x.model.layout.two { // the first of them is looked at
				x.sees("Conversations (1)")
			} else {
				x.sees("Conversations (2)")
			}
			x.sees("Contacts", "⚙")
			x.click("⚙")
			x.sees("Cancel")
		})
	}
}

func TestFindIsLeftWhenAViewIsOpened(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("/")
		x.types("dana")
		x.click("Conversations")
		x.sees("No conversations yet.", "Find someone or a room, or dial a number")
	})
}

// The conversation in front stays where it is; only the list beside it changes.
func TestAViewLeavesTheConversationAlone(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.press("down", "enter")
		x.types("half a sen")
		x.press("tab", "v")
		x.sees("ALL", "half a sen", "Dana")
		if len(did[app.SendMessage](x)) != 0 {
			t.Error("something was sent")
		}
	})
}

// Nothing is offered for conversations where there are none.
func TestAnEmptyViewOffersNothingForItsRows(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("5", "2")
		x.sees("No missed conversations", "/ find")
		x.seesNot("enter continue")
	})
}
