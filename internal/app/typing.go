package app

import (
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/sipclient"
)

// When the other side is told that the user is writing (RFC 3994 section 3.2).
const (
	typingPause   = 15 * time.Second // without a change of the text the user has stopped
	typingRefresh = 60 * time.Second // it is told again no sooner than this
)

// typing is who writes to the user at this moment, and to whom the user does.
type typing struct {
	theirs map[contacts.Address]bool // by Folded
	mine   map[contacts.Address]writing
}

// writing is one message being written.
type writing struct {
	changed time.Time // the text, last
	told    time.Time // the other side, last; zero when it has not been
}

func newTyping() typing {
	return typing{theirs: map[contacts.Address]bool{}, mine: map[contacts.Address]writing{}}
}

// Typing reports whether a person is writing to the user, somebody whose messages the user gets.
func (s *State) Typing(a contacts.Address) bool {
	return s.typing.theirs[a.Folded()] && alerts.Decide(s.inForce(), s.incoming(alerts.Conversation, a)).Show
}

func (s *State) typingChanged(e sipclient.TypingChanged) {
	a, err := contacts.ParseAddress(e.URI)
	if err != nil || s.connection.State != SignedIn || s.typing.theirs[a.Folded()] == e.Typing {
		return
	}
	if e.Typing {
		s.typing.theirs[a.Folded()] = true
	} else {
		delete(s.typing.theirs, a.Folded())
	}
	s.changed()
}

// Write notes that the text of a message to a person has changed and is not empty. Send ends it,
// Rest, or in the end Pause.
func (s *State) Write(now time.Time, a contacts.Address) []Effect {
	w := s.typing.mine[a]
	w.changed = now
	s.typing.mine[a] = w
	s.tellTyping(now, a)
	return s.flush()
}

// Rest notes that the user has taken back what was being written to a person.
func (s *State) Rest(now time.Time, a contacts.Address) []Effect {
	s.restTyping(a)
	return s.flush()
}

// Pause ends what has not been changed for a while. It is to be called again after next, which is 0 when
// nothing is being written.
func (s *State) Pause(now time.Time) (effects []Effect, next time.Duration) {
	for a, w := range s.typing.mine {
		left := typingPause - now.Sub(w.changed)
		switch {
		case left <= 0 || left > typingPause: // or the clock was set back
			s.restTyping(a)
		case next == 0 || left < next:
			next = left
		}
	}
	return s.flush(), next
}

func (s *State) restTyping(a contacts.Address) {
	if w := s.typing.mine[a]; !w.told.IsZero() && s.tells(a) {
		s.do(TellTyping{Peer: a})
	}
	delete(s.typing.mine, a)
}

// typingChosen ends what others were told, once the user does not want them to know (Options ▸ IM).
func (s *State) typingChosen() {
	if s.chosen.IM.Typing {
		return
	}
	for a := range s.typing.mine {
		s.restTyping(a)
	}
}

// tellTyping tells a person that the user is writing, unless that was done a moment ago.
func (s *State) tellTyping(now time.Time, a contacts.Address) {
	w := s.typing.mine[a]
	if since := now.Sub(w.told); since >= 0 && since < typingRefresh || !s.tells(a) || !s.chosen.IM.Typing {
		return
	}
	w.told = now
	s.typing.mine[a] = w
	s.do(TellTyping{Peer: a, Active: true})
}

// tells reports whether a person is to learn that the user is writing: a contact who is known to be there,
// and to whom no message is on its way, which would say the opposite when it arrives.
func (s *State) tells(a contacts.Address) bool {
	c, ok := s.list.Get(a)
	if !ok || s.connection.State != SignedIn || !c.Presence.Availability.Online() || c.Relationship == contacts.BlockedContacts {
		return false
	}
	for to, l := range s.outbox.lines {
		if l.flying && a.Same(to) {
			return false
		}
	}
	return true
}

// arrivedAt tells a person who has just got a message that the next one is being written.
func (s *State) arrivedAt(now time.Time, a contacts.Address) {
	if w, ok := s.typing.mine[a]; ok && now.Sub(w.changed) < typingPause {
		s.tellTyping(now, a)
	}
}
