package session

import (
	"context"
	"errors"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/store"
	"golync/internal/text"
	"golync/sipclient"
)

// storeMessage puts a message into the outbox.
func (s *Session) storeMessage(e app.StoreMessage) {
	s.store.Enqueue(e.Message, func(seq int64, err error) {
		s.put(app.Input{Result: app.MessageStored{ID: e.Message.ID, Seq: seq, Err: err}})
	})
}

// cancelMessage sees to it that a message does not go after the next start. One that has been deleted does not.
func (s *Session) cancelMessage(e app.CancelMessage) {
	s.store.Settle(e.Message, func(err error) {
		if errors.Is(err, store.ErrNoMessage) {
			err = nil
		}
		s.done(e, err)
	})
}

// send puts a message into the outbox, and when it is safe there in line for its person. The store
// answers in the order of the effects, so the line has their order.
func (s *Session) send(e app.SendMessage) {
	m := e.Message
	s.store.Enqueue(m, func(seq int64, err error) {
		s.put(app.Input{Result: app.MessageStored{ID: m.ID, Seq: seq, Err: err}})
		if err == nil {
			m.Seq = seq
			s.sends.put(s, m.Peer, func() { s.deliver(m) })
		}
	})
}

// deliver sends a message and keeps how it went. Before it leaves, the disk says that it may have
// arrived: whatever happens to golync from here on, it does not go a second time by itself.
func (s *Session) deliver(m sipclient.Message) {
	if s.ending.Load() {
		return // it is in the outbox, and goes after the next start
	}
	m.Delivery = sipclient.Unknown
	if err := store.Wait(func(done func(error)) { s.store.Settle(m, done) }); err != nil {
		s.settled(m, sipclient.Unsent, err)
		return
	}
	s.remember(m.Peer)
	ctx, cancel := context.WithTimeout(s.ctx, answer)
	defer cancel()
	delivery, err := s.client.Send(ctx, m)
	var refused *sipclient.ResponseError
	switch {
	case errors.Is(err, sipclient.ErrNotSignedIn):
		delivery = sipclient.Unsent // it has not left: the outbox keeps it
	case errors.As(err, &refused):
		m.Code, m.Reason = refused.Code, refused.Reason
		if app.Unreachable(refused.Code) {
			delivery = sipclient.Unsent
		}
	case err != nil && delivery == sipclient.Failed:
		m.Reason = text.From(err.Error())
	}
	m.Delivery = delivery
	s.store.Settle(m, func(diskErr error) {
		if diskErr != nil {
			s.done(app.SendMessage{Message: m}, diskErr)
		}
		s.settled(m, delivery, err)
	})
}

// remember tells the client what the history knows of a person's program: the client forgets with every
// connection. A disk that does not answer makes the message a plain one, no more.
func (s *Session) remember(peer string) {
	var takes bool
	err := store.Wait(func(done func(error)) {
		s.store.TakesEnvelopes(peer, func(t bool, err error) { takes = t; done(err) })
	})
	if err == nil && takes {
		s.client.Remember(peer)
	}
}

func (s *Session) settled(m sipclient.Message, d sipclient.Delivery, err error) {
	s.put(app.Input{Result: app.MessageSettled{ID: m.ID, Peer: contacts.Address(m.Peer), Delivery: d, Err: err}})
}
