package app

import (
	"errors"
	"slices"
	"time"

	"golync/contacts"
	"golync/internal/text"
)

// Why somebody cannot be added. Errors of the address itself are contacts.AddressError.
var (
	ErrAlreadyContact = errors.New("this person is already in your contact list")
	ErrSelf           = errors.New("this is your own address")
)

// Draft is a filled-in Add a Contact dialog.
type Draft struct {
	Provider     contacts.Provider
	IM           string                // as typed; contacts.Providers.Resolve makes an address of it
	Name         string                // display name; may be empty
	Group        contacts.GroupID      // one that does not exist means Other Contacts
	Relationship contacts.Relationship // NoRelationship means the default of the person's kind
	Introduction string                // what the other side is told; may be empty
}

// AddContact puts a person into the list, waiting for acceptance, lets them see the user as the
// relationship says, and watches them. On ErrAlreadyContact the address is that of the contact there is;
// other errors are ErrSelf and contacts.AddressError.
func (s *State) AddContact(now time.Time, d Draft) (contacts.Address, []Effect, error) {
	to, err := s.providers.Resolve(s.me.Address, d.Provider, d.IM)
	if err != nil {
		return "", nil, err
	}
	a := to.Address
	if a.Same(s.me.Address) {
		return a, nil, ErrSelf
	}
	if c, ok := s.list.Get(a); ok {
		return c.Address, nil, ErrAlreadyContact
	}
	name := text.From(d.Name)
	if name.Line() == "" {
		name = s.NameOf(a)
	}
	s.addIntroduced(contacts.Contact{
		Address: a, Name: name, Provider: d.Provider, Added: now,
		Relationship: s.orDefault(a, d.Relationship), Groups: []contacts.GroupID{d.Group},
	}, d.Introduction)
	return a, s.flush(), nil
}

// add puts somebody into the list who was not there. Whatever was decided before is replaced by it.
func (s *State) add(c contacts.Contact) { s.addIntroduced(c, "") }

func (s *State) addIntroduced(c contacts.Contact, introduction string) {
	c.Watch = contacts.WatchWaiting
	c.SeesMe = false
	c.Introduction = introduction
	if w := s.watchers.people[c.Address.Folded()]; w != nil {
		c.SeesMe = w.seeing > 0 && c.Relationship != contacts.BlockedContacts
	}
	s.list.Put(c)
	kept, _ := s.list.Get(c.Address)
	s.do(SaveContact{*kept})
	if st, ok := s.strangers.of[c.Address.Folded()]; ok {
		s.strangers.drop(c.Address)
		s.do(SaveRelationship{Address: st.address})
	}
	s.dropRequest(c.Address)
	if s.connection.State == SignedIn {
		s.do(Watch{Address: c.Address, Introduction: introduction})
	}
	s.decided()
}

// Remove takes a contact out of the list and stops watching. Somebody blocked stays blocked; of everybody
// else the decision is forgotten, so that whoever goes on asking stands in New again.
func (s *State) Remove(now time.Time, a contacts.Address) []Effect {
	c, ok := s.list.Get(a)
	if !ok {
		return nil
	}
	gone := *c
	s.list.Remove(a)
	s.do(DeleteContact{gone.Address})
	s.do(Unwatch{gone.Address})
	if gone.Relationship == contacts.BlockedContacts {
		s.decideStranger(gone.Address, contacts.BlockedContacts)
	} else {
		s.takeBack(gone.Address)
	}
	if gone.Relationship != contacts.BlockedContacts && s.watchers.people[gone.Address.Folded()] != nil {
		s.askAgain(now, gone)
	}
	s.decided()
	return s.flush()
}

// askAgain puts a removed contact who still watches the user into New, without an alert: it is no news.
func (s *State) askAgain(now time.Time, gone contacts.Contact) {
	r := &contacts.Request{
		Address: gone.Address, Name: gone.Name, Since: now,
		Kind: s.kindOf(gone.Address),
	}
	s.newTab.put(r)
	s.do(SaveRequest{*r})
	s.requestsChanged()
}

