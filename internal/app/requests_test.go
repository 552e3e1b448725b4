package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

func TestSomebodyWhoAddsMeStandsInNew(t *testing.T) {
	w := online(t, Saved{})
	asks := watcher(gina, winfo.Pending)
	asks.Introduction = text.From("We met in Prague.")
	w.take(full(asks))
	if got := w.Requests(); len(got) != 1 || got[0].Address != gina || got[0].Kind != contacts.External ||
		got[0].Introduction.Raw() != "We met in Prague." || !got[0].Since.Equal(w.now) {
		t.Fatalf("New has %+v", got)
	}
	w.asks("SaveRequest", "Alert")
	if a := one[Alert](w); a.What != alerts.Request || a.From != gina || a.Name.Raw() != "gina" || a.Text.Raw() != "We met in Prague." {
		t.Errorf("announced as %+v", a)
	}
	w.take(full(asks), partial(asks))
	w.asks() // the same once more is no news
}

func TestANewNameOfTheSamePersonIsSavedButNotAnnounced(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(gina, winfo.Pending)))
	renamed := watcher(gina, winfo.Pending)
	renamed.Name = text.From("Gina G.")
	w.take(partial(renamed))
	w.asks("SaveRequest")
	renamed.Name = text.Peer{}
	w.take(partial(renamed))
	if w.Requests()[0].Name.Raw() != "Gina G." {
		t.Error("a server that does not say the name takes it away")
	}
}

func TestNewestRequestsComeFirst(t *testing.T) {
	w := online(t, Saved{})
	for _, a := range []contacts.Address{gina, fred, dana} {
		w.take(partial(watcher(a, winfo.Pending)))
		w.now = w.now.Add(time.Second)
	}
	if got := w.requesters(); !slices.Equal(got, []contacts.Address{dana, fred, gina}) {
		t.Errorf("New has %v", got)
	}
}

func TestAcceptAddsWatchesAndLetsSee(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(gina, winfo.Pending)))
	w.do(w.Accept(w.now, gina, contacts.Favorites, contacts.Workgroup))
	w.asks("SaveContact", "DeleteRequest", "Watch", "SetAdmission", "PublishRules")
	c := w.contact(gina)
	if c.Relationship != contacts.Workgroup || !slices.Equal(c.Groups, []contacts.GroupID{contacts.Favorites}) ||
		c.Watch != contacts.WatchWaiting || c.Name.Raw() != "gina" || c.Provider != contacts.ProviderLync {
		t.Errorf("Gina is %+v", c)
	}
	if got := one[PublishRules](w).Rules.People[string(gina)]; got != presrules.Workgroup {
		t.Errorf("the server is told level %v", got)
	}
	if len(w.Requests()) != 0 {
		t.Error("the row is still in New")
	}
	w.do(w.Accept(w.now, gina, contacts.Favorites, contacts.Workgroup))
	w.asks() // a decision is made once
	w.take(full(watcher(gina, winfo.Active)))
	if !w.contact(gina).SeesMe || len(w.Requests()) != 0 {
		t.Error("Gina sees me now, and asks no more")
	}
}

func TestAcceptWithoutARelationshipTakesTheDefaultOfTheKind(t *testing.T) {
	w := online(t, Saved{Alerts: alerts.Options{TellMe: true, Outside: alerts.AllowInvites}})
	w.take(full(watcher(dana, winfo.Pending), watcher(cheri, winfo.Pending), watcher(gina, winfo.Pending)))
	for a, want := range map[contacts.Address]contacts.Relationship{
		dana: contacts.Colleagues, cheri: contacts.ExternalContacts, gina: contacts.ExternalContacts,
	} {
		w.do(w.Accept(w.now, a, 99, contacts.NoRelationship))
		if c := w.contact(a); c.Relationship != want || !slices.Equal(c.Groups, []contacts.GroupID{contacts.OtherContacts}) {
			t.Errorf("%s is %+v", a, c)
		}
	}
	if w.contact(cheri).Provider != contacts.ProviderSkype {
		t.Error("Cheri is a Skype contact")
	}
}

