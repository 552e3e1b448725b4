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
	BusyIdle   // Busy, and away from the computer
	UrgentOnly // what Do Not Disturb is to somebody in Workgroup
)

// availabilities are Lync's exact texts.
var availabilities = [...]text.Safe{
	PresenceUnknown:   "Presence unknown",
	Available:         "Available",
	Inactive:          "Inactive",
	Busy:              "Busy",
	InACall:           "In a call",
	InAConferenceCall: "In a conference call",
	InAMeeting:        "In a meeting",
	DoNotDisturb:      "Do Not Disturb",
	Presenting:        "Presenting",
	BeRightBack:       "Be Right Back",
	Away:              "Away",
	OffWork:           "Off Work",
	OutOfOffice:       "Out of Office",
	Offline:           "Offline",
	BusyIdle:          "Busy (idle)",
	UrgentOnly:        "Urgent interruptions only",
}

// String returns Lync's text.
func (a Availability) String() string { return string(a.Label()) }

// Label returns Lync's text for the screen.
func (a Availability) Label() text.Safe {
	if int(a) >= len(availabilities) {
		a = PresenceUnknown
	}
	return availabilities[a]
}

// Availabilities returns every state there is, PresenceUnknown first.
func Availabilities() []Availability {
	all := make([]Availability, len(availabilities))
	for i := range all {
		all[i] = Availability(i)
	}
	return all
}

// Choices returns what a user may choose by hand, in the order of Lync's status menu. Its last item there,
// "Appear Away", is Away; "Reset Status" is PresenceUnknown to app.State.SetPresence.
func Choices() []Availability {
	return []Availability{Available, Busy, DoNotDisturb, BeRightBack, OffWork, Away}
}

// Online reports whether the state counts in the first number of a group's heading: the person is signed
// in somewhere.
func (a Availability) Online() bool { return a != PresenceUnknown && a != Offline }

// Undisturbed reports whether the state keeps interruptions away (availability 9000 to 11999).
func (a Availability) Undisturbed() bool {
	return a == DoNotDisturb || a == Presenting || a == UrgentOnly
}

// Occupied reports whether the state says that somebody is doing something (availability 6000 to 8999): Busy
// and its variants.
func (a Availability) Occupied() bool {
	switch a {
	case Busy, BusyIdle, InACall, InAConferenceCall, InAMeeting:
		return true
	default:
		return false
	}
}

// Presence is what is known of a person's presence at one moment.
type Presence struct {
	Availability Availability
	Note         text.Peer // personal note
	Location     text.Peer // where the person says to be; empty when not told
	Device       text.Safe // "Mobile", or empty for a computer and for what is not known
	Since        time.Time // when the state began; zero when not known
}

// Watch says how my subscription to a person stands.
type Watch uint8

// The states of a subscription as a user meets them.
const (
	WatchNone      Watch = iota // not watched, or not yet answered
	WatchWaiting                // the other side has not accepted yet
	WatchActive                 // presence flows
	WatchRefused                // the other side said no
	WatchUnknown                // no such address (404, 604)
	WatchForbidden              // a server said no (403), as an administrator's policy does; it may be for the other side
)
