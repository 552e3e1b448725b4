package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/text"
)

// callFrom is a call of somebody's that was missed a number of days ago.
func callFrom(peer, id string, days int) calllog.Entry {
	at := morning.AddDate(0, 0, -days)
	return calllog.Entry{
		ID: id, Peer: contacts.Address(peer), Name: text.From("B\xffb"), Incoming: true, Began: at, Ended: at.Add(20 * time.Second),
		Outcome: calllog.Missed, Code: 480, Reason: text.From("Gone\x00"),
	}
}

func saveCall(t testing.TB, s *Store, e calllog.Entry) {
	t.Helper()
	must(t, func(done func(error)) { s.SaveCall(e, done) })
}

func callPage(t testing.TB, s *Store, before int64, limit int) (p CallPage) {
	t.Helper()
	must(t, func(done func(error)) {
		s.Calls(before, limit, func(page CallPage, err error) { p = page; done(err) })
	})
	return p
}

// callIDs are the IDs of all calls there are, newest first.
func callIDs(t testing.TB, s *Store) string {
	t.Helper()
	var all []string
	for _, e := range callPage(t, s, 0, 10_000_000).Entries {
		all = append(all, e.ID)
	}
	return strings.Join(all, " ")
}

func TestACallComesBackAsItWasWritten(t *testing.T) {
	s := open(t, t.TempDir())
	began := callFrom(bob, "one", 0)
	began.Outcome, began.Ended, began.Code = calllog.Going, time.Time{}, 0
	saveCall(t, s, began)
	saveCall(t, s, callFrom(dana, "two", 0))
	over := began
	over.Answered, over.Ended, over.Outcome = morning.Add(5*time.Second), morning.Add(time.Minute), calllog.Talked
	saveCall(t, s, over)
	s = reopen(t, s)
	p := callPage(t, s, 0, 10)
	if p.More || p.Missed != 0 || len(p.Entries) != 2 {
		t.Fatalf("got %+v", p)
	}
	got := p.Entries[1] // written first, and in its place still
	got.Began, got.Answered, got.Ended = got.Began.UTC(), got.Answered.UTC(), got.Ended.UTC()
	over.Seq = got.Seq
	if !reflect.DeepEqual(got, over) || got.Seq == 0 {
		t.Errorf("got  %+v\nwant %+v", got, over)
	}
}

func TestPagesOfCallsCountWhatWasMissedBehindThem(t *testing.T) {
	s := open(t, t.TempDir())
	for n := range 7 {
		e := callFrom(bob, fmt.Sprint(n), 10-n)
		if n == 1 {
			e.Outcome = calllog.Talked
		}
		if n == 2 {
			e.Outcome = calllog.KeptAway
		}
		saveCall(t, s, e)
	}
	p := callPage(t, s, 0, 3)
	if len(p.Entries) != 3 || p.Entries[0].ID != "6" || !p.More || p.Missed != 3 {
		t.Errorf("the newest page is %+v", p)
	}
	p = callPage(t, s, p.Entries[2].Seq, 4)
	if len(p.Entries) != 4 || p.Entries[0].ID != "3" || p.More || p.Missed != 0 {
		t.Errorf("the page behind is %+v", p)
	}
	if p := callPage(t, s, p.Entries[3].Seq, 4); len(p.Entries) != 0 || p.More {
		t.Errorf("behind the last one there is %+v", p)
	}
}

func TestMissedCallsThatWereLookedAtStaySeen(t *testing.T) {
	s := open(t, t.TempDir())
	e := callFrom(bob, "one", 0)
	saveCall(t, s, e)
	must(t, s.MarkCallsSeen)
	saveCall(t, s, e) // settled once more, by somebody who did not know
	saveCall(t, s, callFrom(bob, "two", 0))
	p := callPage(t, s, 0, 2)
	if p.Entries[0].Seen || !p.Entries[1].Seen {
		t.Errorf("got %+v", p.Entries)
	}
}