func TestBlockedPeopleAreGoneAndStayBlocked(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(gina, winfo.Pending)))
	w.do(w.Block(w.now, gina))
	w.asks("DeleteRequest", "SaveRelationship", "SetAdmission", "PublishRules")
	if got := one[PublishRules](w).Rules.People[string(gina)]; got != presrules.Blocked {
		t.Errorf("the server is told level %v", got)
	}
	if v := one[SetAdmission](w).Admission.Admit(alerts.Conversation, gina); v.Refuse != 403 {
		t.Errorf("her messages get %+v", v)
	}
	w.do(w.Block(w.now, gina))
	w.asks()
	w.take(full(watcher(gina, winfo.Pending)))
	if len(w.Requests())+w.HiddenRequests() != 0 {
		t.Error("somebody blocked is in New again")
	}
	again := online(t, Saved{Relationships: map[contacts.Address]contacts.Relationship{gina: contacts.BlockedContacts}})
	again.take(full(watcher(gina, winfo.Pending)))
	if len(again.Requests()) != 0 || again.RelationshipOf(gina) != contacts.BlockedContacts {
		t.Error("after a restart Gina is not blocked")
	}
	again.do(again.SetRelationship(again.now, gina, contacts.NoRelationship))
	if r := one[SaveRelationship](again); r.Relationship != contacts.NoRelationship {
		t.Errorf("unblocking is saved as %+v", r)
	}
}

func TestADismissedRequestIsNeverShownAgain(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(gina, winfo.Pending)))
	w.do(w.Dismiss(w.now, gina))
	w.asks("SaveRequest", "PublishRules")
	if got := one[PublishRules](w).Rules.People[string(gina)]; got != presrules.Dismissed {
		t.Errorf("the server is told level %v", got)
	}
	saved := one[SaveRequest](w).Request
	w.do(w.Dismiss(w.now, gina))
	w.asks()
	again := online(t, Saved{Requests: []contacts.Request{saved}})
	for _, x := range []*world{w, again} {
		x.take(full(watcher(gina, winfo.Pending)), full(), full(watcher(gina, winfo.Pending)))
		x.asks()
		if len(x.Requests())+x.HiddenRequests() != 0 {
			t.Error("the dismissed request is back")
		}
	}
	// It can still be taken back, by adding her.
	if _, effects, err := again.AddContact(again.now, Draft{IM: "gina@fabrikam.com"}); err != nil || !slices.Contains(kinds(effects), "DeleteRequest") {
		t.Errorf("adding her afterwards: %v, %v", kinds(effects), err)
	}
}

func TestARowLeavesWhenTheOtherSideWithdraws(t *testing.T) {
	for name, c := range map[string]struct {
		event sipclient.WatchersChanged
		stays bool
	}{
		"a full document without her":        {full(watcher(fred, winfo.Pending)), false},
		"her subscription ended":             {partial(watcher(gina, winfo.Terminated)), false},
		"a partial document without her":     {partial(watcher(fred, winfo.Pending)), true},
		"her subscription waits":             {partial(watcher(gina, winfo.Waiting)), true},
		"another of her devices left":        {partial(winfo.Watcher{ID: "other", URI: string(gina), Status: winfo.Terminated}), true},
		"she was sent away to come back":     {partial(winfo.Watcher{ID: "w-" + string(gina), URI: string(gina), Status: winfo.Terminated, Event: "probation"}), true},
		"another device of mine let her see": {full(watcher(gina, winfo.Active)), false},
	} {
		t.Run(name, func(t *testing.T) {
			w := online(t, Saved{})
			w.take(full(watcher(gina, winfo.Pending)))
			w.take(c.event)
			if got := slices.Contains(w.requesters(), gina); got != c.stays {
				t.Errorf("Gina is in New: %v", got)
			}
			if got := len(asked[DeleteRequest](w)) == 1; got == c.stays {
				t.Errorf("asked for %v", kinds(w.last))
			}
		})
	}
}

