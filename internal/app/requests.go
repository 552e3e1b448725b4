package app

import (
	"slices"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
)

// MaxRequests is how many undecided requests are kept, as many as Lync's policy MaxPromptedSubscriber
// allows at most. While New is full further ones stay at the server, which names them again.
const MaxRequests = 600

// maxSilent is up to which size the list grows by itself: Lync's largest contact list (policy
// MaximumNumberOfContacts). Each such contact is a subscription, and nobody is to make golync send
// subscriptions without end.
const maxSilent = 1000

// newTab is the New tab: everybody who has asked and is not decided upon, and those dismissed.
type newTab struct {
	rows      map[contacts.Address]*contacts.Request // by Folded
	dismissed int                                    // of rows
	visible   []contacts.Request                     // newest first
	hidden    int
	fresh     bool // visible and hidden are true
}

func (s *State) restoredRequests(saved []contacts.Request) newTab {
	t := newTab{rows: make(map[contacts.Address]*contacts.Request, len(saved))}
	for _, r := range saved {
		a, ok := checked(r.Address)
		if !ok {
			continue
		}
		r.Address = a
		if _, ok := s.list.Get(a); ok || s.RelationshipOf(r.Address) != contacts.NoRelationship {
			continue // decided before the row could be deleted
		}
		r.Kind = s.kindOf(r.Address)
		t.put(&r)
	}
	return t
}

// put adds a row, or replaces the one of the same person.
func (t *newTab) put(r *contacts.Request) {
	t.drop(r.Address)
	t.rows[r.Address.Folded()] = r
	if r.Dismissed {
		t.dismissed++
	}
}

// drop takes a row away and returns it, nil when there was none.
func (t *newTab) drop(a contacts.Address) *contacts.Request {
	r := t.rows[a.Folded()]
	if r != nil && r.Dismissed {
		t.dismissed--
	}
	delete(t.rows, a.Folded())
	return r
}

// Requests returns the rows of New, newest first.
func (s *State) Requests() []contacts.Request {
	s.sortRequests()
	return s.newTab.visible
}

// HiddenRequests returns how many more there would be if the Alerts options did not hold them back.
func (s *State) HiddenRequests() int {
	s.sortRequests()
	return s.newTab.hidden
}

func (s *State) sortRequests() {
	t := &s.newTab
	if t.fresh {
		return
	}
	t.fresh, t.hidden = true, 0
	t.visible = nil // readers may hold the old one
	for _, r := range t.rows {
		switch {
		case r.Dismissed:
		case alerts.Decide(s.inForce(), s.incoming(alerts.Request, r.Address)).Show:
			t.visible = append(t.visible, *r)
		default:
			t.hidden++
		}
	}
	slices.SortFunc(t.visible, func(a, b contacts.Request) int {
		if c := b.Since.Compare(a.Since); c != 0 {
			return c
		}
		if a.Address < b.Address {
			return -1
		}
		return 1
	})
}

// requestsChanged notes that New is not as it was.
func (s *State) requestsChanged() {
	s.newTab.fresh = false
	s.changed()
}

// requested folds that somebody undecided asks to see the user. It announces what is new only.
func (s *State) requested(now time.Time, a contacts.Address, name, introduction text.Peer) {
	if r := s.newTab.rows[a.Folded()]; r != nil {
		again := s.asksAgain(r, introduction)
		if again {
			r.Since = now
		}
		s.updateRequest(r, name, introduction)
		if again {
			s.alertRequest(*r)
		}
		return
	}
	v := alerts.Decide(s.inForce(), s.incoming(alerts.Request, a))
	if v.Accept && s.list.Len() < maxSilent {
		s.acceptSilently(now, a, name)
		return
	}
	if len(s.newTab.rows) >= MaxRequests && !s.forgetDismissed() {
		return
	}
	r := &contacts.Request{
		Address: a, Name: name, Introduction: introduction, Since: now,
		Kind: s.kindOf(a),
	}
	s.newTab.put(r)
	s.do(SaveRequest{*r})
	s.requestsChanged()
	s.alertRequest(*r)
}

