package calllog

import (
	"testing"
	"time"
)

func TestEveryOutcomeHasWords(t *testing.T) {
	seen := map[string]Outcome{}
	for o := Going; o <= Last; o++ {
		for _, incoming := range []bool{true, false} {
			w := string(Entry{Outcome: o, Incoming: incoming}.Words())
			if w == "" || !o.Valid() {
				t.Errorf("outcome %d has no words", o)
			}
			if was, ok := seen[w]; ok && was != o && w != "Not answered" {
				t.Errorf("%q is said of %d and of %d", w, was, o)
			}
			seen[w] = o
		}
	}
	if in, out := (Entry{Outcome: Talked, Incoming: true}).Words(), (Entry{Outcome: Talked}).Words(); in != "Received" || out != "Dialled" {
		t.Errorf("calls that were talked are %q and %q", in, out)
	}
	if (Entry{Outcome: 200}).Words() != "" || Outcome(200).Valid() {
		t.Error("an outcome that there is not has words")
	}
}

func TestHowLongACallLasted(t *testing.T) {
	at := time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		answered, ended time.Time
		want            time.Duration
	}{
		{at, at.Add(time.Minute), time.Minute},
		{time.Time{}, at, 0},
		{at, time.Time{}, 0},        // the program ended in the middle
		{at, at.Add(-time.Hour), 0}, // the clock was set back
	} {
		if got := (Entry{Answered: c.answered, Ended: c.ended}).Lasted(); got != c.want {
			t.Errorf("from %v to %v it lasted %v", c.answered, c.ended, got)
		}
	}
}

func TestWhatCountsAsMissed(t *testing.T) {
	for o := Going; o <= Last; o++ {
		missed := o == Missed || o == KeptAway
		if o.Missed() != missed || (Entry{Outcome: o}).Unseen() != missed || (Entry{Outcome: o, Seen: true}).Unseen() {
			t.Errorf("outcome %d", o)
		}
	}
}
