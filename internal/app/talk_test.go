package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// message is one received and stored.
func message(from contacts.Address, seq int64, body string) sipclient.Message {
	return sipclient.Message{
		ID: fmt.Sprintf("%s-%d", from, seq), Seq: seq, Peer: string(from), Name: text.From(from.User()), Body: text.From(body),
		At: time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC),
	}
}

func received(from contacts.Address, seq int64, body string) sipclient.MessageReceived {
	return sipclient.MessageReceived{Message: message(from, seq, body)}
}

// history is a page of n messages that ends at seq last.
func history(from contacts.Address, before, last int64, n int, more bool) HistoryLoaded {
	h := HistoryLoaded{Peer: from, Before: before, More: more}
	for i := last - int64(n) + 1; i <= last; i++ {
		m := message(from, i, fmt.Sprint("message ", i))
		m.Read = true
		h.Messages = append(h.Messages, m)
	}
	return h
}

func seqs(c *Conversation) (all []int64) {
	for _, m := range c.Messages {
		all = append(all, m.Seq)
	}
	return all
}

func TestAMessageOpensItsConversationUnreadAndIsAnnounced(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.take(received(dana, 7, "Are you coming?"))
	w.asks("LoadHistory", "SaveOpen", "Alert")
	c := w.Conversation(dana)
	if c == nil || c.Unread != 1 || c.FirstUnread != 7 || w.Unread() != 1 || len(c.Messages) != 1 || !c.Loading {
		t.Fatalf("the conversation is %+v", c)
	}
	if a := one[Alert](w); a.What != alerts.Conversation || a.Text.Raw() != "Are you coming?" || a.Name.Raw() != "dana" || a.Silent {
		t.Errorf("announced as %+v", a)
	}
	w.results(history(dana, 0, 6, 3, false))
	if got := seqs(c); !slices.Equal(got, []int64{4, 5, 6, 7}) || c.Loading || c.More || c.FirstUnread != 7 {
		t.Errorf("with its history it has %v, %+v", got, c)
	}
	w.do(w.MarkRead(w.now, dana))
	if m := one[MarkRead](w); m.Peer != dana || m.Seq != 7 || c.Unread != 0 || c.FirstUnread != 0 || w.Unread() != 0 || !c.Messages[3].Read {
		t.Errorf("read up to %+v, the conversation is %+v", m, c)
	}
	w.do(w.MarkRead(w.now, dana))
	w.asks()
}

func TestAMessageOfSomebodyUnknownIsAnnouncedSilently(t *testing.T) {
	w := online(t, Saved{})
	w.take(received(gina, 1, "Click here"))
	if a := one[Alert](w); !a.Silent || !a.Text.Empty() || a.Name.Raw() != "gina" {
		t.Errorf("announced as %+v", a)
	}
}

func TestMessagesInDoNotDisturbComeQuietlyExceptFromWorkgroup(t *testing.T) {
	w := online(t, Saved{
		Me:       Me{Availability: contacts.DoNotDisturb},
		Contacts: []contacts.Contact{known(dana, contacts.Workgroup), known(eve, contacts.FriendsAndFamily)},
	})
	w.take(received(eve, 1, "quiet"), received(dana, 2, "loud"))
	if a := one[Alert](w); a.From != dana || w.Unread() != 2 {
		t.Errorf("announced is %+v, unread are %d", a, w.Unread())
	}
}

func TestAMessageThatCrossedWithABlockIsNotShown(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Block(w.now, gina))
	w.take(received(gina, 1, "hello?"))
	w.asks()
	if w.Conversation(gina) != nil {
		t.Error("somebody blocked opens a conversation")
	}
}

func TestDuplicatesAreShownOnce(t *testing.T) {
	w := online(t, Saved{})
	first := received(dana, 1, "once")
	w.take(first, first)
	w.take(first)
	w.asks()
	page := history(dana, 0, 1, 1, false)
	page.Messages[0].ID = first.Message.ID
	w.results(page, page)
	if c := w.Conversation(dana); len(c.Messages) != 1 || c.Unread != 1 {
		t.Errorf("shown are %v, unread %d", seqs(c), c.Unread)
	}
}

func TestManyMessagesAtOnceMakeOneAnnouncement(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	var all []sipclient.Event
	for i := range int64(50) {
		all = append(all, received(dana, i+1, fmt.Sprint(i)), received(gina, 100+i, fmt.Sprint(i)))
	}
	w.take(all...)
	got := asked[Alert](w)
	if len(got) != 2 || got[0].More != 49 || got[0].Text.Raw() != "49" || got[1].From != gina {
		t.Errorf("announced are %+v", got)
	}
}

