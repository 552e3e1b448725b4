package store

import "golync/sipclient"

// After reads up to limit messages with peer, or ("") of all conversations, that are newer than after, the
// oldest first. It is for reading a history from the first message to the last, however long it is, and
// runs beside the writing; but the first page (after is 0) waits for everything that was asked for before.
func (s *Store) After(peer string, after int64, limit int, done func([]sipclient.Message, error)) {
	if after > 0 {
		s.after(peer, after, limit, done)
		return
	}
	s.behind(func() { s.after(peer, after, limit, done) })
}

func (s *Store) after(peer string, after int64, limit int, done func([]sipclient.Message, error)) {
	var messages []sipclient.Message
	s.r.put(job{
		read: true,
		do: func(t *tx) (err error) {
			if peer != "" {
				page, err := t.pageAfter(peer, after, limit)
				messages = page.Messages
				return err
			}
			messages, err = t.messages(`SELECT `+columns+` FROM messages m JOIN peers p ON p.id = m.peer
				WHERE m.seq > ? ORDER BY m.seq LIMIT ?`, after, max(limit, 0))
			return err
		},
		done: func(err error) { done(messages, err) },
	})
}
