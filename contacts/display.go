package contacts

import "slices"

// Display is how the list is shown (facts/lync-2013-client.md section 1, Contact row). The zero value is by
// name, with Favorites.
type Display struct {
	ByAvailability bool // who is there stands first, people of one state by name
	ByAddress      bool // people are shown, and therefore ordered, by their addresses
	NoFavorites    bool // Favorites is not shown
}

// Show puts another way of showing the list in force. It costs a pass over the list; the order by
// availability is then kept by counting, so that a change of presence moves nobody but the person.
func (l *List) Show(d Display) {
	if d == l.display {
		return
	}
	if d.ByAddress != l.display.ByAddress {
		for _, e := range l.entries {
			e.order = sortKey(&e.Contact, d.ByAddress)
		}
		l.people, l.sorted = nil, false
	}
	l.display = d
	l.stand()
	l.version++
}

// Shown returns the groups that are shown, in their order.
func (l *List) Shown() []Group {
	if !l.display.NoFavorites {
		return l.groups
	}
	return slices.DeleteFunc(slices.Clone(l.groups), func(g Group) bool { return g.ID == Favorites })
}

// Home returns the first of the shown groups in which a contact stands.
func (l *List) Home(c *Contact) GroupID {
	for _, id := range l.places(c) {
		if id != Favorites || !l.display.NoFavorites {
			return id
		}
	}
	return OtherContacts
}

// places are the groups in which a contact stands: its own, and Other Contacts for somebody whose only group
// is not shown, so that nobody can be lost by an option.
func (l *List) places(c *Contact) []GroupID {
	if l.display.NoFavorites && len(c.Groups) == 1 && c.Groups[0] == Favorites {
		return l.unshown
	}
	return c.Groups
}

// stand lets everybody stand in their groups anew.
func (l *List) stand() {
	l.unshown = []GroupID{Favorites, OtherContacts}
	l.members = make(map[GroupID]*members, len(l.groups))
	for _, g := range l.groups {
		l.members[g.ID] = &members{}
	}
	for _, e := range l.entries {
		for _, id := range l.places(&e.Contact) {
			m := l.members[id]
			m.entries = append(m.entries, e)
			if e.online() {
				m.online++
			}
		}
	}
	l.byStatus.fresh, l.byRelationship.fresh = false, false
}

// ranks is the order by availability: that of Lync's numbers (facts/lync-2013-client.md section 6), with
// those of whom nothing is known at the end.
var ranks = [...]uint8{
	Available: 0, Inactive: 1, Busy: 2, InACall: 2, InAConferenceCall: 2, InAMeeting: 2,
	BusyIdle: 3, DoNotDisturb: 4, Presenting: 4, UrgentOnly: 4, BeRightBack: 5, Away: 6, OffWork: 6, OutOfOffice: 6,
	Offline: 7, PresenceUnknown: lastRank,
}

const lastRank = 8

// rank is where a contact stands in the order by availability; of somebody blocked no presence is shown.
func rank(c *Contact) uint8 {
	if c.Relationship == BlockedContacts || int(c.Presence.Availability) >= len(ranks) {
		return lastRank
	}
	return ranks[c.Presence.Availability]
}

// ordered returns people, who are in order by name, as they are shown.
func (l *List) ordered(people []*Contact) []*Contact {
	if !l.display.ByAvailability {
		return people
	}
	var from [lastRank + 2]int // where each rank begins
	for _, c := range people {
		from[rank(c)+1]++
	}
	for r := 1; r < len(from); r++ {
		from[r] += from[r-1]
	}
	out := make([]*Contact, len(people))
	for _, c := range people {
		r := rank(c)
		out[from[r]] = c
		from[r]++
	}
	return out
}
