package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
)

// ctrlClick clicks on a text while ctrl is held.
func (x *face) ctrlClick(s string) {
	x.t.Helper()
	col, row := x.find(s)
	x.program.Send(tea.MouseClickMsg{X: col, Y: row, Button: tea.MouseLeft, Mod: tea.ModCtrl})
	x.program.Send(tea.MouseReleaseMsg{X: col, Y: row, Button: tea.MouseLeft, Mod: tea.ModCtrl})
	x.settle()
}

func TestSeveralContactsAreSelectedAndMoved(t *testing.T) {
	for name, choose := range map[string]func(x *face){
		"mouse": func(x *face) { x.ctrlClick("Eve"); x.ctrlClick("Fred"); x.rightClick("Fred") },
		"keys":  func(x *face) { x.click("Eve"); x.press("t", "t", "up", "m") },
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			choose(x)
			x.inOrder("Send an IM", "Copy Contacts To", "Move Contacts To", "Remove from Group", "Remove from Contacts List", "Change Privacy Relationship")
			x.sees("✓? Eve", "✓? Fred")
			x.sees("golync has no conversations of more than")
			x.click("Move Contacts To")
			x.press("enter") // Favorites
			if saves := did[app.SaveContact](x); len(saves) != 2 || saves[0].Contact.Groups[0] != contacts.Favorites || saves[1].Contact.Groups[0] != contacts.Favorites {
				t.Errorf("%s: saved %v", name, saves)
			}
			x.sees("▾ Favorites (0/4)", "▾ Colleagues (0/0)")
			x.seesNot("✓")
		})
	}
}

func TestSeveralContactsGetOneRelationshipWithOneWritingOfTheRules(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.ctrlClick("Eve")
		x.ctrlClick("Bob")
		did[app.PublishRules](x)
		x.rightClick("Eve")
		x.click("Change Privacy Relationship")
		x.press("home", "down")
		x.sees("gets through to you in Do Not Disturb.")
		x.press("enter")
		x.sees("2 contacts: Workgroup.")
		if rules := did[app.PublishRules](x); len(rules) != 1 {
			t.Errorf("the rules were written %d times", len(rules))
		}
		x.ctrlClick("Eve")
		x.ctrlClick("Fred")
		x.rightClick("Eve")
		x.click("Change Privacy Relationship")
		x.click("Blocked Contacts")
		x.sees("Block Eve (eve@contoso.com), Fred")
		x.press("left", "enter")
		if saves := did[app.SaveContact](x); len(saves) != 4 || saves[3].Contact.Relationship != contacts.BlockedContacts {
			t.Errorf("saved %v", saves)
		}
	})
}

func TestSeveralContactsAreRemovedAfterAQuestion(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.ctrlClick("Eve")
		x.ctrlClick("Fred")
		x.press("delete")
		x.sees("Remove Eve (eve@contoso.com), Fred")
		x.press("left", "enter")
		x.seesNot("? Eve", "? Fred")
		if gone := did[app.DeleteContact](x); len(gone) != 2 {
			t.Errorf("deleted %v", gone)
		}
	})
}

func TestWhoIsSelectedIsLetGoByEscOrAClick(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		for _, let := range []func(){func() { x.press("esc") }, func() { x.press("T") }, func() { x.click("Dana") }, func() { x.rightClick("Dana"); x.press("esc") }} {
			x.ctrlClick("Eve")
			x.ctrlClick("Fred")
			x.sees("✓? Eve")
			let()
			x.seesNot("✓")
		}
		x.ctrlClick("Eve") // one alone is not several
		x.rightClick("Eve")
		x.sees("Copy Contact To")
		x.press("esc", "t", "t")
	})
}

// Somebody who left the list meanwhile is not among them.
func TestSeveralAreThoseWhoAreStillThere(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.ctrlClick("Eve")
		x.ctrlClick("Fred")
		x.state.Remove(time.Now(), eve)
		x.rightClick("Fred")
		x.sees("Copy Contact To")
	})
}

func TestManyPeopleAreNamedInAFewWords(t *testing.T) {
	m := modelOf(crowd(9), 80, 24)
	if got := string(namesOf(m, m.state.Contacts().Contacts())); !strings.HasSuffix(got, " and 8 more") {
		t.Errorf("they are named %q", got)
	}
}

func TestARequestHasTheMenuOfAPerson(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending(gina, "Gina")))
		x.press("4", "m")
		x.sees("Send an IM", "Add to Contacts List", "Change Privacy Relationship", "See Contact Card")
		x.press("esc")
		x.rightClick("▌ Gina")
		x.click("Add to Contacts List")
		x.press("enter")
		added(x, gina, contacts.Favorites, contacts.ExternalContacts)
	})
}
