package contacts

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The order and the words are those of facts/lync-2013-client.md section 1.
func TestStatusSectionsAreLyncs(t *testing.T) {
	got := ""
	for _, s := range Statuses() {
		got += s.String() + "/"
	}
	if got != "Available/Away/Unknown/Unavailable/" {
		t.Errorf("the sections are %s", got)
	}
	if Status(99).String() != "Unknown" {
		t.Error("a status that there is not is unknown")
	}
}

func TestEveryStateStandsInTheSectionWhereOneLooksForIt(t *testing.T) {
	want := map[Status][]Availability{
		StatusAvailable:   {Available, Busy, BusyIdle, UrgentOnly, InACall, InAConferenceCall, InAMeeting, DoNotDisturb, Presenting},
		StatusAway:        {Inactive, BeRightBack, Away, OffWork, OutOfOffice},
		StatusUnknown:     {PresenceUnknown},
		StatusUnavailable: {Offline},
	}
	seen := 0
	for s, states := range want {
		for _, a := range states {
			seen++
			if c := (Contact{Presence: Presence{Availability: a}}); c.Status() != s {
				t.Errorf("%v stands under %v, want %v", a, c.Status(), s)
			}
		}
	}
	if seen != len(Availabilities()) {
		t.Errorf("%d of %d states were looked at", seen, len(Availabilities()))
	}
	if c := (Contact{Relationship: BlockedContacts, Presence: Presence{Availability: Available}}); c.Status() != StatusUnknown {
		t.Errorf("somebody blocked stands under %v", c.Status())
	}
}

func TestSectionsThatThereAreNotAreEmpty(t *testing.T) {
	l := NewList([]Contact{person("Dana"), {Address: "sip:x@contoso.com", Relationship: 99}}, nil)
	online, total := l.OnlineWith(99)
	if l.CountStatus(99) != 0 || len(l.WithStatus(99)) != 0 || len(l.WithRelationship(99)) != 0 || online+total != 0 {
		t.Error("there is somebody in a section that there is not")
	}
	if names(l.WithRelationship(Colleagues)) != "Dana" || len(l.WithRelationship(NoRelationship)) != 1 {
		t.Error("a relationship that there is not is none")
	}
}

// After any sequence of changes both divisions say what one would find by looking at everybody: each contact
// in exactly one section, by name, and the numbers with them.
func TestDivisionsAgreeWithTheContacts(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 2))
		l := NewList(nil, []Group{{ID: 10}, {ID: 11}})
		m := model{}
		for range 300 {
			step(r, l, m)
			if c, ok := l.Get(Address("sip:p1@contoso.com")); ok && r.IntN(3) == 0 {
				is := *c
				is.Relationship = Relationship(r.IntN(mostSections))
				l.Put(is)
			}
			if r.IntN(4) == 0 {
				divided(t, seed, l)
			}
		}
		divided(t, seed, l)
	}
}

func divided(t *testing.T, seed uint64, l *List) {
	t.Helper()
	want := map[Status][]Address{}
	for _, c := range l.Contacts() {
		want[c.Status()] = append(want[c.Status()], c.Address)
	}
	for _, s := range Statuses() {
		if got := addresses(l.WithStatus(s)); !slices.Equal(got, want[s]) || l.CountStatus(s) != len(got) {
			t.Fatalf("seed %d: %v has %v and says %d, want %v", seed, s, got, l.CountStatus(s), want[s])
		}
	}
	seen := 0
	for r := range Relationship(mostSections) {
		people, up := l.WithRelationship(r), 0
		for _, c := range people {
			if c.Relationship != r {
				t.Fatalf("seed %d: %s stands under %v", seed, c.Address, r)
			}
			if c.Relationship != BlockedContacts && c.Presence.Availability.Online() {
				up++
			}
		}
		if !slices.IsSortedFunc(people, byName) {
			t.Fatalf("seed %d: %v is out of order: %v", seed, r, addresses(people))
		}
		if online, total := l.OnlineWith(r); online != up || total != len(people) {
			t.Fatalf("seed %d: %v shows (%d/%d), want (%d/%d)", seed, r, online, total, up, len(people))
		}
		seen += len(people)
	}
	if seen != l.Len() {
		t.Fatalf("seed %d: %d of %d contacts have a section", seed, seen, l.Len())
	}
}

func byName(a, b *Contact) int {
	return cmp.Or(strings.Compare(strings.ToLower(a.Name.Raw()), strings.ToLower(b.Name.Raw())), cmp.Compare(a.Address, b.Address))
}

func addresses(people []*Contact) (all []Address) {
	for _, c := range people {
		all = append(all, c.Address)
	}
	return all
}
