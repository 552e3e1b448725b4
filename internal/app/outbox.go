package app

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// outbox is what the user has written and nobody has answered for.
type outbox struct {
	waiting []sipclient.Message // to be sent at the next SignedIn, in order
	flying  map[string]flight   // by message ID: given to SendMessage, without a result yet
	last    string              // newest ID given
	count   uint64
}

// flight is one message on its way.
type flight struct {
	message sipclient.Message
	session int // in which stay at the server it left
}

// restoredOutbox keeps what was not sent when the program ended. What may have arrived is not sent again.
func restoredOutbox(saved []sipclient.Message) outbox {
	o := outbox{flying: map[string]flight{}}
	for _, m := range saved {
		if m.Delivery == sipclient.Unsent {
			m.Waiting = true
			o.waiting = append(o.waiting, m)
		}
	}
	return o
}

// newID makes a message ID that was not used before: the time in nanoseconds, and a number for those of
// the same moment.
func (s *State) newID(now time.Time) string {
	id := "golync-" + strconv.FormatInt(now.UnixNano(), 36)
	if id == s.outbox.last {
		s.outbox.count++
		return id + "-" + strconv.FormatUint(s.outbox.count, 36)
	}
	s.outbox.last, s.outbox.count = id, 0
	return id
}

// fly gives a message to SendMessage. The other side takes it for what was being typed.
func (s *State) fly(m sipclient.Message) {
	if w, ok := s.typing.mine[contacts.Address(m.Peer)]; ok {
		s.typing.mine[contacts.Address(m.Peer)] = writing{changed: w.changed}
	}
	m.Waiting = false
	s.waits(m.Peer, m.ID, false)
	s.outbox.flying[m.ID] = flight{m, s.session.number}
	s.do(SendMessage{m})
}

// resendOutbox sends what has waited, each message once, in the order in which it was written.
func (s *State) resendOutbox() {
	waiting := s.outbox.waiting
	s.outbox.waiting = nil
	slices.SortStableFunc(waiting, bySeq)
	for _, m := range waiting {
		s.fly(m)
	}
}

// sendWaiting sends what waits for one person, who can be reached now, or perhaps, receipts too.
func (s *State) sendWaiting(a contacts.Address) {
	if s.connection.State != SignedIn {
		return
	}
	if s.receipts[a] {
		s.tell(a, s.chosen.IM.Receipts)
	}
	var now, later []sipclient.Message
	for _, m := range s.outbox.waiting {
		if m.Peer == string(a) {
			now = append(now, m)
		} else {
			later = append(later, m)
		}
	}
	s.outbox.waiting = later
	slices.SortStableFunc(now, bySeq)
	for _, m := range now {
		s.fly(m)
	}
}

func (s *State) messageStored(r MessageStored) {
	f, ok := s.outbox.flying[r.ID]
	if !ok {
		return
	}
	c := s.Conversation(contacts.Address(f.message.Peer))
	if errors.Is(r.Err, sipclient.ErrDuplicate) {
		delete(s.outbox.flying, r.ID)
		s.reread(c, f.message)
		return
	}
	if r.Err != nil {
		delete(s.outbox.flying, r.ID)
		s.settle(c, r.ID, sipclient.Failed, r.Err)
		s.pastSettled(contacts.Address(f.message.Peer), r.ID, func(m *sipclient.Message) { settled(m, sipclient.Failed, r.Err) })
		s.say(Notice{ID: idDisk, Text: "Your message could not be stored and was not sent: " + text.From(r.Err.Error()).Line(), Error: true})
		return
	}
	f.message.Seq = r.Seq
	s.outbox.flying[r.ID] = f
	s.pastSettled(contacts.Address(f.message.Peer), r.ID, func(m *sipclient.Message) { m.Seq = r.Seq })
	if c == nil {
		return
	}
	if m := c.find(r.ID); m != nil && m.Seq != r.Seq {
		m.Seq = r.Seq
		slices.SortStableFunc(c.Messages, bySeq)
		s.touch(c)
	}
}

