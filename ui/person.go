package ui

import (
	"time"

	"golync/contacts"
	"golync/internal/text"
)

// personRow is what a contact's row says.
type personRow struct {
	presence contacts.Availability
	name     text.Safe
	words    text.Safe // behind the name: status and where the person is
	below    text.Safe // second line; empty when there is nothing to say
	whole    bool      // below is what went wrong, and takes as many lines as it has (reasonLines at most)
}

// reasonLines is how many lines of a row may say what went wrong: part of it is a server's words, of any length.
const reasonLines = 3

// lines are those that stand below the name in a row so many cells wide.
func (r personRow) lines(width int) []text.Safe {
	switch {
	case r.below == "":
		return nil
	case !r.whole:
		return []text.Safe{r.below}
	}
	lines := wrap(r.below, width-personIndent)
	return lines[:min(len(lines), reasonLines)]
}

// personIndent is what bar and glyph take in front of the name, in cells.
const personIndent = 4

// personRow says what stands in the row of a contact that is so many cells wide. Words that do not fit
// behind the name go into the second line when that is free, and are shortened when it is not.
func (m *model) personRow(who *contacts.Contact, width int) personRow {
	return m.namedRow(who, m.nameOf(who.Address), width)
}

// namedRow is personRow with something else for a name.
func (m *model) namedRow(who *contacts.Contact, name text.Safe, width int) personRow {
	r := personRow{name: name}
	r.presence, r.words = m.standing(who)
	r.below = m.below(who)
	r.whole = r.below != "" && refused(who)
	if personIndent+cellsOf(r.name)+3+cellsOf(r.words) <= width {
		return r
	}
	if r.below != "" {
		if _, status, outside := m.status(who); outside {
			_, short := m.guise().beyond(m.kindOf(who.Address))
			r.words = status + short
		}
		return r
	}
	r.below, r.words = r.words, ""
	if who.Watch == contacts.WatchWaiting && personIndent+cellsOf(r.below) > width {
		r.below = "Waiting for the other side to accept" // whose name stands above
	}
	return r
}

// listRow is personRow as Display Options want it: with the address for a name, or all in one line.
func (m *model) listRow(who *contacts.Contact, width int) personRow {
	shown, name := m.state.Options().List, m.nameOf(who.Address)
	if shown.Address {
		name = m.addressOf(who.Address)
	}
	if shown.TwoLines {
		return m.namedRow(who, name, width)
	}
	r := personRow{name: name}
	r.presence, r.words = m.standing(who)
	if note := m.below(who); note != "" {
		r.words += " - " + note
	}
	return r
}

// standing is what is said of a contact in words, and the presence that is shown.
func (m *model) standing(who *contacts.Contact) (contacts.Availability, text.Safe) {
	a, words, outside := m.status(who)
	if outside {
		beyond, _ := m.guise().beyond(m.kindOf(who.Address))
		words += beyond
	}
	return a, words
}

// status is standing without where the person is; outside says that this is to be told. A person of whom
// nothing is known says why (design section 6): never a bare question mark.
func (m *model) status(who *contacts.Contact) (a contacts.Availability, words text.Safe, outside bool) {
	if who.Relationship == contacts.BlockedContacts {
		return contacts.PresenceUnknown, "Blocked", false
	}
	switch who.Watch {
	case contacts.WatchWaiting:
		return contacts.PresenceUnknown, "Waiting for " + m.nameOf(who.Address) + " to accept", false
	case contacts.WatchRefused:
		return contacts.PresenceUnknown, "Did not accept", false
	case contacts.WatchForbidden:
		return contacts.PresenceUnknown, "Not allowed", false
	case contacts.WatchUnknown:
		return contacts.PresenceUnknown, "Address not found", false
	}
	if _, contact := m.state.Contacts().Get(who.Address); !contact && len(who.Groups) == 0 && who.Watch == contacts.WatchNone {
		if waits := m.state.Waits(who.Address); waits != "" {
			return contacts.PresenceUnknown, waits, false
		}
		return contacts.PresenceUnknown, "Not in your " + m.guise().list, false
	}
	g := m.guise()
	a = g.is(who.Presence.Availability)
	words = g.label(who.Presence.Availability)
	if g.lasting && lasts(a) {
		words += since(who.Presence.Since, m.now())
	}
	if who.Presence.Device != "" && a != contacts.Offline {
		words += " - " + who.Presence.Device
	}
	beyond, _ := g.beyond(m.kindOf(who.Address))
	return a, words, a != contacts.PresenceUnknown && beyond != ""
}

// below is the personal note, or what to do when there is no presence to be had.
func (m *model) below(who *contacts.Contact) text.Safe {
	if who.Relationship == contacts.BlockedContacts {
		return "" // as little is shown of them as they are shown
	}
	switch who.Watch {
	case contacts.WatchRefused:
		return "The other side said no" + because(who.WatchReason) + "."
	case contacts.WatchForbidden:
		return "The server said no" + because(who.WatchReason) + "."
	case contacts.WatchUnknown:
		return "Check the spelling" + because(who.WatchReason) + "."
	}
	return who.Presence.Note.Line()
}

// refused says that there is no presence to be had of somebody, for a reason that stands in the row.
func refused(who *contacts.Contact) bool {
	if who.Relationship == contacts.BlockedContacts {
		return false
	}
	switch who.Watch {
	case contacts.WatchRefused, contacts.WatchForbidden, contacts.WatchUnknown:
		return true
	default:
		return false
	}
}

// because puts what the server said behind what it means.
func because(reason text.Peer) text.Safe {
	if line := reason.Line(); line != "" {
		return " (" + line + ")"
	}
	return ""
}

// kindOf is where a person is, seen from me.
func (m *model) kindOf(a contacts.Address) contacts.Kind {
	return m.state.Providers().KindOf(m.state.Me().Address, a)
}

// lasts says that Lync tells how long somebody has been in a state.
func lasts(a contacts.Availability) bool { return lookOf(a) == lookAway || a == contacts.Offline }

// since is how long something has lasted, with a blank in front; nothing below a minute or when not known.
func since(from, now time.Time) text.Safe {
	if from.IsZero() || now.Sub(from) < time.Minute {
		return ""
	}
	return " " + span(now.Sub(from))
}

// span is a duration as Lync writes it: 1 min, 12 mins, 2 hours, 3 days.
func span(d time.Duration) text.Safe {
	units := []struct {
		length    time.Duration
		one, many text.Safe
	}{{24 * time.Hour, " day", " days"}, {time.Hour, " hour", " hours"}, {time.Minute, " min", " mins"}}
	for _, u := range units {
		if n := int(d / u.length); n == 1 {
			return text.Int(n) + u.one
		} else if n > 1 {
			return text.Int(n) + u.many
		}
	}
	return "now"
}

// ago is when something happened, seen from now.
func ago(at, now time.Time) text.Safe {
	if now.Sub(at) < time.Minute {
		return "just now"
	}
	return span(now.Sub(at)) + " ago"
}

// where is where a person of the kind is, with the public provider as it is configured.
func (m *model) where(k contacts.Kind) text.Safe {
	if p := m.state.Providers().Skype; k == contacts.Skype && p.Name != "" {
		return p.Label()
	}
	return m.guise().kind(k)
}

// kindLabel is where a person is, for the screen.
func kindLabel(k contacts.Kind) text.Safe {
	switch k {
	case contacts.MyOrganization:
		return "My Organization"
	case contacts.Skype:
		return "Skype"
	default:
		return "External"
	}
}
