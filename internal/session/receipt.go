package session

import (
	"context"
	"errors"

	"golync/internal/app"
	"golync/internal/store"
	"golync/sipclient"
)

// sendReceipts gives a person the receipts that the disk says are due. What is due is read when the ones before
// have been given, so that none is given twice.
func (s *Session) sendReceipts(e app.SendReceipts) {
	s.receipts.put(s, string(e.Peer), func() { s.done(e, s.tell(e)) })
}

// tell gives receipts one after the other. Each is told whatever came of it, except that one of the two is not
// signed in: then it is due still, as are those after it.
func (s *Session) tell(e app.SendReceipts) error {
	var due []store.Due
	err := store.Wait(func(done func(error)) {
		s.store.Due(string(e.Peer), e.Seen, func(d []store.Due, err error) { due = d; done(err) })
	})
	for _, d := range due {
		if s.ending.Load() {
			return nil // the next start finds what is left
		}
		if err := s.acknowledge(d.Receipt); later(err) {
			return sipclient.ErrNotSignedIn
		}
		if err := store.Wait(func(done func(error)) { s.store.Told(d, done) }); err != nil {
			return err
		}
	}
	return err
}

func (s *Session) acknowledge(r sipclient.Receipt) error {
	ctx, cancel := context.WithTimeout(s.ctx, answer)
	defer cancel()
	return s.client.Acknowledge(ctx, r)
}

// later reports whether a receipt could not be given because the user, or the other side, is not there.
func later(err error) bool {
	var refused *sipclient.ResponseError
	return errors.Is(err, sipclient.ErrNotSignedIn) || errors.As(err, &refused) && app.Unreachable(refused.Code)
}

// keepReceipt keeps what the other side tells of a message. That there is no such message is no failure of the
// user's: anybody may send anything.
func (s *Session) keepReceipt(e app.KeepReceipt) {
	m := sipclient.Message{Peer: string(e.Peer), ID: e.ID, Delivery: e.Delivery}
	s.store.Keep(m, func(err error) {
		if errors.Is(err, store.ErrNoMessage) {
			s.log.Info("a receipt for no message", "from", e.Peer)
			err = nil
		}
		s.done(e, err)
	})
}
