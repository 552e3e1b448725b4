package app

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// skyped starts a State of bob's, who has a Microsoft account with a custom domain.
func skyped(t *testing.T, saved Saved) *world {
	t.Helper()
	w := openAs(t, bob, saved)
	w.signIn(Services{Presence: true, WatcherInfo: true, Rules: true})
	return w
}

// looks has the user look for somebody.
func (w *world) looks(typed string) {
	w.t.Helper()
	effects, err := w.LookUp(w.now, typed)
	if err != nil {
		w.t.Fatalf("%q: %v", typed, err)
	}
	w.do(effects)
}

// answers gives the answer to what was asked last.
func (w *world) answers(name string, found bool, err error) {
	w.t.Helper()
	asked := one[LookUp](w)
	w.results(LookedUp{Address: asked.Address, Number: asked.Number, Name: text.From(name), Found: found, Err: err})
}

func TestWhatASkypeUserTypesIsReadAsAPersonMeansIt(t *testing.T) {
	for typed, want := range map[string]contacts.Address{
		"dana@contoso.com":               dana,
		"sip:dana@contoso.com":           dana,
		"sips:dana@contoso.com":          dana,
		"<sip:dana@contoso.com>":         dana,
		"  dana@CONTOSO.com. ":           dana,
		`"Dana" <sip:dana@contoso.com>`:  dana,
		"sip:dana@contoso.com;transport": dana,
		"cheri@outlook.com":              cheri,
	} {
		w := skyped(t, Saved{})
		w.looks(typed)
		if got := one[LookUp](w).Address; got != want {
			t.Errorf("%q asks for %s", typed, got)
		}
		if is := w.Looked(); is.State != Looking || is.Typed != typed || is.Address != want || is.Lync != (want == dana) {
			t.Errorf("%q: %+v", typed, is)
		}
	}
}

func TestWhatCannotBeLookedForSaysWhy(t *testing.T) {
	lync := online(t, Saved{})
	out := skyped(t, Saved{})
	out.do(out.SignOut(out.now))
	for _, c := range []struct {
		w     *world
		typed string
		want  error
	}{
		{skyped(t, Saved{}), "dana", contacts.ErrNoDomain},
		{skyped(t, Saved{}), "+49 30 123456", contacts.ErrPhoneNumber},
		{skyped(t, Saved{}), "a@b.c, d@e.f", contacts.ErrSeveral},
		{skyped(t, Saved{}), "bob(contoso.com)@msn.com", ErrSelf},
		{out, "dana@contoso.com", ErrOffline},
		{lync, "dana@contoso.com", ErrMicrosoftAccount},
	} {
		effects, err := c.w.LookUp(c.w.now, c.typed)
		if !errors.Is(err, c.want) || len(effects) > 0 {
			t.Errorf("%q: %v, %v", c.typed, kinds(effects), err)
		}
		if is := c.w.Looked(); is.State != LookNothing {
			t.Errorf("%q leaves %+v", c.typed, is)
		}
	}
}

// Step 4 to 6 of "To add a Lync contact to Skype".
func TestALyncUserIsFoundAndAddedWithAnIntroduction(t *testing.T) {
	w := skyped(t, Saved{})
	w.looks("dana@contoso.com")
	w.answers("Dana", true, nil)
	is := w.Looked()
	if is.State != LookFound || !is.Lync || is.Already || is.Name.Raw() != "Dana" || is.Introduction != "Hi Dana, I'd like to add you as a contact." {
		t.Fatalf("found is %+v", is)
	}
	a, effects, err := w.AddFound(w.now, "It's Bob from the regatta.")
	w.do(effects)
	if watch := one[Watch](w); a != dana || err != nil || watch.Address != dana || watch.Introduction != "It's Bob from the regatta." {
		t.Errorf("%s, %v asks %+v", a, err, watch)
	}
	c := w.contact(dana)
	if c.Watch != contacts.WatchWaiting || c.Provider != contacts.ProviderLync || c.Name.Raw() != "Dana" || c.Relationship != contacts.ExternalContacts {
		t.Errorf("the contact is %+v", c)
	}
	if got := w.Waits(dana); got != "Waiting for Dana to accept" {
		t.Errorf("says %q", got)
	}
	if !w.Looked().Already {
		t.Error("somebody who has been added is offered again")
	}
	if a, effects, err := w.AddFound(w.now, ""); a != dana || !errors.Is(err, ErrAlreadyContact) || effects != nil {
		t.Errorf("added twice: %s, %v, %v", a, kinds(effects), err)
	}
}

