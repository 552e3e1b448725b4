package app

import (
	"cmp"
	"slices"

	"golync/internal/text"
	"golync/sipclient"
)

// historyLoaded puts a page in its place. What is in memory is newer than the same message in the page.
func (s *State) historyLoaded(r HistoryLoaded) {
	c := s.Conversation(r.Peer)
	if c == nil || r.View != c.view {
		return
	}
	c.Loading = false
	s.touch(c)
	if r.Err != nil {
		s.historyFailed(c, r.Err)
		return
	}
	s.withdraw("history")
	s.tellWaiting(r.Messages)
	switch {
	case r.After != 0:
		c.goOn(r)
	case c.moving && r.Before == 0:
		c.arrive(r)
	default:
		c.goBack(r)
	}
	c.findUnread()
	if c.name.Empty() {
		c.name = lastName(c.Messages)
	}
}

// goBack adds an older page, or what has been written before the conversation was opened.
func (c *Conversation) goBack(r HistoryLoaded) {
	if r.Before == 0 || r.Before == c.oldest() {
		c.More = r.More
	}
	loaded := make([]sipclient.Message, 0, len(r.Messages)+len(c.Messages))
	for _, m := range r.Messages {
		if c.take(m) {
			loaded = append(loaded, m)
		}
	}
	c.Messages = append(loaded, c.Messages...)
	slices.SortStableFunc(c.Messages, bySeq)
	c.limit = max(c.limit, len(c.Messages)) // what was asked for stays; Earlier knows where to stop
}

// bySeq puts messages in the order of the history, those not stored yet behind.
func bySeq(a, b sipclient.Message) int {
	switch {
	case a.Seq == 0 && b.Seq == 0:
		return 0
	case a.Seq == 0:
		return 1
	case b.Seq == 0:
		return -1
	}
	return cmp.Compare(a.Seq, b.Seq)
}

func lastName(messages []sipclient.Message) text.Peer {
	for _, m := range slices.Backward(messages) {
		if !m.Outgoing && !m.Name.Empty() {
			return m.Name
		}
	}
	return text.Peer{}
}

// take notes that m is among the messages, and reports false when it was.
func (c *Conversation) take(m sipclient.Message) bool {
	id := messageID{m.ID, m.Outgoing}
	if _, ok := c.ids[id]; ok {
		return false
	}
	c.ids[id] = struct{}{}
	c.bytes += len(m.Body.Raw())
	return true
}

// drop forgets one message and reports whether it was there.
func (c *Conversation) drop(id messageID) bool {
	i := slices.IndexFunc(c.Messages, func(m sipclient.Message) bool { return m.ID == id.id && m.Outgoing == id.outgoing })
	if i < 0 {
		return false
	}
	c.bytes -= len(c.Messages[i].Body.Raw())
	delete(c.ids, id)
	c.Messages = slices.Delete(c.Messages, i, i+1)
	return true
}

// trim forgets the oldest messages when there are too many; they stay on disk. It does so rarely, and in
// place: a flood of messages would otherwise be spent on copying the window again and again.
func (c *Conversation) trim() {
	n := len(c.Messages)
	if n <= c.limit+page && c.bytes <= windowSize {
		return
	}
	cut, bytes := max(0, n-c.limit), c.bytes
	for i := range n {
		if i >= cut && bytes <= windowSize || i >= n-page {
			cut = i
			break
		}
		bytes -= len(c.Messages[i].Body.Raw())
		delete(c.ids, messageID{c.Messages[i].ID, c.Messages[i].Outgoing})
	}
	if cut == 0 {
		return
	}
	kept := copy(c.Messages, c.Messages[cut:])
	clear(c.Messages[kept:])
	c.Messages = c.Messages[:kept]
	if cap(c.Messages) > 2*(c.limit+page) { // the user has read far back, and is at the end again
		c.Messages = slices.Clone(c.Messages)
	}
	c.bytes, c.More = bytes, true
	c.findUnread()
}
