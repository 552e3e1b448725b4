package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
)

// drags holds the left button from one text to another.
func (x *face) drags(from, to string, mod tea.KeyMod) {
	x.t.Helper()
	col, row := x.find(from)
	x.program.Send(tea.MouseClickMsg{X: col, Y: row, Button: tea.MouseLeft, Mod: mod})
	col, row = x.find(to)
	x.program.Send(tea.MouseMotionMsg{X: col, Y: row, Button: tea.MouseLeft, Mod: mod})
	x.settle()
	x.program.Send(tea.MouseReleaseMsg{X: col, Y: row, Button: tea.MouseLeft, Mod: mod})
	x.settle()
}

func TestContactsAreDraggedToAnotherGroup(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.drags("Eve", "To add contacts, drag", 0)
		inGroups(x, contacts.OtherContacts)
		x.sees("Moved Eve to Other Contacts.")
		x.selected("Eve")
		x.drags("Eve", "Favorites", tea.ModCtrl)
		inGroups(x, contacts.OtherContacts, contacts.Favorites)
		x.sees("Copied Eve to Favorites.")
		x.drags("Fred", "Bob", 0) // somebody of the other group will do
		inGroups(x, contacts.Favorites)
	})
}

func TestADragThatLeadsNowhereDoesNothing(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		for _, to := range []string{"Fred", "Colleagues", "GROUPS", "Every key"} {
			x.drags("Eve", to, 0)
			x.passes(time.Second)
		}
		x.press("2")
		x.drags("Eve", "Available (", 0)
		x.press("1")
		x.click("Eve")
		x.seesNot("Move Eve", "Moved")
		x.sees("▾ Colleagues (0/2)")
	})
}
