package app

import (
	"time"

	"golync/contacts"
	"golync/internal/calllog"
)

// Deeds on calls, on the network and on the sound of this machine. How a call goes on is told by
// sipclient.CallChanged; what could not be done at all by Done.
type (
	// PlaceCall calls Peer under an ID that no other call has had.
	PlaceCall struct {
		ID       string
		Peer     contacts.Address
		Pictures Pictures
	}
	// AnswerCall answers an incoming call.
	AnswerCall struct {
		ID       string
		Pictures Pictures
	}
	// DeclineCall refuses an incoming one: 603 for the user wherever they are, 486 busy, 480 nobody there.
	DeclineCall struct {
		ID   string
		Code int
	}
	// RedirectCall sends the caller of an incoming one to another address (302).
	RedirectCall struct {
		ID string
		To contacts.Address
	}
	// HangUp ends a call in whatever state it is.
	HangUp struct{ ID string }
	// HoldCall puts a call on hold, or takes it back.
	HoldCall struct {
		ID string
		On bool
	}
	// MuteCall sends silence in the place of what the user says.
	MuteCall struct {
		ID string
		On bool
	}
	// SendDigits presses keys of a telephone in a call: of 0-9, *, # and A-D (RFC 4733).
	SendDigits struct{ ID, Digits string }
	// TransferCall asks the other side of a call to call somebody else (blind).
	TransferCall struct {
		ID string
		To contacts.Address
	}
	// JoinCalls connects the other sides of two calls of the user's (attended transfer); both end here.
	JoinCalls struct{ ID, Other string }
	// TimeRinging measures for how long an incoming call may ring. Result: RangOut.
	TimeRinging struct {
		ID  string
		For time.Duration
	}
	// UseDevices has the calls of the moment and those that come use other devices (option.Audio).
	UseDevices struct{ Source, Sink string }
	// PlayTone has the user hear a tone until the next one; NoTone is silence.
	PlayTone struct{ Tone Tone }
)

// Tone is what a telephone says without words.
type Tone uint8

// The tones. At most one is heard at a time.
const (
	NoTone       Tone = iota
	RingTone          // somebody calls
	KnockTone         // somebody calls while the user is in a call: short and low
	RingBackTone      // it rings at the other side, which sends no sound of its own
)

// Deeds on the log of calls, all on disk.
type (
	// SaveCall writes an entry whole; one of the same ID is replaced. Result: Done.
	SaveCall struct{ Entry calllog.Entry }
	// MarkCallsSeen notes that the user has looked at all entries stored by now. Result: Done.
	MarkCallsSeen struct{}
	// LoadCalls asks for up to Limit entries older than Before (0: the newest). Result: CallsLoaded.
	LoadCalls struct {
		Before int64
		Limit  int
	}
)

func (PlaceCall) effect()     {}
func (AnswerCall) effect()    {}
func (DeclineCall) effect()   {}
func (RedirectCall) effect()  {}
func (HangUp) effect()        {}
func (HoldCall) effect()      {}
func (MuteCall) effect()      {}
func (SendDigits) effect()    {}
func (TransferCall) effect()  {}
func (JoinCalls) effect()     {}
func (TimeRinging) effect()   {}
func (UseDevices) effect()    {}
func (PlayTone) effect()      {}
func (SaveCall) effect()      {}
func (MarkCallsSeen) effect() {}
func (LoadCalls) effect()     {}

// What comes of them.
type (
	// CallsLoaded brings a page of the log, newest first. More says that older entries exist, Missed how many
	// of those are missed calls that nobody has looked at.
	CallsLoaded struct {
		Before  int64 // as asked for
		Entries []calllog.Entry
		More    bool
		Missed  int
		Err     error
	}
	// RangOut says that a call has rung for as long as it may.
	RangOut struct{ ID string }
	// CallKeptAway says that admission refused a call because of Do Not Disturb, so that it never rang.
	CallKeptAway struct{ Peer contacts.Address }
	// SoundFailed says that a call of the user's has no microphone, no loudspeaker, or neither. The call goes on.
	SoundFailed struct {
		ID  string
		Err error
	}
)

func (CallsLoaded) result()  {}
func (RangOut) result()      {}
func (CallKeptAway) result() {}
func (SoundFailed) result()  {}
