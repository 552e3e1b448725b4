package contacts

import (
	"time"

	"golync/internal/text"
)

// Contact is a person in the list. The list owns it; readers do not change it.
type Contact struct {
	Address      Address
	Name         text.Peer // display name; may be empty, then the address is shown
	Provider     Provider
	Relationship Relationship
	Groups       []GroupID // at least one
	Presence     Presence
	Watch        Watch
	WatchReason  text.Peer // reason phrase of a refusal, as the server gave it
	SeesMe       bool      // the person watches me with my consent
	Added        time.Time
	Tagged       bool   // Tag for Status Change Alerts
	Introduction string // what the first request tells the person, until a server has taken it
}

// GroupID names a group for as long as it exists; it survives renaming and restarts.
type GroupID int64

// The two built-in groups. The user's own groups have IDs from FirstOwnGroup on.
const (
	Favorites     GroupID = 1
	OtherContacts GroupID = 2
	FirstOwnGroup GroupID = 10
)

// BuiltIn reports whether the group is one of Lync's own, which have their names for good.
func (id GroupID) BuiltIn() bool { return id == Favorites || id == OtherContacts }

// Group is a heading of the contact list.
type Group struct {
	ID        GroupID
	Name      text.Peer
	Collapsed bool
}

// Provider is the name of a contact provider as Add a Contact lists it: "Lync", "Skype", "Other".
type Provider string

// The providers that are always there.
const (
	ProviderLync  Provider = "Lync"
	ProviderSkype Provider = "Skype"
	ProviderOther Provider = "Other"
)

// Request is a row of the New tab: somebody who added the user and waits for a decision.
type Request struct {
	Address      Address
	Name         text.Peer
	Kind         Kind
	Introduction text.Peer // what the asking person wrote, may be empty
	Since        time.Time
	Dismissed    bool // decided by Dismiss: kept, never shown again
}
