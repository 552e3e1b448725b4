package contacts

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"golync/internal/text"
)

func TestPeopleStandByAvailability(t *testing.T) {
	l := NewList([]Contact{person("Zed"), person("Dana"), person("Eve"), person("Fred"), person("Gus")}, nil)
	l.Show(Display{ByAvailability: true})
	for name, a := range map[string]Availability{"zed": Available, "dana": Offline, "eve": Busy, "fred": Available} {
		l.SetPresence(Address("sip:"+name+"@contoso.com"), Presence{Availability: a})
	}
	const want = "Fred Zed Eve Dana Gus"
	if got := names(l.In(OtherContacts)); got != want {
		t.Errorf("in their group: %s", got)
	}
	if got := names(l.WithRelationship(Colleagues)); got != want {
		t.Errorf("in RELATIONSHIPS: %s", got)
	}
	if got := names(l.WithStatus(StatusAvailable)); got != "Fred Zed Eve" {
		t.Errorf("in STATUS: %s", got)
	}
	l.SetPresence("sip:eve@contoso.com", Presence{Availability: Available})
	if got := names(l.In(OtherContacts)) + "/" + names(l.WithStatus(StatusAvailable)); got != "Eve Fred Zed Dana Gus/Eve Fred Zed" {
		t.Errorf("after a change: %s", got)
	}
	zed, _ := l.Get("sip:zed@contoso.com")
	blocked := *zed
	blocked.Relationship = BlockedContacts
	l.Put(blocked)
	if got := names(l.In(OtherContacts)); got != "Eve Fred Dana Gus Zed" {
		t.Errorf("of somebody blocked no presence is shown: %s", got)
	}
	l.Show(Display{})
	if got := names(l.In(OtherContacts)); got != "Dana Eve Fred Gus Zed" {
		t.Errorf("by name again: %s", got)
	}
}

func TestPeopleStandByWhatIsShown(t *testing.T) {
	l := NewList([]Contact{
		{Address: "sip:zed@contoso.com", Name: text.From("Anton")}, {Address: "sip:berta@contoso.com", Name: text.From("Xenia")},
	}, nil)
	for _, c := range []struct {
		d    Display
		want string
	}{{Display{}, "Anton Xenia"}, {Display{ByAddress: true}, "Xenia Anton"}, {Display{}, "Anton Xenia"}} {
		version := l.Version()
		l.Show(c.d)
		if got := names(l.In(OtherContacts)); got != c.want || names(l.Contacts()) != c.want {
			t.Errorf("%+v: %s", c.d, got)
		}
		if changed := l.Version() != version; changed != (c.d != Display{} || version > 1) {
			t.Errorf("%+v: the version is wrong", c.d)
		}
	}
}

// Favorites can be hidden, and whoever stood only there can still be found in GROUPS.
func TestNobodyIsLostWithFavorites(t *testing.T) {
	l := NewList([]Contact{person("Dana", Favorites), person("Eve", Favorites, 10), person("Fred", OtherContacts)}, []Group{{ID: 10}})
	l.SetPresence("sip:dana@contoso.com", Presence{Availability: Busy})
	l.Show(Display{NoFavorites: true})
	if got := order(l); len(l.Shown()) != 2 || l.Shown()[0].ID == Favorites || len(got) != 3 {
		t.Errorf("shown are %v of %v", l.Shown(), got)
	}
	if got := names(l.In(OtherContacts)) + "/" + names(l.In(10)); got != "Dana Fred/Eve" {
		t.Errorf("they are in %s", got)
	}
	if online, total := l.Online(OtherContacts); online != 1 || total != 2 {
		t.Errorf("Other Contacts shows (%d/%d)", online, total)
	}
	eve, _ := l.Get("sip:eve@contoso.com")
	dana, _ := l.Get("sip:dana@contoso.com")
	if l.Home(eve) != 10 || l.Home(dana) != OtherContacts {
		t.Errorf("Eve is at home in %d, Dana in %d", l.Home(eve), l.Home(dana))
	}
	if _, err := l.RemoveGroup(10); err != nil {
		t.Fatal(err)
	}
	if got := names(l.In(OtherContacts)); got != "Dana Eve Fred" {
		t.Errorf("without her other group Eve is lost: %s", got)
	}
	l.Remove("sip:dana@contoso.com")
	if got := names(l.In(OtherContacts)); got != "Eve Fred" || !slices.Equal(eve.Groups, []GroupID{Favorites}) {
		t.Errorf("they are in %s, and Eve in %v", got, eve.Groups)
	}
	l.Show(Display{})
	if got := names(l.In(Favorites)) + "/" + names(l.In(OtherContacts)); got != "Eve/Fred" || l.Home(eve) != Favorites {
		t.Errorf("shown again: %s", got)
	}
}

// Under any changes and any way of showing them, everybody stands in a group that is shown, in order, and
// the numbers are those of the people there.
func TestEveryDisplayShowsEverybody(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 9))
		l, m := NewList(nil, []Group{{ID: 10}, {ID: 11}}), model{}
		for range 200 {
			step(r, l, m)
			if r.IntN(5) == 0 {
				l.Show(Display{r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0})
			}
			if r.IntN(3) == 0 {
				shown(t, fmt.Sprintf("seed %d, %+v", seed, l.display), l)
			}
		}
	}
}

func shown(t *testing.T, what string, l *List) {
	t.Helper()
	seen := map[Address]bool{}
	for _, g := range l.Shown() {
		people, up := l.In(g.ID), 0
		for _, c := range people {
			seen[c.Address] = true
			if c.Relationship != BlockedContacts && c.Presence.Availability.Online() {
				up++
			}
		}
		inOrder := slices.IsSortedFunc(people, func(a, b *Contact) int {
			by := cmp.Compare(sortKey(a, l.display.ByAddress), sortKey(b, l.display.ByAddress))
			if l.display.ByAvailability {
				return cmp.Or(cmp.Compare(rank(a), rank(b)), by)
			}
			return by
		})
		if online, total := l.Online(g.ID); online != up || total != len(people) || !inOrder {
			t.Fatalf("%s: group %d shows (%d/%d) of %d, %d online, in order %v", what, g.ID, online, total, len(people), up, inOrder)
		}
	}
	if len(seen) != l.Len() {
		t.Fatalf("%s: %d of %d are shown", what, len(seen), l.Len())
	}
}

func TestEveryStateHasARank(t *testing.T) {
	for _, a := range Availabilities() {
		r := rank(&Contact{Presence: Presence{Availability: a}})
		if (r == lastRank) != (a == PresenceUnknown) || a == Available && r != 0 {
			t.Errorf("%v has rank %d", a, r)
		}
	}
}

// A frame by availability after a batch of a thousand changes, with every group open.
func BenchmarkByAvailabilityAfter1000Changes10000(b *testing.B) {
	l, addresses := crowd(10_000)
	l.Show(Display{ByAvailability: true})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for j := range 1000 {
			l.SetPresence(addresses[(j*7)%len(addresses)], Presence{Availability: Availability(1 + (i+j)%13)})
		}
		for _, g := range l.Shown() {
			l.In(g.ID)
		}
	}
}