// reread takes a message from the disk again, which knows better: it had arrived and was not sent once more.
func (s *State) reread(c *Conversation, m sipclient.Message) {
	if c == nil || !c.drop(messageID{m.ID, true}) {
		return
	}
	s.do(LoadHistory{Peer: c.Peer, Before: m.Seq + 1, Limit: 1, View: c.view})
	s.touch(c)
}

// messageSettled folds how a message went. One that found the user signed out waits in the outbox.
func (s *State) messageSettled(r MessageSettled) {
	f, flying := s.outbox.flying[r.ID]
	delete(s.outbox.flying, r.ID)
	if r.Delivery == sipclient.Unsent || errors.Is(r.Err, sipclient.ErrNotSignedIn) {
		var refused *sipclient.ResponseError
		switch {
		case errors.As(r.Err, &refused):
			if flying {
				s.keep(f)
			}
			return
		case flying:
			s.bounced(f)
		}
		if r.Err != nil && !errors.Is(r.Err, sipclient.ErrNotSignedIn) {
			id, sentence := failure(SendMessage{})
			s.say(Notice{ID: id, Text: sentence + " " + text.From(r.Err.Error()).Line(), Error: true})
		}
		return
	}
	s.pastSettled(r.Peer, r.ID, func(m *sipclient.Message) { settled(m, r.Delivery, r.Err) })
	c := s.Conversation(r.Peer)
	if c == nil && r.Delivery == sipclient.Failed && flying {
		c = s.open(r.Peer) // nobody learns of it from a closed conversation
		f.message.Delivery = sipclient.Unsent
		c.take(f.message)
		c.Messages = append(c.Messages, f.message)
	}
	s.settle(c, r.ID, r.Delivery, r.Err)
}

// bounced keeps a message for the next SignedIn. When that has happened since it left, this is it.
func (s *State) bounced(f flight) {
	if s.connection.State == SignedIn && f.session != s.session.number {
		s.fly(f.message)
		return
	}
	s.keep(f)
}

// keep has a message wait in the outbox.
func (s *State) keep(f flight) {
	f.message.Waiting = true
	s.outbox.waiting = append(s.outbox.waiting, f.message)
	s.waits(f.message.Peer, f.message.ID, true)
}

// tellWaiting marks those of a page that wait; the disk does not know what is on its way.
func (s *State) tellWaiting(page []sipclient.Message) {
	for i := range page {
		if m := &page[i]; m.Outgoing && m.Delivery == sipclient.Unsent {
			m.Waiting = slices.ContainsFunc(s.outbox.waiting, func(w sipclient.Message) bool { return w.ID == m.ID && w.Peer == m.Peer })
		}
	}
}

// waits shows whether a message waits or is on its way.
func (s *State) waits(peer, id string, waiting bool) {
	s.pastSettled(contacts.Address(peer), id, func(m *sipclient.Message) { m.Waiting = waiting })
	c := s.Conversation(contacts.Address(peer))
	if c == nil {
		return
	}
	if m := c.find(id); m != nil && m.Waiting != waiting {
		m.Waiting = waiting
		s.touch(c)
	}
}

// settle writes into a message how it went.
func (s *State) settle(c *Conversation, id string, d sipclient.Delivery, err error) {
	if c == nil {
		return
	}
	m := c.find(id)
	if m == nil {
		return
	}
	settled(m, d, err)
	s.touch(c)
}

// settled writes how a message went, unless a receipt has overtaken the answer.
func settled(m *sipclient.Message, d sipclient.Delivery, err error) {
	if m.Delivery.Arrived() && d.Reached() < m.Delivery.Reached() {
		return
	}
	m.Delivery, m.Code, m.Reason = d, 0, text.Peer{}
	var refused *sipclient.ResponseError
	switch {
	case errors.As(err, &refused):
		m.Code, m.Reason = refused.Code, refused.Reason
	case err != nil && d == sipclient.Failed:
		m.Reason = text.From(err.Error())
	}
}
