package contacts

import (
	"slices"
	"unicode/utf8"

	"golync/internal/text"
)

// MaxGroupName is the longest name of a group, in characters.
const MaxGroupName = 64

// GroupError is why a group cannot be made: a sentence fit to show.
type GroupError text.Safe

// The ways in which a name is not one for a new group.
const (
	ErrGroupName      GroupError = "Type a name for the group."
	ErrGroupNameLong  GroupError = "A group's name has at most 64 characters."
	ErrGroupDuplicate GroupError = "There is already a group with this name."
)

// Error returns the sentence.
func (e GroupError) Error() string { return string(e) }

// Sentence returns it for the screen.
func (e GroupError) Sentence() text.Safe { return text.From(string(e)).Line() }

// withBuiltIn returns groups with Favorites at the top and Other Contacts at the bottom if they are missing.
func withBuiltIn(groups []Group) []Group {
	groups = slices.Clone(groups)
	if !has(groups, Favorites) {
		groups = slices.Insert(groups, 0, Group{ID: Favorites, Name: text.From("Favorites")})
	}
	if !has(groups, OtherContacts) {
		groups = append(groups, Group{ID: OtherContacts, Name: text.From("Other Contacts")})
	}
	return groups
}

func has(groups []Group, id GroupID) bool {
	return slices.ContainsFunc(groups, func(g Group) bool { return g.ID == id })
}

// Groups returns the groups in their order.
func (l *List) Groups() []Group { return l.groups }

// Group returns one group and its place in the order.
func (l *List) Group(id GroupID) (g Group, place int, ok bool) {
	for i, g := range l.groups {
		if g.ID == id {
			return g, i, true
		}
	}
	return Group{}, 0, false
}

// NewGroup checks a name for a group that is to be made and returns the group, with an ID that no
// other has, without adding it. On ErrGroupDuplicate the group returned is the one that has the name.
func (l *List) NewGroup(name string) (Group, error) {
	shown := string(text.From(name).Line())
	if shown == "" {
		return Group{}, ErrGroupName
	}
	if utf8.RuneCountInString(shown) > MaxGroupName {
		return Group{}, ErrGroupNameLong
	}
	id := FirstOwnGroup
	for _, g := range l.groups {
		if fold(string(g.Name.Line())) == fold(shown) {
			return g, ErrGroupDuplicate
		}
		id = max(id, g.ID+1)
	}
	return Group{ID: id, Name: text.From(shown)}, nil
}

// PutGroup adds a group above Other Contacts, where Lync's own groups stand, or replaces the one with the
// same ID where it is. It returns the group's place.
func (l *List) PutGroup(g Group) (place int) {
	l.groups = slices.Clone(l.groups) // readers may hold the old one
	l.version++
	if _, i, ok := l.Group(g.ID); ok {
		l.groups[i] = g
		return i
	}
	place = len(l.groups)
	if _, i, ok := l.Group(OtherContacts); ok && i == place-1 {
		place = i
	}
	l.groups = slices.Insert(l.groups, place, g)
	l.members[g.ID] = &members{}
	return place
}
