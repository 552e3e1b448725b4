// Package app is the heart of golync without a body: State folds what happened and what the user decided
// into what is to be seen, and answers with effects, the deeds to be done by others. It is pure: no
// goroutine, no clock, no I/O. It neither announces nor draws: whoever holds it, the window for one, reads it.
package app

import (
	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// Effect is a deed that State asks for. The set is closed; internal/session does them all. Effects are
// done in the order given: those on disk one after the other, those on the network beside each other,
// except that messages to one person keep their order.
type Effect interface{ effect() }

// On the network.
type (
	// SignIn connects and registers; events tell how it went. An empty password means the configured source.
	SignIn struct{ Password string }
	// SignOut leaves the server.
	SignOut struct{}
	// Watch subscribes to a person; the introduction goes with the first request.
	Watch struct {
		Address      contacts.Address
		Introduction string
	}
	// Unwatch ends it.
	Unwatch struct{ Address contacts.Address }
	// PublishPresence makes State the user's presence on the server. Result: Done.
	PublishPresence struct{ State pidf.State }
	// PublishRules writes who may see the user. Result: Done.
	PublishRules struct{ Rules presrules.Rules }
	// SendMessage stores the message in the outbox, sends it, and stores how it went. Results: MessageStored,
	// then MessageSettled.
	SendMessage struct{ Message sipclient.Message }
	// StoreMessage stores a message in the outbox that is to be sent later. Result: MessageStored.
	StoreMessage struct{ Message sipclient.Message }
	// SendReceipts tells a person what they asked to be told of their messages (RFC 5438): which have arrived,
	// and with Seen which were read; without it they will not hear of those that were read by now. Result: Done.
	SendReceipts struct {
		Peer contacts.Address
		Seen bool
	}
	// TellTyping tells a person that the user is writing a message, or has stopped; when it cannot go at once
	// it does not go. It leaves before any SendMessage that is asked for later.
	TellTyping struct {
		Peer   contacts.Address
		Active bool
	}
)

// On the disk. Result of each: Done, of which only a failure matters.
type (
	// KeepReceipt keeps what the other side's device tells of a message of the user's; it is for the disk to
	// know whether there is one.
	KeepReceipt struct {
		Peer     contacts.Address
		ID       string
		Delivery sipclient.Delivery
	}
	// CancelMessage writes into a message of the outbox that it was not sent, so that it never is.
	CancelMessage struct{ Message sipclient.Message }
	// SaveContact writes one contact whole; presence is not kept.
	SaveContact struct{ Contact contacts.Contact }
	// DeleteContact forgets one.
	DeleteContact struct{ Address contacts.Address }
	// SaveGroup writes one group and its place in the order.
	SaveGroup struct {
		Group contacts.Group
		Place int
	}
	// DeleteGroup forgets one.
	DeleteGroup struct{ ID contacts.GroupID }
	// SaveRequest writes one row of New.
	SaveRequest struct{ Request contacts.Request }
	// DeleteRequest forgets one.
	DeleteRequest struct{ Address contacts.Address }
	// SaveRelationship keeps the decision on somebody who is not a contact (Blocked, mostly).
	SaveRelationship struct {
		Address      contacts.Address
		Relationship contacts.Relationship
	}
	// SaveAlerts keeps the Alerts options.
	SaveAlerts struct{ Options alerts.Options }
	// SaveOptions keeps what the other pages of the Options dialog hold.
	SaveOptions struct{ Options option.Set }
	// SaveMe keeps the chosen presence, the personal note and the location.
	SaveMe struct{ Me Me }
	// SaveOpen keeps which conversations are open, in order, and which is in front.
	SaveOpen struct {
		Open  []contacts.Address
		Front contacts.Address
	}
	// MarkRead notes that everything up to and with Seq from Peer has been seen.
	MarkRead struct {
		Peer contacts.Address
		Seq  int64
	}
	// LoadHistory asks for up to Limit messages with Peer: older than Before, newer than After, or on both sides
	// of Around, whichever is not 0; without any of them, the newest. Result: HistoryLoaded, with the same View.
	LoadHistory struct {
		Peer                  contacts.Address
		Before, After, Around int64
		Limit                 int
		View                  int // which view of the conversation it is for
	}
)

// On this machine.
type (
	// SetAdmission replaces the snapshot by which sipclient admits requests.
	SetAdmission struct{ Admission alerts.Admission }
	// Alert announces something: the ui shows a toast and rings the terminal. A silent one makes no sound
	// and shows no words of the sender's, because nobody has decided to let that person near.
	Alert struct {
		What   alerts.What
		From   contacts.Address
		Name   text.Peer             // display name, may be empty
		Text   text.Peer             // body or introduction; empty when Silent
		Is     contacts.Availability // what a contact has become; of a StatusChange alone
		More   int                   // how many others came in the same moment and have no alert of their own
		Silent bool
	}
)

func (SignIn) effect()           {}
func (SignOut) effect()          {}
func (Watch) effect()            {}
func (Unwatch) effect()          {}
func (PublishPresence) effect()  {}
func (PublishRules) effect()     {}
func (SendMessage) effect()      {}
func (StoreMessage) effect()     {}
func (SendReceipts) effect()     {}
func (KeepReceipt) effect()      {}
func (CancelMessage) effect()    {}
func (TellTyping) effect()       {}
func (SaveContact) effect()      {}
func (DeleteContact) effect()    {}
func (SaveGroup) effect()        {}
func (DeleteGroup) effect()      {}
func (SaveRequest) effect()      {}
func (DeleteRequest) effect()    {}
func (SaveRelationship) effect() {}
func (SaveAlerts) effect()       {}
func (SaveOptions) effect()      {}
func (SaveMe) effect()           {}
func (SaveOpen) effect()         {}
func (MarkRead) effect()         {}
func (LoadHistory) effect()      {}
func (SetAdmission) effect()     {}
func (Alert) effect()            {}
