package contacts

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golync/internal/text"
)

func person(name string, groups ...GroupID) Contact {
	return Contact{
		Address: Address("sip:" + strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@contoso.com"),
		Name:    text.From(name), Relationship: Colleagues, Groups: groups,
	}
}

func names(people []*Contact) string {
	all := make([]string, len(people))
	for i, c := range people {
		all[i] = c.Name.Raw()
	}
	return strings.Join(all, " ")
}

func TestNewListBringsTheBuiltInGroups(t *testing.T) {
	l := NewList(nil, []Group{{ID: 10, Name: text.From("Teammates")}})
	got := ""
	for _, g := range l.Groups() {
		got += g.Name.Raw() + "/"
	}
	if got != "Favorites/Teammates/Other Contacts/" {
		t.Errorf("groups are %s", got)
	}
	if l.Len() != 0 || len(l.Contacts()) != 0 || len(l.In(Favorites)) != 0 || len(l.In(99)) != 0 {
		t.Error("a new list is empty")
	}
}

func TestPeopleAreSortedByNameCaseAside(t *testing.T) {
	nameless := Contact{Address: "sip:carl@contoso.com"}
	l := NewList([]Contact{person("eve"), person("Dana"), nameless, person("Émile"), person("alice"), person("Bob")}, nil)
	order := ""
	for _, c := range l.In(OtherContacts) {
		order += c.Address.User() + " "
	}
	if order != "alice bob carl dana eve Émile " && order != "alice bob carl dana eve émile " {
		t.Errorf("order is %s", order)
	}
}

func TestEverybodyIsInAGroupThatExists(t *testing.T) {
	l := NewList([]Contact{person("Dana"), person("Eve", 77), person("Fred", Favorites, 77, Favorites)}, nil)
	for name, want := range map[string][]GroupID{
		"dana": {OtherContacts}, "eve": {OtherContacts}, "fred": {Favorites},
	} {
		c, _ := l.Get(Address("sip:" + name + "@contoso.com"))
		if !slices.Equal(c.Groups, want) {
			t.Errorf("%s is in %v, want %v", name, c.Groups, want)
		}
	}
}

func TestGetFindsPeopleInCapitals(t *testing.T) {
	l := NewList([]Contact{person("Dana")}, nil)
	if c, ok := l.Get("sip:DANA@contoso.com"); !ok || c.Name.Raw() != "Dana" {
		t.Error("Dana is not found in capitals")
	}
	l.Put(Contact{Address: "sip:Dana@contoso.com", Name: text.From("Dana Two")})
	if l.Len() != 1 || names(l.Contacts()) != "Dana Two" {
		t.Errorf("Dana is twice in the list: %s", names(l.Contacts()))
	}
	if !l.Remove("sip:dana@contoso.com") || l.Remove("sip:dana@contoso.com") || l.Len() != 0 {
		t.Error("Dana is removed once")
	}
}

func TestChangesThatChangeNothingAreNoNews(t *testing.T) {
	l := NewList([]Contact{person("Dana")}, nil)
	const dana, nobody = Address("sip:dana@contoso.com"), Address("sip:nobody@contoso.com")
	v := l.Version()
	l.SetPresence(dana, Presence{})
	l.SetWatch(dana, WatchNone, text.Peer{})
	l.SetSeesMe(dana, false)
	l.SetPresence(nobody, Presence{Availability: Busy})
	l.SetWatch(nobody, WatchActive, text.Peer{})
	l.SetSeesMe(nobody, true)
	if l.Version() != v {
		t.Error("the version rose though nothing changed")
	}
	if !l.SetWatch(dana, WatchRefused, text.From("no")) || !l.SetSeesMe(dana, true) || l.Version() != v+2 {
		t.Error("the version rises once with each change")
	}
}

// model is the contact list as anybody would write it who had all the time in the world.
type model map[Address]Contact

func (m model) in(id GroupID) (addresses []Address, online int) {
	var people []Contact
	for _, c := range m {
		if slices.Contains(c.Groups, id) {
			people = append(people, c)
			if c.Relationship != BlockedContacts && c.Presence.Availability.Online() {
				online++
			}
		}
	}
	slices.SortFunc(people, func(a, b Contact) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name.Raw()), strings.ToLower(b.Name.Raw())), cmp.Compare(a.Address, b.Address))
	})
	for _, c := range people {
		addresses = append(addresses, c.Address)
	}
	return addresses, online
}

// After any sequence of changes the list says what the model says.
func TestListAgreesWithItsModel(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		l, m := NewList(nil, []Group{{ID: 10}, {ID: 11}}), model{}
		for range 300 {
			step(r, l, m)
			if r.IntN(4) == 0 {
				compare(t, seed, l, m)
			}
		}
		compare(t, seed, l, m)
	}
}

func step(r *rand.Rand, l *List, m model) {
	a := Address(fmt.Sprintf("sip:p%d@contoso.com", r.IntN(40)))
	switch c, known := m[a]; r.IntN(6) {
	case 0, 1:
		c = Contact{Address: a, Name: text.From(fmt.Sprintf("Name %c", 'A'+rune(r.IntN(9)))), Presence: c.Presence}
		for _, id := range []GroupID{Favorites, OtherContacts, 10, 11} {
			if r.IntN(3) == 0 {
				c.Groups = append(c.Groups, id)
			}
		}
		l.Put(c)
		if len(c.Groups) == 0 {
			c.Groups = []GroupID{OtherContacts}
		}
		m[a] = c
	case 2:
		l.Remove(a)
		delete(m, a)
	default:
		p := Presence{Availability: Availability(r.IntN(int(Offline) + 1)), Note: text.From(fmt.Sprint(r.IntN(3)))}
		l.SetPresence(a, p)
		if known {
			c.Presence = p
			m[a] = c
		}
	}
}

func compare(t *testing.T, seed uint64, l *List, m model) {
	t.Helper()
	if l.Len() != len(m) || len(l.Contacts()) != len(m) {
		t.Fatalf("seed %d: %d contacts, want %d", seed, l.Len(), len(m))
	}
	for _, id := range []GroupID{Favorites, OtherContacts, 10, 11} {
		want, wantOnline := m.in(id)
		var got []Address
		for _, c := range l.In(id) {
			got = append(got, c.Address)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: group %d has %v, want %v", seed, id, got, want)
		}
		if online, total := l.Online(id); online != wantOnline || total != len(want) {
			t.Fatalf("seed %d: group %d shows (%d/%d), want (%d/%d)", seed, id, online, total, wantOnline, len(want))
		}
	}
	for a, want := range m {
		if c, ok := l.Get(a); !ok || c.Presence != want.Presence || c.Name != want.Name {
			t.Fatalf("seed %d: %s is %+v, want %+v", seed, a, c, want)
		}
	}
}
