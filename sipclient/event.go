package sipclient

import (
	"time"

	"golync/internal/text"
	"golync/sipclient/pidf"
	"golync/sipclient/winfo"
)

// Event is something that happened on the network. The set is closed: SignedIn, SignInFailed,
// Disconnected, SignedOut, PresenceChanged, WatchersChanged, MessageReceived, ReceiptReceived, TypingChanged,
// CallChanged.
type Event interface{ event() }

// SignedIn says that the registrar has accepted us, for the first time or after a loss. Whoever reads it
// replaces what it knew of the connection. It is emitted again, without a Disconnected between, whenever
// the server turns out to offer more or less than the one before said.
type SignedIn struct {
	Server    string // host:port of the flow
	Transport string // "TLS", "TCP", "UDP"
	Services  Services
}

// Services is what the server was found to offer. What it has not been asked for yet is taken to be there,
// so that only a service that is really missing is ever reported as missing; Rules is false without an XCAP
// root.
type Services struct {
	Presence    bool // a presence service takes PUBLISH; otherwise golync answers watchers itself
	WatcherInfo bool // presence.winfo works
	Rules       bool // XCAP presence rules work
}

// SignInFailed says that signing in did not work.
type SignInFailed struct {
	Err     error         // a *ResponseError, ErrPassword, ErrNoPassword, *flow.Error or another, for errors.As
	RetryIn time.Duration // when it is tried again; 0 when it is not, until SignIn is called again
}

// Disconnected says that the flow to the server broke. Presence stops being known until SignedIn.
type Disconnected struct {
	Err     error
	RetryIn time.Duration
}

// SignedOut is the last event of a session that ended as asked.
type SignedOut struct{}

// WatchState says how a subscription to somebody's presence stands.
type WatchState uint8

// The states of a subscription (RFC 6665 section 4.1.3).
const (
	WatchPending WatchState = iota + 1 // the other side has not decided
	WatchActive
	WatchEnded // terminated, refused or lost; State is void
)

// PresenceChanged says what is now known of a person, and how the subscription stands. It replaces
// everything an earlier one said of the same URI, so only the latest counts.
type PresenceChanged struct {
	URI   string
	Watch WatchState
	// Known is false when the server gave no document (pending, polite-block, ended): State is void.
	Known  bool
	State  pidf.State
	Code   int       // final response that refused the SUBSCRIBE; 0 otherwise
	Reason text.Peer // RFC 6665 reason ("rejected", "noresource", ...) or the reason phrase of Code
}

// WatchersChanged says who watches the user. With Full, everybody not named is gone.
type WatchersChanged struct {
	Full     bool
	Watchers []winfo.Watcher
}

// MessageReceived is an instant message that Options.Inbox has stored and that has been acknowledged.
type MessageReceived struct{ Message Message }

// ReceiptReceived says what the other side's device tells of a message of the user's (RFC 5438): Delivered,
// Read or Failed. Nobody has checked yet that there is such a message, and that it went to that person.
type ReceiptReceived struct {
	Peer     string // address of record of whoever tells
	ID       string // Message.ID of the message
	Delivery Delivery
}

// TypingChanged says that somebody has begun to compose a message for the user, or is not composing any more
// (RFC 3994). It ends by itself: when the notice is over, and before the MessageReceived that was composed.
// After Disconnected and SignedOut nobody is typing. It replaces what an earlier one said of the same URI.
type TypingChanged struct {
	URI    string
	Typing bool
}

func (SignedIn) event()        {}
func (SignInFailed) event()    {}
func (Disconnected) event()    {}
func (SignedOut) event()       {}
func (PresenceChanged) event() {}
func (WatchersChanged) event() {}
func (MessageReceived) event() {}
func (ReceiptReceived) event() {}
func (TypingChanged) event()   {}
