package app

import (
	"cmp"
	"slices"

	"golync/contacts"
	"golync/internal/option"
)

// strangers are the people decided upon who are not in the list: blocked, mostly.
type strangers struct {
	of      map[contacts.Address]stranger // by Folded
	rows    []*contacts.Contact           // for readers; nil when they have to be made anew
	version uint64
}

// stranger is one of them.
type stranger struct {
	address      contacts.Address
	relationship contacts.Relationship
}

func (t *strangers) set(a contacts.Address, r contacts.Relationship) {
	t.of[a.Folded()] = stranger{a, r}
	t.rows, t.version = nil, t.version+1
}

func (t *strangers) drop(a contacts.Address) {
	delete(t.of, a.Folded())
	t.rows, t.version = nil, t.version+1
}

// Strangers returns the people decided upon who are not in the list, by address, in the form of contacts
// that are in no group. RELATIONSHIPS shows them too: who is blocked there can be let in again there.
func (s *State) Strangers() []*contacts.Contact {
	if s.strangers.rows == nil {
		s.strangers.rows = make([]*contacts.Contact, 0, len(s.strangers.of))
		for _, st := range s.strangers.of {
			s.strangers.rows = append(s.strangers.rows, &contacts.Contact{
				Address: st.address, Name: s.NameOf(st.address), Relationship: st.relationship, Provider: s.providerOf(st.address),
			})
		}
		slices.SortFunc(s.strangers.rows, func(a, b *contacts.Contact) int { return cmp.Compare(a.Address, b.Address) })
	}
	return s.strangers.rows
}

// PeopleVersion rises with every change of the contacts, of how they are shown, and of Strangers.
func (s *State) PeopleVersion() uint64 { return s.list.Version() + s.strangers.version }

// displayOf is how the list is shown by the page Contacts List of Options.
func displayOf(o option.ContactsList) contacts.Display {
	return contacts.Display{ByAvailability: o.ByAvailability, ByAddress: o.Address, NoFavorites: !o.Favorites}
}
