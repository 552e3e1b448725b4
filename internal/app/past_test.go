package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
)

// row is a row of the Conversations view in a word.
func row(p Past) string {
	s := p.Peer.User() + " " + p.Last.Body.Raw()
	if p.Unread > 0 {
		s += fmt.Sprint(" ", p.Unread)
	}
	if p.Missed {
		s += " missed"
	}
	return s
}

// Past is the whole Conversations view.
func (w *world) Past() (all []Past) {
	for i := range w.PastCount() {
		all = append(all, w.State.Past(i))
	}
	return all
}

func (w *world) past() (all []string) {
	for _, p := range w.Past() {
		all = append(all, row(p))
	}
	return all
}

func (w *world) hasPast(want ...string) {
	w.t.Helper()
	if got := w.past(); !slices.Equal(got, want) {
		w.t.Errorf("the conversations are\n%q, want\n%q", got, want)
	}
}

func mine(to contacts.Address, seq int64, body string) sipclient.Message {
	m := message(to, seq, body)
	m.Outgoing, m.Name, m.Delivery = true, text.Peer{}, sipclient.Sent
	return m
}

func TestPastConversationsAreNewestFirst(t *testing.T) {
	w := online(t, Saved{Unread: map[contacts.Address]int{eve: 3}})
	w.hasPast()
	w.results(PastLoaded{UpTo: 9, Rows: []PastRow{
		{Last: message(dana, 4, "four")},
		{Last: message(eve, 9, "nine")},
		{Last: mine(gina, 7, "seven"), Name: text.From("Gina G.")},
		{Last: sipclient.Message{Peer: "nonsense", Seq: 8}},
	}})
	w.hasPast("eve nine 3 missed", "gina seven", "dana four missed")
	if name := w.NameOf(gina).Raw(); name != "Gina G." {
		t.Errorf("Gina is called %q", name)
	}
	for a, place := range map[contacts.Address]int{eve: 0, gina: 1, dana: 2, fred: -1} {
		if got := w.PastPlace(a); got != place {
			t.Errorf("%s stands at %d, want %d", a, got, place)
		}
	}
}

func TestPastConversationsFollowWhatHappens(t *testing.T) {
	w := online(t, Saved{})
	w.take(received(dana, 10, "before the disk answered"))
	w.results(PastLoaded{UpTo: 9, Rows: []PastRow{{Last: message(dana, 4, "four")}, {Last: message(eve, 9, "nine")}}})
	w.hasPast("dana before the disk answered 1 missed", "eve nine missed")
	w.take(received(eve, 11, strings.Repeat("long", 100)))
	if p := w.Past()[0]; p.Peer != eve || len(p.Last.Body.Raw()) != lastSize {
		t.Errorf("the newest is %+v", p)
	}
	effects, err := w.Send(w.now, dana, "my answer")
	if err != nil {
		t.Fatal(err)
	}
	w.do(effects)
	m := one[SendMessage](w).Message
	w.do(w.MarkRead(w.now, dana))
	if p := w.Past()[0]; p.Peer != dana || p.Missed || p.Unread != 0 || p.Last.Delivery != sipclient.Unsent {
		t.Errorf("the newest is %+v", p)
	}
	w.results(MessageStored{ID: m.ID, Seq: 12}, MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Failed})
	if p := w.Past()[0]; p.Last.Seq != 12 || p.Last.Delivery != sipclient.Failed {
		t.Errorf("settled as %+v", p.Last)
	}
	w.take(received(gina, 13, "for the first time"))
	if got := w.past(); len(got) != 3 || got[0] != "gina for the first time 1 missed" {
		t.Errorf("the conversations are %q", got)
	}
	w.do(w.Close(w.now, gina))
	if got := w.past(); got[0] != "gina for the first time missed" {
		t.Errorf("closed, Gina's is %q", got[0])
	}
}

