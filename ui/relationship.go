package ui

import (
	"golync/contacts"
	"golync/internal/text"
)

// relationshipHelp are the parts of a dialog that say what the relationship chosen lets a person see.
func relationshipHelp(m *model, chosen func() contacts.Relationship) []part {
	room := 0
	for _, r := range contacts.Relationships() {
		if m.upToTheServer(r) != "" {
			room = 2 // kept for those of whom there is nothing to say, so that nothing jumps
		}
	}
	return []part{
		hint(2, func() text.Safe { return chosen().Explain() }),
		hint(room, func() text.Safe { return m.upToTheServer(chosen()) }),
	}
}

// upToTheServer says which part of a relationship golync cannot promise. Where the server keeps the rules it
// also applies them, and there are servers that allow and block as told and ignore the rest (RFC 5025's
// transformations; design section 6); nothing says beforehand which kind a server is. What External Contacts
// do not see is all that is asked of it. Without a presence service golync tells everybody itself, and keeps
// everything that is promised.
func (m *model) upToTheServer(r contacts.Relationship) text.Safe {
	has := m.state.Connection().Services
	switch {
	case r == contacts.NoRelationship || !has.Presence:
		return ""
	case has.Rules && r == contacts.ExternalContacts:
		return "It is up to the server to keep that back; one that only allows or blocks shows it."
	case has.Rules:
		return ""
	case r == contacts.BlockedContacts:
		return "This server takes no rules: it may go on showing your status. Messages are refused all the same."
	default:
		return "This server takes no rules from golync: it alone decides what people see of you."
	}
}
