package app

import (
	"errors"
	"slices"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// messageStored folds that the disk has a message of the user's, or has not.
func (s *State) messageStored(r MessageStored) {
	a, l, i := s.outbox.find(r.ID)
	if l == nil {
		return
	}
	c := s.Conversation(a)
	switch {
	case errors.Is(r.Err, sipclient.ErrDuplicate):
		seq := l.messages[i].Seq
		s.leave(a, r.ID)
		s.reread(a, r.ID, seq)
	case r.Err != nil:
		s.leave(a, r.ID)
		s.settle(a, r.ID, sipclient.Failed, r.Err)
		s.say(failureNotice(idDisk, "Your message could not be stored and was not sent:", r.Err))
	default:
		l.messages[i].Seq = r.Seq
		s.pastSettled(a, r.ID, func(m *sipclient.Message) { m.Seq = r.Seq })
		if c == nil {
			return
		}
		// What came in while it was being stored stands before it on the disk, and so at the next start.
		if m := c.find(r.ID); m != nil && m.Seq != r.Seq {
			m.Seq = r.Seq
			slices.SortStableFunc(c.Messages, bySeq)
			s.touch(c)
		}
	}
}

// reread takes a message from the disk again, which knows better: it had arrived and was not sent once more.
func (s *State) reread(a contacts.Address, id string, seq int64) {
	s.pastSettled(a, id, func(*sipclient.Message) { s.do(LoadPast{}) })
	c := s.Conversation(a)
	if c == nil || !c.drop(messageID{id, true}) {
		return
	}
	s.do(LoadHistory{Peer: c.Peer, Before: seq + 1, Limit: 1, View: c.view})
	s.touch(c)
}

// messageSettled folds how a message went. One that has not left, or that nobody was there for, waits.
func (s *State) messageSettled(now time.Time, r MessageSettled) {
	l := s.outbox.lines[r.Peer]
	flying := l.flies(r.ID)
	if r.Delivery == sipclient.Unsent || errors.Is(r.Err, sipclient.ErrNotSignedIn) {
		if flying {
			l.tried = now
			l.tries++
			s.landed(r.Peer, true)
		}
		// Somebody who is not there is no failure to be complained of; a disk that is full is.
		var refused *sipclient.ResponseError
		if r.Err != nil && !errors.Is(r.Err, sipclient.ErrNotSignedIn) && !errors.As(r.Err, &refused) {
			id, sentence := failure(SendMessage{})
			s.say(failureNotice(id, sentence, r.Err))
		}
		return
	}
	if flying {
		m := l.messages[0] // which landed takes out of the line
		s.landed(r.Peer, false)
		if s.Conversation(r.Peer) == nil && r.Delivery == sipclient.Failed {
			c := s.open(r.Peer) // nobody learns of it from a closed conversation
			c.take(m)
			c.Messages = append(c.Messages, m)
		}
	}
	s.settle(r.Peer, r.ID, r.Delivery, r.Err)
}

// settle writes into a message how it went.
func (s *State) settle(a contacts.Address, id string, d sipclient.Delivery, err error) {
	s.pastSettled(a, id, func(m *sipclient.Message) { settled(m, d, err) })
	c := s.Conversation(a)
	if c == nil {
		return
	}
	if m := c.find(id); m != nil {
		settled(m, d, err)
		s.touch(c)
	}
}

// settled writes how a message went, unless a receipt has overtaken the answer. It may have waited until now: what
// the disk refuses, and what the user takes back, never left.
func settled(m *sipclient.Message, d sipclient.Delivery, err error) {
	if m.Delivery.Arrived() && d.Reached() < m.Delivery.Reached() {
		return
	}
	m.Delivery, m.Code, m.Reason, m.Waiting = d, 0, text.Peer{}, false
	var refused *sipclient.ResponseError
	switch {
	case errors.As(err, &refused):
		m.Code, m.Reason = refused.Code, refused.Reason
	case err != nil && d == sipclient.Failed:
		m.Reason = text.From(err.Error())
	}
}
