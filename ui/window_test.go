package ui

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient/pidf"
)

func TestWindowShowsMeTheTabsAndMyContacts(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.sees("What's happening today?", "Alice", "● Available ▾", "⚙ Options", "Find someone or a room, or dial a number")
		x.sees("GROUPS", "NEW", "+ Add a Contact", "▾ Favorites (0/2)", "Bob - Presence unknown", "Signed in", "TLS 192.0.2.1:5061")
		x.seesNot("STATUS", "RELATIONSHIPS")
		x.titled("alice@contoso.com - golync")
	})
}

func TestContactsComeAliveInPlace(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(
			is(bob, pidf.ActivityNone, "Thanks to all for the b-day wishes!", time.Now()),
			is(dana, pidf.ActivityAway, "", time.Now().Add(-12*time.Minute-30*time.Second)),
			is(eve, pidf.ActivityOnThePhone, "", time.Now()),
		)
		x.sees("▾ Favorites (2/2)", "● Bob - Available - External Network", "Thanks to all for the b-day wishes!")
		x.sees("◔ Dana - Away 12 mins", "■ Eve - In a call", "▾ Colleagues (1/2)")
		x.passes(3 * time.Minute)
		x.sees("Dana - Away 15 mins")
	})
}

func TestGroupsFoldAndStayFolded(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.selected("▾ Favorites")
		x.press("enter")
		x.selected("▸ Favorites (0/2)")
		x.seesNot("Bob")
		if saves := did[app.SaveGroup](x); len(saves) != 1 || saves[0].Group.ID != contacts.Favorites || !saves[0].Group.Collapsed {
			t.Errorf("the folded group was not saved: %v", saves)
		}
		x.press("space")
		x.selected("▾ Favorites")
		x.click("▾ Colleagues")
		x.sees("▸ Colleagues")
	})
}