func TestSendingAMessage(t *testing.T) {
	w := online(t, Saved{})
	effects, err := w.Send(w.now, dana, "Yes, at ten.\nI bring the drawings.")
	w.do(effects)
	if err != nil {
		t.Fatal(err)
	}
	w.asks("LoadHistory", "SaveOpen", "SendMessage")
	m := one[SendMessage](w).Message
	if !m.Outgoing || m.Peer != string(dana) || m.Delivery != sipclient.Unsent || m.ID == "" || len(m.ID) > 255 || !m.At.Equal(w.now) {
		t.Errorf("sent is %+v", m)
	}
	c := w.Conversation(dana)
	w.results(MessageStored{ID: m.ID, Seq: 5})
	if c.Messages[0].Seq != 5 {
		t.Errorf("stored as %+v", c.Messages[0])
	}
	v := c.Version
	w.results(MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Sent})
	if c.Messages[0].Delivery != sipclient.Sent || c.Version == v || c.Unread != 0 {
		t.Errorf("settled as %+v", c.Messages[0])
	}
}

func TestEveryMessageHasAnIDOfItsOwn(t *testing.T) {
	w := online(t, Saved{})
	seen := map[string]bool{}
	for i := range 200 {
		if i%50 == 0 {
			w.now = w.now.Add(time.Nanosecond)
		}
		id := w.send(dana, "x").ID
		if seen[id] {
			t.Fatalf("%q was given twice", id)
		}
		seen[id] = true
	}
}

func TestWhatCannotBeSent(t *testing.T) {
	w := online(t, Saved{})
	for body, want := range map[string]error{
		"":                                       ErrEmpty,
		" \n ":                                   ErrEmpty,
		strings.Repeat("x", sipclient.MaxBody+1): sipclient.ErrTooLong,
		strings.Repeat("x", sipclient.MaxBody):   nil,
	} {
		if _, err := w.Send(w.now, dana, body); !errors.Is(err, want) {
			t.Errorf("a body of %d bytes: %v, want %v", len(body), err, want)
		}
	}
	effects, _ := w.Send(w.now, dana, "caf\xe9")
	w.do(effects)
	if got := w.written().Body.Raw(); got != "caf\uFFFD" {
		t.Errorf("broken UTF-8 is sent as %q", got)
	}
}

func TestMessagesKeepTheOrderOfTheHistory(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Open(w.now, dana))
	effects, _ := w.Send(w.now, dana, "mine")
	w.do(effects)
	id := one[SendMessage](w).Message.ID
	w.take(received(dana, 9, "yours, stored before mine"))
	c := w.Conversation(dana)
	if got := seqs(c); !slices.Equal(got, []int64{9, 0}) {
		t.Errorf("before mine is stored the order is %v", got)
	}
	w.results(MessageStored{ID: id, Seq: 8}, history(dana, 0, 7, 2, true))
	if got := seqs(c); !slices.Equal(got, []int64{6, 7, 8, 9}) || !c.More {
		t.Errorf("in the end the order is %v", got)
	}
	w.do(w.Open(w.now, dana))
	w.asks()
}

func TestClosingAConversationHasReadIt(t *testing.T) {
	w := online(t, Saved{})
	w.take(received(dana, 1, "a"), received(gina, 2, "b"))
	w.do(w.Close(w.now, dana))
	w.asks("MarkRead", "SaveOpen")
	if open := one[SaveOpen](w).Open; !slices.Equal(open, []contacts.Address{gina}) || w.Unread() != 1 || w.Conversation(dana) != nil {
		t.Errorf("open are %v, unread %d", open, w.Unread())
	}
	w.do(w.Close(w.now, dana))
	w.asks()
	w.do(w.MarkRead(w.now, dana))
	w.do(w.Earlier(w.now, dana))
	w.asks()
	w.results(history(dana, 0, 5, 5, true)) // late
	if len(w.Conversations()) != 1 {
		t.Error("a late page opens the conversation again")
	}
}

func TestConversationsAreThereAfterARestart(t *testing.T) {
	w := open(t, Saved{
		Groups: []contacts.Group{{ID: contacts.Favorites}},
		Open:   []contacts.Address{dana, gina, dana, "nonsense"},
		Unread: map[contacts.Address]int{gina: 2, fred: 1, eve: 0},
	})
	w.asks("LoadHistory", "LoadHistory", "LoadHistory", "LoadPast", "LoadCalls", "SetAdmission")
	var open []contacts.Address
	for _, c := range w.Conversations() {
		open = append(open, c.Peer)
	}
	if !slices.Equal(open, []contacts.Address{dana, gina, fred}) || w.Unread() != 3 {
		t.Errorf("open are %v, unread %d", open, w.Unread())
	}
	page := history(gina, 0, 9, 5, false)
	page.Messages[3].Read, page.Messages[4].Read = false, false
	w.results(page)
	if c := w.Conversation(gina); c.FirstUnread != 8 || c.Unread != 2 || w.NameOf(gina).Raw() != "gina" {
		t.Errorf("Gina's conversation is %+v", c)
	}
}

