package app

import (
	"math/rand/v2"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

func TestWhatIsPublishedReadsBackAsItWas(t *testing.T) {
	for _, a := range contacts.Availabilities() {
		want := a
		if a == contacts.PresenceUnknown {
			want = contacts.Offline
		}
		if got := availabilityOf(published[a]); got != want {
			t.Errorf("%v is published as %+v, which reads %v", a, published[a], got)
		}
	}
}

func TestPresenceDocumentsInLyncsWords(t *testing.T) {
	for _, c := range []struct {
		state pidf.State
		want  contacts.Availability
	}{
		{pidf.State{}, contacts.Offline},
		{pidf.State{Activity: pidf.ActivityBusy}, contacts.Offline},
		{pidf.State{Open: true}, contacts.Available},
		{pidf.State{Open: true, Idle: true}, contacts.Inactive},
		{pidf.State{Open: true, Idle: true, Activity: pidf.ActivityBusy}, contacts.BusyIdle},
		{pidf.State{Open: true, Idle: true, Activity: pidf.ActivityAway}, contacts.Away},
		{pidf.State{Open: true, Idle: true, Activity: pidf.ActivityDoNotDisturb}, contacts.DoNotDisturb},
		{pidf.State{Open: true, Activity: pidf.ActivityUrgentOnly}, contacts.UrgentOnly},
		{pidf.State{Open: true, Activity: "On-The-Phone"}, contacts.InACall},
		{pidf.State{Open: true, Activity: "do_not_disturb"}, contacts.DoNotDisturb},
		{pidf.State{Open: true, Activity: "appointment"}, contacts.InAMeeting},
		{pidf.State{Open: true, Activity: pidf.ActivityVacation}, contacts.OutOfOffice},
		{pidf.State{Open: true, Activity: "meal"}, contacts.BeRightBack},
		{pidf.State{Open: true, Activity: "sleeping"}, contacts.Away},
		{pidf.State{Open: true, Activity: "juggling"}, contacts.Available},
		{pidf.State{Open: true, Activity: "juggling", Idle: true}, contacts.Inactive},
	} {
		if got := availabilityOf(c.state); got != c.want {
			t.Errorf("%+v is %v, want %v", c.state, got, c.want)
		}
	}
}

func TestHowASubscriptionStands(t *testing.T) {
	ended := func(code int, reason string) sipclient.PresenceChanged {
		return sipclient.PresenceChanged{Watch: sipclient.WatchEnded, Code: code, Reason: text.From(reason)}
	}
	for _, c := range []struct {
		name   string
		before contacts.Watch
		event  sipclient.PresenceChanged
		want   contacts.Watch
	}{
		{"pending", contacts.WatchNone, sipclient.PresenceChanged{Watch: sipclient.WatchPending}, contacts.WatchWaiting},
		{"active", contacts.WatchWaiting, sipclient.PresenceChanged{Watch: sipclient.WatchActive}, contacts.WatchActive},
		{"no such address", contacts.WatchWaiting, ended(404, "Not Found"), contacts.WatchUnknown},
		{"no such address anywhere", contacts.WatchWaiting, ended(604, "Does Not Exist Anywhere"), contacts.WatchUnknown},
		{"the resource went away", contacts.WatchActive, ended(0, "noresource"), contacts.WatchUnknown},
		{"rejected", contacts.WatchWaiting, ended(0, "rejected"), contacts.WatchRefused},
		{"forbidden", contacts.WatchWaiting, ended(403, "Forbidden"), contacts.WatchForbidden},
		{"declined", contacts.WatchNone, ended(603, "Decline"), contacts.WatchRefused},
		{"nobody decided", contacts.WatchActive, ended(0, "giveup"), contacts.WatchWaiting},
		{"deactivated while active", contacts.WatchActive, ended(0, "deactivated"), contacts.WatchNone},
		{"lost while waiting", contacts.WatchWaiting, ended(0, "timeout"), contacts.WatchWaiting},
		{"server error while waiting", contacts.WatchWaiting, ended(503, "Service Unavailable"), contacts.WatchWaiting},
		{"a phrase that looks like a reason", contacts.WatchWaiting, ended(500, "rejected"), contacts.WatchWaiting},
		{"refused stays refused", contacts.WatchRefused, ended(0, ""), contacts.WatchRefused},
	} {
		if got := watchOf(c.before, c.event); got != c.want {
			t.Errorf("%s: %v after %v, want %v", c.name, got, c.before, c.want)
		}
	}
}

func TestPresenceReachesTheContact(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	before := w.Version()
	w.take(active(dana, pidf.State{Open: true, Activity: pidf.ActivityBusy, Note: text.From("Deadline")}))
	c := w.contact(dana)
	if c.Presence.Availability != contacts.Busy || c.Presence.Note.Raw() != "Deadline" || c.Watch != contacts.WatchActive {
		t.Errorf("Dana is %+v", c)
	}
	if w.Version() == before {
		t.Error("a change that is seen raises the version")
	}
	w.asks()
	if online, _ := w.Contacts().Online(contacts.OtherContacts); online != 1 {
		t.Errorf("%d online, want 1", online)
	}
}

func TestSomebodyWithoutADocumentIsOffline(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.take(sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchActive})
	if got := w.contact(dana).Presence.Availability; got != contacts.Offline {
		t.Errorf("Dana is %v", got)
	}
}

