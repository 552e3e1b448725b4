package store

import (
	"errors"
	"slices"
)

const (
	// indexBatch and indexBytes bound what is put into the index in one transaction, in messages and in bytes of
	// their bodies: for so long a message that comes in has to wait.
	indexBatch = 500
	indexBytes = 256 << 10
	// indexLag is how many new messages may wait for the index. A search puts them in first; until then they
	// cost nothing but room in the table, so that a flood is taken in as fast as without a search.
	indexLag = 500
)

var errEnough = errors.New("enough") // ends the reading of rows

// state is the row of table history.
type state struct{ low, high, deleted int64 }

func (t *tx) state() (s state, err error) {
	err = t.each(func(scan func(...any) error) error { return scan(&s.low, &s.high, &s.deleted) },
		"SELECT low, high, deleted FROM history")
	return s, err
}

// indexNew puts the messages that came in last into the index, and reports whether more wait.
func (t *tx) indexNew() (more bool, err error) {
	s, err := t.state()
	if err != nil {
		return false, err
	}
	batch, more, err := t.unindexed("SELECT seq, peer, body FROM messages WHERE seq > ? ORDER BY seq LIMIT ?", s.high)
	if err != nil || len(batch) == 0 {
		return false, err
	}
	if err := t.index(batch); err != nil {
		return false, err
	}
	_, err = t.exec("UPDATE history SET high = ?", batch[len(batch)-1].seq)
	return more, err
}

// indexOld goes on with the messages of a database that had no index: the newest first, because they are
// what is mostly looked for.
func (t *tx) indexOld() (more bool, err error) {
	s, err := t.state()
	if err != nil || s.low == 0 {
		return false, err
	}
	batch, more, err := t.unindexed("SELECT seq, peer, body FROM messages WHERE seq <= ? ORDER BY seq DESC LIMIT ?", s.low)
	if err != nil {
		return false, err
	}
	low := int64(0)
	if more {
		low = batch[len(batch)-1].seq - 1
	}
	slices.Reverse(batch) // FTS5 wants them rising
	if err := t.index(batch); err != nil {
		return false, err
	}
	_, err = t.exec("UPDATE history SET low = ?", low)
	return more, err
}

// unindexed is a message on its way into the index.
type unindexed struct {
	seq   int64
	words []byte
}

func (t *tx) unindexed(query string, from int64) (batch []unindexed, more bool, err error) {
	bytes := 0
	err = t.each(func(scan func(...any) error) error {
		if len(batch) == indexBatch || bytes > indexBytes {
			more = true
			return errEnough
		}
		var m unindexed
		var peer int64
		var body []byte
		if err := scan(&m.seq, &peer, &body); err != nil {
			return err
		}
		m.words = append(indexed(m.words, string(body)), peerWord(peer)...)
		bytes += len(body)
		batch = append(batch, m)
		return nil
	}, query, from, indexBatch+1)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return batch, more, err
}

func (t *tx) index(batch []unindexed) error {
	for _, m := range batch {
		if _, err := t.exec("INSERT INTO words (rowid, text) VALUES (?, ?)", m.seq, m.words); err != nil {
			return err
		}
	}
	return nil
}

// unindex takes a message out of the index, if it is in there.
func (t *tx) unindex(seq int64, s state) error {
	if seq <= s.low || seq > s.high {
		return nil
	}
	_, err := t.exec("DELETE FROM words WHERE rowid = ?", seq)
	return err
}
