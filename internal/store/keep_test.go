package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golync/sipclient"
)

var morning = time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)

// written keeps a message that was written so many days ago, and returns its place.
func written(t testing.TB, s *Store, m sipclient.Message, days int) int64 {
	t.Helper()
	m.At = morning.AddDate(0, 0, -days)
	return keep(t, s, m)
}

// dropOld deletes what is older than 30 days.
func dropOld(t testing.TB, s *Store, now time.Time) (count int) {
	t.Helper()
	must(t, func(done func(error)) {
		s.DeleteOld(now.AddDate(0, 0, -30), now, func(n int, err error) { count = n; done(err) })
	})
	return count
}

// left are the IDs of all messages that there are, oldest first.
func left(t testing.TB, s *Store) (all []string) {
	t.Helper()
	must(t, func(done func(error)) {
		s.After("", 0, 1000, func(messages []sipclient.Message, err error) {
			for _, m := range messages {
				all = append(all, m.ID)
			}
			done(err)
		})
	})
	return all
}

func went(t testing.TB, s *Store, m sipclient.Message, d sipclient.Delivery) {
	t.Helper()
	m.Delivery = d
	must(t, func(done func(error)) { s.Settle(m, done) })
}

func TestOldMessagesGoExceptWhatIsUnreadOrWaits(t *testing.T) {
	s := open(t, t.TempDir())
	written(t, s, received(bob, "old and read", "old word"), 40)
	mine := sent(bob, "old and sent", "old word")
	written(t, s, mine, 40)
	went(t, s, mine, sipclient.Sent)
	written(t, s, sent(bob, "old and waiting", "old word"), 39)
	seq := written(t, s, received(bob, "young and read", "young word"), 29)
	written(t, s, received(dana, "old and unread", "old word"), 38)
	keep(t, s, received(dana, "without a time", "old word"))
	must(t, func(done func(error)) { s.MarkRead(bob, seq, done) })
	must(t, func(done func(error)) { s.MarkRead("sip:nobody@contoso.com", 1<<40, done) })
	written(t, s, received(bob, "today", "young word"), 0)
	look(t, s, Question{Query: "old"}) // they are in the index
	if n := dropOld(t, s, morning); n != 2 {
		t.Errorf("%d were deleted", n)
	}
	want := []string{"old and waiting", "young and read", "old and unread", "without a time", "today"}
	if got := left(t, s); !slices.Equal(got, want) {
		t.Errorf("left are %q, want %q", got, want)
	}
	if got := bodies(look(t, s, Question{Query: "old"})); len(got) != 3 {
		t.Errorf("a search finds %q", got)
	}
	if n := dropOld(t, s, morning); n != 0 {
		t.Errorf("a second time %d were deleted", n)
	}
}

// A clock that has run away makes nothing old: what is deleted does not come back.
func TestAClockThatJumpedDeletesNothing(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 20 {
		written(t, s, sent(bob, fmt.Sprint(i), "word"), 20-i)
		went(t, s, sent(bob, fmt.Sprint(i), "word"), sipclient.Sent)
	}
	for _, now := range []time.Time{morning.AddDate(0, 0, 11), morning.AddDate(10, 0, 0), morning.AddDate(-10, 0, 0), {}, time.Unix(1<<40, 0)} {
		if n := dropOld(t, s, now); n != 0 {
			t.Errorf("at %v %d were deleted", now, n)
		}
	}
	written(t, s, received(bob, "of the day", "word"), -11) // the clock was right, it is eleven days later
	if n := dropOld(t, s, morning.AddDate(0, 0, 11)); n != 1 {
		t.Errorf("%d were deleted, want the one of 31 days", n)
	}
}

func TestAnEmptyHistoryHasNothingOld(t *testing.T) {
	if n := dropOld(t, open(t, t.TempDir()), morning); n != 0 {
		t.Errorf("%d were deleted", n)
	}
}

func TestManyOldMessagesGoInPieces(t *testing.T) {
	s := open(t, t.TempDir())
	n := 2*deleteBatch + 3
	for i := range n {
		m := received(bob, fmt.Sprint(i), "old")
		m.At = morning.AddDate(0, 0, -100)
		s.Append(m, func(int64, error) {})
	}
	last := written(t, s, received(bob, "last", "young"), 0)
	must(t, func(done func(error)) { s.MarkRead(bob, last, done) })
	if got := dropOld(t, s, morning); got != n {
		t.Errorf("%d of %d were deleted", got, n)
	}
	if got := left(t, s); !slices.Equal(got, []string{"last"}) {
		t.Errorf("left are %q", got)
	}
}