func TestRowsOutliveARestartAndALostConnection(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(gina, winfo.Pending)))
	saved := one[SaveRequest](w).Request
	w.take(sipclient.Disconnected{})
	if len(w.Requests()) != 1 {
		t.Error("the row went with the connection")
	}
	again := online(t, Saved{Requests: []contacts.Request{saved}})
	again.take(full(watcher(gina, winfo.Pending)))
	if len(again.Requests()) != 1 || !again.Requests()[0].Since.Equal(saved.Since) {
		t.Errorf("after a restart New has %+v", again.Requests())
	}
	again.asks()
}

// The specification's last procedure, and what the default does before it.
func TestSkypeRequestsAppearWhenAlertsAllowThem(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(cheri, winfo.Pending), watcher(dana, winfo.Pending)))
	if got := w.requesters(); !slices.Equal(got, []contacts.Address{dana}) || w.HiddenRequests() != 1 {
		t.Errorf("New has %v and holds %d back", got, w.HiddenRequests())
	}
	if a := one[Alert](w); a.From != dana {
		t.Errorf("%s is announced", a.From)
	}
	w.do(w.SetAlerts(w.now, alerts.Options{TellMe: true, Outside: alerts.AllowInvites}))
	w.asks("SaveAlerts", "SetAdmission")
	if len(w.Requests()) != 2 || w.HiddenRequests() != 0 {
		t.Errorf("New has %v", w.requesters())
	}
	w.do(w.SetAlerts(w.now, alerts.Options{TellMe: true, Outside: alerts.AllowInvites}))
	w.asks()
	w.do(w.SetAlerts(w.now, alerts.Default()))
	if w.HiddenRequests() != 1 {
		t.Error("the row is not held back again")
	}
}

func TestAllowAnyoneIsARuleForEverybodyOutside(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(cheri, winfo.Pending)))
	w.do(w.SetAlerts(w.now, alerts.Options{TellMe: true, Outside: alerts.AllowAnyone}))
	w.asks("SaveAlerts", "SetAdmission", "PublishRules")
	if rules := one[PublishRules](w).Rules; !slices.Contains(rules.OutsideAllowed, "outlook.com") || !slices.Contains(rules.OutsideAllowed, "msn.com") {
		t.Errorf("allowed are %v", rules.OutsideAllowed)
	}
	// She sees me now by that rule, which is no decision on her.
	w.take(full(watcher(cheri, winfo.Active)))
	if got := w.requesters(); !slices.Equal(got, []contacts.Address{cheri}) {
		t.Errorf("New has %v", got)
	}
	w.do(w.SetAlerts(w.now, alerts.Default()))
	if rules := one[PublishRules](w).Rules; rules.OutsideAllowed != nil {
		t.Errorf("still allowed are %v", rules.OutsideAllowed)
	}
}

func TestUntoldColleaguesAreLetInSilentlyAndOutsidersWait(t *testing.T) {
	w := online(t, Saved{Alerts: alerts.Options{Outside: alerts.AllowAnyone}})
	w.take(full(watcher(dana, winfo.Pending), watcher(gina, winfo.Pending), watcher(cheri, winfo.Pending)))
	c := w.contact(dana)
	if c.Relationship != contacts.Colleagues || !slices.Equal(c.Groups, []contacts.GroupID{contacts.OtherContacts}) {
		t.Errorf("Dana is %+v", c)
	}
	if len(asked[Alert](w)) != 0 || len(w.Requests()) != 0 || w.HiddenRequests() != 2 {
		t.Errorf("New has %v and holds %d back, alerts are %v", w.requesters(), w.HiddenRequests(), asked[Alert](w))
	}
	w.do(w.SetAlerts(w.now, alerts.Options{TellMe: true, Outside: alerts.AllowAnyone}))
	if len(w.Requests()) != 2 {
		t.Errorf("told again, New has %v", w.requesters())
	}
	w.take(partial(watcher(eve, winfo.Pending)))
	w.do(w.SetAlerts(w.now, alerts.Options{Outside: alerts.AllowAnyone}))
	if w.contact(eve).Relationship != contacts.Colleagues || w.HiddenRequests() != 2 {
		t.Error("Eve, who waited, is not let in when the user does not want to be told")
	}
}

