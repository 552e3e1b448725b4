package store

import (
	"context"
	"errors"
	"math"
	"sync"

	"golync/sipclient"
)

// ErrNoWords is the answer to a query without a word; ErrReplaced is that to one in whose place another came.
var (
	ErrNoWords  = errors.New("nothing to look for: a query needs a letter or a digit")
	ErrReplaced = errors.New("another search took its place")
)

// Hit is a message that a search found.
type Hit struct {
	Message sipclient.Message // the body cut around the first mark, with "…" where something was cut off
	Marks   [][2]int          // from and to in the raw body, in bytes: where the words stand, in order
}

// Hits are a page of what a search found.
type Hits struct {
	Hits    []Hit // newest first
	More    bool  // there are older ones
	Partial bool  // some messages wait to be put into the index
}

// Question is what is searched for.
type Question struct {
	Query  string // plain text; all its words are needed, and the last may be the beginning of one
	Peer   string // "" for all conversations
	Before int64  // seq; 0 for the newest
	Limit  int    // at most mostHits
}

const (
	mostHits = 200
	sample   = 200 // messages that are looked at before FTS5 has to look for the whole beginning of a word
)

// Search looks for messages in which all words of a query stand, newest first. Case and accents do not
// count; of scripts without gaps between words any part is found, of the others words and their beginnings,
// but not what is inside a word. A later search ends this one with ErrReplaced. It runs beside the
// writing, so done may come before that of an earlier call of another method.
func (s *Store) Search(q Question, done func(Hits, error)) {
	terms := termsOf(q.Query)
	if len(terms) == 0 {
		done(Hits{}, ErrNoWords)
		return
	}
	ctx := s.searches.next()
	s.w.put(job{
		do: func(t *tx) error { _, err := t.indexNew(); return err },
		// A disk that takes nothing more is no reason not to look for what is on it.
		done: func(error) { s.search(ctx, q, terms, done) },
	})
}

func (s *Store) search(ctx context.Context, q Question, terms []term, done func(Hits, error)) {
	var hits Hits
	s.r.put(job{
		read: true,
		do: func(t *tx) (err error) {
			if ctx.Err() != nil {
				return ErrReplaced
			}
			t.ctx = ctx
			defer func() { t.ctx = nil }()
			hits, err = t.search(q, terms)
			return err
		},
		done: func(err error) {
			if err != nil && ctx.Err() != nil {
				err = ErrReplaced
			}
			done(hits, err)
		},
	})
}

// searches lets one search run. The zero value is ready.
type searches struct {
	mu   sync.Mutex
	stop context.CancelFunc
}

// next ends the search that is under way and returns the context of the one that comes.
func (s *searches) next() context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		s.stop()
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	return ctx
}

// end ends the search that is under way.
func (s *searches) end() { s.next(); s.stop() }

func (t *tx) search(q Question, terms []term) (Hits, error) {
	var hits Hits
	err := t.each(func(scan func(...any) error) error { return scan(&hits.Partial) },
		"SELECT low > 0 OR high < coalesce((SELECT max(seq) FROM messages), 0) FROM history")
	if err != nil {
		return hits, err
	}
	var peer int64
	if q.Peer != "" {
		if peer, err = t.peerRow(q.Peer); err != nil || peer == 0 {
			return hits, err
		}
	}
	before := q.Before
	if before <= 0 {
		before = math.MaxInt64
	}
	limit := min(max(q.Limit, 1), mostHits)
	// FTS5 reads all that a beginning without an index stands in before it gives the first row: a second, for one
	// that stands in a million messages. But then nearly every message that has the first characters has the
	// rest. Only where it is not so, and there is little to read, FTS5 is asked for the whole beginning.
	for looked := 0; ; {
		found, err := t.messages(`SELECT `+columns+` FROM words w JOIN messages m ON m.seq = w.rowid JOIN peers p ON p.id = m.peer
			WHERE words MATCH ? AND w.rowid < ? ORDER BY w.rowid DESC LIMIT ?`, match(terms, peer, looked >= sample), before, limit+1)
		if err != nil {
			return Hits{}, err
		}
		looked += len(found)
		for _, m := range found {
			if len(hits.Hits) == limit {
				hits.More = true
				return hits, nil
			}
			before = m.Seq
			if at := marks(m.Body.Raw(), terms); at != nil {
				m.Body, at = excerpt(m.Body.Raw(), at)
				hits.Hits = append(hits.Hits, Hit{m, at})
			}
		}
		if len(found) <= limit {
			return hits, nil
		}
	}
}

// peerRow returns the row of somebody with a history, 0 when there is none.
func (t *tx) peerRow(address string) (id int64, err error) {
	err = t.each(func(scan func(...any) error) error { return scan(&id) }, "SELECT id FROM peers WHERE address = ?", []byte(address))
	return id, err
}
