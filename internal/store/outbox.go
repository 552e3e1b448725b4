package store

import (
	"database/sql"

	"golync/sipclient"
)

// Enqueue keeps a message of the user as Unsent, before it leaves; done gets its place in the history.
// A message that is there and has not reached anybody (Unsent, Failed, Unknown) becomes Unsent again at
// its place; one that was delivered is refused with sipclient.ErrDuplicate, so that nothing goes twice.
func (s *Store) Enqueue(m sipclient.Message, done func(seq int64, err error)) {
	var seq int64
	var again bool
	m.Outgoing, m.Delivery, m.Code = true, sipclient.Unsent, 0
	s.w.put(job{
		do: func(t *tx) (err error) {
			seq, again, err = t.enqueue(m)
			return err
		},
		done: func(err error) {
			switch {
			case err != nil:
				done(0, err)
			case !again:
				done(0, sipclient.ErrDuplicate)
			default:
				done(seq, nil)
			}
		},
	})
}

func (t *tx) enqueue(m sipclient.Message) (seq int64, ok bool, err error) {
	seq, ok, err = t.insert(m)
	if err != nil || ok {
		return seq, ok, err
	}
	peer, err := t.peer(m.Peer)
	if err != nil {
		return 0, false, err
	}
	err = t.each(func(scan func(...any) error) error { ok = true; return scan(&seq) },
		`UPDATE messages SET delivery = ?, code = 0, reason = x''
		WHERE peer = ? AND outgoing = 1 AND id = ? AND delivery NOT IN (?, ?) RETURNING seq`,
		sipclient.Unsent, peer, []byte(m.ID), sipclient.Sent, sipclient.Stored)
	return seq, ok, err
}

// Settle keeps how a message of the user went: Delivery, Code and Reason of m, which is found by Peer and
// ID. A message that was delivered stays so, whatever is learnt later.
func (s *Store) Settle(m sipclient.Message, done func(error)) {
	s.w.put(job{done: done, do: func(t *tx) error {
		peer, err := t.peer(m.Peer)
		if err != nil {
			return err
		}
		result, err := t.exec(`UPDATE messages SET
			delivery = CASE WHEN delivery IN (?, ?) AND ? NOT IN (?, ?) THEN delivery ELSE ? END, code = ?, reason = ?
			WHERE peer = ? AND outgoing = 1 AND id = ?`,
			sipclient.Sent, sipclient.Stored, m.Delivery, sipclient.Sent, sipclient.Stored, m.Delivery,
			m.Code, []byte(m.Reason.Raw()), peer, []byte(m.ID))
		return oneRow(result, err)
	}})
}

func oneRow(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return ErrNoMessage
}
