package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/winfo"
)

func TestTheKindOfAnAccountFollowsFromItsAddress(t *testing.T) {
	for me, want := range map[contacts.Address]contacts.Kind{
		alice: contacts.MyOrganization, bob: contacts.Skype, cheri: contacts.Skype,
	} {
		if got := openAs(t, me, Saved{}).Me().Kind; got != want {
			t.Errorf("%s is an account of kind %v", me, got)
		}
	}
}

func TestEverybodyMayAskASkypeUser(t *testing.T) {
	for outside := alerts.BlockAll; outside <= alerts.AllowAnyone; outside++ {
		for _, tell := range []bool{true, false} {
			w := skyped(t, Saved{Alerts: alerts.Options{TellMe: tell, Outside: outside}})
			lync, skype := watcher(alice, winfo.Pending), watcher(cheri, winfo.Pending)
			lync.Introduction = text.From("Alice of Contoso")
			w.take(partial(lync, skype))
			if rows := w.Requests(); len(rows) != 2 || w.HiddenRequests() != 0 || len(w.Contacts().Contacts()) != 0 {
				t.Errorf("%v %v: %v", outside, tell, rows)
			}
			if a := one[Alert](w); a.What != alerts.Request || a.More != 1 {
				t.Errorf("announced is %+v", a)
			}
			i := slices.IndexFunc(w.Requests(), func(r contacts.Request) bool { return r.Address == alice })
			if r := w.Requests()[i]; r.Kind != contacts.External || r.Introduction.Raw() != "Alice of Contoso" {
				t.Errorf("Alice's request is %+v", r)
			}
			if a := w.admission(); a.Admit(alerts.Conversation, alice).Refuse != 403 || a.Admit(alerts.Call, dana).Refuse != 603 {
				t.Error("who is no contact gets through")
			}
		}
	}
}

func TestTheAlertsOptionsOfALyncUserChangeNothingForASkypeUser(t *testing.T) {
	w := skyped(t, Saved{})
	w.take(partial(watcher(cheri, winfo.Pending)))
	w.do(w.SetAlerts(w.now, alerts.Options{Outside: alerts.AllowAnyone}))
	w.asks("SaveAlerts", "SetAdmission")
	if len(w.Requests()) != 1 || len(w.rules().OutsideAllowed) != 0 {
		t.Errorf("requests %v, rules %+v", w.requesters(), w.rules())
	}
}

func TestAcceptLetsInAndWatchesBack(t *testing.T) {
	w := skyped(t, Saved{})
	w.take(partial(watcher(alice, winfo.Pending)))
	w.do(w.Accept(w.now, alice, contacts.OtherContacts, contacts.NoRelationship))
	if watch := one[Watch](w); watch.Address != alice {
		t.Errorf("watches %+v", watch)
	}
	if rules := one[PublishRules](w).Rules; rules.People[string(alice)] != levels[contacts.ExternalContacts] {
		t.Errorf("the rules are %+v", rules)
	}
	if c := w.contact(alice); c.Provider != contacts.ProviderLync || len(w.Requests()) != 0 {
		t.Errorf("the contact is %+v", c)
	}
	if v := w.admission().Admit(alerts.Conversation, alice); v.Refuse != 0 {
		t.Error("a contact's message is refused")
	}
}

