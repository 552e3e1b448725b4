package app

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/sipclient"
	"golync/sipclient/winfo"
)

func TestSignedInWatchesEverybodyAndShowsMe(t *testing.T) {
	w := open(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(gina, contacts.ExternalContacts)}})
	w.do(w.SignIn(w.now, "secret"))
	w.asks("SignIn")
	if one[SignIn](w).Password != "secret" || w.Connection().State != SigningIn {
		t.Error("signing in with the password")
	}
	w.do(w.SignIn(w.now, "secret"))
	w.asks()
	w.take(sipclient.SignedIn{Server: "127.0.0.1:5061", Transport: "TLS", Services: sipclient.Services{Presence: true, WatcherInfo: true, Rules: true}})
	w.asks("PublishPresence", "Watch", "Watch", "PublishRules")
	if c := w.Connection(); c.State != SignedIn || c.Server != "127.0.0.1:5061" || c.Transport != "TLS" || !c.Services.Rules || c.Err != nil {
		t.Errorf("the connection is %+v", c)
	}
	if len(w.Notices()) != 0 {
		t.Errorf("a complete server needs no words: %v", w.Notices())
	}
}

func TestAWrongPasswordStopsAndAsksAgain(t *testing.T) {
	w := open(t, Saved{})
	w.do(w.SignIn(w.now, "wrong"))
	w.take(sipclient.SignInFailed{Err: sipclient.ErrPassword})
	w.asks()
	if c := w.Connection(); c.State != SignInFailed || c.Retries || !errors.Is(c.Err, sipclient.ErrPassword) {
		t.Errorf("the connection is %+v", c)
	}
	w.do(w.SignIn(w.now, "right"))
	if one[SignIn](w).Password != "right" || w.Connection().Err != nil {
		t.Error("the next password is tried")
	}
}

func TestAServerThatIsGoneIsTriedAgain(t *testing.T) {
	w := open(t, Saved{})
	w.do(w.SignIn(w.now, ""))
	gone := errors.New("connection refused")
	w.take(sipclient.SignInFailed{Err: gone, RetryIn: time.Second})
	if c := w.Connection(); c.State != SigningIn || !c.Retries || c.Err != gone {
		t.Errorf("at first the connection is %+v", c)
	}
	w.take(sipclient.SignedIn{}, sipclient.Disconnected{Err: gone, RetryIn: time.Second})
	if c := w.Connection(); c.State != Reconnecting || !c.Retries || c.Err != gone {
		t.Errorf("after a loss the connection is %+v", c)
	}
	w.take(sipclient.SignInFailed{Err: gone, RetryIn: time.Second})
	if c := w.Connection(); c.State != Reconnecting {
		t.Errorf("after a second failure the connection is %+v", c)
	}
	w.take(sipclient.SignedIn{})
	if w.Connection().State != SignedIn {
		t.Error("it is back")
	}
}

func TestSigningOutShowsAtOnceAndEndsOnce(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.SignOut(w.now))
	w.asks("SignOut")
	if w.Connection().State != SignedOut || w.Me().Availability != contacts.Offline {
		t.Errorf("the connection is %+v", w.Connection())
	}
	w.do(w.SignOut(w.now))
	w.asks()
	w.take(sipclient.SignedIn{}, sipclient.Disconnected{}, sipclient.SignInFailed{}) // they crossed
	w.asks()
	if w.Connection().State != SignedOut {
		t.Error("what crossed with signing out undid it")
	}
	w.take(sipclient.SignedOut{})
	w.take(sipclient.Disconnected{})
	if w.Connection().State != SignedOut {
		t.Errorf("the connection is %+v", w.Connection())
	}
}

func TestSigningInAgainWaitsForTheLeaving(t *testing.T) {
	for name, end := range map[string]func(*world){
		"in peace":     func(w *world) { w.take(sipclient.SignedOut{}) },
		"with a fault": func(w *world) { w.results(Done{Effect: SignOut{}, Err: errors.New("no answer")}) },
	} {
		t.Run(name, func(t *testing.T) {
			w := online(t, Saved{})
			w.do(w.SignOut(w.now))
			w.do(w.SignIn(w.now, "secret"))
			w.asks()
			if w.Connection().State != SigningIn {
				t.Error("the window shows what the user wants")
			}
			end(w)
			if one[SignIn](w).Password != "secret" {
				t.Error("the password was lost")
			}
			w.take(sipclient.SignedOut{}) // late
			if w.Connection().State != SigningIn {
				t.Error("the end of the session before ends the new one")
			}
			w.take(sipclient.SignedIn{})
			if w.Connection().State != SignedIn {
				t.Error("signed in again")
			}
		})
	}
}

func TestSigningOutTwiceTakesTheSecondThoughtBack(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.SignOut(w.now))
	w.do(w.SignIn(w.now, "secret"))
	w.do(w.SignOut(w.now))
	w.asks()
	w.take(sipclient.SignedOut{})
	w.asks()
	if w.Connection().State != SignedOut {
		t.Errorf("the connection is %+v", w.Connection())
	}
}

