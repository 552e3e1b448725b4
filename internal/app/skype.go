package app

import (
	"slices"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
)

// What is different for a Skype user (design section 7). Everybody may ask to be a contact, so that Lync's
// Alerts options count for nothing; everything else reaches the user from contacts alone; and there are four
// states to choose from.

// skypeAlerts are the Alerts options in force for every Skype user.
var skypeAlerts = alerts.Options{TellMe: true, DND: alerts.ShowNone, Outside: alerts.AllowInvites}

// inForce are the Alerts options by which is decided.
func (s *State) inForce() alerts.Options {
	if s.me.Kind == contacts.Skype {
		return skypeAlerts
	}
	return s.options
}

// kindOf says where a person is, seen from the user.
func (s *State) kindOf(a contacts.Address) contacts.Kind {
	return s.providers.KindOf(s.me.Address, a)
}

// judgedAs is the kind by which the Alerts options judge a person: to a Skype user nobody is nearer than
// anybody else.
func (s *State) judgedAs(a contacts.Address) contacts.Kind {
	if s.me.Kind == contacts.Skype {
		return contacts.Skype
	}
	return s.kindOf(a)
}

// Choices returns the states that the user may choose by hand, in the order of the menu. Offline among them is
// Skype's Invisible.
func (s *State) Choices() []contacts.Availability {
	if s.me.Kind == contacts.Skype {
		return contacts.SkypeChoices()
	}
	return contacts.Choices()
}

// choosable reports whether the user may choose the state by hand.
func (s *State) choosable(a contacts.Availability) bool { return slices.Contains(s.Choices(), a) }

// asksAgain brings a declined request back when the person asks a Skype user with other words, without having
// withdrawn the first one; the same words are only their program, which asks at every sign-in. It reports whether
// it did.
func (s *State) asksAgain(r *contacts.Request, introduction text.Peer) bool {
	if s.me.Kind != contacts.Skype || !r.Dismissed || introduction.Empty() || introduction == r.Introduction {
		return false
	}
	r.Dismissed = false
	s.newTab.dismissed--
	s.takeBack(r.Address)
	s.staleRules = true
	return true
}

// Waits says in words who has to do what before the user and a person can see and reach each other; empty when
// nothing is waited for, or nothing is known of it.
func (s *State) Waits(a contacts.Address) text.Safe {
	name := s.NameOf(a).Line()
	if name == "" {
		name = text.From(contacts.Readable(s.providers.Account(a))).Line()
	}
	if c, ok := s.list.Get(a); ok {
		if c.Watch == contacts.WatchWaiting && c.Relationship != contacts.BlockedContacts {
			return "Waiting for " + name + " to accept"
		}
		return ""
	}
	r := s.newTab.rows[a.Folded()]
	switch {
	case r == nil || r.Dismissed:
		return ""
	case s.me.Kind == contacts.Skype:
		return name + " has added you: accept the contact request"
	case !alerts.Decide(s.inForce(), s.incoming(alerts.Request, a)).Show:
		return name + " has added you: your Alerts options keep it out of New"
	}
	return name + " has added you: accept in New"
}
