package ui

import (
	"slices"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
)

// Whoever signs in without a Microsoft account has Lync's states, of which several have one name in Skype.
func TestNoStateStandsTwiceInTheMenu(t *testing.T) {
	for _, me := range []contacts.Address{alice, bob} {
		s := app.New(bobsAccount(me, nil), contacts.Providers{})
		m := newModel(t.Context(), Deps{State: s, Do: func([]app.Effect) {}, Now: time.Now, Options: Options{Face: FaceSkype}})
		openPresenceMenu(m, rect{})
		var labels []string
		for _, item := range m.dialogs.top().(*menu).items {
			if item.sign != "" {
				labels = append(labels, string(item.label))
			}
		}
		want := []string{"Online", "Away", "Do Not Disturb", "Invisible"}
		if me == alice {
			want = []string{"Online", "Do Not Disturb", "Away"} // a Lync user cannot be invisible
		}
		if !slices.Equal(labels, want) {
			t.Errorf("%s chooses among %q, want %q", me, labels, want)
		}
	}
}

// Busy is one of Lync's states that Skype has under another's name.
func TestTheMenuOpensAtTheStateThatHasTheName(t *testing.T) {
	account := bobsAccount(alice, nil)
	account.Me.Availability = contacts.Busy
	m := newModel(t.Context(), Deps{State: app.New(account, contacts.Providers{}), Do: func([]app.Effect) {}, Now: time.Now, Options: Options{Face: FaceSkype}})
	openPresenceMenu(m, rect{})
	if n := m.dialogs.top().(*menu); n.items[n.lit].label != "Do Not Disturb" {
		t.Errorf("it opens at %q", n.items[n.lit].label)
	}
}