func TestWithoutWordsOfTheirOwnPeopleAreIntroducedAllTheSame(t *testing.T) {
	for name, want := range map[string]string{
		"Dana": "Hi Dana, I'd like to add you as a contact.",
		"":     "Hi dana@contoso.com, I'd like to add you as a contact.",
	} {
		w := skyped(t, Saved{})
		w.looks("dana@contoso.com")
		w.answers(name, true, nil)
		_, effects, err := w.AddFound(w.now, "")
		if w.do(effects); err != nil || one[Watch](w).Introduction != want {
			t.Errorf("%q: %q, %v", name, one[Watch](w).Introduction, err)
		}
	}
}

func TestWhoIsAContactIsFoundWithoutAsking(t *testing.T) {
	w := skyped(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.ExternalContacts)}})
	w.looks("Dana@Contoso.com")
	w.asks()
	if is := w.Looked(); is.State != LookFound || !is.Already || is.Address != dana || is.Name.Raw() != "dana" || !is.Lync {
		t.Errorf("found is %+v", is)
	}
	w.do(w.Remove(w.now, dana))
	if w.Looked().Already {
		t.Error("who was removed stands there as a contact")
	}
	w.do(w.SignOut(w.now))
	w.looks("")
	if is := w.Looked(); is != (Looked{}) {
		t.Errorf("nothing typed is %+v", is)
	}
}

func TestASkypeUserIsFoundWithoutTheWordLync(t *testing.T) {
	w := skyped(t, Saved{})
	w.looks("cheri@outlook.com")
	w.answers("Cheri", true, nil)
	if is := w.Looked(); is.State != LookFound || is.Lync {
		t.Errorf("found is %+v", is)
	}
	if _, effects, err := w.AddFound(w.now, ""); err != nil || len(effects) == 0 || w.contact(cheri).Provider != contacts.ProviderSkype {
		t.Errorf("%v, %v", w.contact(cheri), err)
	}
}

// The IMPORTANT box: zero results mean that provisioning may not have completed, or the domain is not set up.
func TestZeroResultsSayWhatTheSpecificationSays(t *testing.T) {
	for _, c := range []struct {
		typed string
		err   error
		state LookState
		says  []string
	}{
		{"dana@contoso.com", nil, LookNotFound, []string{"No results for dana@contoso.com", "the provisioning process for contoso.com may not have completed", "the Lync domain has not yet been set up"}},
		{"x@outlook.com", nil, LookNotFound, []string{"Nobody has the Microsoft account x@outlook.com"}},
		{"x(contoso.com)@msn.com", nil, LookNotFound, []string{"the Microsoft account x@contoso.com"}},
		{"dana@contoso.com", sipclient.ErrNotAllowed, LookFailed, []string{"does not allow looking for this person"}},
		{"dana@contoso.com", sipclient.ErrNoAnswer, LookFailed, []string{"did not answer in time"}},
		{"dana@contoso.com", sipclient.ErrNotSignedIn, LookFailed, []string{"The connection to the server was lost"}},
		{"dana@contoso.com", context.Canceled, LookFailed, []string{"The search did not work: context canceled"}},
		{"dana@contoso.com", &sipclient.ResponseError{Method: "OPTIONS", Code: 503}, LookFailed, []string{"answered 503"}},
	} {
		w := skyped(t, Saved{})
		w.looks(c.typed)
		w.answers("", false, c.err)
		if len(asked[LookUp](w)) > 0 { // for the Microsoft account of the same spelling
			w.answers("", false, c.err)
		}
		is := w.Looked()
		if is.State != c.state {
			t.Errorf("%s, %v: %+v", c.typed, c.err, is)
		}
		for _, says := range c.says {
			if !strings.Contains(string(is.Trouble), says) {
				t.Errorf("%s, %v says %q, not %q", c.typed, c.err, is.Trouble, says)
			}
		}
		if _, effects, err := w.AddFound(w.now, ""); !errors.Is(err, ErrNobodyFound) || effects != nil {
			t.Errorf("%s, %v is added: %v", c.typed, c.err, err)
		}
	}
}

