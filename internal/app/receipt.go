package app

import (
	"errors"
	"maps"
	"slices"

	"golync/contacts"
	"golync/sipclient"
)

// receipts are the people who have asked to be told of their messages (RFC 5438): true when something could not
// be told yet. What exactly they are to be told is on the disk.
type receipts map[contacts.Address]bool

func restoredReceipts(saved []contacts.Address) receipts {
	r := receipts{}
	for _, a := range saved {
		if a, ok := checked(a); ok {
			r[a] = true
		}
	}
	return r
}

// owe notes that a message wants receipts, and tells that it has arrived.
func (s *State) owe(a contacts.Address, m sipclient.Message) {
	if m.Owed != 0 {
		s.tell(a, s.chosen.IM.Receipts)
	}
}

// tellRead tells somebody that what they wrote was read, if they want to know and the user lets them.
func (s *State) tellRead(a contacts.Address) {
	if _, asks := s.receipts[a]; asks {
		s.tell(a, s.chosen.IM.Receipts)
	}
}

// keepSecret sees to it that they never hear that it was read.
func (s *State) keepSecret(a contacts.Address) {
	if _, asks := s.receipts[a]; asks {
		s.tell(a, false)
	}
}

// tellOwed tells everybody what could not be told before.
func (s *State) tellOwed() {
	for _, a := range slices.Sorted(maps.Keys(s.receipts)) {
		if s.receipts[a] {
			s.tell(a, s.chosen.IM.Receipts)
		}
	}
}

// tell sends receipts to people the user has decided to talk with. Strangers and blocked people do not learn
// that somebody is there.
func (s *State) tell(a contacts.Address, seen bool) {
	s.receipts[a] = true
	switch s.RelationshipOf(a) {
	case contacts.NoRelationship, contacts.BlockedContacts:
		return
	}
	if s.connection.State == SignedIn || !seen {
		s.receipts[a] = false
		s.do(SendReceipts{Peer: a, Seen: seen})
	}
}

// receiptsSent keeps what could not be told for the next SignedIn.
func (s *State) receiptsSent(e SendReceipts, err error) {
	if errors.Is(err, sipclient.ErrNotSignedIn) {
		s.receipts[e.Peer] = true
	}
}

// receiptReceived shows what the other side's device tells of a message. What is not in memory, or has gone
// by then, is for the disk to find; a message that is only waiting to be sent cannot have arrived.
func (s *State) receiptReceived(e sipclient.ReceiptReceived) {
	a, err := contacts.ParseAddress(e.Peer)
	if err != nil {
		return
	}
	told := func(m *sipclient.Message) bool {
		if m.Delivery == sipclient.Unsent && !s.outbox.lines[a].flies(m.ID) || !m.Delivery.Before(e.Delivery) {
			return false
		}
		settled(m, e.Delivery, nil)
		return true
	}
	s.pastSettled(a, e.ID, func(m *sipclient.Message) { told(m) })
	if c := s.Conversation(a); c != nil {
		if m := c.find(e.ID); m != nil {
			if !told(m) {
				return
			}
			s.touch(c)
		}
	}
	s.do(KeepReceipt{Peer: a, ID: e.ID, Delivery: e.Delivery})
}