// SetRelationship decides what a person, contact or not, may see. NoRelationship is Lync's Auto-assign
// Relationship: the default of the person's kind for a contact, undecided for anybody else.
func (s *State) SetRelationship(now time.Time, a contacts.Address, r contacts.Relationship) []Effect {
	if a.Same(s.me.Address) {
		return nil
	}
	c, ok := s.list.Get(a)
	if !ok {
		if s.RelationshipOf(a) == r && s.newTab.rows[a.Folded()] == nil {
			return nil
		}
		s.dropRequest(a)
		s.decideStranger(a, r)
		s.decided()
		return s.flush()
	}
	r = s.orDefault(a, r)
	if c.Relationship == r {
		return nil
	}
	is := *c
	is.Relationship = r
	if w := s.watchers.people[a.Folded()]; w != nil {
		is.SeesMe = w.seeing > 0
	}
	is.SeesMe = is.SeesMe && r != contacts.BlockedContacts
	s.put(is)
	s.decided()
	return s.flush()
}

// decideStranger keeps, or forgets, the decision on somebody who is not a contact.
func (s *State) decideStranger(a contacts.Address, r contacts.Relationship) {
	if was, ok := s.strangers.of[a.Folded()]; ok && was.address != a {
		s.do(SaveRelationship{Address: was.address}) // the same person, spelt in another way
	}
	if r == contacts.NoRelationship {
		s.strangers.drop(a)
		s.takeBack(a)
	} else {
		s.strangers.set(a, r)
	}
	s.do(SaveRelationship{Address: a, Relationship: r})
}

// put replaces a contact, on disk too.
func (s *State) put(c contacts.Contact) {
	s.list.Put(c)
	kept, _ := s.list.Get(c.Address)
	s.do(SaveContact{*kept})
	s.changed()
}

// CopyTo puts a contact into one more group.
func (s *State) CopyTo(now time.Time, a contacts.Address, group contacts.GroupID) []Effect {
	return s.regroup(a, func(ids []contacts.GroupID) []contacts.GroupID { return append(ids, group) })
}

// MoveTo takes a contact out of one group and puts it into another.
func (s *State) MoveTo(now time.Time, a contacts.Address, from, to contacts.GroupID) []Effect {
	return s.regroup(a, func(ids []contacts.GroupID) []contacts.GroupID {
		if i := slices.Index(ids, from); i >= 0 {
			ids[i] = to
			return ids
		}
		return append(ids, to)
	})
}

// RemoveFromGroup takes a contact out of a group. Whoever is in no other goes under Other Contacts; to
// take somebody out of the list there is Remove.
func (s *State) RemoveFromGroup(now time.Time, a contacts.Address, group contacts.GroupID) []Effect {
	return s.regroup(a, func(ids []contacts.GroupID) []contacts.GroupID {
		return slices.DeleteFunc(ids, func(id contacts.GroupID) bool { return id == group })
	})
}

// regroup changes a contact's groups. The list puts right what change leaves wrong.
func (s *State) regroup(a contacts.Address, change func([]contacts.GroupID) []contacts.GroupID) []Effect {
	c, ok := s.list.Get(a)
	if !ok {
		return nil
	}
	is := *c
	is.Groups = s.list.Existing(change(slices.Clone(c.Groups)))
	if slices.Equal(is.Groups, c.Groups) {
		return nil
	}
	s.put(is)
	return s.flush()
}

// orDefault returns r, or what the person's kind gets when r is no decision.
func (s *State) orDefault(a contacts.Address, r contacts.Relationship) contacts.Relationship {
	if r == contacts.NoRelationship || r > contacts.BlockedContacts {
		return contacts.DefaultRelationship(s.kindOf(a))
	}
	return r
}

// providerOf says under which provider somebody stands who added the user.
func (s *State) providerOf(a contacts.Address) contacts.Provider {
	if s.kindOf(a) == contacts.Skype {
		return contacts.ProviderSkype
	}
	return contacts.ProviderLync
}