// alertRequest announces a request, unless the Alerts options keep it quiet.
func (s *State) alertRequest(r contacts.Request) {
	if alerts.Decide(s.inForce(), s.incoming(alerts.Request, r.Address)).Alert {
		s.alert(Alert{What: alerts.Request, From: r.Address, Name: r.Name, Text: r.Introduction})
	}
}

// updateRequest keeps what a person says of itself up to date. A server that says nothing takes nothing back.
func (s *State) updateRequest(r *contacts.Request, name, introduction text.Peer) {
	was := *r
	if !name.Empty() {
		r.Name = name
	}
	if !introduction.Empty() {
		r.Introduction = introduction
	}
	if *r != was {
		s.do(SaveRequest{*r})
		s.requestsChanged()
	}
}

// forgetDismissed makes room in New by forgetting the oldest dismissal, and reports whether there was one.
func (s *State) forgetDismissed() bool {
	if s.newTab.dismissed == 0 {
		return false
	}
	var oldest *contacts.Request
	for _, r := range s.newTab.rows {
		if r.Dismissed && (oldest == nil || r.Since.Before(oldest.Since) ||
			r.Since.Equal(oldest.Since) && r.Address < oldest.Address) {
			oldest = r
		}
	}
	s.dropRequest(oldest.Address)
	return true
}

// dropRequest takes a row away, on disk too.
func (s *State) dropRequest(a contacts.Address) {
	r := s.newTab.drop(a)
	if r == nil {
		return
	}
	if r.Dismissed {
		s.takeBack(r.Address)
	}
	s.do(DeleteRequest{r.Address})
	s.requestsChanged()
}

// acceptSilently is what Lync does while "Tell me when someone adds me to his or her contact list" is off:
// the person becomes a contact with the relationship of the organisation.
func (s *State) acceptSilently(now time.Time, a contacts.Address, name text.Peer) {
	s.add(contacts.Contact{
		Address: a, Name: name, Provider: s.providerOf(a), Added: now,
		Relationship: contacts.Colleagues, Groups: []contacts.GroupID{contacts.OtherContacts},
	})
}

// Accept adds the person who asked to a group, with a relationship (NoRelationship: the default of the
// person's kind), lets them see the user and watches them back. The row leaves New.
func (s *State) Accept(now time.Time, a contacts.Address, group contacts.GroupID, r contacts.Relationship) []Effect {
	if _, ok := s.list.Get(a); ok || a.Same(s.me.Address) {
		return nil // decided already
	}
	name := s.NameOf(a)
	if row := s.newTab.rows[a.Folded()]; row != nil {
		a = row.Address
	}
	s.add(contacts.Contact{
		Address: a, Name: name, Provider: s.providerOf(a), Added: now,
		Relationship: s.orDefault(a, r), Groups: []contacts.GroupID{group},
	})
	return s.flush()
}

// Block makes the person, contact or not, one of the Blocked Contacts.
func (s *State) Block(now time.Time, a contacts.Address) []Effect {
	return s.SetRelationship(now, a, contacts.BlockedContacts)
}

// Dismiss takes the row out of New for good, on every device: the person stays pending at the server and
// is not told. It is also how a Skype user declines; that holds for
// the one request, until it is withdrawn or made again in other words.
func (s *State) Dismiss(now time.Time, a contacts.Address) []Effect {
	r := s.newTab.rows[a.Folded()]
	if r == nil || r.Dismissed {
		return nil
	}
	r.Dismissed = true
	s.newTab.dismissed++
	s.do(SaveRequest{*r})
	s.requestsChanged()
	s.staleRules = true
	return s.flush()
}

// requestAddresses returns who has a row, in order, so that effects come in the same order every time.
func (s *State) requestAddresses() []contacts.Address {
	all := make([]contacts.Address, 0, len(s.newTab.rows))
	for _, r := range s.newTab.rows {
		all = append(all, r.Address)
	}
	slices.Sort(all)
	return all
}
