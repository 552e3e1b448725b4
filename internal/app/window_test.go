package app

import "testing"

// Each message of a flood must not copy the thousand before it: that was a seventh of the whole program's
// time, and most of its garbage.
func TestAFloodKeepsItsMessagesWhereTheyAre(t *testing.T) {
	w := online(t, Saved{})
	take := func(from, to int64) *Conversation {
		for seq := from; seq < to; seq++ {
			w.take(received(dana, seq, "x"))
		}
		return w.Conversation(dana)
	}
	before := &take(1, 2*window).Messages[0]
	c := take(2*window, 6*window)
	if &c.Messages[0] != before {
		t.Error("the messages have moved")
	}
	if tail := c.Messages[len(c.Messages):cap(c.Messages)]; len(tail) > 0 && !tail[len(tail)-1].Body.Empty() {
		t.Error("what was forgotten is still held")
	}
}

func TestReadingFarBackIsNotPaidForEver(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Open(w.now, dana))
	w.results(history(dana, 0, 9000, page, true))
	c := w.Conversation(dana)
	for len(c.Messages) < 5*window {
		w.do(w.Earlier(w.now, dana))
		w.results(history(dana, c.Messages[0].Seq, c.Messages[0].Seq-1, page, true))
	}
	effects, _ := w.Send(w.now, dana, "done reading")
	w.do(effects)
	if n := cap(c.Messages); n > 2*(window+page) {
		t.Errorf("there is room for %d messages", n)
	}
}
