package store

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"golync/contacts"
	"golync/internal/text"
)

// BenchmarkAppend stores messages as fast as they come, each on disk before its done.
func BenchmarkAppend(b *testing.B) {
	s := open(b, b.TempDir())
	n := 0
	var group sync.WaitGroup
	for b.Loop() {
		n++
		group.Add(1)
		s.Append(received(bob, fmt.Sprint("call-", n), "Are you coming on Thursday?"), func(_ int64, err error) {
			if err != nil && !errors.Is(err, ErrFlooded) {
				b.Error(err)
			}
			group.Done()
		})
		if n%5000 == 0 { // as many as come in a second
			group.Wait()
		}
	}
	group.Wait()
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
}

// fill stores n messages between two people.
func fill(b testing.TB, s *Store, n int) {
	for i := range n {
		s.Append(received([]string{bob, dana}[i%2], fmt.Sprint("call-", i), "Are you coming on Thursday?"), func(_ int64, err error) {
			if err != nil {
				b.Error(err)
			}
		})
		if i%5000 == 0 {
			load(b, s)
		}
	}
	load(b, s)
}

func BenchmarkPageOf50From100000Messages(b *testing.B) {
	s := open(b, b.TempDir())
	fill(b, s, 100_000)
	for b.Loop() {
		if p := page(b, s, bob, 50_000, 50); len(p.Messages) != 50 {
			b.Fatal(len(p.Messages))
		}
	}
}

// BenchmarkOpen is what a start pays: open, check and load 1,000 contacts, with a long history beside.
func BenchmarkOpen(b *testing.B) {
	for _, messages := range []int{0, 100_000} {
		for _, ended := range []string{"well", "crashed"} {
			b.Run(fmt.Sprintf("1000contacts/%dmessages/%s", messages, ended), func(b *testing.B) {
				dir := b.TempDir()
				s := open(b, dir)
				fill(b, s, messages)
				for i := range 1000 {
					a := contacts.Address(fmt.Sprintf("sip:user%d@contoso.com", i))
					s.SaveContact(contacts.Contact{
						Address: a, Name: text.From("User"), Provider: contacts.ProviderLync,
						Groups: []contacts.GroupID{contacts.Favorites, contacts.OtherContacts},
					}, func(error) {})
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if ended == "crashed" {
						crashed(b, dir)
					}
					s, err := Open(dir)
					if err != nil {
						b.Fatal(err)
					}
					if snap := load(b, s); len(snap.Contacts) != 1000 {
						b.Fatal(len(snap.Contacts))
					}
					if err := s.Close(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkSearch asks as somebody does who types, in 100,000 messages.
func BenchmarkSearch(b *testing.B) {
	s := open(b, b.TempDir())
	fill(b, s, 100_000)
	keep(b, s, received(bob, "rare", "the needle"))
	for look(b, s, Question{Query: "thursday"}).Partial {
	}
	for _, query := range []string{"thursday ", "thurs", "t", "are you ", "needle", "you needle ", "zebra"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				look(b, s, Question{Query: query})
			}
		})
	}
}

// BenchmarkIndexed cuts and folds a message into words.
func BenchmarkIndexed(b *testing.B) {
	for name, body := range map[string]string{
		"ASCII": "Are you coming on Thursday? I bring the drawings.", "accents": "Kommst du am Donnerstag? Ich bringe die Entwürfe für Gérard.", "dense": "木曜日に来ますか。図面を持って行きます。",
	} {
		b.Run(name, func(b *testing.B) {
			var buf []byte
			for b.Loop() {
				buf = indexed(buf[:0], body)
			}
			b.SetBytes(int64(len(body)))
		})
	}
}

// BenchmarkLasts reads the last messages with 5,000 people.
func BenchmarkLasts(b *testing.B) {
	s := open(b, b.TempDir())
	for i := range 10_000 {
		s.Append(received(fmt.Sprintf("sip:u%d@contoso.com", i%5000), fmt.Sprint(i), "Are you coming on Thursday?"), func(int64, error) {})
	}
	load(b, s)
	for b.Loop() {
		if all, _ := lasts(b, s); len(all) != 5000 {
			b.Fatal(len(all))
		}
	}
}
