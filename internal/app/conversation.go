package app

import (
	"maps"
	"slices"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Bounds of what is in memory; the history itself is on disk.
const (
	page       = 50      // messages asked for at once
	window     = 1000    // messages kept of a conversation to which newer ones are added
	farthest   = 10_000  // messages kept while the user reads backwards
	windowSize = 8 << 20 // bytes of their bodies
	maxOpen    = 100     // conversations that open by themselves
)

// Conversation is an open conversation with one person, a tab.
type Conversation struct {
	Peer        contacts.Address
	Messages    []sipclient.Message // oldest first, the loaded part; those not stored yet at the end
	More        bool                // older ones exist on disk
	Loading     bool                // a page is on its way
	Unread      int
	FirstUnread int64 // Seq of the oldest unread message that is loaded; 0 when there is none
	Later       bool  // newer ones exist that are not loaded
	At          int64 // Seq of the message that was jumped to, 0 when none was
	Version     uint64

	name   text.Peer // what the last message said
	ids    map[messageID]struct{}
	bytes  int                 // of bodies
	limit  int                 // how many messages are kept
	view   int                 // rises with every jump: pages of an earlier view are not for this one
	moving bool                // the first page of the view is on its way
	ending bool                // and it is the last page of the conversation
	held   []sipclient.Message // sent while the end was not loaded
	heard  int64               // Seq of the newest message of which the network told
}

// messageID tells messages of a conversation apart: IDs of the two sides are given by different people.
type messageID struct {
	id       string
	outgoing bool
}

// talk is all conversations.
type talk struct {
	open   []*Conversation
	front  contacts.Address         // what was shown last; it may be closed by now
	unread map[contacts.Address]int // of conversations that are not open
	views  int                      // given so far
}

func restoredTalk(open []contacts.Address, unread map[contacts.Address]int) talk {
	t := talk{unread: map[contacts.Address]int{}}
	for _, a := range open {
		if a, ok := checked(a); ok && t.find(a) == nil {
			t.open = append(t.open, newConversation(a))
		}
	}
	for _, a := range slices.Sorted(maps.Keys(unread)) {
		n := unread[a]
		a, ok := checked(a)
		if !ok || n <= 0 {
			continue
		}
		c := t.find(a)
		if c == nil && len(t.open) < maxOpen {
			c = newConversation(a) // it came in when the program ended
			t.open = append(t.open, c)
		}
		if c == nil {
			t.unread[a] = n
			continue
		}
		c.Unread = n
	}
	return t
}

func newConversation(a contacts.Address) *Conversation {
	return &Conversation{Peer: a, Loading: true, Version: 1, ids: map[messageID]struct{}{}, limit: window}
}

func (t *talk) find(a contacts.Address) *Conversation {
	for _, c := range t.open {
		if c.Peer == a {
			return c
		}
	}
	return nil
}

// Conversations returns the open ones in the order of their tabs.
func (s *State) Conversations() []*Conversation { return s.talk.open }

// Conversation returns the open conversation with a person, nil when there is none.
func (s *State) Conversation(a contacts.Address) *Conversation { return s.talk.find(a) }

// Unread returns how many messages have not been seen, of all conversations.
func (s *State) Unread() int {
	n := 0
	for _, c := range s.talk.open {
		n += c.Unread
	}
	for _, u := range s.talk.unread {
		n += u
	}
	return n
}

// Open opens a conversation with a person, or does nothing when it is open.
func (s *State) Open(now time.Time, a contacts.Address) []Effect {
	if c := s.Conversation(a); c != nil {
		s.toTheEnd(c)
		return s.flush()
	}
	s.open(a)
	return s.flush()
}

func (s *State) open(a contacts.Address) *Conversation {
	c := s.opened(a)
	s.do(LoadHistory{Peer: a, Limit: page})
	s.saveOpen()
	return c
}

// opened adds a conversation of which nothing is loaded yet.
func (s *State) opened(a contacts.Address) *Conversation {
	c := newConversation(a)
	c.Unread = s.talk.unread[a]
	delete(s.talk.unread, a)
	s.talk.open = append(slices.Clip(s.talk.open), c) // readers may hold the old one
	return c
}

// Close closes a conversation. What was unread in it has been seen as far as the user cares.
func (s *State) Close(now time.Time, a contacts.Address) []Effect {
	c := s.Conversation(a)
	if c == nil {
		return nil
	}
	if s.markRead(c) {
		s.keepSecret(a) // it has been dealt with, and perhaps never looked at
	}
	if c.Unread > 0 {
		s.talk.unread[a] = c.Unread // not even loaded: nobody has seen it
	}
	s.talk.open = slices.DeleteFunc(slices.Clone(s.talk.open), func(o *Conversation) bool { return o == c })
	s.saveOpen()
	return s.flush()
}

func (s *State) saveOpen() {
	open := make([]contacts.Address, len(s.talk.open))
	for i, c := range s.talk.open {
		open[i] = c.Peer
	}
	s.do(SaveOpen{open, s.talk.front})
	s.changed()
}

// Front is the conversation that was in front last, in this run or the one before; nil when it is not open.
func (s *State) Front() *Conversation { return s.Conversation(s.talk.front) }

// Show notes that a conversation is in front now, for the next start.
func (s *State) Show(now time.Time, a contacts.Address) []Effect {
	if a == s.talk.front || s.Conversation(a) == nil {
		return nil
	}
	s.talk.front = a
	s.saveOpen()
	return s.flush()
}

// MarkRead notes that the user has seen everything in a conversation.
func (s *State) MarkRead(now time.Time, a contacts.Address) []Effect {
	if c := s.Conversation(a); c != nil && s.markRead(c) {
		s.tellRead(a)
	}
	return s.flush()
}

// markRead reports whether there was anything to be read.
func (s *State) markRead(c *Conversation) bool {
	if c.Unread == 0 {
		return false
	}
	var last int64
	seen := 0
	for i := range c.Messages {
		if m := &c.Messages[i]; !m.Outgoing {
			if !m.Read {
				seen++
			}
			m.Read = true
			last = max(last, m.Seq)
		}
	}
	if last == 0 || c.Later && seen == 0 {
		return false // nothing of it has been on the screen yet
	}
	if !c.Later {
		seen = c.Unread // older ones than are loaded are behind the user
	}
	c.Unread, c.FirstUnread = max(c.Unread-seen, 0), 0
	s.do(MarkRead{Peer: c.Peer, Seq: last})
	s.touch(c)
	return true
}

// Earlier asks for the page before the oldest message there is.
func (s *State) Earlier(now time.Time, a contacts.Address) []Effect {
	c := s.Conversation(a)
	if c == nil || c.Loading || !c.More || len(c.Messages) >= farthest || c.bytes >= windowSize {
		return nil
	}
	c.Loading = true
	s.touch(c)
	s.do(LoadHistory{Peer: a, Before: c.oldest(), Limit: page, View: c.view})
	return s.flush()
}

// touch notes that a conversation is not as it was.
func (s *State) touch(c *Conversation) {
	c.Version++
	s.changed()
}

// oldest returns the Seq of the oldest stored message, 0 when there is none.
func (c *Conversation) oldest() int64 {
	if len(c.Messages) == 0 {
		return 0
	}
	return c.Messages[0].Seq
}

// findUnread finds where the unread part begins.
func (c *Conversation) findUnread() {
	c.FirstUnread = 0
	if c.Unread == 0 {
		return
	}
	for i := range c.Messages {
		if m := &c.Messages[i]; !m.Outgoing && !m.Read && m.Seq > 0 {
			c.FirstUnread = m.Seq
			return
		}
	}
}

// find returns the message of the user with the ID; it is looked for from the end.
func (c *Conversation) find(id string) *sipclient.Message {
	for i := len(c.Messages) - 1; i >= 0; i-- {
		if m := &c.Messages[i]; m.Outgoing && m.ID == id {
			return m
		}
	}
	for i := range c.held {
		if m := &c.held[i]; m.ID == id {
			return m
		}
	}
	return nil
}
