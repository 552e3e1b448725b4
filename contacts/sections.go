package contacts

import "golync/internal/text"

// Status is a section of the STATUS tab (facts/lync-2013-client.md section 1). It is coarser than
// Availability: what matters there is whether it is worth writing to somebody now.
type Status uint8

// The sections, in the order of the tab.
const (
	StatusAvailable   Status = iota // signed in and at the computer, however busy
	StatusAway                      // signed in and elsewhere
	StatusUnknown                   // nothing may be known, or nothing is known yet
	StatusUnavailable               // not signed in
)

// statuses are the headings of the tab.
var statuses = [...]text.Safe{
	StatusAvailable: "Available", StatusAway: "Away", StatusUnknown: "Unknown", StatusUnavailable: "Unavailable",
}

// Statuses returns the sections in the order of the tab.
func Statuses() []Status {
	return []Status{StatusAvailable, StatusAway, StatusUnknown, StatusUnavailable}
}

// String returns Lync's heading.
func (s Status) String() string { return string(s.Label()) }

// Label returns Lync's heading for the screen.
func (s Status) Label() text.Safe {
	if int(s) >= len(statuses) {
		s = StatusUnknown
	}
	return statuses[s]
}

// Status returns the section of the STATUS tab that a contact stands in. Of somebody blocked no presence is
// shown, so that there is nothing to divide by.
func (c *Contact) Status() Status {
	if c.Relationship == BlockedContacts {
		return StatusUnknown
	}
	switch c.Presence.Availability {
	case PresenceUnknown:
		return StatusUnknown
	case Offline:
		return StatusUnavailable
	case Inactive, BeRightBack, Away, OffWork, OutOfOffice:
		return StatusAway
	default:
		return StatusAvailable
	}
}

// WithStatus returns the contacts in a section of the STATUS tab, by name or as Show says.
func (l *List) WithStatus(s Status) []*Contact { return l.section(&l.byStatus, int(s)) }

// CountStatus returns how many contacts a section of the STATUS tab has.
func (l *List) CountStatus(s Status) int {
	if int(s) >= len(l.byStatus.total) {
		return 0
	}
	return l.byStatus.total[s]
}

// WithRelationship returns the contacts that have a relationship, by name or as Show says.
func (l *List) WithRelationship(r Relationship) []*Contact {
	return l.section(&l.byRelationship, int(r))
}

// OnlineWith returns how many contacts with a relationship are signed in, and how many there are.
func (l *List) OnlineWith(r Relationship) (online, total int) {
	if int(r) >= len(l.byRelationship.total) {
		return 0, 0
	}
	return l.byRelationship.online[r], l.byRelationship.total[r]
}

// mostSections is as many as a division has: the relationships, with none at all.
const mostSections = int(BlockedContacts) + 1

// division is the list divided by something of which each contact has one. The numbers are kept with each
// change; who is in which section is found out when somebody looks, so that a thousand changes of presence
// cost one pass over the list, and nothing while the tab is not shown.
type division struct {
	of            func(*Contact) int
	total, online [mostSections]int
	people        [mostSections][]*Contact
	fresh         bool // people is as the list is
}

func statusOf(c *Contact) int { return int(c.Status()) }

func relationshipOf(c *Contact) int {
	if int(c.Relationship) >= mostSections {
		return int(NoRelationship)
	}
	return int(c.Relationship)
}

// count adds n times a contact to the numbers of its section, which it returns.
func (d *division) count(c *Contact, n int) (section int) {
	section = d.of(c)
	d.total[section] += n
	if c.online() {
		d.online[section] += n
	}
	return section
}

// section returns who is in a section. The list is in order already.
func (l *List) section(d *division, i int) []*Contact {
	if i >= mostSections {
		return nil
	}
	if !d.fresh {
		d.fresh = true
		for j := range d.people {
			d.people[j] = d.people[j][:0]
		}
		for _, c := range l.Contacts() {
			at := d.of(c)
			d.people[at] = append(d.people[at], c)
		}
		for j := range d.people {
			d.people[j] = l.ordered(d.people[j])
		}
	}
	return d.people[i]
}
