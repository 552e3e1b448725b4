package app

import "golync/contacts"

// checked returns an address from the disk in the form that everything here relies on; false when the disk
// holds something else.
func checked(a contacts.Address) (contacts.Address, bool) {
	a, err := contacts.ParseAddress(string(a))
	return a, err == nil
}

// restored returns the contacts as they stand before anybody has been asked: presence is not known, and of
// the subscriptions only what does not end with the connection.
func restored(people []contacts.Contact, kindOf func(contacts.Address) contacts.Kind) []contacts.Contact {
	kept := make([]contacts.Contact, 0, len(people))
	for _, c := range people {
		var ok bool
		if c.Address, ok = checked(c.Address); !ok {
			continue
		}
		c.Presence = contacts.Presence{}
		c.SeesMe = false
		c.Watch = lasting(c.Watch)
		if c.Relationship == contacts.NoRelationship || c.Relationship > contacts.BlockedContacts {
			c.Relationship = contacts.DefaultRelationship(kindOf(c.Address))
		}
		kept = append(kept, c)
	}
	return kept
}
