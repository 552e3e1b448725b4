package app

import (
	"slices"
	"time"

	"golync/contacts"
	"golync/sipclient"
)

// keepCheck is how often messages that are too old are looked for.
const keepCheck = 24 * time.Hour

// dropOld has what is older than the user wants to keep deleted, at the start, daily, and when the option
// changes. What the clock says is not trusted further than the history itself goes: the store counts the days
// from the newest message, if that is older than now.
func (s *State) dropOld(now time.Time) {
	days := s.chosen.Files.KeepDays
	if days == 0 {
		s.kept = kept{}
		return
	}
	if days == s.kept.days && now.Sub(s.kept.at).Abs() < keepCheck {
		return
	}
	s.kept = kept{days: days, at: now}
	s.do(DeleteOld{Before: now.AddDate(0, 0, -days), Now: now})
}

// kept is when old messages were looked for last, and by which option.
type kept struct {
	days int
	at   time.Time
}

// DeleteHistory deletes the history with a person, messages and calls, from the disk and from the window. What is in the outbox
// stays, and goes.
func (s *State) DeleteHistory(now time.Time, a contacts.Address) []Effect {
	var keep []string
	if l := s.outbox.lines[a]; l != nil {
		for _, m := range l.messages {
			keep = append(keep, m.ID)
		}
	}
	if c := s.Conversation(a); c != nil {
		s.forget(c)
	}
	s.do(DeleteHistory{Peer: a, Keep: keep})
	delete(s.talk.unread, a)
	s.past.remove(a)
	s.forgetCalls(a)
	s.search = search{number: s.search.number + 1} // what was found may be what is being deleted
	s.changed()
	return s.flush()
}

// forget empties a conversation but for what has not been sent.
func (s *State) forget(c *Conversation) {
	left := slices.Concat(c.Messages, c.held)
	left = slices.DeleteFunc(left, func(m sipclient.Message) bool { return !m.Outgoing || m.Delivery != sipclient.Unsent })
	s.talk.views++
	c.view, c.Loading = s.talk.views, false // a page that is under way shows what is being deleted
	c.Unread, c.FirstUnread, c.At = 0, 0, 0
	c.held = left
	c.arrive(HistoryLoaded{})
	s.touch(c)
}

// historyDeleted reads again what is left of a conversation.
func (s *State) historyDeleted(a contacts.Address) {
	c := s.Conversation(a)
	if c == nil || c.moving {
		return
	}
	c.Later = true // what came in meanwhile is on disk as well
	s.toTheEnd(c)
}