func TestCallsGoWithTheHistoryOfTheirPerson(t *testing.T) {
	s := open(t, t.TempDir())
	going := callFrom(bob, "going", 0)
	going.Outcome = calllog.Going
	for _, e := range []calllog.Entry{callFrom(bob, "one", 0), callFrom(dana, "two", 0), going} {
		saveCall(t, s, e)
	}
	must(t, func(done func(error)) { s.DeleteHistory(bob, nil, done) }) // with whom there are no messages
	if got := callIDs(t, s); got != "going two" {
		t.Errorf("left are %s", got)
	}
}

func TestOldCallsGoExceptWhatIsMissed(t *testing.T) {
	s := open(t, t.TempDir())
	looked := callFrom(bob, "old and looked at", 40)
	looked.Seen = true
	talked := callFrom(bob, "old and talked", 31)
	talked.Outcome = calllog.Talked
	for _, e := range []calllog.Entry{looked, callFrom(bob, "missed", 40), talked, callFrom(bob, "young", 29), callFrom(bob, "today", 0)} {
		saveCall(t, s, e)
	}
	if n := dropOld(t, s, morning); n != 2 {
		t.Errorf("%d were deleted", n)
	}
	if got := callIDs(t, s); got != "today young missed" {
		t.Errorf("left are %s", got)
	}
}

// As with messages: the newest call says how late it is, not a clock that has run away.
func TestAClockThatJumpedDeletesNoCalls(t *testing.T) {
	s := open(t, t.TempDir())
	e := callFrom(bob, "yesterday", 1)
	e.Seen = true
	saveCall(t, s, e)
	if n := dropOld(t, s, morning.AddDate(40, 0, 0)); n != 0 {
		t.Errorf("%d were deleted", n)
	}
}

func TestCallsThatWereGoingOnWhenTheProgramEndedAreSettled(t *testing.T) {
	s := open(t, t.TempDir())
	going := func(id string, incoming, answered bool) {
		e := calllog.Entry{ID: id, Peer: bob, Incoming: incoming, Began: morning}
		if answered {
			e.Answered = morning.Add(time.Second)
		}
		saveCall(t, s, e)
	}
	going("rang here", true, false)
	going("rang there", false, false)
	going("talked to", true, true)
	s = reopen(t, s)
	want := map[string]calllog.Outcome{"rang here": calllog.Missed, "rang there": calllog.Failed, "talked to": calllog.CutOff}
	for _, e := range callPage(t, s, 0, 10).Entries {
		if e.Outcome != want[e.ID] {
			t.Errorf("%q is %v", e.ID, e.Words())
		}
	}
}

// callUntilKilled writes down calls without end, each when it begins and when it is over, and prints the ID of each
// that is on the disk.
func callUntilKilled(s *Store, slots chan struct{}) {
	for n := 0; ; n++ {
		slots <- struct{}{}
		e := callFrom(bob, fmt.Sprintf("%d-%d", os.Getpid(), n), 0)
		ends := e.Outcome
		e.Outcome = calllog.Going
		s.SaveCall(e, func(err error) {
			if err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
			fmt.Println(e.ID)
			<-slots
		})
		if n%2 == 0 {
			e.Outcome = ends
			s.SaveCall(e, func(error) {})
		}
	}
}

// A call that rang is on the disk whatever happens to the program, and does not go on for ever.
func TestEveryCallThatRangSurvivesKill9(t *testing.T) {
	dir := t.TempDir()
	var rang []string
	for range 3 {
		rang = append(rang, runAndKill(t, dir, time.Duration(rand.IntN(40))*time.Millisecond, crashCalls+"=1")...)
		s := open(t, dir)
		kept := map[string]bool{}
		for _, e := range callPage(t, s, 0, 10_000_000).Entries {
			kept[e.ID] = true
			if e.Outcome != calllog.Missed {
				t.Fatalf("after a crash %s is %v", e.ID, e.Outcome)
			}
		}
		for _, id := range rang {
			if !kept[id] {
				t.Errorf("%s rang and is lost", id)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
