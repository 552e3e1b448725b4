package contacts

import (
	"fmt"
	"testing"

	"golync/internal/text"
)

// crowd is a list of n people in 40 groups.
func crowd(n int) (*List, []Address) {
	groups := make([]Group, 40)
	for i := range groups {
		groups[i] = Group{ID: FirstOwnGroup + GroupID(i), Name: text.From(fmt.Sprintf("Group %d", i))}
	}
	people := make([]Contact, n)
	addresses := make([]Address, n)
	for i := range people {
		addresses[i] = Address(fmt.Sprintf("sip:person%d@contoso.com", i))
		people[i] = Contact{
			Address: addresses[i], Name: text.From(fmt.Sprintf("Person Number %d", (i*7919)%n)),
			Groups: []GroupID{FirstOwnGroup + GroupID(i%40)}, Presence: Presence{Note: text.From("What's happening today?")},
		}
	}
	return NewList(people, groups), addresses
}

func BenchmarkSetPresence(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			l, addresses := crowd(n)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				l.SetPresence(addresses[i%n], Presence{Availability: Availability(1 + i%13)})
			}
		})
	}
}

func BenchmarkFind10000(b *testing.B) {
	l, _ := crowd(10_000)
	for _, query := range []string{"number 77", "person9999", "happening", "nobody at all"} {
		b.Run(query, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Find(query, 20)
			}
		})
	}
}

func BenchmarkNewList10000(b *testing.B) {
	l, _ := crowd(10_000)
	people := make([]Contact, 0, l.Len())
	for _, c := range l.Contacts() {
		people = append(people, *c)
	}
	for b.Loop() {
		NewList(people, l.Groups()).Contacts()
	}
}

func BenchmarkPut10000(b *testing.B) {
	l, addresses := crowd(10_000)
	for i := 0; b.Loop(); i++ {
		c, _ := l.Get(addresses[i%len(addresses)])
		l.Put(*c)
		l.In(c.Groups[0])
	}
}

func BenchmarkParseAddress(b *testing.B) {
	for _, s := range []string{"sip:dana@contoso.com", "SIP:Dana@Contoso.com:5061;transport=tls"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = ParseAddress(s)
			}
		})
	}
}

// A frame of the STATUS tab after a batch of a thousand presence changes: one pass, whatever their number.
func BenchmarkStatusAfter1000Changes10000(b *testing.B) {
	l, addresses := crowd(10_000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for j := range 1000 {
			l.SetPresence(addresses[(j*7)%len(addresses)], Presence{Availability: Availability(1 + (i+j)%13)})
		}
		for _, s := range Statuses() {
			l.WithStatus(s)
		}
	}
}
