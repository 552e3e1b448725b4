// Package calllog is what is kept of a call: with whom, which way, when, and how it went. It is values alone:
// internal/app writes them, internal/store keeps them, ui shows them. It places no call and decides nothing.
package calllog

import (
	"time"

	"golync/contacts"
	"golync/internal/text"
)

// Entry is one call, from the moment it began. An entry is written at once and again whenever it changes, so
// that nothing which rang is lost when the program ends in the middle.
type Entry struct {
	Seq      int64  // place in the log, given by the disk; 0 for a call of this run of the program
	ID       string // tells calls apart; as sipclient names the call, or made by app
	Peer     contacts.Address
	Name     text.Peer // as the other side called itself; may be empty
	Incoming bool
	Began    time.Time // asked for, or rang here first
	Answered time.Time // zero when nobody did
	Ended    time.Time // zero while it goes on, and when the program ended before it
	Outcome  Outcome
	Code     int       // final response of SIP that decided, 0 when none did
	Reason   text.Peer // what the other side said of the end; may be empty
	Seen     bool      // the user has looked at the log since it was missed
}

// Outcome says how a call went. The numbers are on disk.
type Outcome uint8

// The outcomes of a call.
const (
	Going     Outcome = 0      // not over
	Talked    Outcome = 1      // answered, and ended by one of the two
	CutOff    Outcome = 2      // answered, and it broke, or the program ended
	Missed    Outcome = 3      // incoming; nobody answered in time
	KeptAway  Outcome = 4      // incoming; refused by Do Not Disturb without a sound: a kind of missed
	Declined  Outcome = 5      // incoming; the user refused it
	Forwarded Outcome = 6      // incoming; sent on to somebody else
	Elsewhere Outcome = 7      // incoming; another device of the user's answered or declined it
	GivenUp   Outcome = 8      // outgoing; the user hung up before an answer
	Refused   Outcome = 9      // outgoing; Code says with what
	NoAnswer  Outcome = 10     // outgoing; nobody answered in time
	Failed    Outcome = 11     // it broke before an answer
	Last              = Failed // of the numbers above
)

// Valid reports whether it is one of the outcomes above.
func (o Outcome) Valid() bool { return o <= Last }

// Missed reports whether somebody wanted to reach the user and did not.
func (o Outcome) Missed() bool { return o == Missed || o == KeptAway }

// Lasted is for how long the two could talk; 0 when nobody answered, or when it is not known.
func (e Entry) Lasted() time.Duration {
	if e.Answered.IsZero() || e.Ended.Before(e.Answered) {
		return 0
	}
	return e.Ended.Sub(e.Answered)
}

// Unseen reports whether it counts among the missed calls that nobody has looked at.
func (e Entry) Unseen() bool { return e.Outcome.Missed() && !e.Seen }

// words are the outcomes as the log shows them.
var words = [...]text.Safe{
	Going: "In progress", Talked: "", CutOff: "Cut off", Missed: "Missed", KeptAway: "Missed - Do Not Disturb",
	Declined: "Declined", Forwarded: "Forwarded", Elsewhere: "Answered on another device", GivenUp: "Not answered",
	Refused: "Refused", NoAnswer: "Not answered", Failed: "Not connected",
}

// Words says how the call went: "Received" and "Dialled" of one that was talked.
func (e Entry) Words() text.Safe {
	switch {
	case !e.Outcome.Valid():
		return ""
	case e.Outcome != Talked:
		return words[e.Outcome]
	case e.Incoming:
		return "Received"
	}
	return "Dialled"
}
