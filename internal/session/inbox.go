package session

import (
	"errors"
	"sync"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
)

// inbox stores a received message before it is acknowledged. The store answers in the order of the calls.
func (s *Session) inbox(m sipclient.Message, done func(error)) {
	as := letter{m.Peer, m.ID}
	if peer, err := contacts.ParseAddress(m.Peer); err == nil {
		m.Peer = string(peer) // as everybody above calls the person, whatever the server wrote
	}
	s.store.Append(m, func(seq int64, err error) {
		if err == nil {
			s.stored.put(as, place{m.Peer, seq})
		} else if !errors.Is(err, sipclient.ErrDuplicate) {
			s.log.Warn("a message could not be stored", "from", m.Peer, "err", err)
			s.put(app.Input{Result: app.InboxFailed{Err: err}})
		}
		done(err)
	})
}

// emit passes an event on. A message gets the place that the store gave it. A typed password that was refused is
// typed anew, or the configured one.
func (s *Session) emit(e sipclient.Event) {
	if received, ok := e.(sipclient.MessageReceived); ok {
		if at, ok := s.stored.take(letter{received.Message.Peer, received.Message.ID}); ok {
			received.Message.Peer, received.Message.Seq = at.peer, at.seq
		}
		e = received
	}
	s.lines.heard(e)
	if failed, ok := e.(sipclient.SignInFailed); ok && errors.Is(failed.Err, sipclient.ErrPassword) {
		s.password.set("")
	}
	s.put(app.Input{Event: e})
}

// letter is a message as the client names it.
type letter struct{ peer, id string }

// place is where the store put it.
type place struct {
	peer string
	seq  int64
}

// places are the messages that are stored and not yet told of. The zero value is empty.
type places struct {
	mu sync.Mutex
	of map[letter]place
}

func (p *places) put(l letter, at place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == nil {
		p.of = map[letter]place{}
	}
	p.of[l] = at
}

func (p *places) take(l letter) (place, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, ok := p.of[l]
	delete(p.of, l)
	return at, ok
}
