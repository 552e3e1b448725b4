package ui

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient/pidf"
)

// presences gives each of Alice's contacts a presence of another kind; Fred has none.
func presences(x *face) {
	x.happens(
		is(bob, pidf.ActivityAway, "", time.Now()),
		is(dana, pidf.ActivityBusy, "", time.Now()),
		is(eve, pidf.ActivityNone, "", time.Now()),
	)
}

func TestStatusShowsWhoIsThere(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		presences(x)
		x.press("2")
		x.inOrder("▾ Available (2)", "Dana - Busy", "Eve - Available", "▾ Away (1)", "Bob - Away", "▾ Unknown (1)", "Fred", "▾ Unavailable (0)")
		x.happens(is(eve, pidf.ActivityAway, "", time.Now()))
		x.inOrder("▾ Available (1)", "Dana - Busy", "▾ Away (2)", "Bob - Away", "Eve - Away", "▾ Unknown (1)")
	})
}

func TestRelationshipsShowsWhoMaySeeWhat(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		presences(x)
		x.press("3")
		x.inOrder("▾ Friends and Family (0/0)", "▾ Workgroup (0/0)", "▾ Colleagues (2/3)", "Dana", "Eve", "Fred", "▾ External Contacts (1/1)", "Bob", "▾ Blocked Contacts (0/0)")
		x.rightClick("Eve")
		x.click("Change Privacy Relationship")
		x.press("enter") // on the one there is
		x.sees("▾ Colleagues (2/3)")
		x.rightClick("Eve")
		x.click("Change Privacy Relationship")
		x.press("up", "up", "enter") // Friends and Family
		x.inOrder("▾ Friends and Family (1/1)", "Eve", "▾ Workgroup")
	})
}

// inOrder says that the texts stand on the screen one below the other.
func (x *face) inOrder(texts ...string) {
	x.t.Helper()
	row := -1
	for _, s := range texts {
		if _, y := x.find(s); y <= row {
			x.t.Fatalf("%q is not below the one before:\n%s", s, x.text())
		} else {
			row = y
		}
	}
}

func TestTheTabsFollowEachOther(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		for _, want := range []string{"▾ Available", "▾ Blocked Contacts", "Nobody is waiting", "▾ Favorites"} {
			x.press("right")
			x.sees(want)
		}
		x.press("left", "left")
		x.sees("▾ Blocked Contacts")
	})
}

func TestTheSelectionStaysOnThePersonInEveryTab(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		presences(x)
		x.press("down")
		x.selected("Dana")
		for _, tab := range []string{"2", "3", "4", "3", "2", "1"} {
			x.press(tab)
			if tab != "4" {
				x.selected("Dana")
			}
		}
		x.press("2")
		x.happens(is(dana, pidf.ActivityAway, "", time.Now())) // under another heading now
		x.selected("Dana - Away")
		x.press("down", "down") // a heading, and Fred below it
		x.press("1")
		x.selected("Fred")
	})
}

func TestHeadingsCloseInEveryTab(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		presences(x)
		x.press("2")
		x.click("▾ Available (2)")
		x.selected("▸ Available (2)")
		x.seesNot("Dana", "Eve")
		x.press("3", "1", "2")
		x.sees("▸ Available (2)") // still
		if saves := did[app.SaveGroup](x); len(saves) != 0 {
			t.Errorf("a status is no group to save: %v", saves)
		}
		x.press("3")
		x.click("Dana")
		x.press("2")
		x.selected("▸ Available (2)") // where Dana is
		x.press("enter")
		x.sees("Dana - Busy")
	})
}

func TestWhoIsFoundIsShownInTheOpenTab(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		presences(x)
		x.press("2", "home", "enter") // Available is closed, with Eve in it
		x.press("/")
		x.types("eve")
		x.press("enter", "tab")
		x.selected("Eve - Available")
		x.sees("▾ Available (2)")
	})
}

func TestOnlyGroupsHaveAMenu(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("home")
		for _, key := range []string{"m", "delete", "f2", "alt+up", "alt+down"} {
			x.press("2", key)
			x.sees("Groups are made and changed in GROUPS: press 1.")
			x.passes(spoken)
		}
		x.rightClick("Away (0)")
		x.sees("Groups are made and changed in GROUPS: press 1.")
	})
}

// Whatever happens while another tab is shown, the first row of each tab is a heading and nobody is twice
// under one of STATUS or RELATIONSHIPS.
func TestEverybodyStandsOnceInStatusAndRelationships(t *testing.T) {
	m := modelOf(crowd(500), 80, 24)
	for _, tab := range []tab{tabStatus, tabRelationships} {
		m.window.show(tab)
		m.window.contacts.refresh()
		seen := map[contacts.Address]bool{}
		for i, row := range m.window.contacts.flat {
			if i == 0 && row.who != nil || row.who != nil && seen[row.who.Address] {
				t.Fatalf("row %d of tab %v: %+v", i, tab, row)
			}
			if row.who != nil {
				seen[row.who.Address] = true
			}
		}
		if len(seen) != m.state.Contacts().Len() {
			t.Errorf("%d of %d contacts are shown", len(seen), m.state.Contacts().Len())
		}
	}
}
