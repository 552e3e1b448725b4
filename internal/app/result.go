package app

import (
	"golync/contacts"
	"golync/sipclient"
)

// Input is one thing that State.Take folds: an event from the network or the result of an effect.
// Exactly one field is set.
type Input struct {
	Event  sipclient.Event
	Result Result
}

// Result is what came of an effect. The set is closed.
type Result interface{ result() }

type (
	// Done says that an effect ended; Err is nil when it worked.
	Done struct {
		Effect Effect
		Err    error
	}
	// MessageStored says that a message of mine is safe in the outbox, with its place in the history, or
	// that it could not be stored (Err), and was therefore not sent.
	MessageStored struct {
		ID  string
		Seq int64
		Err error
	}
	// MessageSettled says how a sent message went. Unsent with a *sipclient.ResponseError means that nobody was
	// there, and that it waits in the outbox for them (Unreachable).
	MessageSettled struct {
		ID       string
		Peer     contacts.Address
		Delivery sipclient.Delivery
		Err      error // *sipclient.ResponseError and others; nil when it was delivered
	}
	// HistoryLoaded brings a page of the history, oldest first. More is false when nothing older exists, Later
	// when nothing newer does.
	HistoryLoaded struct {
		Peer          contacts.Address
		Before, After int64 // as asked for
		View          int
		Messages      []sipclient.Message
		More, Later   bool
		Err           error
	}
	// DamageFound says that the data on disk were read through after a crash and are not as they were written.
	DamageFound struct{ Err error }
	// InboxFailed says that a received message could not be stored and was therefore not taken: the server
	// keeps it, if it can.
	InboxFailed struct{ Err error }
)

func (Done) result()           {}
func (DamageFound) result()    {}
func (InboxFailed) result()    {}
func (MessageStored) result()  {}
func (MessageSettled) result() {}
func (HistoryLoaded) result()  {}
