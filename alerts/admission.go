package alerts

import "golync/contacts"

// Admission is an immutable snapshot by which requests from others are admitted where they arrive: the
// options, my presence, and everybody decided upon. It is made by internal/app whenever one of them
// changes, and read on another goroutine.
type Admission struct {
	Options  Options
	Mine     contacts.Availability
	Decided  map[contacts.Address]contacts.Relationship
	Contacts map[contacts.Address]bool
	KindOf   func(contacts.Address) contacts.Kind // pure
}
