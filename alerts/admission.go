package alerts

import "golync/contacts"

// Admission is an immutable snapshot by which requests from others are admitted where they arrive: the
// options, my presence, and everybody decided upon. It is made by internal/app whenever one of them
// changes, and read on another goroutine.
type Admission struct {
	Options  Options
	Mine     contacts.Availability
	Decided  map[contacts.Address]contacts.Relationship // by Address.Folded
	Contacts map[contacts.Address]bool                  // by Address.Folded
	KindOf   func(contacts.Address) contacts.Kind       // pure
}

// Admit decides on something that arrives from somebody.
func (a Admission) Admit(w What, from contacts.Address) Verdict {
	in := Incoming{
		What:         w,
		Contact:      a.Contacts[from.Folded()],
		Relationship: a.Decided[from.Folded()],
		Mine:         a.Mine,
	}
	if a.KindOf != nil {
		in.Kind = a.KindOf(from)
	}
	return Decide(a.Options, in)
}
