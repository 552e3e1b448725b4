package app

import (
	"slices"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Past is a row of the Conversations view: somebody with whom there is a history. NameOf has the name.
type Past struct {
	Peer   contacts.Address
	Last   sipclient.Message // the body cut after 256 bytes
	Unread int
	Missed bool // they wrote last, and it was not answered
}

// lastSize bounds the body of a last message, in bytes: a row shows one line of it.
const lastSize = 256

// past is the last message of everybody, newest first. It follows what happens, so that nobody has to read
// the history again for it.
type past struct {
	rows   []*pastRow
	of     map[contacts.Address]*pastRow
	unread map[contacts.Address]int // of the conversations that were open at a version of State
	as     uint64
}

type pastRow struct {
	peer contacts.Address
	last sipclient.Message
	name text.Peer // as they called themselves last
}

func newPast() past {
	return past{of: map[contacts.Address]*pastRow{}, unread: map[contacts.Address]int{}}
}

// PastCount returns how many conversations there ever were. They are complete as soon as the disk has
// answered after the start.
func (s *State) PastCount() int { return len(s.past.rows) }

// Past returns the i-th of all conversations that there ever were, of which 0 is the newest. Each is put
// together when it is asked for: a message changes one of thousands, and a screen shows a few.
func (s *State) Past(i int) Past {
	r := s.past.rows[i]
	return Past{Peer: r.peer, Last: r.last, Unread: s.unreadOf(r.peer), Missed: !r.last.Outgoing}
}

// PastPlace returns where the conversation with a person stands in Past, -1 when there never was one.
func (s *State) PastPlace(a contacts.Address) int {
	row := s.past.of[a]
	if row == nil {
		return -1
	}
	return slices.Index(s.past.rows, row)
}

// unreadOf returns how much of a conversation is unread, whether or not it is open. It looks the open ones
// through once for each version, because the tab UNREAD asks for all that there ever were.
func (s *State) unreadOf(a contacts.Address) int {
	if s.past.as != s.version {
		clear(s.past.unread)
		for _, c := range s.talk.open {
			s.past.unread[c.Peer] = c.Unread
		}
		s.past.as = s.version
	}
	if n, open := s.past.unread[a]; open {
		return n
	}
	return s.talk.unread[a]
}

// pastLoaded takes what the disk knows. What happened after the disk was read stays.
func (s *State) pastLoaded(r PastLoaded) {
	if r.Err != nil {
		id, sentence := failure(LoadPast{})
		s.say(failureNotice(id, sentence, r.Err))
		return
	}
	before := s.past.rows
	s.past = newPast()
	for _, row := range r.Rows {
		a, ok := checked(contacts.Address(row.Last.Peer))
		if !ok || s.past.of[a] != nil {
			continue
		}
		p := &pastRow{peer: a, last: row.Last, name: row.Name}
		if !p.last.Outgoing {
			p.name = p.last.Name
		}
		s.past.of[a] = p
		s.past.rows = append(s.past.rows, p)
	}
	for _, newer := range before {
		if newer.last.Seq != 0 && newer.last.Seq <= r.UpTo {
			continue
		}
		if p := s.past.of[newer.peer]; p != nil {
			*p = *newer
			continue
		}
		s.past.of[newer.peer] = newer
		s.past.rows = append(s.past.rows, newer)
	}
	slices.SortStableFunc(s.past.rows, func(a, b *pastRow) int { return bySeq(b.last, a.last) })
	s.changed()
}

// note makes m the last message with its peer, unless a later one is known.
func (p *past) note(a contacts.Address, m sipclient.Message) {
	m.Body = cut(m.Body, lastSize)
	row := p.of[a]
	switch {
	case row == nil:
		row = &pastRow{peer: a}
		p.of[a] = row
		p.rows = append(p.rows, row)
	case m.Seq != 0 && m.Seq < row.last.Seq:
		return
	}
	row.last = m
	if !m.Outgoing && !m.Name.Empty() {
		row.name = m.Name
	}
	i := slices.Index(p.rows, row)
	to := i
	for to > 0 && (m.Seq == 0 || p.rows[to-1].last.Seq <= m.Seq) {
		to--
	}
	copy(p.rows[to+1:i+1], p.rows[to:i])
	p.rows[to] = row
}

// pastSettled writes into the last message with somebody how it went, if it is that one.
func (s *State) pastSettled(a contacts.Address, id string, change func(*sipclient.Message)) {
	row := s.past.of[a]
	if row == nil || !row.last.Outgoing || row.last.ID != id {
		return
	}
	was := row.last
	if change(&row.last); row.last != was {
		s.changed()
	}
}

func (p *past) remove(a contacts.Address) {
	if row := p.of[a]; row != nil {
		delete(p.of, a)
		p.rows = slices.DeleteFunc(p.rows, func(r *pastRow) bool { return r == row })
	}
}

// cut shortens a text to at most so many bytes, between two characters. A longer text of which nothing else
// is needed would be kept whole in memory by a mere part of it, so the part is a copy.
func cut(t text.Peer, most int) text.Peer {
	raw := t.Raw()
	if len(raw) <= most {
		return t
	}
	for most > 0 && raw[most]&0xC0 == 0x80 {
		most--
	}
	return text.From(string([]byte(raw[:most])))
}
