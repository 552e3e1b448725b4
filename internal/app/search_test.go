package app

import (
	"errors"
	"testing"

	"golync/contacts"
	"golync/sipclient"
)

func hits(r SearchHistory, seqs ...int64) HitsFound {
	h := HitsFound{Number: r.Number}
	for _, n := range seqs {
		h.Hits = append(h.Hits, Hit{Message: sipclient.Message{Seq: n, Peer: string(dana)}, Marks: [][2]int{{0, 1}}})
	}
	return h
}

func TestASearchPagesOn(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Search(w.now, "thursday", ""))
	ask := one[SearchHistory](w)
	if ask.Query != "thursday" || ask.Peer != "" || ask.Before != 0 || ask.Limit != hitPage || !w.Found().Searching {
		t.Errorf("asked for %+v", ask)
	}
	w.do(w.SearchOn(w.now))
	w.asks() // nothing to go on from
	first := hits(ask, 9, 7)
	first.More = true
	w.results(first)
	before := w.Found()
	if len(before.Hits) != 2 || !before.More || before.Searching {
		t.Errorf("found %+v", before)
	}
	w.do(w.SearchOn(w.now))
	ask = one[SearchHistory](w)
	if ask.Before != 7 || ask.Query != "thursday" {
		t.Errorf("asked for %+v", ask)
	}
	w.do(w.SearchOn(w.now))
	w.asks()
	w.results(hits(ask, 5))
	if f := w.Found(); len(f.Hits) != 3 || f.Hits[2].Message.Seq != 5 || f.More || len(before.Hits) != 2 {
		t.Errorf("found %+v", f)
	}
	w.do(w.SearchOn(w.now))
	w.asks()
}

func TestAnAnswerToAnEarlierSearchIsNotShown(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Search(w.now, "th", ""))
	early := one[SearchHistory](w)
	w.do(w.Search(w.now, "thu", ""))
	late := one[SearchHistory](w)
	w.results(hits(early, 1))
	if f := w.Found(); len(f.Hits) != 0 || !f.Searching || f.Query != "thu" {
		t.Errorf("found %+v", f)
	}
	w.results(hits(late, 2))
	w.do(w.Search(w.now, "thu", ""))
	w.asks() // it is answered
	w.do(w.Search(w.now, "thu", dana))
	if ask := one[SearchHistory](w); ask.Peer != dana {
		t.Errorf("asked for %+v", ask)
	}
	w.do(w.Search(w.now, " ", dana))
	w.asks()
	if f := w.Found(); f.Searching || len(f.Hits) != 0 {
		t.Errorf("an empty query leaves %+v", f)
	}
	w.do(w.SearchOn(w.now))
	w.asks()
}

// The hits do not go and come with each letter that is typed: those of the query before stand until the new ones
// are there, and are known for what they are.
func TestHitsStandUntilTheNextOnesAreThere(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Search(w.now, "th", ""))
	w.results(hits(one[SearchHistory](w), 4, 2))
	w.do(w.Search(w.now, "thu", ""))
	ask := one[SearchHistory](w)
	if f := w.Found(); !f.Stale || len(f.Hits) != 2 || !f.Searching || f.More {
		t.Errorf("meanwhile %+v", f)
	}
	w.do(w.SearchOn(w.now))
	w.asks() // there is nothing to go on from yet
	w.results(hits(ask, 2))
	if f := w.Found(); f.Stale || len(f.Hits) != 1 || f.Hits[0].Message.Seq != 2 {
		t.Errorf("found %+v", f)
	}
	w.do(w.Search(w.now, "thur", ""))
	r := hits(one[SearchHistory](w))
	r.Err = errors.New("the disk is gone")
	w.results(r)
	if f := w.Found(); f.Stale || len(f.Hits) != 0 || f.Trouble == "" {
		t.Errorf("after trouble %+v", f)
	}
	w.do(w.Search(w.now, "th", ""))
	w.results(hits(one[SearchHistory](w), 4, 2))
	w.do(w.Search(w.now, "th", dana)) // elsewhere: those hits say nothing
	if f := w.Found(); f.Stale || len(f.Hits) != 0 {
		t.Errorf("in another conversation %+v", f)
	}
	w.do(w.Search(w.now, "", dana))
	if f := w.Found(); f.Stale || len(f.Hits) != 0 || f.Searching {
		t.Errorf("an empty query leaves %+v", f)
	}
}

func TestASearchSaysWhyItFindsNothing(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Search(w.now, `"`, ""))
	r := hits(one[SearchHistory](w))
	r.Err = errors.New("there is no word to look for")
	w.results(r)
	if f := w.Found(); f.Trouble != "There is no word to look for." || f.Searching {
		t.Errorf("found %+v", f)
	}
	w.do(w.Search(w.now, `"`, ""))
	r = hits(one[SearchHistory](w), 3) // in trouble the same may be asked again
	r.Partial = true
	w.results(r)
	if f := w.Found(); f.Trouble == "" || len(f.Hits) != 1 {
		t.Errorf("found %+v", f)
	}
}

func TestDraftsStayUntilTheyAreSent(t *testing.T) {
	w := online(t, Saved{Drafts: map[contacts.Address]string{dana: "half a sen", "nonsense": "x", eve: ""}})
	if w.Draft(dana) != "half a sen" || w.Draft(eve) != "" {
		t.Errorf("drafts are %v", w.drafts)
	}
	w.do(w.SetDraft(w.now, dana, "half a sentence"))
	if e := one[SaveDraft](w); e.Peer != dana || e.Body != "half a sentence" || w.Draft(dana) != e.Body {
		t.Errorf("kept is %+v", e)
	}
	w.do(w.SetDraft(w.now, dana, "half a sentence"))
	w.asks()
	if _, err := w.Send(w.now, dana, " "); err == nil || w.Draft(dana) == "" {
		t.Errorf("what could not be sent takes the draft away")
	}
	effects, _ := w.Send(w.now, dana, "a sentence")
	w.do(effects)
	if e := one[SaveDraft](w); e.Body != "" || w.Draft(dana) != "" {
		t.Errorf("after sending it is %q", w.Draft(dana))
	}
	w.do(w.SetDraft(w.now, dana, ""))
	w.asks()
}
