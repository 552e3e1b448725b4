package app

import "golync/contacts"

// kindOf says where a person is, seen from the user.
func (s *State) kindOf(a contacts.Address) contacts.Kind {
	return s.providers.KindOf(s.me.Address, a)
}
