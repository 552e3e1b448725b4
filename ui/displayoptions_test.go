package ui

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/sipclient/pidf"
)

// shownAs is the world of somebody who has set Display Options.
func shownAs(list option.ContactsList) func() *app.State {
	return worldThat(func(s *app.Saved) {
		s.Options = option.Default()
		s.Options.List = list
	})
}

func TestTheNoteStandsOnALineOfItsOwnOrBesideThePresence(t *testing.T) {
	for _, tc := range []struct {
		two  bool
		sees string
	}{{true, "■ Dana - Busy"}, {false, "■ Dana - Busy - writing"}} {
		inWindow(t, 120, 30, shownAs(option.ContactsList{TwoLines: tc.two, Favorites: true}), func(x *face) {
			x.happens(is(dana, pidf.ActivityBusy, "writing", time.Now()))
			x.sees(tc.sees, "writing")
			_, name := x.find("■ Dana")
			_, note := x.find("writing")
			if below := note - name; below != 0 && !tc.two || below != 1 && tc.two {
				t.Errorf("two lines %v: the note stands %d rows below", tc.two, below)
			}
		})
	}
}

func TestPeopleAreShownByAddressAndByAvailability(t *testing.T) {
	inWindow(t, 100, 30, shownAs(option.ContactsList{Address: true, Favorites: true, TwoLines: true}), func(x *face) {
		x.inOrder("bob@contoso.com - Presence", "dana@contoso.com - Presence", "eve@contoso.com", "fred@contoso.com")
		x.seesNot("Dana")
	})
	inWindow(t, 100, 30, shownAs(option.ContactsList{ByAvailability: true, Favorites: true, TwoLines: true}), func(x *face) {
		x.inOrder("Eve", "Fred")
		x.press("end", "up", "up")
		x.selected("Fred")
		x.happens(is(fred, pidf.ActivityNone, "", time.Now()), is(eve, pidf.ActivityBusy, "", time.Now()))
		x.inOrder("● Fred", "■ Eve")
		x.selected("Fred") // wherever he stands now
	})
}

func TestFavoritesCanBeHiddenAndNobodyIsLost(t *testing.T) {
	inWindow(t, 100, 30, shownAs(option.ContactsList{TwoLines: true}), func(x *face) {
		x.seesNot("Favorites")
		x.inOrder("▾ Colleagues (0/2)", "Eve", "Fred", "▾ Other Contacts (0/2)", "Bob", "Dana")
		x.press("2", "home", "down", "down", "down")
		x.selected("Bob")
		x.press("1")
		x.selected("Bob")
	})
}

func TestADoubleClickDoesWhatTheOptionsSay(t *testing.T) {
	inWindow(t, 120, 30, shownAs(option.ContactsList{Favorites: true, DoubleClick: option.DoubleClickCard}), func(x *face) {
		x.doubleClick("Eve")
		x.sees("Contact Card", "eve@contoso.com")
		x.press("esc", "enter") // the key does what it says
		x.sees("Write to Eve")
	})
}

func TestWhereSomebodyWritesFromIsSaid(t *testing.T) {
	m := modelOf(world(), 80, 24)
	on := contacts.Presence{Availability: contacts.Available, Device: "Mobile"}
	if got := m.personRow(contact(eve, contacts.WatchActive, on), 60).words; got != "Available - Mobile" {
		t.Errorf("on a mobile device: %q", got)
	}
	on.Availability = contacts.Offline
	if got := m.personRow(contact(eve, contacts.WatchActive, on), 60).words; got != "Offline" {
		t.Errorf("offline: %q", got)
	}
}

func TestDisplayOptionsLeadToThePageAndChangeTheList(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.happens(is(fred, pidf.ActivityNone, "", time.Now()))
			x.inOrder("Eve", "● Fred")
			x.press("a", "d", "enter")
			x.sees("Show my contacts in", "Two lines")
			x.press("tab", "up", "enter") // by availability
			x.inOrder("● Fred", "Eve")
			if kept := did[app.SaveOptions](x); len(kept) != 1 || !kept[0].Options.List.ByAvailability {
				t.Errorf("kept %v", kept)
			}
		})
	}
}
