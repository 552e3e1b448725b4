package app

import (
	"errors"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

var (
	// ErrLeft says that a message cannot be cancelled: it is on its way, or has gone.
	ErrLeft = errors.New("the message does not wait any more")
	// errCancelled is the Reason of a message that the user has taken back; no server can say so.
	errCancelled = errors.New("you cancelled it")
)

// Cancel takes back a message that waits. It stays in the log as not sent, never goes by itself, and can be sent
// again. ErrLeft when it does not wait.
func (s *State) Cancel(now time.Time, a contacts.Address, id string) ([]Effect, error) {
	l := s.outbox.lines[a]
	i := l.index(id)
	if i < 0 || l.flies(id) || l.messages[i].Seq == 0 { // the disk is about to have it
		return nil, ErrLeft
	}
	m := l.messages[i]
	s.leave(a, id)
	settled(&m, sipclient.Failed, errCancelled)
	s.do(CancelMessage{m})
	s.settle(a, id, sipclient.Failed, errCancelled)
	return s.flush(), nil
}

// cancelled reports whether the user has taken a message back.
func cancelled(m sipclient.Message) bool {
	return m.Delivery == sipclient.Failed && m.Code == 0 && m.Reason == text.From(errCancelled.Error())
}
