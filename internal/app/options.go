package app

import (
	"slices"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
)

// choosable reports whether a user may choose the state by hand.
func choosable(a contacts.Availability) bool { return slices.Contains(contacts.Choices(), a) }

// SetPresence chooses the user's presence by hand; PresenceUnknown is Reset Status, back to automatic.
// What cannot be chosen (contacts.Choices) changes nothing.
func (s *State) SetPresence(now time.Time, a contacts.Availability) []Effect {
	if a == contacts.PresenceUnknown {
		a = contacts.Available
	}
	if !choosable(a) || a == s.me.Availability {
		return nil
	}
	s.me.Availability = a
	s.staleAdmits = true
	return s.meChanged(now)
}

// SetNote changes the personal note; an empty one takes it away.
func (s *State) SetNote(now time.Time, note string) []Effect {
	if text.From(note) == s.me.Note {
		return nil
	}
	s.me.Note = text.From(note)
	return s.meChanged(now)
}

func (s *State) meChanged(now time.Time) []Effect {
	s.chosenAt = now
	s.do(SaveMe{s.me})
	if s.connection.State == SignedIn {
		s.do(PublishPresence{s.myState()})
	}
	s.changed()
	return s.flush()
}

// SetAlerts puts the Alerts options in force, for those who wait already too: rows appear in New or leave
// it, and with "Tell me" off the user's organisation is let in.
func (s *State) SetAlerts(now time.Time, o alerts.Options) []Effect {
	if o == s.options {
		return nil
	}
	if (o.Outside == alerts.AllowAnyone) != (s.options.Outside == alerts.AllowAnyone) {
		s.staleRules = true
	}
	s.options = o
	s.staleAdmits = true
	s.do(SaveAlerts{o})
	s.requestsChanged()
	for _, a := range s.requestAddresses() {
		r := s.newTab.rows[a.Folded()]
		if !r.Dismissed && alerts.Decide(o, s.incoming(alerts.Request, a)).Accept {
			s.acceptSilently(now, a, r.Name)
		}
	}
	return s.flush()
}

// optionsOf returns the options of the disk; those of nobody are the defaults.
func optionsOf(saved option.Set) option.Set {
	if saved == (option.Set{}) {
		return option.Default()
	}
	return saved.Clean()
}

// SetOptions puts what the pages of the Options dialog hold in force, Alerts apart. What lies outside its
// limits is put inside them.
func (s *State) SetOptions(now time.Time, o option.Set) []Effect {
	o = o.Clean()
	if o == s.chosen {
		return nil
	}
	s.chosen = o
	s.do(SaveOptions{o})
	s.changed()
	return s.flush()
}
