package app

import (
	"errors"
	"slices"
	"testing"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

func TestAddingASkypeContactAsTheSpecificationSays(t *testing.T) {
	for typed, want := range map[string]contacts.Address{
		"cheri@outlook.com":        cheri,
		"bob@contoso.com":          bob,
		"bob(contoso.com)@msn.com": bob,
	} {
		w := online(t, Saved{})
		a, effects, err := w.AddContact(w.now, Draft{
			Provider: contacts.ProviderSkype, IM: typed, Group: contacts.Favorites, Introduction: "It is me, Alice.",
		})
		w.do(effects)
		if a != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", typed, a, err, want)
			continue
		}
		w.asks("SaveContact", "Watch", "SetAdmission", "PublishRules")
		c := w.contact(want)
		if c.Watch != contacts.WatchWaiting || c.Relationship != contacts.ExternalContacts || c.Provider != contacts.ProviderSkype ||
			!slices.Equal(c.Groups, []contacts.GroupID{contacts.Favorites}) {
			t.Errorf("%q stands in the list as %+v", typed, c)
		}
		if watch := one[Watch](w); watch.Address != want || watch.Introduction != "It is me, Alice." {
			t.Errorf("watched as %+v", watch)
		}
		if got := one[PublishRules](w).Rules.People[string(want)]; got != presrules.External {
			t.Errorf("the server is told level %v", got)
		}
	}
}

func TestAddingWhileSignedOutGoesWithTheNextSignIn(t *testing.T) {
	w := open(t, Saved{})
	_, effects, err := w.AddContact(w.now, Draft{Provider: contacts.ProviderSkype, IM: "cheri@outlook.com", Introduction: "Hello"})
	w.do(effects)
	if err != nil {
		t.Fatal(err)
	}
	w.asks("SaveContact", "SetAdmission")
	if w.contact(cheri).Watch != contacts.WatchWaiting {
		t.Error("the contact waits from the first moment")
	}
	w.signIn(Services{Rules: true})
	if watch := one[Watch](w); watch.Address != cheri || watch.Introduction != "Hello" {
		t.Errorf("watched as %+v", watch)
	}
	w.take(sipclient.Disconnected{}, sipclient.SignedIn{}) // the connection went before the server had answered
	if watch := one[Watch](w); watch.Introduction != "Hello" {
		t.Errorf("watched as %+v after a loss", watch)
	}

	again := open(t, Saved{Contacts: []contacts.Contact{w.contact(cheri)}}) // and the program after it
	again.signIn(Services{Rules: true})
	if watch := one[Watch](again); watch.Introduction != "Hello" {
		t.Errorf("watched as %+v after a restart", watch)
	}
	again.take(sipclient.PresenceChanged{URI: string(cheri), Watch: sipclient.WatchPending})
	if kept := one[SaveContact](again); kept.Contact.Introduction != "" {
		t.Errorf("kept is %+v", kept.Contact)
	}
	again.take(sipclient.Disconnected{}, sipclient.SignedIn{})
	if watch := one[Watch](again); watch.Introduction != "" {
		t.Error("the introduction is told twice")
	}
}

func TestWhoCannotBeAdded(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	for _, c := range []struct {
		draft Draft
		at    contacts.Address
		want  error
	}{
		{Draft{IM: "DANA@contoso.com"}, dana, ErrAlreadyContact},
		{Draft{Provider: contacts.ProviderLync, IM: "alice"}, alice, ErrSelf},
		{Draft{IM: "bo b@contoso.com"}, "", contacts.ErrUser},
		{Draft{Provider: contacts.ProviderSkype, IM: "bob"}, "", contacts.ErrNoDomain},
	} {
		a, effects, err := w.AddContact(w.now, c.draft)
		if a != c.at || len(effects) != 0 || !errors.Is(err, c.want) {
			t.Errorf("%+v: %q, %v, %v; want %q, %v", c.draft, a, kinds(effects), err, c.at, c.want)
		}
	}
}

func TestAddingSomebodyWhoAsksIsAnAcceptance(t *testing.T) {
	w := online(t, Saved{Relationships: map[contacts.Address]contacts.Relationship{eve: contacts.BlockedContacts}})
	w.take(full(watcher(gina, winfo.Pending)))
	_, effects, _ := w.AddContact(w.now, Draft{IM: "gina@fabrikam.com"})
	if !slices.Contains(kinds(effects), "DeleteRequest") || len(w.Requests()) != 0 || w.NameOf(gina).Raw() != "gina" {
		t.Errorf("asked for %v, named %q", kinds(effects), w.NameOf(gina).Raw())
	}
	_, effects, _ = w.AddContact(w.now, Draft{IM: "eve@contoso.com"})
	w.do(effects)
	if one[SaveRelationship](w).Relationship != contacts.NoRelationship || w.RelationshipOf(eve) != contacts.Colleagues {
		t.Error("somebody blocked who is added is blocked no more")
	}
}

func TestRemove(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.BlockedContacts), known(fred, contacts.Workgroup)}})
	w.take(full(watcher(dana, winfo.Active)))
	w.do(w.Remove(w.now, dana))
	w.asks("DeleteContact", "Unwatch", "SaveRequest", "SetAdmission", "PublishRules")
	if got := w.requesters(); !slices.Equal(got, []contacts.Address{dana}) {
		t.Errorf("Dana still watches me, but New has %v", got)
	}
	if _, there := one[PublishRules](w).Rules.People[string(dana)]; there {
		t.Error("the decision on Dana is still at the server")
	}
	if got := one[PublishRules](w).Rules.Undecided; !slices.Equal(got, []string{string(dana)}) {
		t.Errorf("other devices hear that nothing is decided on %v", got)
	}
	w.do(w.Remove(w.now, eve))
	w.asks("DeleteContact", "Unwatch", "SaveRelationship", "SetAdmission", "PublishRules")
	if got := one[PublishRules](w).Rules.People[string(eve)]; got != presrules.Blocked {
		t.Errorf("Eve, who was blocked, is %v now", got)
	}
	w.do(w.Remove(w.now, fred))
	w.asks("DeleteContact", "Unwatch", "SetAdmission", "PublishRules")
	w.do(w.Remove(w.now, fred))
	w.asks()
	if w.Contacts().Len() != 0 {
		t.Error("somebody is left")
	}
}

