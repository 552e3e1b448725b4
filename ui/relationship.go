package ui

import (
	"golync/contacts"
	"golync/internal/text"
)

// relationshipHelp are the parts of a dialog that say what the relationship chosen lets a person see.
func relationshipHelp(m *model, chosen func() contacts.Relationship) []part {
	room := 0
	if m.upToTheServer(contacts.Colleagues) != "" {
		room = 2 // kept for those of whom there is nothing to say, so that nothing jumps
	}
	return []part{
		hint(2, func() text.Safe { return chosen().Explain() }),
		hint(room, func() text.Safe { return m.upToTheServer(chosen()) }),
	}
}

// upToTheServer says which part of a relationship golync cannot promise. Where the server keeps the rules it
// also applies them, and there are servers that allow and block as told and ignore the rest (RFC 5025's
// transformations; design section 6). Nothing says beforehand which kind a server is.
func (m *model) upToTheServer(r contacts.Relationship) text.Safe {
	if !m.state.Connection().Services.Rules || r == contacts.BlockedContacts || r == contacts.NoRelationship {
		return ""
	}
	return "How much of this is kept back is up to the server; some only allow or block."
}
