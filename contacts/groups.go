package contacts

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"golync/internal/text"
)

// MaxGroupName is the longest name of a group, in characters.
const MaxGroupName = 64

// GroupError is why a group cannot be made or changed: a sentence fit to show.
type GroupError text.Safe

// The ways in which a name is not one for a group, and in which a group is not one to change.
const (
	ErrGroupName      GroupError = "Type a name for the group, with at least one letter that can be seen."
	ErrGroupNameLong  GroupError = "A group's name has at most 64 characters."
	ErrGroupSign      GroupError = "The name has a character that cannot be shown."
	ErrGroupDuplicate GroupError = "There is already a group with this name."
	ErrGroupLookalike GroupError = "There is already a group whose name looks just like this one."
	ErrGroupBuiltIn   GroupError = "Favorites and Other Contacts are always there: only groups of your own can be renamed or deleted."
	ErrGroupGone      GroupError = "There is no such group any more."
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
// other has, without adding it. On ErrGroupDuplicate and ErrGroupLookalike the group returned is the one
// that has the name.
func (l *List) NewGroup(name string) (Group, error) {
	shown, err := groupName(name)
	if err != nil {
		return Group{}, err
	}
	if g, ok := l.named(shown); ok {
		return g, taken(g, shown)
	}
	id := FirstOwnGroup
	for _, g := range l.groups {
		id = max(id, g.ID+1)
	}
	return Group{ID: id, Name: text.From(shown)}, nil
}

// Renamed checks another name for a group and returns the group with it, without changing the list.
func (l *List) Renamed(id GroupID, name string) (Group, error) {
	g, err := l.own(id)
	if err != nil {
		return g, err
	}
	shown, err := groupName(name)
	if err != nil {
		return g, err
	}
	if other, ok := l.named(shown); ok && other.ID != id {
		return g, taken(other, shown)
	}
	g.Name = text.From(shown)
	return g, nil
}

// groupName is what a group is called when somebody types name.
func groupName(name string) (string, error) {
	shown := string(text.From(name).Line())
	switch {
	case strings.ContainsRune(shown, utf8.RuneError):
		return "", ErrGroupSign
	case !strings.ContainsFunc(shown, visible):
		return "", ErrGroupName
	case utf8.RuneCountInString(shown) > MaxGroupName:
		return "", ErrGroupNameLong
	}
	return shown, nil
}

// visible reports whether r is seen on its own: no blank, and no mark that needs a letter below it. The
// dotted circle is what package text puts below a mark that has none.
func visible(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r) && r != '\u25CC'
}

// named returns the group that is called so, or so that a reader takes the one for the other.
func (l *List) named(shown string) (Group, bool) {
	key := skeleton(shown)
	for _, g := range l.groups {
		if skeleton(string(g.Name.Line())) == key {
			return g, true
		}
	}
	return Group{}, false
}

// taken says in what way a group has the name already.
func taken(g Group, shown string) GroupError {
	if fold(norm.NFKC.String(string(g.Name.Line()))) == fold(norm.NFKC.String(shown)) {
		return ErrGroupDuplicate
	}
	return ErrGroupLookalike
}

// own returns a group of the user's own, or why it is none.
func (l *List) own(id GroupID) (Group, error) {
	if id.BuiltIn() {
		return Group{}, ErrGroupBuiltIn
	}
	g, _, ok := l.Group(id)
	if !ok {
		return Group{}, ErrGroupGone
	}
	return g, nil
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

// RemoveGroup takes a group of the user's own out of the list and returns the place where it stood. Its
// contacts stay: those that are in no other group go under Other Contacts.
func (l *List) RemoveGroup(id GroupID) (place int, err error) {
	if _, err := l.own(id); err != nil {
		return 0, err
	}
	_, place, _ = l.Group(id)
	for _, e := range l.members[id].entries {
		e.Groups = slices.DeleteFunc(slices.Clone(e.Groups), func(in GroupID) bool { return in == id })
		if len(e.Groups) == 0 {
			e.Groups = append(e.Groups, OtherContacts)
		}
	}
	l.groups = slices.Delete(slices.Clone(l.groups), place, place+1)
	l.stand()
	l.version++
	return place, nil
}

// OnlyIn returns how many contacts are in a group and in no other.
func (l *List) OnlyIn(id GroupID) (n int) {
	for _, c := range l.In(id) {
		if len(c.Groups) == 1 && c.Groups[0] == id {
			n++
		}
	}
	return n
}

// MoveGroup lets a group change places with the one above it, for by < 0, or below it. It returns the
// upper one of the two places, and false when there is nothing on that side.
func (l *List) MoveGroup(id GroupID, by int) (upper int, moved bool) {
	_, from, ok := l.Group(id)
	to := from + cmp.Compare(by, 0)
	if !ok || to == from || to < 0 || to >= len(l.groups) {
		return 0, false
	}
	l.groups = slices.Clone(l.groups)
	l.groups[from], l.groups[to] = l.groups[to], l.groups[from]
	l.version++
	return min(from, to), true
}