// What the disk says later is what it knew when it was read: nothing that came since is taken back, and what
// was deleted before is gone.
func TestPastConversationsAreReadAgain(t *testing.T) {
	w := online(t, Saved{})
	w.results(PastLoaded{UpTo: 9, Rows: []PastRow{{Last: message(dana, 4, "four")}, {Last: message(eve, 9, "nine")}}})
	w.take(received(dana, 10, "ten"), received(gina, 11, "eleven"))
	w.results(PastLoaded{UpTo: 10, Rows: []PastRow{{Last: message(dana, 10, "ten")}}})
	w.hasPast("gina eleven 1 missed", "dana ten 1 missed")
	w.results(PastLoaded{Err: fmt.Errorf("I/O error")})
	if w.says("history") == "" || len(w.Past()) != 2 {
		t.Errorf("said %q, left are %q", w.says("history"), w.past())
	}
}

// A message changes one row. What it takes to show the newest ones may not grow with how many there are.
func TestAMessageCostsTheSameHoweverManyConversationsThereWere(t *testing.T) {
	cost := func(people int) float64 {
		s, n := talkative(people), int64(people)
		return testing.AllocsPerRun(200, func() {
			n++
			s.Take(time.Time{}, []Input{{Event: received(someone(n%50), n, "news")}})
			for i := range 20 {
				s.Past(i)
			}
		})
	}
	if few, many := cost(100), cost(5000); many > few+2 {
		t.Errorf("a message costs %v allocations after 100 conversations and %v after 5,000", few, many)
	}
}

func someone(n int64) contacts.Address {
	return contacts.Address(fmt.Sprintf("sip:u%d@contoso.com", n))
}

// talkative is somebody who has talked with so many people.
func talkative(people int) *State {
	s := New(Saved{}, contacts.Providers{})
	var rows []PastRow
	for i := range int64(people) {
		rows = append(rows, PastRow{Last: message(someone(i), i+1, "x")})
	}
	s.Take(time.Time{}, []Input{{Result: PastLoaded{Rows: rows, UpTo: int64(people)}}})
	return s
}

func TestConversationsReopenOnlyOnRequestButUnreadOnesDo(t *testing.T) {
	o := option.Default()
	o.Personal.Reopen = false
	w := open(t, Saved{Options: o, Open: []contacts.Address{dana, eve}, Unread: map[contacts.Address]int{eve: 2}})
	if got := w.Conversations(); len(got) != 1 || got[0].Peer != eve || got[0].Unread != 2 {
		t.Errorf("open are %d", len(got))
	}
	o.Personal.Reopen = true
	w = open(t, Saved{Options: o, Open: []contacts.Address{dana, eve}, Unread: map[contacts.Address]int{eve: 2}})
	if got := w.Conversations(); len(got) != 2 {
		t.Errorf("open are %d", len(got))
	}
}

// The view is drawn anew when something has changed, also of a conversation that is closed.
func TestHowAMessageWentIsNewsInAClosedConversation(t *testing.T) {
	w := online(t, Saved{})
	effects, err := w.Send(w.now, dana, "and goodbye")
	if err != nil {
		t.Fatal(err)
	}
	w.do(effects)
	id := one[SendMessage](w).Message.ID
	w.do(w.Close(w.now, dana))
	for _, r := range []Result{MessageStored{ID: id, Seq: 3}, MessageSettled{ID: id, Peer: dana, Delivery: sipclient.Sent}} {
		before := w.Version()
		w.results(r)
		if w.Version() == before {
			t.Errorf("%T changes nothing to be seen", r)
		}
	}
	if p := w.Past()[0]; p.Last.Seq != 3 || p.Last.Delivery != sipclient.Sent {
		t.Errorf("the last message is %+v", p.Last)
	}
}

func BenchmarkPastAfterAMessage(b *testing.B) {
	s := talkative(5000)
	for n := int64(5001); b.Loop(); n++ {
		s.Take(time.Time{}, []Input{{Event: received(someone(n%5000), n, "news")}})
		for i := range 20 {
			s.Past(i)
		}
	}
}
