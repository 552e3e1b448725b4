package store

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
)

func TestTheFirstStartFindsLyncsDefaults(t *testing.T) {
	snap := load(t, open(t, t.TempDir()))
	want := Snapshot{
		Instance: snap.Instance,
		Me:       Me{Availability: contacts.Available}, Alerts: alerts.Default(), Options: option.Default(),
		Relationships: map[contacts.Address]contacts.Relationship{}, Unread: map[contacts.Address]int{},
	}
	if !reflect.DeepEqual(snap, want) {
		t.Errorf("got %+v", snap)
	}
}

func TestTheLastOfEachKindIsKept(t *testing.T) {
	s := open(t, t.TempDir())
	since := time.Date(2026, 11, 23, 9, 0, 0, 1, time.UTC).Local()
	hostile := text.From("B\xf0ob\x1b]0;x\x07\u202e\x00")
	chosen := option.Default()
	chosen.List.ByAvailability, chosen.Files.KeepDays = true, 90
	for _, name := range []text.Peer{text.From("old"), hostile} {
		c := contacts.Contact{
			Address: bob, Name: name, Provider: contacts.ProviderSkype, Relationship: contacts.ExternalContacts,
			Groups: []contacts.GroupID{12, contacts.Favorites}, Watch: contacts.WatchRefused, WatchReason: name, SeesMe: true, Added: since, Tagged: true, Introduction: "It is me, Alice.",
			Presence: contacts.Presence{Availability: contacts.Busy},
		}
		deeds := []func(func(error)){
			func(done func(error)) { s.SaveContact(c, done) },
			func(done func(error)) { s.SaveGroup(contacts.Group{ID: 12, Name: name, Collapsed: true}, 1, done) },
			func(done func(error)) { s.SaveGroup(contacts.Group{ID: contacts.Favorites}, 0, done) },
			func(done func(error)) {
				s.SaveRequest(contacts.Request{Address: dana, Name: name, Kind: contacts.Skype, Introduction: name, Since: since, Dismissed: true}, done)
			},
			func(done func(error)) { s.SaveRelationship(dana, contacts.BlockedContacts, done) },
			func(done func(error)) {
				s.SaveAlerts(alerts.Options{DND: alerts.ShowNone, Outside: alerts.AllowInvites}, done)
			},
			func(done func(error)) { s.SaveOptions(chosen, done) },
			func(done func(error)) { s.SaveMe(Me{name, contacts.DoNotDisturb, name, name}, done) },
			func(done func(error)) { s.SaveOpen([]contacts.Address{dana, bob}, done) },
		}
		for _, deed := range deeds {
			must(t, deed)
		}
	}
	s = reopen(t, s)
	got := load(t, s)
	want := Snapshot{
		Instance: got.Instance,
		Me:       Me{hostile, contacts.DoNotDisturb, hostile, hostile}, Alerts: alerts.Options{DND: alerts.ShowNone, Outside: alerts.AllowInvites},
		Options: chosen,
		Contacts: []contacts.Contact{{
			Address: bob, Name: hostile, Provider: contacts.ProviderSkype, Relationship: contacts.ExternalContacts,
			Groups: []contacts.GroupID{12, contacts.Favorites}, Watch: contacts.WatchRefused, WatchReason: hostile, SeesMe: true, Added: since, Tagged: true, Introduction: "It is me, Alice.",
		}},
		Groups:        []contacts.Group{{ID: contacts.Favorites}, {ID: 12, Name: hostile, Collapsed: true}},
		Requests:      []contacts.Request{{Address: dana, Name: hostile, Kind: contacts.Skype, Introduction: hostile, Since: since, Dismissed: true}},
		Relationships: map[contacts.Address]contacts.Relationship{dana: contacts.BlockedContacts},
		Open:          []contacts.Address{dana, bob}, Unread: map[contacts.Address]int{},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for _, deed := range []func(func(error)){
		func(done func(error)) { s.DeleteContact(bob, done) },
		func(done func(error)) { s.DeleteGroup(12, done) },
		func(done func(error)) { s.DeleteRequest(dana, done) },
		func(done func(error)) { s.SaveRelationship(dana, contacts.NoRelationship, done) },
		func(done func(error)) { s.SaveOpen(nil, done) },
	} {
		must(t, deed)
	}
	got = load(t, s)
	if len(got.Contacts)+len(got.Requests)+len(got.Relationships)+len(got.Open) != 0 || len(got.Groups) != 1 {
		t.Errorf("after deleting everything: %+v", got)
	}
}

func TestAContactOutlivesItsGroups(t *testing.T) {
	s := open(t, t.TempDir())
	must(t, func(done func(error)) { s.SaveGroup(contacts.Group{ID: 12}, 0, done) })
	must(t, func(done func(error)) {
		s.SaveContact(contacts.Contact{Address: bob, Groups: []contacts.GroupID{12}}, done)
	})
	must(t, func(done func(error)) { s.DeleteGroup(12, done) })
	got := load(t, s).Contacts
	if len(got) != 1 || !slices.Equal(got[0].Groups, []contacts.GroupID{contacts.OtherContacts}) {
		t.Errorf("got %+v", got)
	}
}

// A value that this version does not know must not become one it knows by accident of its size.
func TestUnknownValuesReadAsNothing(t *testing.T) {
	s := open(t, t.TempDir())
	must(t, func(done func(error)) {
		s.SaveContact(contacts.Contact{Address: bob, Relationship: 200, Watch: 255}, done)
	})
	must(t, func(done func(error)) { s.SaveMe(Me{Availability: 99}, done) })
	must(t, func(done func(error)) { s.SaveAlerts(alerts.Options{DND: 9, Outside: 3}, done) })
	must(t, func(done func(error)) { s.SaveRequest(contacts.Request{Address: dana, Kind: 3}, done) })
	s.exec(func(error) {}, "UPDATE contacts SET watch = 256+? ", contacts.WatchActive)
	snap := load(t, s)
	if c := snap.Contacts[0]; c.Relationship != 0 || c.Watch != 0 {
		t.Errorf("contact %+v", c)
	}
	if snap.Me.Availability != 0 || snap.Alerts.DND != 0 || snap.Alerts.Outside != 0 || snap.Requests[0].Kind != 0 {
		t.Errorf("got %+v", snap)
	}
}

// Random deeds against a plain map: what was saved last, and not deleted since, is there after any
// number of restarts.
func TestContactsFollowAPlainModel(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	s := open(t, t.TempDir())
	model := map[contacts.Address]contacts.Contact{}
	for i := range 400 {
		a := contacts.Address(fmt.Sprintf("sip:user%d@contoso.com", r.IntN(12)))
		switch r.IntN(8) {
		case 0:
			delete(model, a)
			s.DeleteContact(a, func(error) {})
		case 1:
			if i%5 == 0 {
				s = reopen(t, s)
			}
		default:
			c := contacts.Contact{Address: a, Name: text.From(fmt.Sprint(i)), SeesMe: r.IntN(2) == 0, Watch: contacts.Watch(r.IntN(5))}
			for g := range 1 + r.IntN(3) {
				c.Groups = append(c.Groups, contacts.GroupID(g*10+r.IntN(9)))
			}
			model[a] = c
			s.SaveContact(c, func(error) {})
		}
	}
	got := load(t, s).Contacts
	if len(got) != len(model) {
		t.Errorf("%d contacts, want %d", len(got), len(model))
	}
	if !slices.IsSortedFunc(got, func(a, b contacts.Contact) int { return strings.Compare(string(a.Address), string(b.Address)) }) {
		t.Error("contacts are not in order")
	}
	for _, c := range got {
		if !reflect.DeepEqual(c, model[c.Address]) {
			t.Errorf("got  %+v\nwant %+v", c, model[c.Address])
		}
	}
}

func TestAnInstallationKeepsItsUUID(t *testing.T) {
	shape := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	s := open(t, t.TempDir())
	first := load(t, s).Instance
	if !shape.MatchString(first) {
		t.Errorf("%q is no UUID of version 4", first)
	}
	if again := load(t, reopen(t, s)).Instance; again != first {
		t.Errorf("it was %s and is %s after a restart", first, again)
	}
	if other := load(t, open(t, t.TempDir())).Instance; other == first {
		t.Error("two installations share a UUID")
	}
}

func TestOptionsThatCannotBeReadHaveTheirDefaults(t *testing.T) {
	changed := option.Default()
	changed.IM.Typing, changed.General.Theme = false, option.ThemeLight
	for _, c := range []struct {
		stored string
		want   option.Set
	}{
		{`{"IM":{"Typing":false},"General":{"Theme":1},"Later":{"Unknown":true}}`, changed},
		{`{"General":{"Theme":200}}`, option.Default()},
		{`{"General":`, option.Default()},
		{``, option.Default()},
		{`[]`, option.Default()},
	} {
		if got := optionsOf([]byte(c.stored)); got != c.want {
			t.Errorf("%q reads as %+v", c.stored, got)
		}
	}
}
