package contacts

import (
	"errors"
	"strings"
	"testing"

	"golync/internal/text"
)

func TestNewGroupsStandAboveOtherContacts(t *testing.T) {
	l := NewList(nil, nil)
	for i, name := range []string{"Teammates", "  Family "} {
		g, err := l.NewGroup(name)
		if err != nil || g.ID != FirstOwnGroup+GroupID(i) || g.Name.Raw() != strings.TrimSpace(name) {
			t.Fatalf("NewGroup(%q) = %+v, %v", name, g, err)
		}
		if place := l.PutGroup(g); place != 1+i {
			t.Errorf("%q stands at %d, want %d", name, place, 1+i)
		}
	}
	g, _, _ := l.Group(FirstOwnGroup)
	g.Collapsed = true
	if place := l.PutGroup(g); place != 1 || len(l.Groups()) != 4 || !l.Groups()[1].Collapsed {
		t.Error("a group that is replaced keeps its place")
	}
}

func TestNewGroupSaysWhatIsWrongWithAName(t *testing.T) {
	l := NewList(nil, []Group{{ID: 12, Name: text.From("Teammates")}})
	for name, want := range map[string]error{
		"":                      ErrGroupName,
		" \u200b\t":             ErrGroupName,
		strings.Repeat("x", 65): ErrGroupNameLong,
		strings.Repeat("é", 64): nil,
		"FAVORITES":             ErrGroupDuplicate,
		"team\u200bmates":       ErrGroupDuplicate,
	} {
		g, err := l.NewGroup(name)
		if !errors.Is(err, want) {
			t.Errorf("NewGroup(%q): %v, want %v", name, err, want)
		}
		if name == "team\u200bmates" && g.ID != 12 {
			t.Errorf("the group that has the name is 12, not %d", g.ID)
		}
	}
	if s := ErrGroupName.Sentence(); string(s) != ErrGroupName.Error() {
		t.Error("the sentence is the error's")
	}
}
