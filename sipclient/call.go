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
	Media    bool // sound flows or may flow, early media included
	Transfer TransferState

	// Of CallEnded:
	Why    CallEnd
	Code   int       // final response of EndedRefused and, when one came, of EndedNoAnswer and EndedFailed; else 0
	Reason text.Peer // what the other side said of it: a reason phrase, or the text of Reason (RFC 3326)
	Target string    // where a refusal sends the caller (3xx, RFC 3261 section 21.3); nobody follows it unasked
}

// CallChanged says how a call stands; it replaces what an earlier one said of the same ID. The one with
// CallEnded is the last of its call.
type CallChanged struct{ Call Call }

func (CallChanged) event() {}

// Call places a call to uri under an ID of the owner's choice, which no other call has had; everything that
// follows is CallChanged. The call owns m. An address that is none is answered by CallEnded with EndedRefused
// and code 404.
func (c *Client) Call(id, uri string, m Media) { c.loop.post(func() { m.Close() }) }

// Answer answers an incoming call that rings, with m's answer to its offer, or with m's offer when it came
// without one (RFC 3261 section 13.2.1). An offer that m refuses ends the call with 488. The call owns m; one that
// does not ring any more closes it.
func (c *Client) Answer(id string, m Media) { c.loop.post(func() { m.Close() }) }

// Decline refuses an incoming call that rings: 603 for the user on every device, 486 busy here, 480 nobody
// there. Another code is taken for 603.
func (c *Client) Decline(id string, code int) {}

// Redirect sends the caller of an incoming call that rings to uri (302, RFC 3261 section 21.3.3).
func (c *Client) Redirect(id, uri string) {}

// HangUp ends a call by whatever ends it in its state: CANCEL, BYE or 603.
func (c *Client) HangUp(id string) {}

// Hold puts a call on hold or takes it back (RFC 3264 section 8.4). Call.Held tells when it is so.
func (c *Client) Hold(id string, on bool) {}

// Transfer asks the other side to call uri instead (blind, RFC 3515). The call ends when they talk to each
// other and goes on when they do not; Call.Transfer tells.
func (c *Client) Transfer(id, uri string) {}

// TransferTo connects the other side of a call with that of another call of ours (attended, RFC 5589 section
// 7): REFER with Replaces (RFC 3891).
func (c *Client) TransferTo(id, other string) {}
