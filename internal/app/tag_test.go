package app

import (
	"testing"

	"golync/alerts"
	"golync/contacts"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// tagged is an online world with Dana tagged, Available.
func tagged(t *testing.T) *world {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.Colleagues)}})
	w.do(w.Tag(w.now, dana))
	if c := one[SaveContact](w).Contact; !c.Tagged || !w.contact(dana).Tagged {
		t.Fatal("the tag was not kept")
	}
	w.take(active(dana, pidf.State{Open: true}), active(eve, pidf.State{Open: true}))
	w.asks() // the first that is heard of somebody is no change
	return w
}

func TestTagIsTakenAwayAgain(t *testing.T) {
	w := tagged(t)
	w.do(w.Tag(w.now, dana))
	w.take(active(dana, pidf.State{}))
	w.asks()
	w.do(w.Tag(w.now, fred)) // nobody's
	w.asks()
}

func TestATaggedContactIsAnnouncedAvailableOrOffline(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to contacts.Availability
		want     bool
	}{
		{"comes", contacts.Offline, contacts.Available, true},
		{"comes back", contacts.Away, contacts.Available, true},
		{"goes", contacts.Available, contacts.Offline, true},
		{"goes from a meeting", contacts.InAMeeting, contacts.Offline, true},
		{"gets busy", contacts.Available, contacts.Busy, false},
		{"comes busy", contacts.Offline, contacts.Busy, false},
		{"stays", contacts.Available, contacts.Available, false},
	} {
		w := tagged(t)
		w.take(active(dana, published[c.from]))
		w.take(active(dana, published[c.to]), active(eve, published[c.to]))
		got := asked[Alert](w)
		if (len(got) == 1) != c.want {
			t.Errorf("%s: announced %v", c.name, got)
			continue
		}
		if c.want && (got[0].What != alerts.StatusChange || got[0].From != dana || got[0].Is != c.to || got[0].More != 0) {
			t.Errorf("%s: announced %+v", c.name, got[0])
		}
	}
}

func TestOnlyTheLastOfSeveralChangesIsAnnounced(t *testing.T) {
	w := tagged(t)
	w.take(active(dana, pidf.State{}), active(dana, pidf.State{Open: true}), active(dana, pidf.State{}))
	if a := one[Alert](w); a.Is != contacts.Offline || a.More != 0 {
		t.Errorf("announced %+v", a)
	}
}

// Nobody went anywhere when the user's own connection broke, and nobody came when it is back.
func TestMyOwnConnectionAnnouncesNobody(t *testing.T) {
	w := tagged(t)
	for _, e := range []sipclient.Event{
		sipclient.Disconnected{},
		sipclient.SignedIn{},
		active(dana, pidf.State{}),
	} {
		w.take(e)
		if got := asked[Alert](w); len(got) != 0 {
			t.Errorf("%T announced %+v", e, got)
		}
	}
	w.do(w.SignOut(w.now))
	w.take(sipclient.SignedOut{})
	if got := asked[Alert](w); len(got) != 0 {
		t.Errorf("signing out announced %+v", got)
	}
}

func TestStatusChangesObeyDoNotDisturb(t *testing.T) {
	for choice, want := range map[alerts.DNDChoice]bool{
		alerts.ShowAllButConversations: true, alerts.ShowWorkgroupOnly: false, alerts.ShowNone: false,
	} {
		w := tagged(t)
		w.do(w.SetPresence(w.now, contacts.DoNotDisturb))
		w.do(w.SetAlerts(w.now, alerts.Options{TellMe: true, DND: choice}))
		w.take(active(dana, pidf.State{}))
		if got := asked[Alert](w); (len(got) == 1) != want {
			t.Errorf("choice %v: announced %v", choice, got)
		}
	}
}

func TestABlockedContactIsNotAnnounced(t *testing.T) {
	w := tagged(t)
	w.do(w.SetRelationship(w.now, dana, contacts.BlockedContacts))
	w.take(active(dana, pidf.State{}))
	if got := asked[Alert](w); len(got) != 0 {
		t.Errorf("announced %v", got)
	}
}