// Declining tells nobody: the person stays pending. Their program asks at every sign-in, which is no new request;
// other words are.
func TestWhoWasDeclinedMayAskAgain(t *testing.T) {
	asks := watcher(alice, winfo.Pending)
	asks.Introduction = text.From("Hello")
	w := skyped(t, Saved{})
	w.take(partial(asks))
	w.do(w.Dismiss(w.now, alice))
	if len(w.Requests()) != 0 || w.RelationshipOf(alice) != contacts.NoRelationship {
		t.Fatalf("declined is %v, %v", w.Requests(), w.RelationshipOf(alice))
	}
	w.take(full(asks))
	silent := watcher(alice, winfo.Pending)
	w.take(partial(silent))
	if len(w.Requests()) != 0 {
		t.Fatal("the same words ask again")
	}
	w.now = w.now.Add(time.Hour)
	asks.Introduction = text.From("Please, it is about the regatta")
	w.take(partial(asks))
	rows := w.Requests()
	if len(rows) != 1 || rows[0].Introduction != asks.Introduction || !rows[0].Since.Equal(w.now) {
		t.Fatalf("other words bring %+v", rows)
	}
	if a := one[Alert](w); a.From != alice || a.Text != asks.Introduction {
		t.Errorf("announced is %+v", a)
	}
	if saved := one[SaveRequest](w).Request; saved.Dismissed {
		t.Error("the disk has it declined still")
	}
	if rules := one[PublishRules](w).Rules; len(rules.People) != 0 || !slices.Contains(rules.Undecided, string(alice)) {
		t.Errorf("the rules are %+v", rules)
	}
}

// Whoever takes the request back, and adds the user once more, asks anew: a Lync user says no words with it.
func TestWhoWithdrewADeclinedRequestMayAskAgain(t *testing.T) {
	for name, withdrawn := range map[string]sipclient.WatchersChanged{
		"while signed in": partial(watcher(alice, winfo.Terminated)),
		"while away":      full(),
	} {
		w := skyped(t, Saved{})
		w.take(partial(watcher(alice, winfo.Pending)))
		w.do(w.Dismiss(w.now, alice))
		w.take(full(watcher(alice, winfo.Waiting))) // Alice has signed out
		w.take(withdrawn)
		if rules := one[PublishRules](w).Rules; len(rules.People) != 0 {
			t.Errorf("%s: the rules are %+v", name, rules)
		}
		w.take(partial(watcher(alice, winfo.Pending)))
		if rows := w.Requests(); len(rows) != 1 || len(asked[Alert](w)) != 1 {
			t.Errorf("%s: %v", name, rows)
		}
	}
}

// What a Lync user has dismissed is dismissed for good, whatever is said.
func TestNoWordsBringBackWhatALyncUserDismissed(t *testing.T) {
	w := online(t, Saved{})
	w.take(partial(watcher(gina, winfo.Pending)))
	w.do(w.Dismiss(w.now, gina))
	asks := watcher(gina, winfo.Pending)
	asks.Introduction = text.From("Please")
	w.take(partial(asks))
	if len(w.Requests()) != 0 {
		t.Error("the row is back")
	}
}

func TestBlockedIsForGood(t *testing.T) {
	d := newDisk(bob)
	w := skyped(t, Saved{})
	w.take(partial(watcher(alice, winfo.Pending)))
	w.do(w.Block(w.now, alice))
	if rules := one[PublishRules](w).Rules; rules.People[string(alice)] != levels[contacts.BlockedContacts] {
		t.Errorf("the rules are %+v", rules)
	}
	d.write(w.last)
	again := skyped(t, Saved{Relationships: d.saved().Relationships})
	asks := watcher(alice, winfo.Pending)
	asks.Introduction = text.From("Other words")
	again.take(full(asks))
	again.take(partial(watcher(alice, winfo.Active)))
	if len(again.Requests()) != 0 || again.RelationshipOf(alice) != contacts.BlockedContacts || again.Waits(alice) != "" {
		t.Errorf("after a restart: %v, %v", again.Requests(), again.RelationshipOf(alice))
	}
	if v := again.admission().Admit(alerts.Conversation, alice); v.Refuse != 403 {
		t.Error("a blocked person's message is taken")
	}
}

func TestASkypeUserChoosesAmongFourStates(t *testing.T) {
	w := skyped(t, Saved{})
	for _, a := range contacts.Availabilities() {
		before := w.Me().Availability
		w.do(w.SetPresence(w.now, a))
		want := before
		switch {
		case slices.Contains(contacts.SkypeChoices(), a):
			want = a
		case a == contacts.PresenceUnknown:
			want = contacts.Available
		}
		if got := w.Me().Availability; got != want {
			t.Errorf("%v makes %v of %v", a, got, before)
		}
	}
}