func TestNoPresenceStaysWhenTheServerIsGone(t *testing.T) {
	people := []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.Colleagues)}
	for name, end := range map[string]func(*world){
		"the connection breaks": func(w *world) { w.take(sipclient.Disconnected{}) },
		"signing in again fails": func(w *world) {
			w.take(sipclient.SignInFailed{Err: sipclient.ErrPassword})
		},
		"the user signs out": func(w *world) { w.do(w.SignOut(w.now)) },
		"the subscription ends": func(w *world) {
			w.take(sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchEnded, Reason: text.From("timeout")})
		},
		"the other side takes it back": func(w *world) {
			w.take(sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchPending})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := online(t, Saved{Contacts: people})
			w.take(active(dana, pidf.State{Open: true, Note: text.From("here")}))
			end(w)
			c := w.contact(dana)
			if c.Presence != (contacts.Presence{}) || c.Watch == contacts.WatchActive {
				t.Errorf("Dana is still %+v", c)
			}
			if online, total := w.Contacts().Online(contacts.OtherContacts); online != 0 || total != 2 {
				t.Errorf("the heading shows (%d/%d)", online, total)
			}
		})
	}
}

func TestPresenceThatCrossesWithSigningOutIsNotShown(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.do(w.SignOut(w.now))
	late := active(dana, pidf.State{Open: true})
	w.take(late)
	w.take(sipclient.SignedOut{}, late)
	if c := w.contact(dana); c.Presence != (contacts.Presence{}) {
		t.Errorf("Dana is %v though nobody is signed in", c.Presence.Availability)
	}
}

func TestSinceWhenAStateLasts(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	since := func() time.Time { return w.contact(dana).Presence.Since }
	open := pidf.State{Open: true}
	w.take(active(dana, open))
	if !since().IsZero() {
		t.Error("nobody knows since when the first state lasts")
	}
	w.now = w.now.Add(time.Minute)
	at := w.now
	w.take(active(dana, pidf.State{Open: true, Activity: pidf.ActivityAway}))
	if !since().Equal(at) {
		t.Errorf("Dana went away at %v, not %v", at, since())
	}
	w.now = w.now.Add(time.Minute)
	w.take(active(dana, pidf.State{Open: true, Activity: pidf.ActivityAway, Note: text.From("lunch")}))
	if !since().Equal(at) {
		t.Error("a new note does not begin a new state")
	}
	open.Since = w.now.Add(time.Hour)
	w.take(active(dana, open))
	if !since().Equal(w.now) {
		t.Errorf("a clock that is ahead gives %v", since())
	}
	at = w.now
	open.Since = time.Unix(0, 0)
	w.take(active(dana, open))
	if !since().Equal(at) {
		t.Errorf("a clock that was never set gives %v", since())
	}
	open.Since = w.now.Add(-time.Hour)
	w.take(active(dana, open))
	if !since().Equal(open.Since) {
		t.Errorf("the document says %v, shown is %v", open.Since, since())
	}
}

