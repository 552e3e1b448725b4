package contacts

import "golync/internal/text"

// relationships are the labels, and of each what golync tells such a person: the privacy table of
// facts/lync-2013-client.md section 4, as far as golync has what it speaks of. It knows no phone numbers.
var relationships = [...]struct{ label, explanation text.Safe }{
	NoRelationship:   {"Auto-assign Relationship", "Lync's choice: Colleagues in your organization, External Contacts outside it."},
	FriendsAndFamily: {"Friends and Family", "Sees your status, what you are doing and since when, your note and your location."},
	Workgroup:        {"Workgroup", "Sees status, activity, note and location, and gets through to you in Do Not Disturb."},
	Colleagues:       {"Colleagues", "Sees status, activity, note and location. Do Not Disturb keeps their alerts away."},
	ExternalContacts: {"External Contacts", "Sees your status and note; not what exactly you are doing, since when, or where."},
	BlockedContacts:  {"Blocked Contacts", "Sees you as Offline and cannot reach you: messages and calls are refused."},
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
