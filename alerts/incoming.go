package alerts

import "golync/contacts"

// What arrived.
type What uint8

// The things that arrive and need a decision.
const (
	Request      What = iota // somebody added me
	Conversation             // an instant message
	Call                     // a call
	StatusChange             // a tagged contact's status changed
)

// Incoming is one thing to decide on.
type Incoming struct {
	What         What
	Kind         contacts.Kind
	Contact      bool                  // the sender is in my list
	Relationship contacts.Relationship // NoRelationship when not decided
	Mine         contacts.Availability // my own presence
}

// Verdict is what an incoming thing gets.
type Verdict struct {
	Refuse int  // SIP status to answer with, 0 to take it
	Show   bool // it appears in the window (New row, conversation, call)
	Alert  bool // it is announced: toast, sound, notification
	// Accept says that a request is granted without asking: by the relationship the person already has,
	// else as Colleagues (TellMe off, my organisation).
	Accept bool
}