// Whoever has a Microsoft account with a domain of their own is found by it, once nobody has it for a SIP address.
func TestASkypeUserIsFoundByAnAccountOfAnyDomain(t *testing.T) {
	const kim, decorated = "kim@tailspin.com", contacts.Address("sip:kim(tailspin.com)@msn.com")
	w := skyped(t, Saved{})
	w.looks(kim)
	w.answers("", false, nil)
	if is := w.Looked(); is.State != Looking || one[LookUp](w).Address != decorated {
		t.Fatalf("after nobody was found: %+v, asked for %v", is, kinds(w.last))
	}
	w.answers("Kim", true, nil)
	if is := w.Looked(); is.State != LookFound || is.Address != decorated || is.Lync || is.Name.Raw() != "Kim" {
		t.Errorf("found is %+v", is)
	}
	_, effects, err := w.AddFound(w.now, "")
	if w.do(effects); err != nil || one[Watch](w).Address != decorated {
		t.Errorf("added is %v, %v", kinds(w.last), err)
	}
	w.looks(kim)
	w.answers("", false, nil)
	if is := w.Looked(); is.State != LookFound || !is.Already || is.Address != decorated {
		t.Errorf("who is a contact by now: %+v", is)
	}
	w.looks("joe@tailspin.com")
	w.answers("", false, nil)
	w.answers("", false, sipclient.ErrNoAnswer)
	if is := w.Looked(); is.State != LookFailed {
		t.Errorf("the second question was not answered: %+v", is)
	}
}

// The Lync user Bob may have the same address that is Skype's Bob's Microsoft account.
func TestTheOwnAccountIsLookedForAsASIPAddressAlone(t *testing.T) {
	w := skyped(t, Saved{})
	w.looks("bob@contoso.com")
	w.answers("", false, nil)
	if is := w.Looked(); is.State != LookNotFound || !strings.Contains(string(is.Trouble), "your own Microsoft account") || len(w.last) > 0 {
		t.Errorf("%+v, asked for %v", is, kinds(w.last))
	}
	w.looks("bob@contoso.com")
	w.answers("Bob of Contoso", true, nil)
	if is := w.Looked(); is.State != LookFound || !is.Lync || is.Address != "sip:bob@contoso.com" {
		t.Errorf("%+v", is)
	}
}

func TestALateAnswerDoesNotCount(t *testing.T) {
	w := skyped(t, Saved{})
	w.looks("dana@contoso.com")
	late := one[LookUp](w)
	w.looks("eve@contoso.com")
	w.results(LookedUp{Address: dana, Number: late.Number, Found: true})
	if is := w.Looked(); is.State != Looking || is.Address != eve {
		t.Errorf("after the late answer: %+v", is)
	}
	w.looks("dana@contoso.com")
	again := one[LookUp](w)
	w.results(LookedUp{Address: dana, Number: late.Number, Err: context.Canceled})
	if is := w.Looked(); is.State != Looking {
		t.Errorf("the first answer counts for the second search: %+v", is)
	}
	w.results(LookedUp{Address: dana, Number: again.Number, Found: true})
	w.results(LookedUp{Address: dana, Number: late.Number + 2, Err: context.Canceled})
	if is := w.Looked(); is.State != LookFound {
		t.Errorf("an answer counts twice: %+v", is)
	}
}