func forget(t testing.TB, s *Store, peer string, keep ...string) {
	t.Helper()
	must(t, func(done func(error)) { s.DeleteHistory(peer, keep, done) })
}

func TestADeletedHistoryIsGoneButForTheOutbox(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "theirs", "the word"))
	keep(t, s, sent(bob, "waiting", "the word"))
	for _, id := range []string{"sent", "on its way"} {
		keep(t, s, sent(bob, id, "the word"))
		went(t, s, sent(bob, id, "the word"), sipclient.Unknown)
	}
	keep(t, s, received(dana, "another's", "the word"))
	look(t, s, Question{Query: "word"})
	forget(t, s, bob, "on its way")
	forget(t, s, "sip:nobody@contoso.com")
	if got, want := left(t, s), []string{"waiting", "on its way", "another's"}; !slices.Equal(got, want) {
		t.Errorf("left are %q, want %q", got, want)
	}
	if h := look(t, s, Question{Query: "word"}); len(h.Hits) != 3 {
		t.Errorf("a search finds %q", bodies(h))
	}
	if got := load(t, s).Outbox; len(got) != 1 {
		t.Errorf("the outbox has %d", len(got))
	}
}

// Were the place of the newest message given again, the next one would count as read and as indexed.
func TestThePlaceOfADeletedMessageIsNotGivenAgain(t *testing.T) {
	s := open(t, t.TempDir())
	last := keep(t, s, received(bob, "1", "word"))
	must(t, func(done func(error)) { s.MarkRead(bob, last, done) })
	look(t, s, Question{Query: "word"})
	forget(t, s, bob)
	for i := range 2 {
		s = reopen(t, s)
		if next := keep(t, s, received(bob, fmt.Sprint("next", i), "another word")); next <= last {
			t.Errorf("the next place is %d after %d", next, last)
		}
		if got := load(t, s).Unread[bob]; got != i+1 {
			t.Errorf("%d unread", got)
		}
		if h := look(t, s, Question{Query: "another"}); len(h.Hits) != i+1 {
			t.Errorf("found %q", bodies(h))
		}
	}
}

func TestADeletionGoesOnAfterTheNextStart(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range deleteBatch + 5 {
		s.Append(received(bob, fmt.Sprint(i), "word"), func(int64, error) {})
	}
	must(t, func(done func(error)) { // as it is when golync ends before the first piece
		s.w.put(job{done: done, do: func(t *tx) error {
			_, err := t.exec("INSERT INTO deletions SELECT peer, max(seq) FROM messages")
			return err
		}})
	})
	s = reopen(t, s)
	keep(t, s, received(bob, "written since", "word"))
	for len(left(t, s)) > 1 { // it is deleted in pieces, beside everything else
	}
	if got := left(t, s); !slices.Equal(got, []string{"written since"}) {
		t.Errorf("left are %q", got)
	}
}

func TestACloseDoesNotWaitForADeletion(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 5 * deleteBatch {
		s.Append(received(bob, fmt.Sprint(i), "word"), func(int64, error) {})
	}
	load(t, s)
	ended := make(chan error, 1)
	s.DeleteHistory(bob, nil, func(err error) { ended <- err })
	s = reopen(t, s)
	<-ended // whichever way
	for len(left(t, s)) > 0 {
	}
}

// FTS5 rewrites a large part of the index at once when a tenth of it is deleted, unless it is told not to. A
// message that comes in meanwhile would wait for seconds.
func TestDeletingNeverRewritesTheIndexAtOnce(t *testing.T) {
	s := open(t, t.TempDir())
	percent := -1
	must(t, func(done func(error)) {
		s.w.put(job{read: true, done: done, do: func(t *tx) error {
			return t.each(func(scan func(...any) error) error { return scan(&percent) }, "SELECT v FROM words_config WHERE k = 'deletemerge'")
		}})
	})
	if percent != 0 {
		t.Errorf("the index is rewritten when %d %% of it are deleted", percent)
	}
}
