package store

import (
	"time"

	"golync/contacts"
	"golync/internal/calllog"
)

// SaveCall writes an entry of the log of calls whole; one of the same ID keeps its place.
func (s *Store) SaveCall(e calllog.Entry, done func(error)) {
	s.exec(done, `INSERT INTO calls (id, peer, name, incoming, began, answered, ended, outcome, code, reason, seen)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET peer = excluded.peer, name = excluded.name, incoming = excluded.incoming,
			began = excluded.began, answered = excluded.answered, ended = excluded.ended, outcome = excluded.outcome,
			code = excluded.code, reason = excluded.reason, seen = max(seen, excluded.seen)`,
		e.ID, string(e.Peer), []byte(e.Name.Raw()), e.Incoming, nanos(e.Began), nanos(e.Answered), nanos(e.Ended),
		e.Outcome, e.Code, []byte(e.Reason.Raw()), e.Seen)
}

// MarkCallsSeen notes that the user has looked at all missed calls that are stored by now.
func (s *Store) MarkCallsSeen(done func(error)) {
	s.exec(done, "UPDATE calls SET seen = 1 WHERE seen = 0 AND outcome IN (3, 4)")
}

// CallPage is a part of the log of calls.
type CallPage struct {
	Entries []calllog.Entry // newest first
	More    bool            // older ones exist
	Missed  int             // how many of the older ones are missed calls that nobody has looked at
}

// Calls reads up to limit entries of the log older than before (0: the newest), after everything asked for before.
func (s *Store) Calls(before int64, limit int, done func(CallPage, error)) {
	var p CallPage
	s.w.put(job{
		read: true,
		do: func(t *tx) (err error) {
			p, err = t.calls(before, limit)
			return err
		},
		done: func(err error) { done(p, err) },
	})
}

func (t *tx) calls(before int64, limit int) (p CallPage, err error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	err = t.each(func(scan func(...any) error) error {
		if len(p.Entries) == limit {
			p.More = true
			return nil
		}
		e, err := callOf(scan)
		p.Entries = append(p.Entries, e)
		return err
	}, `SELECT seq, id, peer, name, incoming, began, answered, ended, outcome, code, reason, seen FROM calls
		WHERE seq < ? ORDER BY seq DESC LIMIT ?`, before, limit+1)
	if err != nil || !p.More {
		return p, err
	}
	oldest := before
	if n := len(p.Entries); n > 0 {
		oldest = p.Entries[n-1].Seq
	}
	err = t.each(func(scan func(...any) error) error { return scan(&p.Missed) },
		"SELECT count(*) FROM calls WHERE seq < ? AND seen = 0 AND outcome IN (3, 4)", oldest)
	return p, err
}

func callOf(scan func(...any) error) (e calllog.Entry, err error) {
	var name, reason []byte
	var began, answered, ended, outcome int64
	err = scan(&e.Seq, &e.ID, &e.Peer, &name, &e.Incoming, &began, &answered, &ended, &outcome, &e.Code, &reason, &e.Seen)
	e.Name, e.Reason = peerText(name), peerText(reason)
	e.Began, e.Answered, e.Ended = moment(began), moment(answered), moment(ended)
	e.Outcome = known(outcome, calllog.Last)
	return e, err
}

// settleCalls says of the calls that went on when the program ended how they went, as far as anybody knows: one that
// rang was missed, one that had been answered was cut off.
func (t *tx) settleCalls() error {
	_, err := t.exec(`UPDATE calls SET outcome = CASE WHEN answered <> 0 THEN ? WHEN incoming <> 0 THEN ? ELSE ? END
		WHERE outcome = 0`, calllog.CutOff, calllog.Missed, calllog.Failed)
	return err
}

// deleteCalls deletes the calls with somebody, but for those that go on.
func (t *tx) deleteCalls(peer contacts.Address) error {
	_, err := t.exec("DELETE FROM calls WHERE peer = ? AND outcome <> 0", string(peer))
	return err
}

// deleteOldCalls deletes the calls that began before a moment, but for those that go on and the missed ones that
// nobody has looked at. It returns how many there were.
func (t *tx) deleteOldCalls(before time.Time) (int, error) {
	r, err := t.exec(`DELETE FROM calls WHERE began <> 0 AND began < ? AND outcome <> 0
		AND NOT (seen = 0 AND outcome IN (3, 4))`, nanos(before))
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}
