package ui

import (
	"golync/contacts"
	"golync/internal/text"
)

// look is how a presence state is drawn: several states share a glyph and a colour, and the word beside
// it tells them apart. The glyphs differ in shape, so that nothing depends on colour alone.
type look uint8

const (
	lookUnknown look = iota
	lookAvailable
	lookBusy
	lookDoNotDisturb
	lookAway
	lookOffline
)

// lookOf says how a state is drawn (facts/lync-2013-client.md section 6).
func lookOf(a contacts.Availability) look {
	switch a {
	case contacts.Available:
		return lookAvailable
	case contacts.Busy, contacts.BusyIdle, contacts.InACall, contacts.InAConferenceCall, contacts.InAMeeting:
		return lookBusy
	case contacts.DoNotDisturb, contacts.UrgentOnly, contacts.Presenting:
		return lookDoNotDisturb
	case contacts.Inactive, contacts.BeRightBack, contacts.Away, contacts.OffWork, contacts.OutOfOffice:
		return lookAway
	case contacts.Offline:
		return lookOffline
	default:
		return lookUnknown
	}
}

// glyph is the sign of a presence state, one cell wide.
func glyph(a contacts.Availability) text.Safe {
	switch lookOf(a) {
	case lookAvailable:
		return "●"
	case lookBusy:
		return "■"
	case lookDoNotDisturb:
		return "⊘"
	case lookAway:
		return "◔"
	case lookOffline:
		return "○"
	default:
		return "?"
	}
}

// Signs of the window that are not presence, each one cell wide.
const (
	signBar    text.Safe = "▌" // along the left edge of a person
	signOpen   text.Safe = "▾" // a group that shows its people; a menu
	signClosed text.Safe = "▸" // a group that hides them
	signGear   text.Safe = "⚙"
	signFind   text.Safe = "⌕"
	signAdd    text.Safe = "+"
	signClose  text.Safe = "✕"
	signDot    text.Safe = "·"
)
