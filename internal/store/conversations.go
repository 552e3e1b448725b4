package store

import (
	"golync/internal/text"
	"golync/sipclient"
)

// Last is the last message with somebody.
type Last struct {
	Message sipclient.Message // the body cut after lastSize bytes
	Name    text.Peer         // as the other side called itself last; may be empty
}

const lastSize = 256

// Lasts reads the last message with everybody, as they stood when the newest message of the history was upTo.
// It is read beside the writing, so done may come before that of an earlier call of another method.
func (s *Store) Lasts(done func(all []Last, upTo int64, err error)) {
	var all []Last
	var upTo int64
	s.behind(func() {
		s.r.put(job{
			read: true,
			do: func(t *tx) (err error) {
				all, upTo, err = t.lasts()
				return err
			},
			done: func(err error) { done(all, upTo, err) },
		})
	})
}

// behind calls f when everything is done that was asked for before: the connection for reading sees it then.
func (s *Store) behind(f func()) {
	s.w.put(job{read: true, do: func(*tx) error { return nil }, done: func(error) { f() }})
}

func (t *tx) lasts() (all []Last, upTo int64, err error) {
	err = t.each(func(scan func(...any) error) error { return scan(&upTo) },
		"SELECT max(deleted, coalesce((SELECT max(seq) FROM messages), 0)) FROM history")
	if err != nil {
		return nil, 0, err
	}
	messages, err := t.messages(`SELECT p.address, m.seq, m.outgoing, m.id, m.name, substr(m.body, 1, ?), m.at, m.delivery, m.code,
		m.reason, m.important, m.receipt_id, m.receipts_due, p.read_to
		FROM peers p JOIN messages m ON m.seq = (SELECT max(seq) FROM messages WHERE peer = p.id)`, lastSize)
	if err != nil {
		return nil, 0, err
	}
	for _, m := range messages {
		last := Last{Message: m, Name: m.Name}
		if m.Outgoing {
			if last.Name, err = t.nameOf(m.Peer); err != nil {
				return nil, 0, err
			}
		}
		all = append(all, last)
	}
	return all, upTo, nil
}

// nameOf is how somebody called themselves last.
func (t *tx) nameOf(peer string) (name text.Peer, err error) {
	err = t.each(func(scan func(...any) error) error {
		var raw []byte
		err := scan(&raw)
		name = peerText(raw)
		return err
	}, `SELECT m.name FROM peers p JOIN messages m ON m.peer = p.id
		WHERE p.address = ? AND m.outgoing = 0 ORDER BY m.seq DESC LIMIT 1`, []byte(peer))
	return name, err
}
