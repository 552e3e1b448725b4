package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golync/contacts"
)

func TestGroupsOfAContact(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	team, effects, err := w.CreateGroup(w.now, "Teammates")
	w.do(effects)
	if err != nil {
		t.Fatal(err)
	}
	w.asks("SaveGroup", "SaveGroup") // Other Contacts has moved down
	const favorites, other = contacts.Favorites, contacts.OtherContacts
	for _, c := range []struct {
		name    string
		effects []Effect
		want    []contacts.GroupID
		saved   bool
	}{
		{"copy", w.CopyTo(w.now, dana, team), []contacts.GroupID{other, team}, true},
		{"copy again", w.CopyTo(w.now, dana, team), []contacts.GroupID{other, team}, false},
		{"copy to nowhere", w.CopyTo(w.now, dana, 99), []contacts.GroupID{other, team}, false},
		{"move", w.MoveTo(w.now, dana, other, favorites), []contacts.GroupID{favorites, team}, true},
		{"move onto itself", w.MoveTo(w.now, dana, favorites, team), []contacts.GroupID{team}, true},
		{"move from where she is not", w.MoveTo(w.now, dana, other, favorites), []contacts.GroupID{team, favorites}, true},
		{"remove", w.RemoveFromGroup(w.now, dana, team), []contacts.GroupID{favorites}, true},
		{"remove from the last", w.RemoveFromGroup(w.now, dana, favorites), []contacts.GroupID{other}, true},
		{"remove from Other Contacts", w.RemoveFromGroup(w.now, dana, other), []contacts.GroupID{other}, false},
		{"nobody", w.CopyTo(w.now, eve, team), []contacts.GroupID{other}, false},
	} {
		w.do(c.effects)
		if saved := asked[SaveContact](w); len(saved) != 0 != c.saved || c.saved && !slices.Equal(saved[0].Contact.Groups, c.want) {
			t.Errorf("%s: saved %+v, want %v", c.name, saved, c.want)
		}
	}
	if got := w.contact(dana).Groups; !slices.Equal(got, []contacts.GroupID{other}) {
		t.Errorf("in the end Dana is in %v", got)
	}
}

func TestMakingAndCollapsingGroups(t *testing.T) {
	w := open(t, Saved{})
	w.asks("SaveGroup", "SaveGroup", "LoadPast", "LoadCalls", "SetAdmission") // the first run
	_, _, err := w.CreateGroup(w.now, " ")
	if !errors.Is(err, contacts.ErrGroupName) {
		t.Errorf("a group without a name: %v", err)
	}
	if id, effects, err := w.CreateGroup(w.now, "favorites"); id != contacts.Favorites || len(effects) != 0 || !errors.Is(err, contacts.ErrGroupDuplicate) {
		t.Errorf("a second Favorites: %d, %v, %v", id, effects, err)
	}
	w.do(w.ToggleGroup(w.now, contacts.OtherContacts))
	if saved := one[SaveGroup](w); !saved.Group.Collapsed || saved.Place != 1 {
		t.Errorf("saved as %+v", saved)
	}
	w.do(w.ToggleGroup(w.now, 99))
	w.asks()
	again := open(t, Saved{Groups: w.Contacts().Groups()})
	again.asks("LoadPast", "LoadCalls", "SetAdmission")
	if !again.Contacts().Groups()[1].Collapsed {
		t.Error("after a restart the group is open")
	}
}

// team is a state with the groups Favorites, Teammates, Family and Other Contacts, Dana in the second one.
func team(t *testing.T) (w *world, teammates, family contacts.GroupID) {
	t.Helper()
	w = online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	teammates, _, err := w.CreateGroup(w.now, "Teammates")
	if err != nil {
		t.Fatal(err)
	}
	family, _, err = w.CreateGroup(w.now, "Family")
	if err != nil {
		t.Fatal(err)
	}
	w.MoveTo(w.now, dana, contacts.OtherContacts, teammates)
	return w, teammates, family
}

func called(w *world) string {
	var names []string
	for _, g := range w.Contacts().Groups() {
		names = append(names, g.Name.Raw())
	}
	return strings.Join(names, "/")
}

func TestRenamingAGroup(t *testing.T) {
	w, teammates, _ := team(t)
	effects, err := w.RenameGroup(w.now, teammates, " Friends ")
	w.do(effects)
	if saved := one[SaveGroup](w); err != nil || saved.Group.ID != teammates || saved.Group.Name.Raw() != "Friends" || saved.Place != 1 {
		t.Errorf("saved as %+v, %v", saved, err)
	}
	w.asks("SaveGroup")
	if called(w) != "Favorites/Friends/Family/Other Contacts" {
		t.Errorf("the groups are %s", called(w))
	}
	for name, want := range map[string]error{
		"": contacts.ErrGroupName, strings.Repeat("x", 65): contacts.ErrGroupNameLong, "FAMILY": contacts.ErrGroupDuplicate,
	} {
		if effects, err := w.RenameGroup(w.now, teammates, name); len(effects) != 0 || !errors.Is(err, want) {
			t.Errorf("%q: %v, %v, want %v", name, kinds(effects), err, want)
		}
	}
	if effects, err := w.RenameGroup(w.now, contacts.Favorites, "Best"); len(effects) != 0 || !errors.Is(err, contacts.ErrGroupBuiltIn) {
		t.Errorf("Favorites: %v, %v", kinds(effects), err)
	}
}

func TestDeletingAGroupLosesNobody(t *testing.T) {
	w, teammates, family := team(t)
	effects, err := w.DeleteGroup(w.now, teammates)
	w.do(effects)
	w.asks("DeleteGroup", "SaveGroup", "SaveGroup") // those below have moved up
	if err != nil || called(w) != "Favorites/Family/Other Contacts" {
		t.Errorf("the groups are %s, %v", called(w), err)
	}
	if places := asked[SaveGroup](w); places[0].Group.ID != family || places[0].Place != 1 || places[1].Place != 2 {
		t.Errorf("saved as %+v", places)
	}
	if got := w.contact(dana).Groups; !slices.Equal(got, []contacts.GroupID{contacts.OtherContacts}) {
		t.Errorf("Dana is in %v", got)
	}
	for id, want := range map[contacts.GroupID]error{teammates: contacts.ErrGroupGone, contacts.Favorites: contacts.ErrGroupBuiltIn} {
		if effects, err := w.DeleteGroup(w.now, id); len(effects) != 0 || !errors.Is(err, want) {
			t.Errorf("group %d: %v, %v, want %v", id, kinds(effects), err, want)
		}
	}
}

func TestMovingAGroup(t *testing.T) {
	w, teammates, family := team(t)
	w.do(w.MoveGroup(w.now, family, -1))
	w.asks("SaveGroup", "SaveGroup")
	if places := asked[SaveGroup](w); places[0].Group.ID != family || places[0].Place != 1 || places[1].Group.ID != teammates || places[1].Place != 2 {
		t.Errorf("saved as %+v", places)
	}
	w.do(w.MoveGroup(w.now, contacts.OtherContacts, 1)) // it is the last one
	w.asks()
	if called(w) != "Favorites/Family/Teammates/Other Contacts" {
		t.Errorf("the groups are %s", called(w))
	}
}
