package pidf

import (
	"golync/internal/text"
)

// Aggregate makes one state of several devices, as Lync's server makes one of several endpoints
// (facts/lync-2013-client.md section 6):
//
//	what                 of whom
//	Open                 anybody: one open tuple is enough
//	best tuple           open before closed, then the highest contact priority (RFC 3863 section 4.1.5), then
//	                     the newest, then the first
//	Mobile               all open tuples: whoever is at a computer as well is at a computer
//	Activity, Since      one person: whose device is signed in, as far as that is told; in a call, a conference or a presentation before any other, because a device
//	                     knows that and the user need not say it; then one in use before one that is idle,
//	                     unless the idle one is busy, which was chosen; then the newest, then the first
//	Idle                 that person, when nobody else's device is in use; or all open tuples that say so
//	Location             that person, else the newest that has one
//	Note, Name           the newest that has one, whoever it is; of equally new ones that person's, then the
//	                     best tuple's, then the first
//
// The device that spoke last is to come first, as Kamailio writes them: that counts where nobody gives a time. Without any
// person Since is the best tuple's.
func Aggregate(devices []State) State {
	tuples, persons := make([]entry, 0, len(devices)), make([]entry, 0, len(devices))
	for _, d := range devices {
		e := entry{
			open: d.Open, mobile: d.Mobile, place: d.Location.Raw(), activity: d.Activity, idle: d.Idle,
			note: d.Note.Raw(), name: d.Name.Raw(), since: d.Since,
		}
		if d.hasPerson() {
			persons = append(persons, e)
		}
		if d.Changed.After(e.since) {
			e.since = d.Changed
		}
		tuples = append(tuples, e)
	}
	return aggregate(tuples, persons)
}

// aggregate does it with the tuples and persons of a document.
func aggregate(tuples, persons []entry) State {
	var s State
	tuple, who := best(tuples, betterTuple), best(persons, betterPerson)
	if tuple != nil {
		s.Open, s.Since = tuple.open, tuple.since
		s.Mobile = tuple.open && allMobile(tuples)
	}
	if who != nil {
		s.Activity, s.Idle = who.activity, who.idle && allIdle(persons)
		s.Location = text.From(firstPlace(who, persons))
		if !who.since.IsZero() {
			s.Since = who.since
		}
	}
	if tuple != nil && tuple.since.After(s.Since) {
		s.Changed = tuple.since
	}
	s.Idle = s.Idle || tuple != nil && tuple.open && allTuplesIdle(tuples)
	s.Note = text.From(newestWord(who, tuple, persons, tuples, func(e *entry) string { return e.note }))
	s.Name = text.From(newestWord(who, tuple, persons, tuples, func(e *entry) string { return e.name }))
	return s
}

func betterTuple(a, b *entry) bool {
	if a.open != b.open {
		return a.open
	}
	if a.priority != b.priority {
		return a.priority > b.priority
	}
	return a.since.After(b.since)
}

func betterPerson(a, b *entry) bool {
	if a.open != b.open {
		return a.open
	}
	if a.engaged() != b.engaged() {
		return a.engaged()
	}
	if a.left() != b.left() {
		return b.left()
	}
	return a.since.After(b.since)
}

// engaged reports what a device knows by itself.
func (e *entry) engaged() bool {
	switch e.activity {
	case ActivityOnThePhone, ActivityConference, ActivityPresentation:
		return true
	}
	return false
}

// left reports that nobody sits at the device: its state says less than that of one in use.
func (e *entry) left() bool {
	return e.idle && (e.activity == ActivityNone || e.activity == ActivityAway)
}

func allMobile(tuples []entry) bool {
	for i := range tuples {
		if tuples[i].open && !tuples[i].mobile {
			return false
		}
	}
	return true
}

// allTuplesIdle is for clients that write user-input into the tuple (RFC 4480 section 3.7 allows both).
func allTuplesIdle(tuples []entry) bool {
	for i := range tuples {
		if tuples[i].open && !tuples[i].idle {
			return false
		}
	}
	return true
}

func allIdle(persons []entry) bool {
	for i := range persons {
		if !persons[i].idle {
			return false
		}
	}
	return true
}

// best returns the first entry that no other is better than; nil when there is none.
func best(all []entry, better func(a, b *entry) bool) *entry {
	var found *entry
	for i := range all {
		if found == nil || better(&all[i], found) {
			found = &all[i]
		}
	}
	return found
}

func firstPlace(who *entry, persons []entry) string {
	found := who
	for i := range persons {
		p := &persons[i]
		if found.place == "" || p.place != "" && found != who && p.since.After(found.since) {
			found = p
		}
	}
	return found.place
}

// newestWord returns the newest text that is not empty.
func newestWord(who, tuple *entry, persons, tuples []entry, of func(*entry) string) string {
	var found *entry
	take := func(e *entry) {
		if e != nil && of(e) != "" && (found == nil || e.since.After(found.since)) {
			found = e
		}
	}
	take(who)
	take(tuple)
	for _, all := range [][]entry{persons, tuples} {
		for i := range all {
			take(&all[i])
		}
	}
	if found == nil {
		return ""
	}
	return of(found)
}
