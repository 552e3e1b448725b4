package app

import (
	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
)

// Me returns the user. Whoever is not signed in is Offline, whatever was chosen.
func (s *State) Me() Me {
	me := s.me
	if s.connection.State != SignedIn {
		me.Availability = contacts.Offline
	}
	return me
}

// Chosen returns the presence that the user has chosen by hand, which is in force whenever he is signed in.
func (s *State) Chosen() contacts.Availability { return s.me.Availability }

// Connection returns how the user stands with the server.
func (s *State) Connection() Connection { return s.connection }

// Contacts returns the contact list.
func (s *State) Contacts() *contacts.List { return s.list }

// Providers returns the contact providers.
func (s *State) Providers() contacts.Providers { return s.providers }

// AlertOptions returns the Alerts options in force.
func (s *State) AlertOptions() alerts.Options { return s.options }

// Options returns what the other pages of the Options dialog hold.
func (s *State) Options() option.Set { return s.chosen }

// Version rises with every change that could be seen.
func (s *State) Version() uint64 { return s.version }

// NameOf returns what a person is called: the contact's name, else the request's, else the one in the last
// message; empty when there is none, and then the address has to do.
func (s *State) NameOf(a contacts.Address) text.Peer {
	if c, ok := s.list.Get(a); ok && !c.Name.Empty() {
		return c.Name
	}
	if r := s.newTab.rows[a.Folded()]; r != nil && !r.Name.Empty() {
		return r.Name
	}
	if r := s.past.of[a]; r != nil && !r.name.Empty() {
		return r.name
	}
	if c := s.Conversation(a); c != nil {
		return c.name
	}
	return text.Peer{}
}

// RelationshipOf returns what was decided on a person, contact or not; NoRelationship when nothing was.
func (s *State) RelationshipOf(a contacts.Address) contacts.Relationship {
	if c, ok := s.list.Get(a); ok {
		return c.Relationship
	}
	return s.strangers.of[a.Folded()].relationship
}