func TestAContactWhoAddsMeIsGrantedByTheRelationship(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Workgroup)}})
	w.take(full(watcher(dana, winfo.Pending)))
	w.asks() // the rules of the signing in are still under way
	w.results(Done{Effect: PublishRules{}})
	w.take(full(watcher(dana, winfo.Pending)))
	if got := one[PublishRules](w).Rules.People[string(dana)]; got != presrules.Workgroup {
		t.Errorf("the server is told level %v", got)
	}
	w.results(Done{Effect: PublishRules{}})
	w.take(full(watcher(dana, winfo.Pending)))
	w.asks() // a server that ignores rules is not written to for ever
	if len(w.Requests()) != 0 {
		t.Error("a contact stands in New")
	}
	w.take(full(watcher(dana, winfo.Active)))
	if !w.contact(dana).SeesMe {
		t.Error("Dana sees me")
	}
	w.take(full())
	if w.contact(dana).SeesMe {
		t.Error("Dana has gone and still sees me")
	}
}

func TestOnAServerWithoutRulesWatchingIsNoDecision(t *testing.T) {
	w := open(t, Saved{})
	w.signIn(Services{Presence: true, WatcherInfo: true})
	w.take(full(watcher(gina, winfo.Active)))
	if got := w.requesters(); !slices.Equal(got, []contacts.Address{gina}) {
		t.Errorf("New has %v", got)
	}
}

func TestSomebodyLetInElsewhereDoesNotAsk(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(gina, winfo.Active)))
	w.asks()
	if len(w.Requests()) != 0 {
		t.Error("somebody whom another device let in stands in New")
	}
}

func TestMyOwnDevicesAndNonsenseAreNoWatchers(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(alice, winfo.Pending), watcher("sip:ALICE@contoso.com", winfo.Pending), watcher("tel:+49", winfo.Pending)))
	w.asks()
}

func TestAFloodOfRequestsIsBoundedAndAnnouncedOnce(t *testing.T) {
	w := online(t, Saved{})
	flood := make([]winfo.Watcher, 100_000)
	for i := range flood {
		a := contacts.Address(fmt.Sprintf("sip:flood%d@fabrikam.com", i))
		flood[i] = winfo.Watcher{ID: fmt.Sprint(i), URI: string(a), Status: winfo.Pending}
	}
	w.take(partial(flood...))
	if got := len(w.Requests()); got != MaxRequests {
		t.Errorf("New has %d rows", got)
	}
	if a := one[Alert](w); a.More != MaxRequests-1 {
		t.Errorf("announced as %+v", a)
	}
	if n := len(w.watchers.byID); n > maxWatchers {
		t.Errorf("%d subscriptions are remembered", n)
	}
	for _, a := range w.requesters() {
		w.do(w.Dismiss(w.now, a))
	}
	w.take(partial(watcher(gina, winfo.Pending)))
	if got := w.requesters(); !slices.Equal(got, []contacts.Address{gina}) {
		t.Errorf("after the flood was dismissed New has %v", got)
	}
}

func TestSilentAcceptanceDoesNotGrowTheListForEver(t *testing.T) {
	w := online(t, Saved{Alerts: alerts.Options{DND: alerts.ShowNone}})
	var flood []winfo.Watcher
	for i := range 3 * maxSilent {
		flood = append(flood, winfo.Watcher{ID: fmt.Sprint(i), URI: fmt.Sprintf("sip:f%d@contoso.com", i), Status: winfo.Pending})
	}
	w.take(full(flood...))
	if n := w.Contacts().Len(); n != maxSilent {
		t.Errorf("the list has grown to %d", n)
	}
	if len(w.Requests()) != 0 || w.HiddenRequests() != MaxRequests {
		t.Errorf("New has %d rows and holds %d back", len(w.Requests()), w.HiddenRequests())
	}
}
