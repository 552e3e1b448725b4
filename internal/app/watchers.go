package app

import (
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/winfo"
)

// maxWatchers bounds how many subscriptions to the user are remembered. Of those beyond it only the latest
// document counts.
const maxWatchers = 20_000

// watchers are the subscriptions to the user's presence as far as the server has named them. A person may
// have several, one for each device.
type watchers struct {
	byID   map[watcherID]winfo.Status
	people map[contacts.Address]*watching // by Folded
}

type watcherID struct {
	id   string
	from contacts.Address
}

// watching counts one person's subscriptions.
type watching struct{ asking, seeing int }

func newWatchers() watchers {
	return watchers{byID: map[watcherID]winfo.Status{}, people: map[contacts.Address]*watching{}}
}

// note puts one subscription where its status says (RFC 3857 section 4.7.1).
func (w *watchers) note(a contacts.Address, id string, status winfo.Status) {
	key := watcherID{id, a.Folded()}
	was := w.byID[key]
	if was == 0 && len(w.byID) >= maxWatchers {
		return
	}
	p := w.people[key.from]
	if p == nil {
		p = &watching{}
		w.people[key.from] = p
	}
	p.count(was, -1)
	p.count(status, 1)
	if status == winfo.Terminated {
		delete(w.byID, key)
	} else {
		w.byID[key] = status
	}
	if *p == (watching{}) {
		delete(w.people, key.from)
	}
}

func (p *watching) count(s winfo.Status, n int) {
	switch s {
	case winfo.Pending, winfo.Waiting:
		p.asking += n
	case winfo.Active:
		p.seeing += n
	}
}

// told is what one document says of a person.
type told struct {
	address            contacts.Address
	name, introduction text.Peer
	watching                // by this document alone
	returns            bool // it ended, but will be back at once
}

// watchersChanged folds who watches the user. A full document replaces everything: whoever is not in it
// has withdrawn.
func (s *State) watchersChanged(now time.Time, e sipclient.WatchersChanged) {
	if e.Full {
		s.watchers = newWatchers()
	}
	said := make(map[contacts.Address]*told, len(e.Watchers)) // by Folded
	order := make([]*told, 0, len(e.Watchers))
	for _, w := range e.Watchers {
		a, err := contacts.ParseAddress(w.URI)
		if err != nil || a.Same(s.me.Address) {
			continue
		}
		s.watchers.note(a, w.ID, w.Status)
		t := said[a.Folded()]
		if t == nil {
			t = &told{address: a}
			said[a.Folded()] = t
			order = append(order, t)
		}
		t.add(w)
	}
	for _, t := range order {
		s.judgeWatcher(now, t)
	}
	if e.Full {
		s.withdrawUnnamed(said)
	}
}

// add folds one more subscription of the person.
func (t *told) add(w winfo.Watcher) {
	if t.name.Empty() {
		t.name = w.Name
	}
	if t.introduction.Empty() {
		t.introduction = w.Introduction
	}
	t.count(w.Status, 1)
	t.returns = w.Event == "deactivated" || w.Event == "probation" // RFC 6665 section 4.1.3
}

// judgeWatcher decides what it means that a person stands as it does.
func (s *State) judgeWatcher(now time.Time, t *told) {
	a, w := t.address, t.watching
	if p := s.watchers.people[a.Folded()]; p != nil {
		w = *p // other devices too
	}
	if c, ok := s.list.Get(a); ok {
		s.contactWatches(c, w, t.name)
		return
	}
	switch {
	case s.RelationshipOf(a) != contacts.NoRelationship:
		s.dropRequest(a)
		if w.asking > 0 {
			s.grant(a)
		}
	case w.asking > 0, w.seeing > 0 && s.undecidedMaySee(a):
		s.requested(now, a, t.name, t.introduction)
	case w.seeing > 0:
		s.dropUndecided(a) // decided on another device of the user's
	case !t.returns:
		s.dropUndecided(a) // withdrawn
	}
}

// undecidedMaySee reports whether somebody may watch the user without a decision on that person, so that
// watching is no sign of one: by the rule of "Allow anyone to contact me", or on a server without rules.
func (s *State) undecidedMaySee(a contacts.Address) bool {
	if !s.connection.Services.Rules {
		return true
	}
	return s.inForce().Outside == alerts.AllowAnyone && s.judgedAs(a) == contacts.Skype
}

// contactWatches folds that a contact watches the user, or wants to, or no longer does.
func (s *State) contactWatches(c *contacts.Contact, w watching, name text.Peer) {
	a := c.Address
	if w.asking > 0 {
		s.grant(a)
	}
	if s.list.SetSeesMe(a, w.seeing > 0 && c.Relationship != contacts.BlockedContacts) {
		s.changed()
	}
	if c.Name.Empty() && !name.Empty() {
		named := *c
		named.Name = name
		s.list.Put(named)
		s.do(SaveContact{named})
		s.changed()
	}
}

// dropUndecided takes a row away unless it is kept for the dismissal. A Skype user declines one request, not the
// person: with the request that goes too.
func (s *State) dropUndecided(a contacts.Address) {
	switch r := s.newTab.rows[a.Folded()]; {
	case r == nil:
	case !r.Dismissed:
		s.dropRequest(a)
	case s.me.Kind == contacts.Skype:
		s.dropRequest(a)
		s.staleRules = true
	}
}

// withdrawUnnamed takes back what was known of people whom the server no longer names.
func (s *State) withdrawUnnamed(named map[contacts.Address]*told) {
	for _, a := range s.requestAddresses() {
		if named[a.Folded()] == nil {
			s.dropUndecided(a)
		}
	}
	for _, c := range s.list.Contacts() {
		if c.SeesMe && named[c.Address.Folded()] == nil && s.list.SetSeesMe(c.Address, false) {
			s.changed()
		}
	}
}
