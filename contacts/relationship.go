package contacts

import "golync/internal/text"

// relationships are the labels and what the wizard says of each (facts/lync-2013-client.md section 4).
var relationships = [...]struct{ label, explanation text.Safe }{
	NoRelationship:   {"Auto-assign Relationship", "Not decided: the person sees nothing but your name and address."},
	FriendsAndFamily: {"Friends and Family", "Sees your status, what you do, note and all phone numbers, but not meeting details."},
	Workgroup:        {"Workgroup", "Sees all but home and other phones, meeting details too, and can interrupt Do Not Disturb."},
	Colleagues:       {"Colleagues", "Sees your status, what you do, note and work phone, but no meeting details."},
	ExternalContacts: {"External Contacts", "Sees only your name, title, e-mail, company, picture, status and note."},
	BlockedContacts:  {"Blocked Contacts", "Sees only your name and e-mail, and you as Offline; cannot reach you."},
}

// String returns Lync's label.
func (r Relationship) String() string { return string(r.Label()) }

// Label returns Lync's label for the screen.
func (r Relationship) Label() text.Safe {
	if int(r) >= len(relationships) {
		r = NoRelationship
	}
	return relationships[r].label
}

// Explain says in one line what the relationship lets a person see.
func (r Relationship) Explain() text.Safe {
	if int(r) >= len(relationships) {
		r = NoRelationship
	}
	return relationships[r].explanation
}

// Relationships returns the five relationships in the order of Lync's menu.
func Relationships() []Relationship {
	return []Relationship{FriendsAndFamily, Workgroup, Colleagues, ExternalContacts, BlockedContacts}
}

// DefaultRelationship is what somebody of the kind gets when the user does not choose: Colleagues in the
// user's organisation, External Contacts outside.
func DefaultRelationship(k Kind) Relationship {
	if k == MyOrganization {
		return Colleagues
	}
	return ExternalContacts
}
