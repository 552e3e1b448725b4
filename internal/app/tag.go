package app

import (
	"time"

	"golync/alerts"
	"golync/contacts"
)

// Tag turns Tag for Status Change Alerts on for a contact, or off again.
func (s *State) Tag(now time.Time, a contacts.Address) []Effect {
	c, ok := s.list.Get(a)
	if !ok {
		return nil
	}
	is := *c
	is.Tagged = !is.Tagged
	s.put(is)
	return s.flush()
}

// alertStatus announces that a tagged contact has become Available or Offline. What is heard of somebody for the
// first time, after signing in or after being accepted, is not a change.
func (s *State) alertStatus(c *contacts.Contact, before contacts.Availability) {
	is := c.Presence.Availability
	if !c.Tagged || before == is || before == contacts.PresenceUnknown || is != contacts.Available && is != contacts.Offline {
		return
	}
	if alerts.Decide(s.inForce(), s.incoming(alerts.StatusChange, c.Address)).Alert {
		s.alert(Alert{What: alerts.StatusChange, From: c.Address, Name: s.NameOf(c.Address), Is: is})
	}
}
