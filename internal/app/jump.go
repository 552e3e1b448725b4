package app

import (
	"slices"
	"time"

	"golync/contacts"
	"golync/sipclient"
)

// OpenAt opens the conversation with a person, or moves it, to the page around a message of the history, and
// stays there: what is written meanwhile is counted in Unread, and is met by going on with Later or Latest.
func (s *State) OpenAt(now time.Time, a contacts.Address, seq int64) []Effect {
	c := s.Conversation(a)
	if c == nil {
		c = s.opened(a)
		s.saveOpen()
	}
	if !c.has(seq) || c.moving {
		s.move(c, LoadHistory{Peer: a, Around: seq, Limit: page})
		c.Later = true // until the page says otherwise
	}
	c.At = seq
	s.touch(c)
	return s.flush()
}

// Later asks for the page after the newest message that is loaded.
func (s *State) Later(now time.Time, a contacts.Address) []Effect {
	c := s.Conversation(a)
	if c == nil || c.Loading || !c.Later {
		return nil
	}
	c.Loading = true
	s.touch(c)
	s.do(LoadHistory{Peer: a, After: c.newest(), Limit: page, View: c.view})
	return s.flush()
}

// Latest goes back to the end of a conversation.
func (s *State) Latest(now time.Time, a contacts.Address) []Effect {
	c := s.Conversation(a)
	if c == nil {
		return nil
	}
	s.toTheEnd(c)
	return s.flush()
}

func (s *State) toTheEnd(c *Conversation) {
	c.limit = window
	if c.At != 0 {
		c.At = 0
		s.touch(c)
	}
	if c.Later && !(c.moving && c.ending) {
		s.move(c, LoadHistory{Peer: c.Peer, Limit: page})
		c.ending = true
	}
}

// move asks for another part of a conversation. What is loaded stays on the screen until it comes.
func (s *State) move(c *Conversation, ask LoadHistory) {
	s.talk.views++
	ask.View = s.talk.views
	c.view, c.moving, c.ending, c.Loading = ask.View, true, false, true
	s.touch(c)
	s.do(ask)
}

// goOn adds a newer page. When the user has gone on for long, the oldest part is forgotten.
func (c *Conversation) goOn(r HistoryLoaded) {
	for _, m := range r.Messages {
		if c.take(m) {
			c.Messages = append(c.Messages, m)
		}
	}
	c.Later = r.Later
	c.hold(c.held)
	c.limit = min(max(c.limit, len(c.Messages)), farthest)
	c.trim()
}

// arrive puts the page that move asked for in the place of what was loaded. Messages of the user that the
// disk does not have yet are at the end, wherever the user looks.
func (c *Conversation) arrive(r HistoryLoaded) {
	for _, m := range c.Messages {
		if m.Seq == 0 {
			c.held = append(c.held, m)
		}
	}
	held := c.held
	c.Messages, c.held, c.bytes, c.moving, c.ending = nil, nil, 0, false, false
	c.ids = map[messageID]struct{}{}
	c.Later, c.More = r.Later, r.More
	for _, m := range r.Messages {
		if c.take(m) {
			c.Messages = append(c.Messages, m)
		}
	}
	c.hold(held)
	if !c.has(c.At) {
		c.At = 0 // it was deleted
	}
}

// overhear counts a message that is not loaded because the user looks at older ones, or that has come already
// with a page which the disk gave when it was stored. It reports false for one that was counted or seen.
func (c *Conversation) overhear(m sipclient.Message) bool {
	if m.Seq <= c.heard && (m.Seq != 0 || !c.Later) {
		return false
	}
	c.heard = max(c.heard, m.Seq)
	i := slices.IndexFunc(c.Messages, func(o sipclient.Message) bool { return o.ID == m.ID && !o.Outgoing })
	if m.Read || i >= 0 && c.Messages[i].Read {
		return false
	}
	c.Unread++
	c.findUnread()
	if !m.Name.Empty() {
		c.name = m.Name
	}
	return true
}

// write adds a message of the user.
func (c *Conversation) write(m sipclient.Message) {
	if c.Later {
		c.held = append(c.held, m)
		return
	}
	c.take(m)
	c.Messages = append(c.Messages, m)
	c.limit = window // whoever writes is at the end
	c.trim()
}

// hold adds messages of the user to the end, or keeps them for when the end is reached.
func (c *Conversation) hold(mine []sipclient.Message) {
	if c.Later {
		c.held = mine
		return
	}
	c.held = nil
	for _, m := range mine {
		if c.take(m) {
			c.Messages = append(c.Messages, m)
		}
	}
	slices.SortStableFunc(c.Messages, bySeq)
}

// has reports whether a message of the history is loaded.
func (c *Conversation) has(seq int64) bool {
	_, ok := slices.BinarySearchFunc(c.Messages, seq, func(m sipclient.Message, seq int64) int { return bySeq(m, sipclient.Message{Seq: seq}) })
	return ok && seq > 0
}

// newest returns the Seq of the newest stored message that is loaded, 0 when there is none.
func (c *Conversation) newest() int64 {
	for _, m := range slices.Backward(c.Messages) {
		if m.Seq != 0 {
			return m.Seq
		}
	}
	return 0
}

// historyFailed says that a page could not be read. The user stays where he is.
func (s *State) historyFailed(c *Conversation, err error) {
	c.moving, c.ending = false, false
	_, sentence := failure(LoadHistory{})
	s.say(failureNotice("history", sentence, err))
}
