// Package pidf reads and writes presence documents: PIDF (RFC 3863) with the person and activity
// elements of RPID (RFC 4479, RFC 4480) and the display name of CIPID (RFC 4482). It is pure. It does
// not judge what a state means to a Lync user; internal/app maps it.
package pidf

import (
	"time"

	"golync/internal/text"
)

// State is what a presence document says of one person, several devices made into one.
type State struct {
	Open     bool      // basic status of the best tuple (RFC 3863 section 4.1.4)
	Activity Activity  // RPID activity; empty when none was given
	Idle     bool      // RPID user-input idle
	Note     text.Peer // person note, else the best tuple's
	Name     text.Peer // CIPID display-name; may be empty
	Location text.Peer // RPID place-type, as one line; empty when not told
	Mobile   bool      // the best tuple is a mobile device's
	Since    time.Time // when the state began: timestamp of the person or else the tuple; zero when absent
	Changed  time.Time // when anything changed last: the tuple's timestamp, when it is later than Since; else zero
}

// Activity is an RPID activity: one of RFC 4480's element names, or the token that golync writes
// inside rpid:other for a state that RFC 4480 has no word for.
type Activity string

// The activities golync writes and understands. Others are passed through as they came.
const (
	ActivityNone         Activity = ""
	ActivityAway         Activity = "away"
	ActivityBusy         Activity = "busy"
	ActivityOnThePhone   Activity = "on-the-phone"
	ActivityMeeting      Activity = "meeting"
	ActivityPresentation Activity = "presentation"
	ActivityVacation     Activity = "vacation"
	ActivityHoliday      Activity = "holiday"
	ActivityPermanent    Activity = "permanent-absence"
	ActivityConference   Activity = "in-a-conference"           // rpid:other
	ActivityDoNotDisturb Activity = "do-not-disturb"            // rpid:other beside rpid:busy
	ActivityBeRightBack  Activity = "be-right-back"             // rpid:other beside rpid:away
	ActivityOffWork      Activity = "off-work"                  // rpid:other beside rpid:away
	ActivityOutOfOffice  Activity = "out-of-office"             // rpid:other beside rpid:away
	ActivityUrgentOnly   Activity = "urgent-interruptions-only" // rpid:other beside rpid:busy
)