func TestReadingBackwards(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Open(w.now, dana))
	w.do(w.Earlier(w.now, dana))
	w.asks() // the first page is still on its way
	w.results(history(dana, 0, 200, 50, true))
	w.do(w.Earlier(w.now, dana))
	if l := one[LoadHistory](w); l.Before != 151 || l.Limit != page {
		t.Errorf("asked for %+v", l)
	}
	w.do(w.Earlier(w.now, dana))
	w.asks()
	w.results(history(dana, 151, 150, 50, false))
	c := w.Conversation(dana)
	if len(c.Messages) != 100 || c.Messages[0].Seq != 101 || c.More {
		t.Errorf("%d messages from %d on", len(c.Messages), c.Messages[0].Seq)
	}
	w.do(w.Earlier(w.now, dana))
	w.asks()
}

func TestAHistoryThatCannotBeReadIsSaid(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Open(w.now, dana))
	w.results(HistoryLoaded{Peer: dana, Err: errors.New("I/O error")})
	if w.says("history") == "" || w.Conversation(dana).Loading {
		t.Errorf("notices are %+v", w.Notices())
	}
	w.results(history(dana, 0, 5, 5, false))
	if w.says("history") != "" {
		t.Error("it could be read, but the notice stays")
	}
}

func TestMemoryIsBoundedWhateverComesIn(t *testing.T) {
	w := online(t, Saved{})
	for i := range int64(5 * window) {
		w.take(received(dana, i+1, "x"))
	}
	c := w.Conversation(dana)
	if n := len(c.Messages); n < window || n > window+page || len(c.ids) != n || !c.More || c.Messages[n-1].Seq != 5*window {
		t.Errorf("%d messages, %d IDs", len(c.Messages), len(c.ids))
	}
	if c.FirstUnread != c.Messages[0].Seq || c.Unread != 5*window {
		t.Errorf("unread begins at %d", c.FirstUnread)
	}
	big := strings.Repeat("x", sipclient.MaxBody)
	for i := range int64(500) {
		w.take(received(gina, i+1, big))
	}
	if c := w.Conversation(gina); c.bytes > windowSize || len(c.Messages) < page || c.bytes != len(c.Messages)*len(big) {
		t.Errorf("%d messages of %d bytes", len(c.Messages), c.bytes)
	}
}

func TestWhoReadsBackwardsKeepsThePage(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Open(w.now, dana))
	w.results(history(dana, 0, 5000, page, true))
	c := w.Conversation(dana)
	for len(c.Messages) < 3*window {
		w.do(w.Earlier(w.now, dana))
		w.results(history(dana, c.Messages[0].Seq, c.Messages[0].Seq-1, page, true))
	}
	oldest := c.Messages[0].Seq
	w.take(received(dana, 6000, "new"))
	if c.Messages[0].Seq != oldest {
		t.Error("what is being read was taken away")
	}
	effects, _ := w.Send(w.now, dana, "done reading")
	w.do(effects)
	if len(c.Messages) > window+page {
		t.Errorf("whoever writes is at the end, but %d messages are kept", len(c.Messages))
	}
}

func TestReadingLargeMessagesBackwardsEndsSomewhere(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Open(w.now, dana))
	big := text.From(strings.Repeat("x", sipclient.MaxBody))
	last := int64(10_000)
	for range 100 {
		before := last + 1
		h := history(dana, before, last, page, true)
		for i := range h.Messages {
			h.Messages[i].Body = big
		}
		if before == 10_001 {
			h.Before = 0
		}
		w.results(h)
		last -= page
		if c := w.Conversation(dana); c.Messages[0].Seq != last+1 {
			t.Fatal("what was just read from the disk was forgotten at once, and would be asked for again")
		}
		w.do(w.Earlier(w.now, dana))
		if len(w.last) == 0 {
			return
		}
	}
	t.Error("there is no end to what is kept in memory")
}

func TestStrangersByTheHundredDoNotFillTheWindow(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.take(received(dana, 1, "hello"))
	w.do(w.MarkRead(w.now, dana))
	for i := range int64(300) {
		w.take(received(contacts.Address(fmt.Sprintf("sip:s%d@fabrikam.com", i)), 10+i, "spam"))
	}
	if n := len(w.Conversations()); n != maxOpen || w.Unread() != 300 {
		t.Errorf("%d conversations are open, %d unread", n, w.Unread())
	}
	w.do(w.Open(w.now, "sip:s250@fabrikam.com"))
	if c := w.Conversation("sip:s250@fabrikam.com"); c == nil || c.Unread != 1 || w.Unread() != 300 {
		t.Errorf("opened by hand it is %+v", c)
	}
	if n := len(asked[Alert](w)); n != 0 {
		t.Errorf("%d alerts", n)
	}
}
