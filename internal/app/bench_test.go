package app

import (
	"fmt"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/winfo"
)

// crowded is a State with n contacts, signed in, and one presence event for each.
func crowded(n int) (*State, []Input) {
	people := make([]contacts.Contact, n)
	for i := range people {
		people[i] = known(contacts.Address(fmt.Sprintf("sip:person%d@contoso.com", i)), contacts.Colleagues)
	}
	s := New(Saved{Me: Me{Address: alice}, Contacts: people}, contacts.Providers{})
	now := time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)
	s.SignIn(now, "")
	s.Take(now, []Input{{Event: sipclient.SignedIn{}}})
	events := make([]Input, n)
	for i, c := range people {
		events[i] = Input{Event: active(c.Address, pidf.State{Open: true, Activity: pidf.ActivityBusy, Note: text.From("At work")})}
	}
	return s, events
}

// BenchmarkPresence10000 folds one presence event for each of 10,000 contacts; the bar is 20 ms.
func BenchmarkPresence10000(b *testing.B) {
	s, busy := crowded(10_000)
	free := make([]Input, len(busy))
	for i, in := range busy {
		e := in.Event.(sipclient.PresenceChanged)
		e.State = pidf.State{Open: true}
		free[i] = Input{Event: e}
	}
	now := time.Date(2013, 1, 29, 10, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Take(now, [][]Input{busy, free}[i%2])
	}
}

// BenchmarkMessages folds messages of 20 people in batches of 50.
func BenchmarkMessages(b *testing.B) {
	s, _ := crowded(1000)
	now := time.Date(2013, 1, 29, 10, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	seq := int64(0)
	for b.Loop() {
		batch := make([]Input, 50)
		for i := range batch {
			seq++
			batch[i] = Input{Event: received(contacts.Address(fmt.Sprintf("sip:person%d@contoso.com", seq%20)), seq, "hello")}
		}
		s.Take(now, batch)
	}
	b.ReportMetric(float64(b.N*50)/b.Elapsed().Seconds(), "messages/s")
}

// BenchmarkDecision10000 accepts and removes somebody in a list of 10,000: rules and snapshot are made anew.
func BenchmarkDecision10000(b *testing.B) {
	s, _ := crowded(10_000)
	now := time.Date(2013, 1, 29, 10, 0, 0, 0, time.UTC)
	for b.Loop() {
		s.Accept(now, gina, contacts.Favorites, contacts.Colleagues)
		s.Remove(now, gina)
	}
}

// BenchmarkFlood100000 folds 100,000 requests.
func BenchmarkFlood100000(b *testing.B) {
	flood := make([]winfo.Watcher, 100_000)
	for i := range flood {
		flood[i] = winfo.Watcher{ID: fmt.Sprint(i), URI: fmt.Sprintf("sip:flood%d@fabrikam.com", i), Status: winfo.Pending}
	}
	for b.Loop() {
		s, _ := crowded(1000)
		s.Take(time.Time{}, []Input{{Event: partial(flood...)}})
	}
}

// BenchmarkOutbox signs in with 1,000 messages to one person in the outbox, which go one after the other, and
// all are shown.
func BenchmarkOutbox(b *testing.B) {
	saved := Saved{Me: Me{Address: alice}, Open: []contacts.Address{dana}}
	for i := range 1000 {
		saved.Outbox = append(saved.Outbox, outgoing(fmt.Sprint("m", i), int64(i+1), dana, sipclient.Unsent))
	}
	now := time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		s := New(saved, contacts.Providers{})
		s.SignIn(now, "")
		effects := s.Take(now, []Input{
			{Result: HistoryLoaded{Peer: dana, Messages: append([]sipclient.Message(nil), saved.Outbox...)}}, {Event: sipclient.SignedIn{}},
		})
		sent := 0
		for len(effects) > 0 {
			e, ok := effects[len(effects)-1].(SendMessage)
			if !ok {
				effects = effects[:len(effects)-1]
				continue
			}
			sent++
			m := e.Message
			effects = s.Take(now, []Input{
				{Result: MessageStored{ID: m.ID, Seq: m.Seq}}, {Result: MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Sent}},
			})
		}
		if sent != len(saved.Outbox) {
			b.Fatalf("%d messages left", sent)
		}
	}
}
