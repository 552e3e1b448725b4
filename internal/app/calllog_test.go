package app

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/option"
	"golync/sipclient"
)

// entries are those of the disk with the places from newest down to oldest, each missed.
func entries(newest, oldest int64) (all []calllog.Entry) {
	for seq := newest; seq >= oldest; seq-- {
		all = append(all, calllog.Entry{
			Seq: seq, ID: fmt.Sprint("disk-", seq), Peer: dana, Incoming: true, Began: time.Unix(seq, 0), Ended: time.Unix(seq, 0), Outcome: calllog.Missed,
		})
	}
	return all
}

// places are those of the log, newest first; 0 are the calls of this run.
func (w *world) places() (all []int64) {
	for i := range w.LoggedCount() {
		all = append(all, w.Logged(i).Seq)
	}
	return all
}

func TestTheLogIsReadAtTheStartAndPageByPage(t *testing.T) {
	w := open(t, Saved{})
	if l := one[LoadCalls](w); l != (LoadCalls{Limit: CallPage}) {
		t.Errorf("the start asks for %+v", l)
	}
	w.do(w.EarlierCalls())
	w.asks() // the first page is on its way
	w.results(CallsLoaded{Entries: entries(9, 7), More: true, Missed: 4})
	if w.MissedCalls() != 7 || !w.MoreLogged() || w.LoggedCount() != 3 {
		t.Errorf("%d missed, %d loaded", w.MissedCalls(), w.LoggedCount())
	}
	w.do(w.EarlierCalls())
	if l := one[LoadCalls](w); l.Before != 7 {
		t.Errorf("the page before asks for %+v", l)
	}
	again := w.EarlierCalls()
	if len(again) != 0 {
		t.Errorf("asked twice: %v", again)
	}
	w.results(CallsLoaded{Before: 3, Entries: entries(2, 1)}) // of a log that has been read anew since
	w.results(CallsLoaded{Before: 7, Entries: entries(6, 3)})
	if got := w.places(); !slices.Equal(got, []int64{9, 8, 7, 6, 5, 4, 3}) || w.MoreLogged() || w.MissedCalls() != 7 {
		t.Errorf("loaded are %v, %d missed", got, w.MissedCalls())
	}
}

func TestACallOfThisRunIsNotShownTwice(t *testing.T) {
	w := online(t, friends(dana))
	c := w.talks(dana)
	stored := one[SaveCall](w).Entry
	stored.Seq, stored.Outcome = 5, calllog.Missed // as an older state of it, or what a crash made of it
	w.results(CallsLoaded{Entries: append([]calllog.Entry{stored}, entries(4, 4)...)})
	if got := w.places(); !slices.Equal(got, []int64{0, 4}) || w.Logged(0).Outcome != calllog.Going {
		t.Errorf("loaded are %v, the newest is %+v", got, w.Logged(0))
	}
	w.do(w.HangUp(w.now, c.ID))
	w.logged(calllog.Talked)
}

func TestMissedCallsAreCountedUntilTheyAreLookedAt(t *testing.T) {
	w := online(t, friends(dana))
	w.results(CallsLoaded{Entries: entries(3, 2), More: true, Missed: 1})
	w.hears(rings(dana))
	w.hears(rings(dana), ended(sipclient.EndedCancelled, 0))
	if w.MissedCalls() != 4 {
		t.Errorf("%d missed", w.MissedCalls())
	}
	before := w.Version()
	w.do(w.SeeCalls())
	w.asks("MarkCallsSeen")
	if w.MissedCalls() != 0 || w.Version() == before {
		t.Errorf("%d missed after a look", w.MissedCalls())
	}
	w.do(w.SeeCalls())
	w.asks()
	again := rings(dana)
	again.ID = "again"
	w.hears(again)
	w.do(w.SeeCalls()) // while it rings
	w.hears(again, ended(sipclient.EndedCancelled, 0))
	if w.MissedCalls() != 1 {
		t.Errorf("%d missed", w.MissedCalls())
	}
}

func TestCallsGoWithTheHistoryOfTheirPerson(t *testing.T) {
	w := online(t, friends(dana, eve))
	w.results(CallsLoaded{Entries: entries(3, 1)})
	c := w.talks(dana)
	w.do(w.HangUp(w.now, w.dials(eve).ID))
	w.do(w.DeleteHistory(w.now, dana))
	if w.LoggedCount() != 2 || w.Logged(1).Outcome != calllog.Going || w.MissedCalls() != 0 {
		t.Errorf("left are %+v", w.calls.log.rows)
	}
	w.do(w.HangUp(w.now, c.ID))
	if w.LoggedCount() != 2 {
		t.Error("a call that went on is not in the log")
	}
}

func TestOldCallsOfALongRunLeaveTheLogWithThoseOfTheDisk(t *testing.T) {
	w := online(t, friends(dana))
	o := option.Default()
	o.Files.KeepDays = 30
	w.do(w.SetOptions(w.now, o))
	w.do(w.HangUp(w.now, w.dials(dana).ID))
	w.now = w.now.AddDate(0, 0, 20)
	w.do(w.HangUp(w.now, w.dials(dana).ID))
	w.results(CallsLoaded{Entries: entries(9, 8)})
	w.now = w.now.AddDate(0, 0, 11)
	w.results(CallsLoaded{Entries: entries(9, 9)}) // after something was deleted
	if got := w.places(); !slices.Equal(got, []int64{0, 9}) {
		t.Errorf("left are %v", got)
	}
}

func TestALogThatCannotBeReadIsAskedForAgain(t *testing.T) {
	w := open(t, Saved{})
	w.results(CallsLoaded{Err: errors.New("I/O error")})
	if w.says("calls") == "" || !w.MoreLogged() {
		t.Error("nobody says so, or it cannot be tried again")
	}
	w.do(w.EarlierCalls())
	if l := one[LoadCalls](w); l.Before != 0 {
		t.Errorf("asked for %+v", l)
	}
	w.results(CallsLoaded{Entries: append(entries(2, 2), calllog.Entry{Seq: 1, ID: "x", Peer: "nobody"})})
	if w.says("calls") != "" || w.LoggedCount() != 1 {
		t.Errorf("%q, %d loaded", w.says("calls"), w.LoggedCount())
	}
}

func TestTheLogInMemoryIsBounded(t *testing.T) {
	w := online(t, Saved{})
	w.calls.log.rows = entries(maxLogged, 1)
	w.hears(rings(contacts.Address("sip:x@fabrikam.com")))
	if n := w.LoggedCount(); n != maxLogged-CallPage {
		t.Errorf("%d are in memory", n)
	}
	if w.calls.log.more = true; len(w.EarlierCalls()) != 0 {
		t.Error("more are asked for than may be kept")
	}
}
