package ui

import (
	"strings"
	"testing"

	"golync/contacts"
	"golync/internal/app"
)

func TestTheGroupMenuHasWhatWorks(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Colleagues")
		x.inOrder("Rename Group", "Delete Group", "Move Group Up", "Move Group Down", "Create a New Group")
		x.press("esc", "home", "m") // Favorites
		x.sees("Rename Group", "only groups of your own can be")
		x.press("down")
		x.sees("only groups of your own can be")
		x.press("down")
		x.sees("This is the first group already.")
		x.press("esc")
		x.rightClick("Other Contacts")
		x.press("end", "up")
		x.sees("This is the last group already.")
	})
}

func TestAGroupIsRenamed(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Colleagues")
		x.click("Rename Group")
		x.sees("Name of the group", "Colleagues ")
		for typed, says := range map[string]string{
			"": "Type a name for the group, with at least one", "favorites": "There is already a group with this name.",
			strings.Repeat("x", 65): "A group's name has at most 64 characters.",
		} {
			x.press("ctrl+u")
			x.pastes(typed)
			x.press("enter")
			x.sees(says)
		}
		x.press("ctrl+u")
		x.types("Teammates")
		x.press("enter")
		x.sees("▾ Teammates (0/2)")
		x.seesNot("Colleagues", "Name of the group")
		if saves := did[app.SaveGroup](x); len(saves) != 1 || saves[0].Group.Name.Raw() != "Teammates" || saves[0].Place != 1 {
			t.Errorf("saved %+v", saves)
		}
		x.click("Eve")
		x.press("f2") // the group that Eve is in
		x.sees("Rename Group", "Teammates ")
		x.press("esc")
		x.sees("▾ Teammates (0/2)")
		x.click("▾ Favorites")
		x.press("f2")
		x.sees("Favorites and Other Contacts are always there")
	})
}

func TestDeletingAGroupAsksAndKeepsThePeople(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Colleagues")
		x.click("Delete Group")
		x.sees("Delete the group Colleagues?", "2 who are in no other group")
		x.press("enter") // Cancel
		x.sees("▾ Colleagues (0/2)")
		x.rightClick("Colleagues")
		x.click("Delete Group")
		x.click("  Delete  ")
		x.seesNot("Colleagues")
		x.inOrder("▾ Other Contacts (0/2)", "Eve", "Fred")
		if gone := did[app.DeleteGroup](x); len(gone) != 1 || gone[0].ID != colleagues {
			t.Errorf("deleted %v", gone)
		}
		x.press("home", "delete")
		x.sees("Favorites and Other Contacts are always there")
	})
}

func TestTheQuestionSaysWhoGoesWhere(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		s := x.state
		_, effects, _ := s.CreateGroup(x.model.now(), "Team")
		x.do(effects)
		team := s.Contacts().Groups()[2].ID
		for _, c := range []struct {
			in   func() []app.Effect
			says string
		}{
			{func() []app.Effect { return nil }, "Nobody is in it."},
			{func() []app.Effect { return s.CopyTo(x.model.now(), eve, team) }, "Its contacts are in other groups too"},
			{func() []app.Effect { return s.MoveTo(x.model.now(), fred, colleagues, team) }, "1 who is in no other group"},
		} {
			x.do(c.in())
			if got := string(x.model.whoStays(team)); !strings.Contains(got, c.says) {
				t.Errorf("%q, want %q", got, c.says)
			}
		}
	})
}

func TestGroupsAreMovedByMenuAndKeys(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Colleagues")
		x.click("Move Group Up")
		x.inOrder("▾ Colleagues", "Eve", "▾ Favorites", "▾ Other Contacts")
		if saves := did[app.SaveGroup](x); len(saves) != 2 || saves[0].Group.ID != colleagues || saves[1].Group.ID != contacts.Favorites {
			t.Errorf("saved %+v", saves)
		}
		x.press("home")
		x.selected("Colleagues")
		x.press("alt+up")
		x.sees("This is the first group already.")
		x.press("alt+down", "alt+down")
		x.inOrder("▾ Favorites", "▾ Other Contacts", "▾ Colleagues")
		x.selected("Colleagues") // the selection goes with it
		x.press("alt+down")
		x.sees("This is the last group already.")
		x.click("Eve")
		x.press("alt+up") // the group that Eve is in
		x.inOrder("▾ Favorites", "▾ Colleagues", "Eve", "▾ Other Contacts")
		x.selected("Eve")
	})
}

// The next key is meant for the group that was just made, to rename it or to move it.
func TestANewGroupIsSelected(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("3", "a", "down", "down", "enter")
		x.types("Team")
		x.press("enter")
		x.selected("Team (0/0)")
		x.press("f2")
		x.sees("Rename Group")
	})
}
