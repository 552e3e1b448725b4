package store

import (
	"math"
	"slices"
	"time"

	"golync/contacts"
	"golync/sipclient"
)

// deleteBatch is how many messages are looked at in one transaction of a deletion: for so long a message that
// comes in has to wait.
const deleteBatch = 500

// day is what the newest message may be younger than the clock says.
const day = 24 * time.Hour

// DeleteHistory deletes the calls and the messages with a peer that are stored by now, but for the outbox and those of the user
// whose IDs are in keep. It takes its time, and done is called when all are gone. What golync does not get
// to before it ends, it deletes after the next start.
//
// The file does not shrink: the room is used for what is written later, and until then what was deleted can
// still be found in it by somebody who reads the bytes. SQLite's secure_delete leaves copies as well (a fifth of
// the messages of a test), and only a VACUUM, which writes everything anew, does not.
func (s *Store) DeleteHistory(peer string, keep []string, done func(error)) {
	var c chore
	s.w.put(job{
		do: func(t *tx) error {
			if err := t.deleteCalls(contacts.Address(peer)); err != nil {
				return err
			}
			id, err := t.peerRow(peer)
			if err != nil || id == 0 {
				return err
			}
			_, err = t.exec(`INSERT OR REPLACE INTO deletions (peer, up_to)
				SELECT ?, coalesce(max(seq), 0) FROM messages WHERE peer = ?`, id, id)
			c = deletion(id, keep, done)
			return err
		},
		done: func(err error) {
			if err != nil || c.do == nil {
				done(err)
				return
			}
			s.w.add(c)
		},
	})
}

// deletion goes through the messages with a peer from the first to the last.
func deletion(peer int64, keep []string, done func(error)) chore {
	after := int64(0)
	gone := func(c candidate) bool { return !c.waiting && !(c.outgoing && slices.Contains(keep, c.id)) }
	return chore{done: done, do: func(t *tx) (bool, error) {
		last, more, err := t.sweep(`SELECT m.seq, m.outgoing, m.id, m.at, m.delivery, 1 FROM messages m
			JOIN deletions d ON d.peer = m.peer WHERE m.peer = ? AND m.seq > ? AND m.seq <= d.up_to ORDER BY m.seq LIMIT ?`,
			gone, peer, after, deleteBatch)
		if err != nil || more {
			after = last
			return more, err
		}
		_, err = t.exec("DELETE FROM deletions WHERE peer = ?", peer)
		return false, err
	}}
}

// deletions are those that were not finished when golync ended.
func (t *tx) deletions() (chores []chore, err error) {
	err = t.each(func(scan func(...any) error) error {
		var peer int64
		err := scan(&peer)
		chores = append(chores, deletion(peer, nil, nil))
		return err
	}, "SELECT peer FROM deletions")
	return chores, err
}

// DeleteOld deletes the messages that were written before a moment, and the calls that began before it, but for the
// outbox and what is unread or missed.
// It takes its time; done gets how many there were.
//
// now is when it is called. A clock that has jumped into the future would make everything old, and what is
// deleted does not come back when it is set right. So the history is the witness: the age of a message is
// counted from the newest one, when that is older than now by more than a day. Somebody who comes back
// after a long time loses nothing until there is a message of the day to count from.
func (s *Store) DeleteOld(before, now time.Time, done func(count int, err error)) {
	var c chore
	count := 0
	s.w.put(job{
		read: true,
		do: func(t *tx) (err error) {
			c, err = t.oldDeletion(before, now, &count)
			return err
		},
		done: func(err error) {
			if err != nil || c.do == nil {
				done(0, err)
				return
			}
			c.done = func(err error) { done(count, err) }
			s.w.add(c)
		},
	})
}

func (t *tx) oldDeletion(before, now time.Time, count *int) (chore, error) {
	var newest int64
	err := t.each(func(scan func(...any) error) error { return scan(&newest) }, `SELECT max(coalesce((SELECT at FROM messages ORDER BY seq DESC LIMIT 1), 0),
		coalesce((SELECT began FROM calls ORDER BY seq DESC LIMIT 1), 0))`)
	if err != nil || newest == 0 {
		return chore{}, err
	}
	if witness := moment(newest); now.Sub(witness) > day {
		before = witness.Add(before.Sub(now))
	}
	limit := nanos(before)
	if before.Before(time.Unix(0, math.MinInt64)) {
		return chore{}, nil
	}
	after := int64(0)
	return chore{do: func(t *tx) (bool, error) {
		if after == 0 {
			n, err := t.deleteOldCalls(before)
			if err != nil {
				return false, err
			}
			*count += n
		}
		old := false
		gone := func(c candidate) bool {
			old = old || c.at != 0 && c.at < limit
			return c.at != 0 && c.at < limit && c.seen && !c.waiting
		}
		deleted := t.gone
		last, more, err := t.sweep(`SELECT m.seq, m.outgoing, m.id, m.at, m.delivery, m.outgoing = 1 OR m.seq <= p.read_to
			FROM messages m JOIN peers p ON p.id = m.peer WHERE m.seq > ? ORDER BY m.seq LIMIT ?`, gone, after, deleteBatch)
		after = last
		*count += t.gone - deleted
		// Messages are about as old as their place says: where nothing is too old, nothing behind it is.
		return more && old, err
	}}, nil
}

// candidate is a message that may be deleted.
type candidate struct {
	seq            int64
	outgoing, seen bool
	id             string
	at             int64
	waiting        bool // in the outbox
}

// sweep looks at a batch of messages and deletes those that shall be gone. It returns how far it came.
func (t *tx) sweep(query string, gone func(candidate) bool, args ...any) (last int64, more bool, err error) {
	n := 0
	var all []int64
	err = t.each(func(scan func(...any) error) error {
		var c candidate
		var id []byte
		var delivery int64
		if err := scan(&c.seq, &c.outgoing, &id, &c.at, &delivery, &c.seen); err != nil {
			return err
		}
		c.id, c.waiting = string(id), c.outgoing && known(delivery, sipclient.Read) == sipclient.Unsent
		n, last = n+1, c.seq
		if gone(c) {
			all = append(all, c.seq)
		}
		return nil
	}, query, args...)
	if err != nil {
		return 0, false, err
	}
	return last, n == deleteBatch, t.remove(all)
}

// remove deletes messages, in rising order of their places.
func (t *tx) remove(all []int64) error {
	if len(all) == 0 {
		return nil
	}
	s, err := t.state()
	if err != nil {
		return err
	}
	for _, seq := range all {
		if err := t.unindex(seq, s); err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM messages WHERE seq = ?", seq); err != nil {
			return err
		}
	}
	t.gone += len(all)
	_, err = t.exec("UPDATE history SET deleted = max(deleted, ?)", all[len(all)-1])
	return err
}
