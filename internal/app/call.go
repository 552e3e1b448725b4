package app

import (
	"errors"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Bounds of the calls of the moment.
const (
	maxOwn     = 2 // calls that the user has placed or answered: one is talked in, one is held
	maxRinging = 3 // incoming ones that ring at the same time; more are told that the user is busy
)

// CallPage is how many entries of the log of calls are asked for at once.
const CallPage = page

// Why a call cannot be placed or answered, or something done in it. Errors of an address itself are
// contacts.AddressError; ErrSelf is one too.
var (
	ErrNotSignedIn = errors.New("you are not signed in, so nobody can be called")
	ErrBlocked     = errors.New("you have blocked this person: choose another privacy relationship first")
	ErrUnanswered  = errors.New("another call of yours has not been answered yet: hang up there first")
	ErrTwoCalls    = errors.New("you are in two calls already: hang up one of them first")
	ErrNoCall      = errors.New("there is no such call any more")
	ErrNotTalking  = errors.New("nobody has answered this call yet")
	ErrDigit       = errors.New("a telephone has no such key: use 0 to 9, * and #")
	ErrSamePerson  = errors.New("this is the person whom the call is with")
	ErrOneCall     = errors.New("this needs a second call, with the person who is to take over")
)

// Call is a call of the moment as the window shows it. One that is over is not among them: CallNotice says how
// it ended, and Calls Past has it.
type Call struct {
	ID       string
	Peer     contacts.Address
	Name     text.Peer // of the contact, else as the caller says; may be empty
	Incoming bool
	State    sipclient.CallState // never CallEnded
	Began    time.Time           // asked for, or rang here first
	Answered time.Time           // since when people can talk; zero before
	Held     bool                // by the user: true once it is so
	Holding  bool                // Held is about to change
	Waiting  bool                // the other side holds us
	Muted    bool                // the user is not heard
	Media    bool                // sound flows or may flow
	Alert    bool                // it may ring aloud: Alerts say so, and Rings of the sound
	Transfer sipclient.TransferState
	To       contacts.Address // whom it is being transferred to; "" when nobody
	Offers   bool             // of one that rings: the caller offers a picture
	Pictures CallPictures
	Trouble  text.Safe // what is the matter with the user's own devices; "" when nothing
}

// Rings reports whether it waits for the user to answer.
func (c Call) Rings() bool { return c.Incoming && c.State == sipclient.CallRinging }

// Talking reports whether the two can talk, held or not.
func (c Call) Talking() bool {
	return c.State == sipclient.CallAnswering || c.State == sipclient.CallActive
}

// CallNotice says how a call with somebody ended, or what did not work in it, until it is dismissed. It stands
// at the top of the conversation.
type CallNotice struct {
	Peer  contacts.Address
	At    time.Time
	Text  text.Safe // whole sentences: what happened, why as far as known, what can be done now
	Error bool      // false: all went as somebody wanted
	// Target makes a question of it: the other side asks to be called there instead (3xx). FollowRedirect does
	// it, DismissCallNotice does not; nothing follows by itself.
	Target contacts.Address
}

// CallSound is how a call sounds at this moment. It changes too often for State: whoever draws asks
// the session for it (session.Sound).
type CallSound struct {
	In, Out   float64 // levels of what is heard and said: 0 is silence, 1 the loudest there can be, half of it 6 dB below
	Quality   Quality
	Lost      float64       // part of what was sent to us that never came, 0 to 1
	Jitter    time.Duration // of what comes
	RoundTrip time.Duration // 0 when not known
	Codec     string        // "G722"; "" before there is one
	Secure    bool          // by SRTP
}

// Quality is a word for how good a call sounds.
type Quality uint8

// The qualities. QualityUnknown before anything has been heard.
const (
	QualityUnknown Quality = iota
	QualityGood
	QualityFair
	QualityPoor
	QualityNoSound // for seconds nothing has come
)

// Label is the word for the screen, "" when it is not known.
func (q Quality) Label() text.Safe {
	if int(q) >= len(qualities) {
		q = QualityUnknown
	}
	return qualities[q]
}

var qualities = [...]text.Safe{"", "Good", "Fair", "Poor", "No sound"}

// SoundDevices are the devices there are for calls, by the names that the options take.
type SoundDevices struct {
	Sources, Sinks []SoundDevice
	Err            error // why there are none: no sound server, for one
}

// SoundDevice is one of them.
type SoundDevice struct {
	Name  string    // as the options keep it
	Label text.Peer // as the system calls it
}
