package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

func presence(note string) app.PublishPresence {
	return app.PublishPresence{State: pidf.State{Note: text.From(note)}}
}

func TestOnlyTheLatestPresenceIsPublished(t *testing.T) {
	gate := make(chan struct{})
	refusal := errors.New("refused")
	f := &fake{publish: func(_ context.Context, s pidf.State) error {
		<-gate
		if s.Note.Raw() == "5" {
			return refusal
		}
		return nil
	}}
	b := start(t, f)
	b.Do([]app.Effect{presence("1")})
	await(t, "the first one is on its way", func() bool { return len(f.noted()) == 1 })
	b.Do([]app.Effect{presence("2"), presence("3"), presence("4"), presence("5")})
	close(gate)
	for i := range 5 {
		d := result[app.Done](b)
		note := d.Effect.(app.PublishPresence).State.Note.Raw()
		if note != fmt.Sprint(i+1) || (i > 0) != errors.Is(d.Err, refusal) {
			t.Errorf("result %d: %s, %v", i+1, note, d.Err)
		}
	}
	if calls := f.noted(); !slices.Equal(calls, []string{"publish 1", "publish 5"}) {
		t.Errorf("the client was asked %v", calls)
	}
}

func TestPresenceAndRulesDoNotWaitForEachOther(t *testing.T) {
	gate := make(chan struct{})
	b := start(t, &fake{publish: func(context.Context, pidf.State) error { <-gate; return nil }})
	defer close(gate)
	b.Do([]app.Effect{presence("1"), app.PublishRules{}})
	if d := result[app.Done](b); d.Effect == nil || fmt.Sprintf("%T", d.Effect) != "app.PublishRules" {
		t.Errorf("got %T", d.Effect)
	}
}

func TestWatchingKeepsItsOrder(t *testing.T) {
	f := &fake{}
	b := start(t, f)
	b.Do([]app.Effect{
		app.Watch{Address: dana, Introduction: "!"}, app.Unwatch{Address: dana}, app.Watch{Address: dana}, app.Watch{Address: eve},
	})
	want := []string{"watch " + string(dana) + "!", "unwatch " + string(dana), "watch " + string(dana), "watch " + string(eve)}
	if calls := f.noted(); !slices.Equal(calls, want) {
		t.Errorf("got %v", calls)
	}
}

func TestSigningOutEndsAHangingSignIn(t *testing.T) {
	f := &fake{signIn: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}
	b := start(t, f)
	b.Do([]app.Effect{app.SignIn{}})
	await(t, "signing in has begun", func() bool { return len(f.noted()) == 1 })
	b.Do([]app.Effect{app.SignOut{}})
	if d := result[app.Done](b); d.Err != nil {
		t.Errorf("signing out: %v", d.Err)
	}
	if calls := f.noted(); !slices.Equal(calls, []string{"sign in", "sign out"}) {
		t.Errorf("got %v", calls)
	}
}

func TestSigningInAndOutTakeTurns(t *testing.T) {
	gate := make(chan struct{})
	f := &fake{signOut: func(context.Context) error { <-gate; return nil }}
	b := start(t, f)
	b.Do([]app.Effect{app.SignOut{}, app.SignIn{}})
	b.settle()
	if calls := f.noted(); slices.Contains(calls, "sign in") {
		t.Errorf("signed in before signing out had ended: %v", calls)
	}
	close(gate)
	await(t, "both are done", func() bool { return len(f.noted()) == 2 })
}

func TestATypedPasswordIsGoodForTheWholeRun(t *testing.T) {
	asked := make(chan string, 1)
	f := &fake{}
	b := start(t, f)
	f.signIn = func(ctx context.Context) error {
		p, err := f.options.Account.Password(ctx)
		asked <- fmt.Sprint(p, err)
		return nil
	}
	for _, c := range []struct {
		typed, want string
		then        sipclient.Event
	}{
		{"", "configured<nil>", sipclient.SignedIn{}},
		{"typed", "typed<nil>", sipclient.SignedIn{}},
		{"", "typed<nil>", sipclient.Disconnected{RetryIn: time.Second}},
		{"", "typed<nil>", sipclient.SignInFailed{Err: sipclient.ErrNoAnswer}},
		{"mistyped", "mistyped<nil>", sipclient.SignInFailed{Err: sipclient.ErrPassword}},
		{"", "configured<nil>", sipclient.SignedIn{}}, // what the server has refused is not tried again
	} {
		b.Do([]app.Effect{app.SignIn{Password: c.typed}})
		if got := <-asked; got != c.want {
			t.Errorf("typed %q: the client was given %s, want %s", c.typed, got, c.want)
		}
		f.options.Emit(c.then)
	}
}

// Where nothing is typed and nothing is configured there is nothing to be tried again: the user has to be asked.
func TestWithoutAnyPasswordTheClientIsToldSo(t *testing.T) {
	b := start(t, &fake{})
	b.password.configured = nil
	if _, err := b.client.options.Account.Password(t.Context()); !errors.Is(err, sipclient.ErrNoPassword) {
		t.Errorf("the client was told %v", err)
	}
}

func TestEveryCallOfTheClientIsBounded(t *testing.T) {
	deadlines := make(chan bool, 4)
	note := func(ctx context.Context) error { _, ok := ctx.Deadline(); deadlines <- ok; return nil }
	f := &fake{signIn: note, signOut: note}
	f.publish = func(ctx context.Context, _ pidf.State) error { return note(ctx) }
	f.send = func(ctx context.Context, _ sipclient.Message) (sipclient.Delivery, error) {
		return sipclient.Sent, note(ctx)
	}
	b := start(t, f)
	b.Do([]app.Effect{app.SignIn{}, presence("1"), app.SendMessage{Message: message(dana, "1")}})
	for range 3 {
		if !<-deadlines {
			t.Error("a call without an end in time")
		}
	}
}

func TestRequestsAreAdmittedByTheLatestSnapshot(t *testing.T) {
	b := start(t, &fake{})
	admit := func(method, from string) int {
		return b.client.options.Admit(sipclient.Incoming{Method: method, From: from}).Refuse
	}
	if got := admit("MESSAGE", string(dana)); got != 503 {
		t.Errorf("before there is a snapshot: %d", got)
	}
	blocked := func(who ...contacts.Address) app.SetAdmission {
		a := alerts.Admission{Decided: map[contacts.Address]contacts.Relationship{}}
		for _, w := range who {
			a.Decided[w] = contacts.BlockedContacts
		}
		return app.SetAdmission{Admission: a}
	}
	b.Do([]app.Effect{blocked(dana), blocked(eve)})
	for _, c := range []struct {
		method, from string
		want         int
	}{
		{"MESSAGE", string(dana), 0},
		{"MESSAGE", string(eve), 403},
		{"MESSAGE", "sip:EVE@CONTOSO.com;transport=tcp", 403},
		{"INVITE", string(eve), 603},
		{"SUBSCRIBE", string(eve), 0},
		{"MESSAGE", "sip:no user", 403},
		{"REFER", string(dana), 503},
	} {
		if got := admit(c.method, c.from); got != c.want {
			t.Errorf("%s from %s: %d, want %d", c.method, c.from, got, c.want)
		}
	}
}
