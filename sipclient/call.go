package sipclient

import (
	"golync/internal/text"
)

// Media is the owner's end of the sound of one call. The client carries its descriptions (RFC 3264, application/sdp)
// and does not read them. Its methods are called on the client's loop, one at a time, and must not block.
type Media interface {
	// Offer is what to offer now, for a new call and for a change of one. hold offers that the other side
	// hears nothing of us and sends nothing: sendonly or inactive.
	Offer(hold bool) ([]byte, error)
	// Answer takes the other side's offer and gives the answer. An error refuses it with 488, and leaves what
	// was agreed before as it is.
	Answer(offer []byte) ([]byte, error)
	// Take is the other side's answer to the last Offer. It may come twice: with early media, and with the
	// final answer, which may be of another device. An error ends a call that has just been answered.
	Take(answer []byte) error
	// Close says that the call is over. It is called once, whatever happened, and nothing after it.
	Close()
}

// Keeper is a Media that wants to know when the other side has refused the last Offer of a call that goes on: what was
// agreed before stays.
type Keeper interface{ Kept() }

// Insistent is a Media that may have another offer when the other side cannot take the first (488): one of encrypted
// sound alone, for one (RFC 3261 section 8.1.3.5).
type Insistent interface {
	// Insist reports whether the next Offer differs from the last, which was refused.
	Insist() bool
}

// CallState says how far a call is.
type CallState uint8

// The states of a call. One that ends may do so from every state.
const (
	CallPlaced    CallState = iota + 1 // asked for; nobody has been reached yet
	CallRinging                        // it rings: at the other side, or here
	CallEarly                          // placed, not answered, and the other side may be heard already (183)
	CallAnswering                      // answered, and the other side has not confirmed it yet
	CallActive                         // people can talk
	CallEnded                          // over; Why says how
)

// CallEnd says why a call ended.
type CallEnd uint8

// The ends of a call.
const (
	EndedByPeer    CallEnd = iota + 1 // the other side hung up
	EndedHere                         // the user did, or declined it, or has transferred it
	EndedCancelled                    // the other side gave up before an answer: missed
	EndedElsewhere                    // another device of the user's has answered or declined it (Reason, RFC 3326)
	EndedRefused                      // the other side refused it with Call.Code
	EndedNoAnswer                     // nobody answered in time
	EndedFailed                       // it broke: no ACK, no connection, no description that both understand
)

// TransferState says how a transfer of a call to somebody else goes (RFC 3515).
type TransferState uint8

// The states of a transfer. After TransferFailed the call goes on.
const (
	TransferNone    TransferState = iota
	TransferAsked                 // the other side has been asked, or is trying
	TransferRinging               // it rings where the call is to go
	TransferDone                  // they talk to each other; the call here ends
	TransferFailed
)

// Call is a call as it stands.
type Call struct {
	ID       string    // as given to Client.Call; of an incoming one, made by the client
	Peer     string    // address of record of the other side
	Name     text.Peer // the display name that it gives itself; may be empty
	Incoming bool
	State    CallState
	Held     bool // by the user
	Waiting  bool // the other side holds us
	Video    bool // incoming and not answered: the caller offers a picture
	Media    bool // sound flows or may flow, early media included
	Transfer TransferState
	// Replaces is the ID of a call of ours that an incoming one takes the place of (RFC 3891), because somebody has
	// transferred its other side: whoever answers this one ends that one. Empty as a rule.
	Replaces string

	// Of CallEnded:
	Why    CallEnd
	Code   int       // final response of EndedRefused and, when one came, of EndedNoAnswer and EndedFailed; 488 when no sound fits; else 0
	Reason text.Peer // what the other side said of it: a reason phrase, or the text of Reason (RFC 3326)
	Target string    // where a refusal sends the caller (3xx, RFC 3261 section 21.3); nobody follows it unasked
}

// CallChanged says how a call stands; it replaces what an earlier one said of the same ID. The one with
// CallEnded is the last of its call.
type CallChanged struct{ Call Call }

func (CallChanged) event() {}
