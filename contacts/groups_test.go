package contacts

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golync/internal/text"
)

func TestNewGroupsStandAboveOtherContacts(t *testing.T) {
	l := NewList(nil, nil)
	for i, name := range []string{"Teammates", "  Family "} {
		g, err := l.NewGroup(name)
		if err != nil || g.ID != FirstOwnGroup+GroupID(i) || g.Name.Raw() != strings.TrimSpace(name) {
			t.Fatalf("NewGroup(%q) = %+v, %v", name, g, err)
		}
		if place := l.PutGroup(g); place != 1+i {
			t.Errorf("%q stands at %d, want %d", name, place, 1+i)
		}
	}
	g, _, _ := l.Group(FirstOwnGroup)
	g.Collapsed = true
	if place := l.PutGroup(g); place != 1 || len(l.Groups()) != 4 || !l.Groups()[1].Collapsed {
		t.Error("a group that is replaced keeps its place")
	}
}

func TestNewGroupSaysWhatIsWrongWithAName(t *testing.T) {
	l := NewList(nil, []Group{{ID: 12, Name: text.From("Teammates")}})
	for name, want := range map[string]error{
		"":                              ErrGroupName,
		" \u200b\t":                     ErrGroupName,
		"\u200b\u200d\ufeff":            ErrGroupName,
		"\u0301\u0302":                  ErrGroupName,
		"\u3164":                        ErrGroupName, // HANGUL FILLER, a letter that is not seen
		"Team\x1b[2J":                   ErrGroupSign,
		"Team\xff":                      ErrGroupSign,
		"Ｔｅａｍｍａｔｅｓ":                     ErrGroupDuplicate,
		"Tеаmmаtеs":                     ErrGroupLookalike, // Cyrillic е and а
		"Οther Contacts":                ErrGroupLookalike, // Greek Ο
		"Команда":                       nil,
		"例え":                            nil,
		"☕":                             nil,
		strings.Repeat("e\u0301", 5000): ErrGroupNameLong,
		strings.Repeat("x", 65):         ErrGroupNameLong,
		strings.Repeat("é", 64):         nil,
		"FAVORITES":                     ErrGroupDuplicate,
		"team\u200bmates":               ErrGroupDuplicate,
	} {
		g, err := l.NewGroup(name)
		if !errors.Is(err, want) {
			t.Errorf("NewGroup(%q): %v, want %v", name, err, want)
		}
		if name == "team\u200bmates" && g.ID != 12 {
			t.Errorf("the group that has the name is 12, not %d", g.ID)
		}
	}
	if s := ErrGroupName.Sentence(); string(s) != ErrGroupName.Error() {
		t.Error("the sentence is the error's")
	}
}

func TestRenamedSaysWhatIsWrongWithAName(t *testing.T) {
	l := NewList(nil, []Group{{ID: 12, Name: text.From("Teammates"), Collapsed: true}, {ID: 13, Name: text.From("Family")}})
	for _, c := range []struct {
		id   GroupID
		name string
		want error
	}{
		{12, "  Friends ", nil},
		{12, "TEAMMATES", nil},
		{12, "family", ErrGroupDuplicate},
		{12, "favorites", ErrGroupDuplicate},
		{12, " ", ErrGroupName},
		{12, strings.Repeat("x", MaxGroupName+1), ErrGroupNameLong},
		{Favorites, "Best", ErrGroupBuiltIn},
		{OtherContacts, "Rest", ErrGroupBuiltIn},
		{99, "Best", ErrGroupGone},
	} {
		g, err := l.Renamed(c.id, c.name)
		if !errors.Is(err, c.want) {
			t.Errorf("Renamed(%d, %q): %v, want %v", c.id, c.name, err, c.want)
		}
		if err == nil && (g.ID != c.id || !g.Collapsed || g.Name.Raw() != strings.TrimSpace(c.name)) {
			t.Errorf("Renamed(%d, %q) = %+v", c.id, c.name, g)
		}
	}
	if !strings.Contains(ErrGroupNameLong.Error(), fmt.Sprint(MaxGroupName)) {
		t.Error("the limit is not said")
	}
}

