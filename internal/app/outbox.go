package app

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"golync/contacts"
	"golync/sipclient"
)

// outbox is what the user has written and nobody has answered for, by person.
type outbox struct {
	lines map[contacts.Address]*line
	last  string // newest ID given
	count uint64
}

// line is the messages to one person, in the order in which they are to arrive; it is never empty. Only the
// first one is ever on its way: whatever becomes of it, the others have not left, so that none can pass it.
// They are all on the disk meanwhile.
type line struct {
	messages []sipclient.Message
	flying   bool // the first one was given to SendMessage, and nothing has come back
	held     bool // there is nobody, or no server, to take it: all wait until something says otherwise
	freed    bool // something has said so while it was flying
	tried    time.Time
	tries    int // in vain since something said that they are there
}

// pauses are how long somebody is left alone after each try in vain, the last one from then on, while nothing says
// that they are there again: somebody who is no contact or has not accepted yet, or whose program has lost the
// server for a moment and looks signed in all the time. After a server's restart everybody is back in seconds.
var pauses = [...]time.Duration{5 * time.Second, 20 * time.Second, time.Minute, 5 * time.Minute}

// restoredOutbox keeps what was not sent when the program ended. What may have arrived is not sent again.
func restoredOutbox(saved []sipclient.Message) outbox {
	o := outbox{lines: map[contacts.Address]*line{}}
	saved = slices.SortedStableFunc(slices.Values(saved), bySeq)
	for _, m := range saved {
		if m.Delivery == sipclient.Unsent {
			m.Waiting = true
			l := o.line(contacts.Address(m.Peer))
			l.messages, l.held = append(l.messages, m), true
		}
	}
	return o
}

// line returns the messages to a person, for one more.
func (o *outbox) line(a contacts.Address) *line {
	if o.lines[a] == nil {
		o.lines[a] = &line{}
	}
	return o.lines[a]
}

// find finds a message among those to everybody; the line is nil when it is not there.
func (o *outbox) find(id string) (contacts.Address, *line, int) {
	for a, l := range o.lines {
		if i := l.index(id); i >= 0 {
			return a, l, i
		}
	}
	return "", nil, -1
}

// index finds a message, -1 when it is not there. A nil line is empty.
func (l *line) index(id string) int {
	if l == nil {
		return -1
	}
	return slices.IndexFunc(l.messages, func(m sipclient.Message) bool { return m.ID == id })
}

// flies reports whether a message is on its way.
func (l *line) flies(id string) bool { return l != nil && l.flying && l.messages[0].ID == id }

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

// post puts a message in line. One that is sent again gets its old place, if that has not left yet. Whoever
// writes once more finds them there, or all of it waits.
func (s *State) post(m sipclient.Message) {
	a := contacts.Address(m.Peer)
	l := s.outbox.line(a)
	i := len(l.messages)
	for i > 0 && !l.flies(l.messages[i-1].ID) && bySeq(l.messages[i-1], m) > 0 {
		i--
	}
	l.messages = slices.Insert(l.messages, i, m)
	if i > 0 || s.connection.State != SignedIn {
		s.do(StoreMessage{m})
	}
	if !l.flying {
		l.held = false
	}
	s.advance(a)
}

// advance sends the first message of a line, if it may go.
func (s *State) advance(a contacts.Address) {
	l := s.outbox.lines[a]
	switch {
	case l == nil || l.flying:
		return
	case len(l.messages) == 0:
		delete(s.outbox.lines, a)
		return
	case s.connection.State != SignedIn:
		l.held = true
	}
	s.showWaiting(l)
	if l.held {
		return
	}
	if w, ok := s.typing.mine[a]; ok {
		s.typing.mine[a] = writing{changed: w.changed} // the other side takes the message for what was being typed
	}
	l.flying = true
	s.do(SendMessage{l.messages[0]})
}

