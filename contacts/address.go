// Package contacts is the contact list: people, groups, privacy relationships, requests of people
// who added the user, addresses and providers, and the search over them. It is pure: it knows no
// network, no disk, no clock and no screen. The words are Lync 2013's.
package contacts

// Address is a SIP address of record in canonical form, "sip:user@host": scheme and host in lower
// case, printable ASCII only, no port and no parameters. ParseAddress makes one; it can therefore be
// shown as it is.
type Address string

// Kind says where a person is, seen from the user's own domain (design section 6, Alerts).
type Kind uint8

// The kinds of a person.
const (
	External       Kind = iota // another domain that speaks SIP; uses Lync
	MyOrganization             // the user's own domain
	Skype                      // a public provider's domain or a decorated address
)

// Relationship is the privacy relationship: what a person may see of the user.
type Relationship uint8

// The privacy relationships of Lync 2013. NoRelationship is somebody not yet decided upon.
const (
	NoRelationship Relationship = iota
	FriendsAndFamily
	Workgroup
	Colleagues
	ExternalContacts
	BlockedContacts
)
