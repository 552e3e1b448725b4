package doctor

import (
	"context"

	"golync/contacts"
	"golync/sipclient/presrules"
)

// decision compares what the user decided on the person with what the server does by its rules.
func decision(_ context.Context, w *walk, f *Finding) {
	f.tried("what I decided on %s, here and at the server", w.them())
	mine := w.relationship()
	row := w.request()
	dismissed := row != nil && row.Dismissed && mine == contacts.NoRelationship
	switch {
	case mine != contacts.NoRelationship:
		f.came("here: %s", mine)
	case dismissed:
		f.came("here: dismissed")
	default:
		f.came("here: nothing")
	}
	handling, level, told := w.handling(w.Address)
	if told {
		f.came("at the server: %s", effect(handling))
	} else {
		f.came("at the server: its rules were not read")
	}
	allowed := mine != contacts.NoRelationship && mine != contacts.BlockedContacts
	switch {
	case mine == contacts.BlockedContacts, told && blocks(handling) && !allowed:
		f.fault(BlockedByMe, "If that is not meant, change the relationship in the window.")
	case told && allowed && handling != presrules.Allow:
		f.fault(RulesDiffer, "Open the window and sign in: it writes the rules. Then ask again.")
	case dismissed, told && level == presrules.Dismissed:
		f.fault(DismissedByMe, "Add %s as a contact, which takes the decision back.", w.them())
	}
}

func blocks(h presrules.Handling) bool { return h == presrules.Block || h == presrules.PoliteBlock }

// effect is what a handling of RFC 5025 means to the person.
func effect(h presrules.Handling) string {
	switch h {
	case presrules.Allow:
		return "allow: they see me"
	case presrules.PoliteBlock:
		return "polite-block: they see me as Offline"
	case presrules.Block:
		return "block: they are refused"
	}
	return "confirm: they wait for my decision"
}