// free sends what waits for a person, who can be reached now, or perhaps. What is on its way may have missed
// that, and is then tried once more.
func (s *State) free(a contacts.Address) {
	if l := s.outbox.lines[a]; l != nil && s.connection.State == SignedIn {
		l.held, l.freed, l.tries = false, l.flying, 0
		s.advance(a)
	}
}

// Retry tries those once more whom nobody could reach for a while. It is to be called after each Take, and again
// after next; when next is 0, nothing waits for time to pass.
func (s *State) Retry(now time.Time) (effects []Effect, next time.Duration) {
	if s.connection.State != SignedIn {
		return nil, 0
	}
	for _, a := range slices.Sorted(maps.Keys(s.outbox.lines)) {
		l := s.outbox.lines[a]
		if !l.held {
			continue
		}
		pause := pauses[min(max(l.tries-1, 0), len(pauses)-1)]
		if waited := now.Sub(l.tried); waited >= pause || waited < 0 { // or the clock was set back
			l.held = false
			s.advance(a)
		} else if left := pause - waited; next == 0 || left < next {
			next = left
		}
	}
	return s.flush(), min(next, idleCheck)
}

// TryNow sends at once what waits for a person. It reports whether something waits.
func (s *State) TryNow(now time.Time, a contacts.Address) ([]Effect, bool) {
	l := s.outbox.lines[a]
	if l == nil || !l.held {
		return nil, false
	}
	s.free(a)
	return s.flush(), true
}

// freeAll sends what waits, after signing in.
func (s *State) freeAll() {
	first := func(a contacts.Address) sipclient.Message { return s.outbox.lines[a].messages[0] }
	for _, a := range slices.SortedFunc(maps.Keys(s.outbox.lines), func(a, b contacts.Address) int {
		return cmp.Or(bySeq(first(a), first(b)), cmp.Compare(a, b))
	}) {
		s.free(a)
	}
}

// reachedBy sends a person what waits for them, receipts too: they are there.
func (s *State) reachedBy(a contacts.Address) {
	if s.connection.State != SignedIn {
		return
	}
	if s.receipts[a] {
		s.tell(a, s.chosen.IM.Receipts)
	}
	s.free(a)
}

// landed takes the message on its way back to its line, or out of it when it is not to be sent again by itself.
func (s *State) landed(a contacts.Address, again bool) {
	l := s.outbox.lines[a]
	if again {
		l.held = !l.freed
	} else {
		l.messages = slices.Delete(l.messages, 0, 1)
	}
	l.flying, l.freed = false, false
	s.advance(a)
}

// leave takes a message out of its line, of which nothing will be heard any more.
func (s *State) leave(a contacts.Address, id string) {
	l := s.outbox.lines[a]
	if l.flies(id) {
		s.landed(a, false)
		return
	}
	i := l.index(id)
	l.messages = slices.Delete(l.messages, i, i+1)
	s.advance(a)
}

// showWaiting shows whether the messages of a line wait, or are on their way one after the other.
func (s *State) showWaiting(l *line) {
	for i := range l.messages {
		m := &l.messages[i]
		if m.Waiting == l.held {
			continue
		}
		m.Waiting = l.held
		a := contacts.Address(m.Peer)
		s.pastSettled(a, m.ID, func(last *sipclient.Message) { last.Waiting = l.held })
		if c := s.Conversation(a); c != nil {
			if shown := c.find(m.ID); shown != nil {
				shown.Waiting = l.held
				s.touch(c)
			}
		}
	}
}

// tellWaiting marks those of a page that wait; the disk does not know what is on its way.
func (s *State) tellWaiting(page []sipclient.Message) {
	for i := range page {
		if m := &page[i]; m.Outgoing && m.Delivery == sipclient.Unsent {
			l := s.outbox.lines[contacts.Address(m.Peer)]
			m.Waiting = l.index(m.ID) >= 0 && l.held
		}
	}
}
