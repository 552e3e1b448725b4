package app

import (
	"golync/contacts"
	"golync/internal/text"
)

// Me is the user: the account, and presence, note and location as chosen. What others are shown instead while
// the user is idle is State.Mine.
type Me struct {
	Address      contacts.Address
	Kind         contacts.Kind // of the account: Skype, else MyOrganization; it follows from the address
	Name         text.Peer
	Availability contacts.Availability // chosen by hand; Available when automatic
	Note         text.Peer
	Location     text.Peer
}

// Connection says how the user stands with the server.
type Connection struct {
	State     ConnectionState
	Server    string // host:port of the flow, when connected
	Transport string // "TLS", "TCP", "UDP"
	Err       error  // why not, when it failed
	Retries   bool   // it is being tried again without the user's doing
	Services  Services
}

// Broken reports whether a connection that was there is being tried again, and has failed to come back.
func (c Connection) Broken() bool { return c.State == Reconnecting && c.Err != nil }

// Services is what the server offers, as far as the window has to explain it.
type Services struct{ Presence, WatcherInfo, Rules bool }

// ConnectionState is one step of signing in and out.
type ConnectionState uint8

// The states of the connection.
const (
	SignedOut ConnectionState = iota
	SigningIn
	SignedIn
	Reconnecting // was signed in, the flow broke
	SignInFailed // stopped: the user has to do something (password, address, certificate)
)
