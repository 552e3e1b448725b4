package contacts

import (
	"time"

	"golync/internal/text"
)

// Availability is a presence state of Lync 2013 (facts/lync-2013-client.md section 6).
type Availability uint8

// The presence states. PresenceUnknown is the zero value: nothing is known.
const (
	PresenceUnknown Availability = iota
	Available
	Inactive
	Busy
	InACall
	InAConferenceCall
	InAMeeting
	DoNotDisturb
	Presenting
	BeRightBack
	Away
	OffWork
	OutOfOffice
	Offline
)

// Presence is what is known of a person's presence at one moment.
type Presence struct {
	Availability Availability
	Note         text.Peer // personal note
	Since        time.Time // when the state began; zero when not known
}

// Watch says how my subscription to a person stands.
type Watch uint8

// The states of a subscription as a user meets them.
const (
	WatchNone    Watch = iota // not watched, or not yet answered
	WatchWaiting              // the other side has not accepted yet
	WatchActive               // presence flows
	WatchRefused              // the other side, or its server, said no
	WatchUnknown              // no such address (404, 604)
)
