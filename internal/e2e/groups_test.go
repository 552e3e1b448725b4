package e2e

import (
	"testing"

	"golync/internal/shot"
)

// TestGroupsOutliveARestart makes, renames, moves and deletes groups, with somebody in one of them, and finds
// everything again in the next window.
func TestGroupsOutliveARestart(t *testing.T) {
	dir := home(t)
	w := demo(t, dir)
	w.Sees("GROUPS", "Dana")
	for _, name := range []string{"Teammates", "Old projects"} {
		w.Presses("a")
		w.Clicks("Create a New Group")
		w.Types(name)
		w.Presses("enter")
		w.Row(name + " (0/0)")
	}
	w.Opens("Dana - Available", "Copy Contact To")
	w.Clicks("Copy Contact To")
	w.Clicks("Old projects")
	w.Row("Old projects (1/1)")

	w.Opens("Teammates (0/0)", "Rename Group")
	w.Clicks("Rename Group")
	w.Presses("ctrl+u")
	w.Types("Band")
	w.Presses("enter")
	w.Row("Band (0/0)")
	w.Picks("Band (0/0)") // a click closes the group, and selects it
	w.Row("▸ Band (0/0)")
	w.Insists(func() { w.Presses("alt+up") }, isAbove("Band (0/0)", "Favorites"))

	w.Opens("Old projects (1/1)", "Delete Group")
	w.Clicks("Delete Group")
	w.Sees("Delete the group Old projects?", "stay there.")
	w.Clicks("Delete      Cancel")
	w.Loses("Old projects")
	w.Quits()

	w = demo(t, dir)
	w.Row("Dana - ")
	w.Row("▸ Band (0/0)")
	if s := w.Screen(); !isAbove("Band (0/0)", "Favorites")(s) {
		t.Errorf("the order is another one:\n%s", s.Text())
	}
	if s := w.Screen(); s.Has("Teammates") || s.Has("Old projects") {
		t.Errorf("a name or a group is back:\n%s", s.Text())
	}
	w.Quits()
}

// isAbove says that one row of the list stands above another one.
func isAbove(upper, lower string) func(shot.Screen) bool {
	return func(s shot.Screen) bool {
		_, up, found := s.Find(upper)
		_, low, also := s.Find(lower)
		return found && also && up < low
	}
}
