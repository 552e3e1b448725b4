package store

import (
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
		WHERE peer = ? AND outgoing = 1 AND id = ? AND delivery IN (?, ?, ?) RETURNING seq`,
		sipclient.Unsent, peer, []byte(m.ID), sipclient.Unsent, sipclient.Failed, sipclient.Unknown)
	return seq, ok, err
}

// Settle keeps how a message of the user went: Delivery, Code and Reason of m, which is found by Peer and
// ID. What is learnt later never takes back how far it has come (Delivery.Reached): a receipt may be here
// before the answer that it overtook.
func (s *Store) Settle(m sipclient.Message, done func(error)) {
	s.w.put(job{done: done, do: func(t *tx) error {
		peer, err := t.peer(m.Peer)
		if err != nil {
			return err
		}
		return t.settle(peer, m)
	}})
}

func (t *tx) settle(peer int64, m sipclient.Message) error {
	was, found := sipclient.Unsent, false
	err := t.each(func(scan func(...any) error) error {
		var delivery int64
		err := scan(&delivery)
		was, found = known(delivery, sipclient.Read), true
		return err
	}, "SELECT delivery FROM messages WHERE peer = ? AND outgoing = 1 AND id = ?", peer, []byte(m.ID))
	switch {
	case err != nil:
		return err
	case !found:
		return ErrNoMessage
	case was.Arrived() && m.Delivery.Reached() < was.Reached():
		return nil
	}
	return t.write(peer, m)
}

// write puts how a message of the user's went in its row.
func (t *tx) write(peer int64, m sipclient.Message) error {
	_, err := t.exec("UPDATE messages SET delivery = ?, code = ?, reason = ? WHERE peer = ? AND outgoing = 1 AND id = ?",
		m.Delivery, m.Code, []byte(m.Reason.Raw()), peer, []byte(m.ID))
	return err
}