func TestChangingTheRelationshipOfAContact(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.take(full(watcher(dana, winfo.Active)))
	w.do(w.Block(w.now, dana))
	w.asks("SaveContact", "SetAdmission", "PublishRules")
	if c := w.contact(dana); c.Relationship != contacts.BlockedContacts || c.SeesMe {
		t.Errorf("Dana is %+v", c)
	}
	w.do(w.Block(w.now, dana))
	w.asks()
	w.do(w.SetRelationship(w.now, dana, contacts.NoRelationship))
	if c := w.contact(dana); c.Relationship != contacts.Colleagues || !c.SeesMe {
		t.Errorf("auto-assigned, Dana is %+v", c)
	}
	w.do(w.SetRelationship(w.now, gina, contacts.Workgroup))
	w.asks("SaveRelationship", "SetAdmission", "PublishRules")
	w.do(w.SetRelationship(w.now, gina, contacts.NoRelationship))
	w.asks("SaveRelationship", "SetAdmission", "PublishRules")
	w.do(w.SetRelationship(w.now, gina, contacts.NoRelationship))
	w.asks()
}

func TestChoosingPresenceAndNote(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.SetPresence(w.now, contacts.DoNotDisturb))
	w.asks("SaveMe", "PublishPresence", "SetAdmission")
	if w.Me().Availability != contacts.DoNotDisturb || one[SetAdmission](w).Admission.Mine != contacts.DoNotDisturb {
		t.Errorf("I am %v", w.Me().Availability)
	}
	w.do(w.SetNote(w.now, "Writing"))
	w.asks("SaveMe", "PublishPresence")
	if p := one[PublishPresence](w).State; availabilityOf(p) != contacts.DoNotDisturb || p.Note.Raw() != "Writing" || p.Name.Raw() != "Alice" || !p.Since.Equal(w.now) {
		t.Errorf("published is %+v", p)
	}
	for _, a := range []contacts.Availability{contacts.DoNotDisturb, contacts.Offline, contacts.InACall, 99} {
		w.do(w.SetPresence(w.now, a))
		w.asks()
	}
	w.do(w.SetNote(w.now, "Writing"))
	w.asks()
	w.do(w.SetPresence(w.now, contacts.PresenceUnknown)) // Reset Status
	if w.Me().Availability != contacts.Available {
		t.Errorf("reset, I am %v", w.Me().Availability)
	}
}

func TestWhoIsNotSignedInIsOfflineAndKeepsTheChoice(t *testing.T) {
	w := open(t, Saved{Me: Me{Availability: contacts.Busy}})
	if w.Me().Availability != contacts.Offline || w.Chosen() != contacts.Busy {
		t.Errorf("signed out I am %v, having chosen %v", w.Me().Availability, w.Chosen())
	}
	w.do(w.SetPresence(w.now, contacts.Away))
	w.asks("SaveMe", "SetAdmission")
	if one[SaveMe](w).Me.Availability != contacts.Away {
		t.Error("the choice is not kept")
	}
	w.signIn(Services{Presence: true, WatcherInfo: true, Rules: true})
	if w.Me().Availability != contacts.Away || availabilityOf(one[PublishPresence](w).State) != contacts.Away {
		t.Errorf("signed in I am %v", w.Me().Availability)
	}
}

func TestNamesComeFromWhoKnowsBest(t *testing.T) {
	w := online(t, Saved{})
	m := message(gina, 1, "Hello")
	m.Name = text.From("Gina of the message")
	w.take(sipclient.MessageReceived{Message: m})
	if got := w.NameOf(gina).Raw(); got != "Gina of the message" {
		t.Errorf("she is called %q", got)
	}
	w.take(full(watcher(gina, winfo.Pending)))
	if got := w.NameOf(gina).Raw(); got != "gina" {
		t.Errorf("asking, she is called %q", got)
	}
	_, _, _ = w.AddContact(w.now, Draft{IM: "gina@fabrikam.com", Name: "Gina, my friend"})
	if got := w.NameOf(gina).Raw(); got != "Gina, my friend" {
		t.Errorf("as a contact, she is called %q", got)
	}
	if !w.NameOf(fred).Empty() {
		t.Error("Fred has no name here")
	}
}

func TestTheAdmissionSnapshotDecidesLikeTheState(t *testing.T) {
	w := online(t, Saved{
		Contacts:      []contacts.Contact{known(cheri, contacts.ExternalContacts), known(dana, contacts.BlockedContacts)},
		Relationships: map[contacts.Address]contacts.Relationship{gina: contacts.BlockedContacts, eve: contacts.Workgroup},
	})
	a := w.admission()
	for _, from := range []contacts.Address{alice, dana, eve, fred, gina, cheri, bob} {
		for what := alerts.Request; what <= alerts.StatusChange; what++ {
			if got, want := a.Admit(what, from), alerts.Decide(w.options, w.incoming(what, from)); got != want {
				t.Errorf("%v from %s: %+v by the snapshot, %+v by the state", what, from, got, want)
			}
		}
	}
}
