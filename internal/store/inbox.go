package store

import (
	"golync/sipclient"
)

// Append keeps a received message. done gets its place in the history, or sipclient.ErrDuplicate when a
// copy of it (same peer, same ID) is there already, or ErrFlooded when more waits than the disk takes.
func (s *Store) Append(m sipclient.Message, done func(seq int64, err error)) {
	var seq int64
	var fresh bool
	m.Outgoing = false
	s.w.put(job{
		size: len(m.Body.Raw()) + len(m.Name.Raw()) + len(m.ID) + 256,
		do: func(t *tx) (err error) {
			seq, fresh, err = t.insert(m)
			return err
		},
		done: func(err error) {
			switch {
			case err != nil:
				done(0, err)
			case !fresh:
				done(0, sipclient.ErrDuplicate)
			default:
				done(seq, nil)
			}
		},
	})
}

// insert adds a message; fresh is false when a copy is there.
func (t *tx) insert(m sipclient.Message) (seq int64, fresh bool, err error) {
	peer, err := t.peer(m.Peer)
	if err != nil {
		return 0, false, err
	}
	result, err := t.exec(`INSERT INTO messages (seq, peer, outgoing, id, name, body, at, delivery, code, reason, important, receipt_id, receipts_due)
		VALUES ((SELECT max(deleted, coalesce((SELECT max(seq) FROM messages), 0)) + 1 FROM history), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`,
		peer, m.Outgoing, []byte(m.ID), []byte(m.Name.Raw()), []byte(m.Body.Raw()), nanos(m.At), m.Delivery, m.Code, []byte(m.Reason.Raw()),
		m.Important, []byte(m.ReceiptID), m.Owed)
	if err != nil {
		return 0, false, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return 0, false, err
	}
	t.fresh++
	seq, err = result.LastInsertId()
	return seq, err == nil, err
}

// peer returns the row of somebody with a history, made when there is none.
func (t *tx) peer(address string) (int64, error) {
	if id, ok := t.peers[address]; ok {
		return id, nil
	}
	if _, err := t.exec("INSERT INTO peers (address) VALUES (?) ON CONFLICT DO NOTHING", []byte(address)); err != nil {
		return 0, err
	}
	var id int64
	err := t.each(func(scan func(...any) error) error { return scan(&id) },
		"SELECT id FROM peers WHERE address = ?", []byte(address))
	if err == nil {
		t.peers[address] = id
	}
	return id, err
}
