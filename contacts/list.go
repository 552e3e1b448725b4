package contacts

import (
	"slices"
	"strings"
)

// List is the contact list. Reading is for everybody; only internal/app changes it. What the readers
// return stays valid, and is not to be changed, until the next change of the list. Presence changes touch
// neither order nor membership and cost the same however long the list is.
type List struct {
	byAddress map[Address]*entry // by Address.Folded
	entries   []*entry           // by name, when people is not nil
	people    []*Contact         // the same, for readers; nil when it has to be made anew
	groups    []Group
	members   map[GroupID]*members
	sorted    bool // entries are in order
	display   Display
	unshown   []GroupID // see places
	version   uint64

	byStatus, byRelationship division
}

// entry is a contact with what the list remembers of it.
type entry struct {
	Contact
	order string // sort key: folded name, then address
	hay   string // what Find looks through; empty when it has to be made anew
}

// members is who is in one group.
type members struct {
	entries []*entry
	sorted  bool       // entries are in order
	people  []*Contact // as they are shown, for readers; nil when it has to be made anew
	online  int
}

// NewList makes a list. Contacts without a group, or in groups that do not exist, are put under Other
// Contacts; the two built-in groups are added when they are missing. A second contact with one address is
// dropped.
func NewList(people []Contact, groups []Group) *List {
	l := &List{byAddress: make(map[Address]*entry, len(people)), members: map[GroupID]*members{}, version: 1}
	l.byStatus.of, l.byRelationship.of = statusOf, relationshipOf
	l.groups = withBuiltIn(groups)
	for _, g := range l.groups {
		l.members[g.ID] = &members{}
	}
	for _, c := range people {
		if _, ok := l.Get(c.Address); !ok {
			l.insert(c)
		}
	}
	return l
}

// Version rises with every change.
func (l *List) Version() uint64 { return l.version }

// Len returns how many contacts there are.
func (l *List) Len() int { return len(l.byAddress) }

// Contacts returns everybody, by name.
func (l *List) Contacts() []*Contact {
	if l.people == nil {
		sortEntries(l.entries, &l.sorted)
		l.people = contactsOf(l.entries)
	}
	return l.people
}

// Get returns the contact with the address, however its letters are written.
func (l *List) Get(a Address) (*Contact, bool) {
	e := l.entry(a)
	if e == nil {
		return nil, false
	}
	return &e.Contact, true
}

// In returns the members of a group, by name or as Show says.
func (l *List) In(id GroupID) []*Contact {
	m := l.members[id]
	if m == nil {
		return nil
	}
	if m.people == nil {
		sortEntries(m.entries, &m.sorted)
		m.people = l.ordered(contactsOf(m.entries))
	}
	return m.people
}

// Online returns how many members of a group are signed in, and how many there are.
func (l *List) Online(id GroupID) (online, total int) {
	m := l.members[id]
	if m == nil {
		return 0, 0
	}
	return m.online, len(m.entries)
}

func (l *List) entry(a Address) *entry {
	if e := l.byAddress[a]; e != nil {
		return e
	}
	return l.byAddress[a.Folded()]
}

// sortEntries puts entries in order, once for as long as nobody joins them.
func sortEntries(entries []*entry, sorted *bool) {
	if *sorted {
		return
	}
	slices.SortFunc(entries, func(a, b *entry) int { return strings.Compare(a.order, b.order) })
	*sorted = true
}

func contactsOf(entries []*entry) []*Contact {
	people := make([]*Contact, len(entries))
	for i, e := range entries {
		people[i] = &e.Contact
	}
	return people
}
