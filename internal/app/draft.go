package app

import (
	"time"

	"golync/contacts"
)

// Draft returns what the user was writing to a person and has not sent; "" when there is nothing.
func (s *State) Draft(a contacts.Address) string { return s.drafts[a] }

// SetDraft keeps what the user is writing to a person, for this and later starts; "" takes it away. It is
// kept whole, also when it is too long to be sent. Sending a message takes it away too.
func (s *State) SetDraft(now time.Time, a contacts.Address, body string) []Effect {
	s.setDraft(a, body)
	return s.flush()
}

func (s *State) setDraft(a contacts.Address, body string) {
	if s.drafts[a] == body {
		return
	}
	if body == "" {
		delete(s.drafts, a)
	} else {
		s.drafts[a] = body
	}
	s.do(SaveDraft{Peer: a, Body: body})
	s.changed()
}

// restoredDrafts takes the drafts of the disk; those to addresses that are none are nobody's.
func restoredDrafts(saved map[contacts.Address]string) map[contacts.Address]string {
	drafts := make(map[contacts.Address]string, len(saved))
	for a, body := range saved {
		if a, ok := checked(a); ok && body != "" {
			drafts[a] = body
		}
	}
	return drafts
}