func TestInvisibleIsClosedAndStaysSignedIn(t *testing.T) {
	w := skyped(t, Saved{Contacts: []contacts.Contact{known(alice, contacts.ExternalContacts)}})
	w.do(w.SetNote(w.now, "Gone sailing"))
	w.do(w.SetPresence(w.now, contacts.Offline))
	if p := one[PublishPresence](w).State; p.Open {
		t.Errorf("published is %+v", p)
	}
	if one[SaveMe](w).Me.Availability != contacts.Offline || w.Connection().State != SignedIn || w.Mine() != contacts.Offline {
		t.Error("Invisible is not kept, or not signed in")
	}
	w.take(received(alice, 1, "Are you there?"))
	if c := w.Conversation(alice); c == nil || c.Unread != 1 {
		t.Error("a message did not come through")
	}
	if back := skyped(t, Saved{Me: Me{Availability: contacts.Offline}}); back.Me().Availability != contacts.Offline {
		t.Error("after a restart the user is visible")
	}
	if lync := online(t, Saved{Me: Me{Availability: contacts.Offline}}); lync.Me().Availability != contacts.Available {
		t.Error("a Lync user is invisible")
	}
	if _, next := w.Idle(w.now.Add(24 * time.Hour)); w.Mine() != contacts.Offline || next != 0 {
		t.Error("being idle makes Invisible something else")
	}
}

func TestAnIdleSkypeUserIsAway(t *testing.T) {
	w := skyped(t, Saved{})
	effects, _ := w.Idle(w.now.Add(5 * time.Minute))
	w.do(effects)
	if p := one[PublishPresence](w).State; w.Mine() != contacts.Away || p.Activity != "away" {
		t.Errorf("%v is published as %+v", w.Mine(), p)
	}
	if effects, _ := w.Idle(w.now.Add(time.Hour)); len(effects) != 0 {
		t.Errorf("later: %v", kinds(effects))
	}
	w.do(w.Active(w.now.Add(2 * time.Hour)))
	if w.Mine() != contacts.Available {
		t.Error("the user is back, and Away")
	}
}

func TestAServerThatNamesNoWatchersIsExplainedInTheWordsOfTheWindow(t *testing.T) {
	for me, want := range map[contacts.Address]string{
		alice: "people who add you appear in New only when", bob: "people who add you appear in your contact requests only when",
	} {
		w := openAs(t, me, Saved{})
		w.signIn(Services{Presence: true, Rules: true})
		if got := w.says("no-watcherinfo"); !strings.Contains(string(got), want) {
			t.Errorf("%s is told %q", me, got)
		}
	}
}

func TestWhoWaitsForWhomIsSaidInWords(t *testing.T) {
	waiting := known(eve, contacts.Colleagues)
	waiting.Watch = contacts.WatchWaiting
	blocked := waiting
	blocked.Address, blocked.Relationship = fred, contacts.BlockedContacts
	w := online(t, Saved{
		Contacts: []contacts.Contact{known(dana, contacts.Colleagues), waiting, blocked},
		Requests: []contacts.Request{{Address: gina, Name: text.From("Gina")}, {Address: cheri}, {Address: bob}},
	})
	for a, want := range map[contacts.Address]text.Safe{
		dana: "", fred: "", "sip:nobody@contoso.com": "",
		eve:   "Waiting for eve to accept",
		gina:  "Gina has added you: accept in New",
		cheri: "cheri@outlook.com has added you: your Alerts options keep it out of New",
	} {
		if got := w.Waits(a); got != want {
			t.Errorf("%s: %q, want %q", a, got, want)
		}
	}
	w.do(w.SetAlerts(w.now, alerts.Options{TellMe: true, Outside: alerts.AllowInvites}))
	if got := w.Waits(bob); got != "bob@contoso.com has added you: accept in New" {
		t.Errorf("a Microsoft account is %q", got)
	}
	w.do(w.Dismiss(w.now, bob))
	if got := w.Waits(bob); got != "" {
		t.Errorf("dismissed, it says %q", got)
	}
}
