package contacts

import (
	"slices"

	"golync/internal/text"
)

// Put adds a contact, or replaces the one with the same address. Groups that do not exist, and groups
// named twice, are left out; a contact that is in none goes under Other Contacts.
func (l *List) Put(c Contact) {
	if e := l.entry(c.Address); e != nil {
		l.remove(e)
	}
	l.insert(c)
	l.version++
}

// Remove takes a contact out of the list and reports whether there was one.
func (l *List) Remove(a Address) bool {
	e := l.entry(a)
	if e == nil {
		return false
	}
	l.remove(e)
	l.version++
	return true
}

// SetPresence replaces what is known of a contact's presence and reports whether that is news.
func (l *List) SetPresence(a Address, p Presence) bool {
	e := l.entry(a)
	if e == nil || e.Presence == p {
		return false
	}
	if e.Presence.Note != p.Note {
		e.hay = ""
	}
	before, stood := l.count(e, -1), rank(&e.Contact)
	e.Presence = p
	if l.count(e, 1) != before {
		l.byStatus.fresh = false
	}
	if l.display.ByAvailability && rank(&e.Contact) != stood {
		l.moved(e)
	}
	l.version++
	return true
}

// moved notes that somebody stands elsewhere in the order by availability.
func (l *List) moved(e *entry) {
	l.byStatus.fresh, l.byRelationship.fresh = false, false
	for _, id := range l.places(&e.Contact) {
		l.members[id].people = nil
	}
}

// SetWatch replaces how the subscription to a contact stands and reports whether that is news.
func (l *List) SetWatch(a Address, w Watch, reason text.Peer) bool {
	e := l.entry(a)
	if e == nil || e.Watch == w && e.WatchReason == reason {
		return false
	}
	e.Watch, e.WatchReason = w, reason
	l.version++
	return true
}

// SetSeesMe notes whether a contact watches the user with consent and reports whether that is news.
func (l *List) SetSeesMe(a Address, sees bool) bool {
	e := l.entry(a)
	if e == nil || e.SeesMe == sees {
		return false
	}
	e.SeesMe = sees
	l.version++
	return true
}

func (l *List) insert(c Contact) {
	c.Groups = l.Existing(c.Groups)
	e := &entry{Contact: c, order: sortKey(&c, l.display.ByAddress)}
	l.byAddress[c.Address.Folded()] = e
	l.entries, l.people, l.sorted = append(l.entries, e), nil, false
	for _, id := range l.places(&e.Contact) {
		m := l.members[id]
		m.entries, m.people, m.sorted = append(m.entries, e), nil, false
	}
	l.count(e, 1)
	l.byStatus.fresh, l.byRelationship.fresh = false, false
}

func (l *List) remove(e *entry) {
	l.count(e, -1)
	l.byStatus.fresh, l.byRelationship.fresh = false, false
	delete(l.byAddress, e.Address.Folded())
	l.entries, l.people = without(l.entries, e), nil
	for _, id := range l.places(&e.Contact) {
		m := l.members[id]
		m.entries, m.people = without(m.entries, e), nil
	}
}

// count adds n times e to every number that e is part of, and returns its section of the STATUS tab.
func (l *List) count(e *entry, n int) (status int) {
	if e.online() {
		for _, id := range l.places(&e.Contact) {
			l.members[id].online += n
		}
	}
	l.byRelationship.count(&e.Contact, n)
	return l.byStatus.count(&e.Contact, n)
}

// Existing returns the groups of ids that there are, each once, and Other Contacts when none is left.
func (l *List) Existing(ids []GroupID) []GroupID {
	kept := make([]GroupID, 0, max(1, len(ids)))
	for _, id := range ids {
		if l.members[id] != nil && !slices.Contains(kept, id) {
			kept = append(kept, id)
		}
	}
	if len(kept) == 0 {
		kept = append(kept, OtherContacts)
	}
	return kept
}

func without(entries []*entry, e *entry) []*entry {
	i := slices.Index(entries, e)
	if i < 0 {
		return entries
	}
	return slices.Delete(entries, i, i+1)
}
