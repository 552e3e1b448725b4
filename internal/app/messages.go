package app

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Why a message cannot be sent. ErrTooLong of sipclient is another reason.
var (
	ErrEmpty     = errors.New("there is nothing to send")
	ErrNoMessage = errors.New("there is no such message to send again")
)

// messageReceived shows a message in its conversation, which opens by itself, and announces it.
func (s *State) messageReceived(m sipclient.Message) {
	a, err := contacts.ParseAddress(m.Peer)
	if err != nil || m.Outgoing {
		return
	}
	v := alerts.Decide(s.inForce(), s.incoming(alerts.Conversation, a))
	if !v.Show {
		return // it crossed with the decision; it is in the history
	}
	c := s.Conversation(a)
	switch {
	case c == nil && !s.makeRoom():
		s.talk.unread[a]++
		s.changed()
	case c == nil:
		c = s.open(a)
		c.take(m)
		fallthrough
	case !c.Later && c.take(m):
		c.receive(m)
		s.touch(c)
	default:
		if !c.overhear(m) {
			return
		}
		s.touch(c)
	}
	s.past.note(a, m)
	s.owe(a, m)
	s.reachedBy(a)
	if v.Alert {
		s.alertMessage(a, m)
	}
}

// receive appends a message from the other side.
func (c *Conversation) receive(m sipclient.Message) {
	c.Messages = append(c.Messages, m)
	c.heard = max(c.heard, m.Seq)
	if !m.Name.Empty() {
		c.name = m.Name
	}
	if !m.Read {
		c.Unread++
		if c.FirstUnread == 0 {
			c.FirstUnread = m.Seq
		}
	}
	if n := len(c.Messages); n > 1 && bySeq(c.Messages[n-2], m) > 0 {
		slices.SortStableFunc(c.Messages, bySeq)
	}
	c.trim()
}

// makeRoom reports whether one more conversation may open by itself, if need be by closing the first one
// that has nothing unread. Strangers by the hundred do not fill the window.
func (s *State) makeRoom() bool {
	if len(s.talk.open) < maxOpen {
		return true
	}
	i := slices.IndexFunc(s.talk.open, func(c *Conversation) bool { return c.Unread == 0 })
	if i < 0 {
		return false
	}
	s.talk.open = slices.Delete(slices.Clone(s.talk.open), i, i+1)
	return true
}

// Send sends a message, or keeps it until the user is signed in. The conversation opens when it is not.
// Its errors are ErrEmpty and sipclient.ErrTooLong.
func (s *State) Send(now time.Time, a contacts.Address, body string) ([]Effect, error) {
	return s.write(now, a, body, false)
}

// SendImportant is Send with high importance: what the other side makes of that is its own affair.
func (s *State) SendImportant(now time.Time, a contacts.Address, body string) ([]Effect, error) {
	return s.write(now, a, body, true)
}

func (s *State) write(now time.Time, a contacts.Address, body string, important bool) ([]Effect, error) {
	if strings.TrimSpace(body) == "" {
		return nil, ErrEmpty
	}
	if len(body) > sipclient.MaxBody {
		return nil, sipclient.ErrTooLong
	}
	if !utf8.ValidString(body) {
		body = strings.ToValidUTF8(body, "\uFFFD")
	}
	c := s.Conversation(a)
	if c == nil {
		c = s.open(a)
	}
	m := sipclient.Message{ID: s.newID(now), Peer: string(a), Outgoing: true, Body: text.From(body), At: now, Important: important}
	s.toTheEnd(c)
	c.write(m)
	s.past.note(a, m)
	s.setDraft(a, "")
	delete(s.typing.mine, a)
	s.touch(c)
	s.post(m)
	return s.flush(), nil
}

// Resend sends a message once more that failed, or of which nobody knows whether it arrived. It keeps its
// ID, so that the other side can tell the copy from a second message. ErrNoMessage when there is nothing
// of the kind.
func (s *State) Resend(now time.Time, a contacts.Address, id string) ([]Effect, error) {
	c := s.Conversation(a)
	if c == nil {
		return nil, ErrNoMessage
	}
	m := c.find(id)
	if m == nil || m.Delivery != sipclient.Failed && m.Delivery != sipclient.Unknown || s.outbox.lines[a].index(id) >= 0 {
		return nil, ErrNoMessage
	}
	m.Delivery, m.Code, m.Reason = sipclient.Unsent, 0, text.Peer{}
	s.touch(c)
	s.post(*m)
	return s.flush(), nil
}