func TestNobodyIsLostWithAGroup(t *testing.T) {
	l := NewList([]Contact{person("Dana", 10), person("Eve", 10, 11), person("Fred", OtherContacts, 10)}, []Group{{ID: 10}, {ID: 11}})
	l.SetPresence("sip:dana@contoso.com", Presence{Availability: Busy})
	dana, _ := l.Get("sip:dana@contoso.com")
	before := dana.Groups // as an effect holds it
	if n := l.OnlyIn(10); n != 1 {
		t.Errorf("%d contacts are in this group only", n)
	}
	if place, err := l.RemoveGroup(10); place != 1 || err != nil {
		t.Fatalf("RemoveGroup: %d, %v", place, err)
	}
	if !slices.Equal(before, []GroupID{10}) {
		t.Errorf("what was read became %v", before)
	}
	if got := names(l.In(OtherContacts)) + "/" + names(l.In(11)); got != "Dana Fred/Eve" {
		t.Errorf("they are in %s", got)
	}
	if online, total := l.Online(OtherContacts); online != 1 || total != 2 {
		t.Errorf("Other Contacts shows (%d/%d)", online, total)
	}
	for id, want := range map[GroupID]error{10: ErrGroupGone, Favorites: ErrGroupBuiltIn, OtherContacts: ErrGroupBuiltIn} {
		if _, err := l.RemoveGroup(id); !errors.Is(err, want) {
			t.Errorf("RemoveGroup(%d): %v, want %v", id, err, want)
		}
	}
}

func TestGroupsChangePlacesWithTheirNeighbours(t *testing.T) {
	l := NewList(nil, []Group{{ID: 10}, {ID: 11}}) // Favorites, 10, 11, Other Contacts
	for _, c := range []struct {
		id    GroupID
		by    int
		upper int
		moved bool
		want  []GroupID
	}{
		{11, -1, 1, true, []GroupID{Favorites, 11, 10, OtherContacts}},
		{11, -1, 0, true, []GroupID{11, Favorites, 10, OtherContacts}},
		{11, -1, 0, false, []GroupID{11, Favorites, 10, OtherContacts}},
		{Favorites, 1, 1, true, []GroupID{11, 10, Favorites, OtherContacts}},
		{OtherContacts, 1, 0, false, []GroupID{11, 10, Favorites, OtherContacts}},
		{10, 0, 0, false, []GroupID{11, 10, Favorites, OtherContacts}},
		{99, 1, 0, false, []GroupID{11, 10, Favorites, OtherContacts}},
	} {
		before, version := slices.Clone(l.Groups()), l.Version()
		held := l.Groups()
		upper, moved := l.MoveGroup(c.id, c.by)
		if upper != c.upper || moved != c.moved || !slices.Equal(order(l), c.want) {
			t.Errorf("MoveGroup(%d, %d) = %d, %v: %v; want %d, %v: %v", c.id, c.by, upper, moved, order(l), c.upper, c.moved, c.want)
		}
		if !slices.Equal(held, before) || moved != (l.Version() != version) {
			t.Errorf("MoveGroup(%d, %d) changed what was read, or its version is wrong", c.id, c.by)
		}
	}
}

func order(l *List) (ids []GroupID) {
	for _, g := range l.Groups() {
		ids = append(ids, g.ID)
	}
	return ids
}

// Whatever is done to groups and people, everybody is in a group that there is, and each number is that of
// the people who are there.
func TestGroupsHoldUnderAnything(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 3))
		l := NewList(nil, nil)
		for range 300 {
			groups := order(l)
			id := groups[r.IntN(len(groups))]
			switch r.IntN(6) {
			case 0:
				if g, err := l.NewGroup(fmt.Sprint("Group ", r.IntN(9))); err == nil {
					l.PutGroup(g)
				}
			case 1:
				_, _ = l.RemoveGroup(id)
			case 2:
				l.MoveGroup(id, r.IntN(3)-1)
			case 3:
				l.Put(person(fmt.Sprint("p", r.IntN(30)), id, groups[r.IntN(len(groups))]))
			default:
				a := Address(fmt.Sprintf("sip:p%d@contoso.com", r.IntN(30)))
				l.SetPresence(a, Presence{Availability: Availability(r.IntN(int(Offline) + 1))})
			}
		}
		grouped(t, seed, l)
	}
}

func grouped(t *testing.T, seed uint64, l *List) {
	t.Helper()
	in := map[GroupID][]Address{}
	for _, c := range l.Contacts() {
		for _, id := range c.Groups {
			in[id] = append(in[id], c.Address)
		}
		if len(c.Groups) == 0 || !slices.Equal(l.Existing(c.Groups), c.Groups) {
			t.Fatalf("seed %d: %s is in %v", seed, c.Address, c.Groups)
		}
	}
	for _, id := range order(l) {
		online := 0
		for _, c := range l.In(id) {
			if c.Relationship != BlockedContacts && c.Presence.Availability.Online() {
				online++
			}
		}
		if got := addresses(l.In(id)); !slices.Equal(got, in[id]) {
			t.Fatalf("seed %d: group %d has %v, want %v", seed, id, got, in[id])
		}
		if up, total := l.Online(id); up != online || total != len(in[id]) {
			t.Fatalf("seed %d: group %d shows (%d/%d), want (%d/%d)", seed, id, up, total, online, len(in[id]))
		}
	}
	if ids := order(l); !slices.Contains(ids, Favorites) || !slices.Contains(ids, OtherContacts) {
		t.Fatalf("seed %d: the groups are %v", seed, ids)
	}
}