func TestDecisionsMadeWhileSignedOutAreToldLater(t *testing.T) {
	w := open(t, Saved{Requests: []contacts.Request{{Address: gina}}})
	w.do(w.Block(w.now, gina))
	if len(asked[PublishRules](w)) != 0 {
		t.Error("there is no server to tell")
	}
	w.signIn(Services{Rules: true, WatcherInfo: true, Presence: true})
	if len(one[PublishRules](w).Rules.People) != 1 {
		t.Error("the decision was lost")
	}
}

func TestRulesChangedElsewhereAreWrittenAgainAFewTimes(t *testing.T) {
	w := online(t, Saved{})
	for range maxRulesRetries {
		w.results(Done{Effect: PublishRules{}, Err: sipclient.ErrRulesChanged})
		w.asks("PublishRules")
	}
	w.results(Done{Effect: PublishRules{}, Err: sipclient.ErrRulesChanged})
	w.asks()
	if w.says("rules") == "" {
		t.Error("nobody is told that the rules could not be written")
	}
	w.results(Done{Effect: PublishRules{}})
	if w.says("rules") != "" {
		t.Error("the notice stays though it is no longer true")
	}
}

// A server with presence but without rules decides by itself; only one without presence leaves it to golync.
func TestWithoutRulesItIsSaidWhoDecides(t *testing.T) {
	w := open(t, Saved{})
	w.signIn(Services{Presence: true, WatcherInfo: true})
	if w.says("no-rules") != noRules || len(w.Notices()) != 1 {
		t.Errorf("notices are %+v", w.Notices())
	}
	w.results(Done{Effect: PublishRules{}, Err: sipclient.ErrNoRules})
	w.take(sipclient.SignedIn{Services: sipclient.Services{WatcherInfo: true}})
	if w.says("no-rules") != "" || w.says("no-presence") != noPresence {
		t.Errorf("notices are %+v", w.Notices())
	}
}

func TestWhatAServerLacksIsSaidOnceInWords(t *testing.T) {
	w := open(t, Saved{})
	w.signIn(Services{})
	if len(w.Notices()) != 2 || w.says("no-presence") != noPresence || w.says("no-watcherinfo") != noWatcherInfo+"New"+unlessAsked {
		t.Errorf("notices are %+v", w.Notices())
	}
	for _, n := range w.Notices() {
		if n.Error {
			t.Errorf("%q is no error", n.Text)
		}
	}
	w.DismissNotice("no-presence")
	w.DismissNotice("no-presence")
	w.take(sipclient.Disconnected{}, sipclient.SignedIn{})
	if w.says("no-presence") != "" || len(w.Notices()) != 1 {
		t.Errorf("what was dismissed is said again: %+v", w.Notices())
	}
	w.take(sipclient.SignedIn{Services: sipclient.Services{Presence: true, WatcherInfo: true, Rules: true}})
	if len(w.Notices()) != 0 {
		t.Errorf("the server offers everything now, but it reads %+v", w.Notices())
	}
}

func TestFailuresAreSaid(t *testing.T) {
	full := errors.New("disk \x1b[2Jfull")
	for _, c := range []struct {
		effect Effect
		id     string
	}{
		{SaveContact{}, "disk"},
		{SaveMe{}, "disk"},
		{PublishPresence{}, "presence"},
		{LoadHistory{}, "history"},
		{PublishRules{}, "rules"},
		{SendMessage{}, "send"},
	} {
		w := online(t, Saved{})
		w.results(Done{Effect: c.effect, Err: full})
		n := w.Notices()
		if len(n) != 1 || n[0].ID != c.id || !n[0].Error || !strings.Contains(string(n[0].Text), ": disk \uFFFD[2Jfull. ") {
			t.Errorf("%T: %+v", c.effect, n)
		}
		v := w.Version()
		w.results(Done{Effect: c.effect, Err: full})
		if len(w.Notices()) != 1 || w.Version() != v {
			t.Errorf("%T: said twice", c.effect)
		}
		w.results(Done{Effect: c.effect, Err: sipclient.ErrNotSignedIn})
		if len(w.Notices()) != 1 {
			t.Errorf("%T: %+v", c.effect, w.Notices())
		}
	}
}

func TestWatchersOfTheLastConnectionCountNoMore(t *testing.T) {
	w := online(t, Saved{})
	w.take(full(watcher(gina, winfo.Pending)), sipclient.Disconnected{}, sipclient.SignedIn{})
	w.take(partial(winfo.Watcher{ID: "w-" + string(gina), URI: string(gina), Status: winfo.Terminated}))
	if len(w.Requests()) != 0 {
		t.Error("a subscription of the last connection keeps the row")
	}
}