func TestAnAddressThatDoesNotExistIsSaidAndKept(t *testing.T) {
	c := known(fred, contacts.Colleagues)
	c.Watch = contacts.WatchWaiting
	w := online(t, Saved{Contacts: []contacts.Contact{c}})
	w.take(sipclient.PresenceChanged{URI: string(fred), Watch: sipclient.WatchEnded, Code: 404, Reason: text.From("Not Found")})
	if c := w.contact(fred); c.Watch != contacts.WatchUnknown || c.WatchReason.Raw() != "Not Found" {
		t.Errorf("Fred is %+v", c)
	}
	if saved := one[SaveContact](w).Contact; saved.Watch != contacts.WatchUnknown {
		t.Errorf("saved as %+v", saved)
	}
	again := open(t, Saved{Contacts: []contacts.Contact{w.contact(fred)}})
	if c := again.contact(fred); c.Watch != contacts.WatchUnknown || c.WatchReason.Raw() != "Not Found" {
		t.Errorf("after a restart Fred is %+v", c)
	}
}

func TestANamelessContactTakesTheNameOfItsPresence(t *testing.T) {
	c := known(dana, contacts.Colleagues)
	c.Name = text.Peer{}
	w := online(t, Saved{Contacts: []contacts.Contact{c, known(eve, contacts.Colleagues)}})
	w.take(active(dana, pidf.State{Open: true, Name: text.From("Dana D.")}), active(eve, pidf.State{Open: true, Name: text.From("The Boss")}))
	if w.NameOf(dana).Raw() != "Dana D." || w.NameOf(eve).Raw() != "eve" {
		t.Errorf("names are %q and %q", w.NameOf(dana).Raw(), w.NameOf(eve).Raw())
	}
	if got := one[SaveContact](w).Contact.Address; got != dana {
		t.Errorf("%s was saved", got)
	}
	if got := w.contact(dana).Presence.Availability; got != contacts.Available {
		t.Errorf("with the name Dana became %v", got)
	}
}

func TestPresenceOfNobodyInTheListIsForgotten(t *testing.T) {
	w := online(t, Saved{})
	v := w.Version()
	w.take(active(dana, pidf.State{Open: true}), active("nonsense", pidf.State{Open: true}))
	w.asks()
	if w.Version() != v || w.Contacts().Len() != 0 {
		t.Error("a stranger's presence left a trace")
	}
}

// In what order the presence of different people arrives, and in what batches, changes nothing.
func TestPresenceOrderAcrossContactsDoesNotMatter(t *testing.T) {
	people := []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.Workgroup), known(gina, contacts.ExternalContacts)}
	all := []contacts.Address{dana, eve, gina}
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 7))
		of := map[contacts.Address][]sipclient.Event{}
		for range 30 {
			a := all[r.IntN(len(all))]
			e := active(a, published[1+r.IntN(int(contacts.Offline))])
			e.Watch = sipclient.WatchState(1 + r.IntN(3))
			e.Known = r.IntN(4) > 0
			e.Code = []int{0, 0, 404, 403}[r.IntN(4)]
			of[a] = append(of[a], e)
		}
		var want []contacts.Contact
		for run := range 4 {
			w := online(t, Saved{Contacts: people})
			left := map[contacts.Address][]sipclient.Event{dana: of[dana], eve: of[eve], gina: of[gina]}
			for range 30 {
				a := all[r.IntN(len(all))]
				for len(left[a]) == 0 {
					a = all[r.IntN(len(all))]
				}
				w.take(left[a][0])
				left[a] = left[a][1:]
			}
			var got []contacts.Contact
			for _, a := range all {
				c := w.contact(a)
				c.Groups = nil
				got = append(got, c)
			}
			if run == 0 {
				want = got
			}
			for i := range got {
				if got[i].Presence != want[i].Presence || got[i].Watch != want[i].Watch || got[i].WatchReason != want[i].WatchReason {
					t.Fatalf("seed %d: %+v in one order, %+v in another", seed, want[i], got[i])
				}
			}
		}
	}
}
