package app

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// answer is the page from first to last that a LoadHistory asked for.
func answer(ask LoadHistory, first, last int64, more, later bool) HistoryLoaded {
	h := history(ask.Peer, ask.Before, last, int(last-first+1), more)
	h.After, h.View, h.Later = ask.After, ask.View, later
	return h
}

// jumped is a world that looks at messages 41 to 60 of Dana's 100.
func jumped(t *testing.T) (*world, *Conversation) {
	t.Helper()
	w := online(t, Saved{Open: []contacts.Address{dana}})
	w.results(history(dana, 0, 100, 10, true))
	w.do(w.OpenAt(w.now, dana, 50))
	w.results(answer(one[LoadHistory](w), 41, 60, true, true))
	return w, w.Conversation(dana)
}

func span(c *Conversation) string {
	if len(c.Messages) == 0 {
		return "none"
	}
	return fmt.Sprint(c.Messages[0].Seq, "-", c.Messages[len(c.Messages)-1].Seq)
}

func TestAJumpShowsThePageAroundAMessage(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.OpenAt(w.now, dana, 50))
	w.asks("SaveOpen", "LoadHistory")
	ask := one[LoadHistory](w)
	if ask.Around != 50 || ask.Before != 0 || ask.After != 0 || ask.Limit != page {
		t.Errorf("asked for %+v", ask)
	}
	w.results(answer(ask, 25, 74, true, true))
	c := w.Conversation(dana)
	if span(c) != "25-74" || !c.Later || !c.More || c.At != 50 || c.Loading {
		t.Errorf("shown are %s of %+v", span(c), c)
	}
	w.do(w.OpenAt(w.now, dana, 70)) // it is there
	w.asks()
	if c.At != 70 || span(c) != "25-74" || !c.Later {
		t.Errorf("at %d, shown are %s", c.At, span(c))
	}
}

func TestWhatWasShownStaysUntilTheJumpArrives(t *testing.T) {
	w := online(t, Saved{Open: []contacts.Address{dana}})
	w.results(history(dana, 0, 100, 10, true))
	c := w.Conversation(dana)
	w.do(w.Earlier(w.now, dana))
	stale := one[LoadHistory](w)
	w.do(w.OpenAt(w.now, dana, 50))
	ask := one[LoadHistory](w)
	if span(c) != "91-100" || !c.Loading {
		t.Errorf("before the page comes %s is shown", span(c))
	}
	w.results(answer(stale, 81, 90, true, false))
	if span(c) != "91-100" {
		t.Errorf("a page of the view before makes it %s", span(c))
	}
	w.results(answer(ask, 41, 60, true, true))
	if span(c) != "41-60" || len(c.Messages) != 20 {
		t.Errorf("shown is %s", span(c))
	}
}

func TestPagingOnFromAJumpToTheEnd(t *testing.T) {
	w, c := jumped(t)
	w.do(w.Later(w.now, dana))
	ask := one[LoadHistory](w)
	if ask.After != 60 || !c.Loading {
		t.Errorf("asked for %+v", ask)
	}
	w.do(w.Later(w.now, dana))
	w.asks() // it is on its way
	w.results(answer(ask, 61, 90, false, true))
	if span(c) != "41-90" || !c.Later || !c.More {
		t.Errorf("shown is %s, later %v, more %v", span(c), c.Later, c.More)
	}
	w.do(w.Earlier(w.now, dana))
	w.results(answer(one[LoadHistory](w), 31, 40, true, false))
	if span(c) != "31-90" || !c.Later {
		t.Errorf("backwards: %s, later %v", span(c), c.Later)
	}
	w.do(w.Later(w.now, dana))
	w.results(answer(one[LoadHistory](w), 91, 100, false, false))
	if span(c) != "31-100" || c.Later || len(c.Messages) != 70 {
		t.Errorf("at the end %s, later %v", span(c), c.Later)
	}
	w.do(w.Later(w.now, dana))
	w.asks()
	w.take(received(dana, 101, "and on"))
	if span(c) != "31-101" {
		t.Errorf("what comes then makes it %s", span(c))
	}
}

func TestMessagesThatComeMeanwhileDoNotMoveTheViewAndAreNotLost(t *testing.T) {
	w, c := jumped(t)
	w.take(received(dana, 101, "news"), received(dana, 101, "news"), received(dana, 102, "more"))
	if span(c) != "41-60" || c.Unread != 2 || w.Unread() != 2 || !c.Later || len(asked[Alert](w)) != 1 {
		t.Errorf("shown is %s, unread %d", span(c), c.Unread)
	}
	w.do(w.MarkRead(w.now, dana)) // the user looks at old ones
	w.asks()
	if c.Unread != 2 {
		t.Errorf("what is not loaded counts as read: %d are left", c.Unread)
	}
	w.do(w.Latest(w.now, dana))
	ask := one[LoadHistory](w)
	if ask.Before != 0 || ask.After != 0 || ask.Around != 0 {
		t.Errorf("asked for %+v", ask)
	}
	w.take(received(dana, 103, "after the page was read")) // the disk's page may have it or not
	end := answer(ask, 53, 102, true, false)
	end.Messages[48], end.Messages[49] = message(dana, 101, "news"), message(dana, 102, "more")
	w.results(end)
	if c.Later || span(c) != "53-102" || c.FirstUnread != 101 || c.At != 0 {
		t.Errorf("at the end: %s, %+v", span(c), c)
	}
}

// Closing a conversation marks as read what was shown in it, not what nobody has seen.
func TestClosingAfterAJumpLeavesTheNewOnesUnread(t *testing.T) {
	w, _ := jumped(t)
	w.take(received(dana, 101, "news"))
	w.do(w.Close(w.now, dana))
	if w.Unread() != 1 {
		t.Errorf("%d unread", w.Unread())
	}
}

