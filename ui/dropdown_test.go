package ui

import (
	"strconv"
	"testing"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// relationOf is the relationship that the wizard saves after some keys in the drop-down of relationships,
// which begins at External Contacts.
func relationOf(t *testing.T, keys ...string) (r contacts.Relationship) {
	t.Helper()
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("a", "down", "right", "down", "enter")
		x.types("cheri@outlook.com")
		x.press("tab", "tab")
		x.press(keys...)
		x.press("enter")
		saves := did[app.SaveContact](x)
		if len(saves) != 1 {
			t.Fatalf("%v saved %v", keys, saves)
		}
		r = saves[0].Contact.Relationship
	})
	return r
}

func TestADropDownIsChosenFromByKeys(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want contacts.Relationship
	}{
		"left changes it without opening":  {[]string{"left", "tab"}, contacts.Colleagues},
		"right changes it":                 {[]string{"left", "left", "right", "tab"}, contacts.Colleagues},
		"left stops at the first":          {[]string{"left", "left", "left", "left", "left", "tab"}, contacts.FriendsAndFamily},
		"right stops at the last":          {[]string{"right", "right", "right", "tab"}, contacts.BlockedContacts},
		"a letter jumps":                   {[]string{"w", "tab"}, contacts.Workgroup},
		"a letter nobody has does nothing": {[]string{"q", "tab"}, contacts.ExternalContacts},
		"home in the open list":            {[]string{"enter", "home", "enter", "tab"}, contacts.FriendsAndFamily},
		"page up in the open list":         {[]string{"space", "pgup", "space", "tab"}, contacts.FriendsAndFamily},
		"end in the open list":             {[]string{"alt+down", "end", "enter", "tab"}, contacts.BlockedContacts},
		"page down in the open list":       {[]string{"enter", "pgdown", "enter", "tab"}, contacts.BlockedContacts},
		"a letter in the open list":        {[]string{"enter", "c", "enter", "tab"}, contacts.Colleagues},
		"up stops at the first":            {[]string{"enter", "home", "up", "enter", "tab"}, contacts.FriendsAndFamily},
		"down stops at the last":           {[]string{"enter", "end", "down", "enter", "tab"}, contacts.BlockedContacts},
		"tab takes what is lit":            {[]string{"enter", "up", "tab"}, contacts.Colleagues},
		"esc leaves it as it was":          {[]string{"enter", "home", "esc", "tab"}, contacts.ExternalContacts},
	} {
		t.Run(name, func(t *testing.T) {
			if got := relationOf(t, c.keys...); got != c.want {
				t.Errorf("%v chose %v, want %v", c.keys, got, c.want)
			}
		})
	}
}

// manyGroups is an account with more groups than a list shows at once.
func manyGroups() *app.State {
	s := saved(alerts.Default())
	for i := range 40 {
		s.Groups = append(s.Groups, contacts.Group{ID: colleagues + 1 + contacts.GroupID(i), Name: text.From("Group " + strconv.Itoa(i))})
	}
	return here(s)
}

func TestALongListScrollsByKeysAndWheel(t *testing.T) {
	inWindow(t, 100, 30, manyGroups, func(x *face) {
		x.press("a", "down", "right", "down", "enter")
		x.types("cheri@outlook.com")
		x.press("tab", "enter", "home")
		x.selected("Favorites")
		x.press("end")
		x.seesNot("│Favorites")
		x.press("home")
		for range 3 {
			x.turns("│Favorites", 1)
		}
		x.press("enter")
		x.seesNot("│Favorites")
		x.press("tab", "tab", "enter")
		if saves := did[app.SaveContact](x); len(saves) != 1 || saves[0].Contact.Groups[0] == contacts.Favorites {
			t.Errorf("the wheel lit nothing: %v", saves)
		}
	})
}

func TestAListWithoutRoomBelowOpensAbove(t *testing.T) {
	inWindow(t, 60, 20, manyGroups, func(x *face) {
		x.press("a", "down", "right", "down", "enter")
		x.press("tab", "tab", "enter")
		for _, r := range contacts.Relationships() {
			x.sees("│" + string(r.Label()))
		}
		x.press("home")
		x.selected("Friends and Family")
	})
}
