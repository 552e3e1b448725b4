package app

import (
	"time"

	"golync/contacts"
)

// MarkAllRead notes that the user has dealt with everything that a person wrote, loaded or not. As with
// closing, nobody is told that it was read: perhaps it was never looked at.
func (s *State) MarkAllRead(now time.Time, a contacts.Address) []Effect {
	c, row := s.Conversation(a), s.past.of[a]
	if row == nil || c == nil && s.talk.unread[a] == 0 || c != nil && c.Unread == 0 {
		return nil
	}
	if row.last.Seq == 0 {
		return s.MarkRead(now, a) // a message of the user's is on its way to the disk
	}
	delete(s.talk.unread, a)
	if c != nil {
		for i := range c.Messages {
			c.Messages[i].Read = c.Messages[i].Read || !c.Messages[i].Outgoing
		}
		c.Unread, c.FirstUnread = 0, 0
		s.touch(c)
	}
	s.do(MarkRead{Peer: a, Seq: row.last.Seq})
	s.keepSecret(a)
	s.changed()
	return s.flush()
}