func TestLookingAtSomeOfTheUnreadOnes(t *testing.T) {
	w := online(t, Saved{Unread: map[contacts.Address]int{dana: 30}})
	w.do(w.OpenAt(w.now, dana, 75))
	p := answer(one[LoadHistory](w), 66, 80, true, true)
	for i := range p.Messages {
		p.Messages[i].Read = p.Messages[i].Seq <= 70
	}
	w.results(p)
	c := w.Conversation(dana)
	w.do(w.MarkRead(w.now, dana))
	if m := one[MarkRead](w); m.Seq != 80 || c.Unread != 20 {
		t.Errorf("read up to %d, %d are left", m.Seq, c.Unread)
	}
}

func TestSendingReturnsToTheEnd(t *testing.T) {
	w, c := jumped(t)
	effects, err := w.Send(w.now, dana, "my answer")
	if err != nil {
		t.Fatal(err)
	}
	w.do(effects)
	w.asks("LoadHistory", "SendMessage")
	m, ask := one[SendMessage](w).Message, one[LoadHistory](w)
	w.do(w.Latest(w.now, dana))
	w.asks() // it is under way
	w.results(MessageStored{ID: m.ID, Seq: 101}, answer(ask, 51, 100, true, false))
	if span(c) != "51-101" || c.Later || c.At != 0 {
		t.Errorf("shown is %s", span(c))
	}
	w.results(MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Sent})
	if last := c.Messages[len(c.Messages)-1]; last.ID != m.ID || last.Delivery != sipclient.Sent {
		t.Errorf("sent is %+v", last)
	}
}

func TestAMessageThatWasNotStoredIsThereAgainAtTheEnd(t *testing.T) {
	w := online(t, Saved{Open: []contacts.Address{dana}})
	w.results(history(dana, 0, 100, 10, true))
	effects, _ := w.Send(w.now, dana, "kept nowhere else")
	w.do(effects)
	id := one[SendMessage](w).Message.ID
	w.do(w.OpenAt(w.now, dana, 50))
	w.results(answer(one[LoadHistory](w), 41, 60, true, true), MessageStored{ID: id, Err: errors.New("disk full")})
	c := w.Conversation(dana)
	w.do(w.Latest(w.now, dana))
	w.results(answer(one[LoadHistory](w), 91, 100, true, false))
	if last := c.Messages[len(c.Messages)-1]; last.ID != id || last.Delivery != sipclient.Failed || len(c.Messages) != 11 {
		t.Errorf("the end is %+v of %d", last, len(c.Messages))
	}
}

func TestAJumpThatFailsLeavesTheUserWhereHeWas(t *testing.T) {
	w, c := jumped(t)
	w.do(w.OpenAt(w.now, dana, 7))
	r := answer(one[LoadHistory](w), 1, 0, false, false)
	r.Err = errors.New("I/O error")
	w.results(r)
	if span(c) != "41-60" || c.Loading || !c.Later || w.says("history") == "" {
		t.Errorf("shown is %s, said %q", span(c), w.says("history"))
	}
	w.do(w.Latest(w.now, dana))
	w.results(answer(one[LoadHistory](w), 91, 100, true, false))
	if span(c) != "91-100" {
		t.Errorf("then %s", span(c))
	}
}

func TestAJumpToADeletedMessageShowsItsPlace(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.OpenAt(w.now, dana, 50))
	w.results(answer(one[LoadHistory](w), 60, 80, true, false))
	if c := w.Conversation(dana); c.At != 0 || span(c) != "60-80" || c.Later {
		t.Errorf("at %d of %s", c.At, span(c))
	}
}

func TestOpenReturnsToTheEnd(t *testing.T) {
	w, c := jumped(t)
	w.do(w.Open(w.now, dana))
	w.results(answer(one[LoadHistory](w), 91, 100, true, false))
	if span(c) != "91-100" || c.Later {
		t.Errorf("shown is %s", span(c))
	}
	w.do(w.Open(w.now, dana))
	w.asks()
}

// However far somebody pages on, what is in memory has a bound.
func TestPagingOnForEverKeepsMemoryBounded(t *testing.T) {
	w, c := jumped(t)
	body := text.From(string(make([]byte, 60<<10)))
	for n := int64(61); n < 61+400; n += page {
		w.do(w.Later(w.now, dana))
		p := answer(one[LoadHistory](w), n, n+page-1, false, true)
		for i := range p.Messages {
			p.Messages[i].Body = body
		}
		w.results(p)
	}
	if c.bytes > windowSize || !c.More || len(c.Messages) < page || !slices.IsSortedFunc(c.Messages, bySeq) {
		t.Errorf("%d messages of %d bytes, %s", len(c.Messages), c.bytes, span(c))
	}
}

// The disk has a message a moment before the network tells of it. A page that is read in between must not make
// it one that nobody hears of.
func TestAMessageThatAPageBroughtFirstIsUnreadAllTheSame(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.do(w.Open(w.now, dana))
	p := history(dana, 0, 7, 3, false)
	p.Messages[2] = message(dana, 7, "in between")
	w.results(p)
	c := w.Conversation(dana)
	w.take(received(dana, 7, "in between"), received(dana, 7, "in between"))
	if c.Unread != 1 || c.FirstUnread != 7 || len(c.Messages) != 3 || len(asked[Alert](w)) != 1 {
		t.Errorf("%d unread from %d, %s, asked for %v", c.Unread, c.FirstUnread, span(c), kinds(w.last))
	}
	w.do(w.MarkRead(w.now, dana))
	w.take(received(dana, 7, "in between"))
	if c.Unread != 0 {
		t.Errorf("seen and %d unread", c.Unread)
	}
}
