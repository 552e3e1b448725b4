package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/flow"
)

func TestWrongPasswordIsAskedForAgain(t *testing.T) {
	inWindow(t, 80, 24, signedOut, func(x *face) {
		x.sees("alice@contoso.com", "Password", "Sign In", "You are signed out.")
		x.types("hunter2")
		x.seesNot("hunter2")
		x.press("enter")
		if in := did[app.SignIn](x); len(in) != 1 || in[0].Password != "hunter2" {
			t.Fatalf("signed in with %v", in)
		}
		x.sees("Signing in…")
		x.happens(sipclient.SignInFailed{Err: sipclient.ErrPassword})
		x.sees("Error: The server does not accept this address and", "Type the password again.")
		x.seesNot("•")
		x.pastes("correct horse")
		x.click("Sign In")
		if in := did[app.SignIn](x); len(in) != 1 || in[0].Password != "correct horse" {
			t.Fatalf("signed in with %v", in)
		}
		x.happens(signedIn)
		x.sees("GROUPS", "Signed in")
	})
}

// What an empty password stands for is said as it is: nothing at first, and later what worked before.
func TestThePageSaysWhatAnEmptyPasswordStandsFor(t *testing.T) {
	for _, configured := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			x := open(t, 80, 24, signedOut(), Options{Password: configured})
			defer x.close()
			x.sees("You are signed out.")
			if configured {
				x.sees("from your configuration.")
			} else {
				x.seesNot("configuration", "Leave the password empty")
			}
			x.types("hunter2")
			x.press("enter")
			x.happens(signedIn)
			x.press("p")
			x.click("Sign Out")
			x.sees("Leave the password empty to sign in", "with the same as before.")
		})
	}
}

// There is nothing to try again with: the page comes by itself and asks.
func TestWithoutAPasswordThePageAsksForOne(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.happens(sipclient.SignInFailed{Err: fmt.Errorf("password: %w", sipclient.ErrNoPassword)})
		x.sees("Error: The server wants a password", "Type your password.")
	})
}

func TestSignInThatFailsForGoodComesByItself(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.happens(sipclient.Disconnected{Err: errors.New("gone"), RetryIn: time.Second})
		x.sees("GROUPS", "Not connected")
		x.happens(sipclient.SignInFailed{Err: &flow.Error{Kind: flow.BadCertificate, Err: errors.New("x"), Target: flow.Target{Addr: "192.0.2.1:5061"}}})
		x.sees("Error: The certificate that 192.0.2.1:5061 shows is not", "--ca FILE")
		x.passes(grace)
		x.press("esc")
		x.sees("GROUPS", "Not signed in: the server's certificate is not valid. Press s")
		x.press("s")
		x.sees("Error: The certificate")
	})
}

// Keys typed into a conversation when the page comes by itself must not end up in the password.
func TestThePageThatComesByItselfIsDeafForAMoment(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("down", "enter")
		x.types("half a sen")
		x.feed <- events(sipclient.SignInFailed{Err: sipclient.ErrPassword})
		synctest.Wait()
		x.program.Send(pressed("t"))
		x.program.Send(pressed("enter"))
		x.settle()
		x.sees("Error: The server does not accept")
		x.seesNot("•")
		if in := did[app.SignIn](x); len(in) != 0 {
			t.Errorf("signed in with %v", in)
		}
		x.passes(grace)
		x.types("t")
		x.sees("•")
	})
}

func TestSigningInGoesOnTryingWhereWaitingHelps(t *testing.T) {
	inWindow(t, 80, 24, signedOut, func(x *face) {
		x.press("enter")
		x.happens(sipclient.SignInFailed{Err: &flow.Error{Kind: flow.Refused, Err: errors.New("x"), Target: flow.Target{Addr: "192.0.2.1:5061"}}, RetryIn: time.Second})
		x.sees("Error: Nothing listens at 192.0.2.1:5061.", "Trying again…")
		x.happens(signedIn)
		x.sees("GROUPS")
	})
}

func TestAnotherAddressEndsTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := open(t, 80, 24, signedOut(), Options{})
		x.press("ctrl+n")
		if err := <-x.ended; err != nil {
			t.Error(err)
		}
		if err := x.model.left; !errors.Is(err, ErrOtherAccount) {
			t.Errorf("left with %v", err)
		}
		x.close()
	})
}

func TestEveryFailureIsExplainedWithWhatToDo(t *testing.T) {
	errs := []error{sipclient.ErrPassword, fmt.Errorf("password: %w", sipclient.ErrNoPassword), sipclient.ErrNoAnswer, errors.New("something new")}
	for kind := flow.Other; kind <= flow.Silent; kind++ {
		errs = append(errs, &flow.Error{Kind: kind, Err: errors.New("x"), Target: flow.Target{Addr: "192.0.2.1:5061"}}, &flow.Error{Kind: kind, Err: errors.New("x")})
	}
	for _, code := range []int{403, 404, 480, 488, 500, 503, 600} {
		errs = append(errs, &sipclient.ResponseError{Method: "REGISTER", Code: code, Reason: text.From("\x1b[31mNo\x07")})
	}
	for _, err := range errs {
		said := explain(err)
		for _, s := range []text.Safe{said.brief, said.what, said.next} {
			if s == "" || strings.ContainsAny(string(s), "\x1b\x07") {
				t.Errorf("%v is explained as %q", err, said)
			}
		}
		if !strings.HasSuffix(string(said.what), ".") || !strings.HasSuffix(string(said.next), ".") || strings.HasSuffix(string(said.brief), ".") {
			t.Errorf("%v: these are no sentences: %q", err, said)
		}
		if len(said.brief) > 60 {
			t.Errorf("%v: %q is too long for the status line", err, said.brief)
		}
	}
	if brief(nil) != "" {
		t.Error("nothing went wrong, but something is said")
	}
}

func TestFirstRunAsksForAddressAndPassword(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAsking("", Options{})
		x := openModel(t, 80, 24, a)
		x.sees("Sign-in address", "someone@example.com", "Password", "Sign In")
		x.press("enter")
		x.sees("Error: Type an IM address, for example bob@contoso.com.")
		x.seesNot("It looks like an e-mail address.") // once is enough
		x.types("alice@contoso.com")
		x.press("enter") // to the password
		x.types("secret")
		x.seesNot("secret", "Error")
		x.press("enter")
		<-x.ended
		x.close()
		if want := (Account{alice, "secret"}); a.answer != want {
			t.Errorf("answered %v", a.answer)
		}
	})
}

func TestFirstRunCanBeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAsking("alice@contoso.com", Options{NoColour: true})
		x := openModel(t, 60, 20, a)
		x.press("tab")
		x.types("x")
		x.press("tab")
		x.types("!")
		x.sees("alice@contoso.com!", "•")
		x.press("esc")
		<-x.ended
		x.close()
		if a.answer != (Account{}) {
			t.Errorf("answered %v", a.answer)
		}
	})
}

func TestFirstRunTakesTheMouseAndPastedText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAsking("", Options{})
		x := openModel(t, 80, 24, a)
		x.pastes("alice@contoso.com\n")
		x.press("tab")
		x.pastes("secret")
		x.resizes(100, 30)
		x.sees("alice@contoso.com", "••••••")
		x.click("alice@")
		x.press("backspace", "backspace") // the blank that the newline became, and a letter
		x.types("x")
		x.click("Sign In")
		<-x.ended
		x.close()
		if want := (Account{"sip:alice@contoso.cox", "secret"}); a.answer != want {
			t.Errorf("answered %v", a.answer)
		}
	})
}

func TestAskEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Ask(ctx, "", Options{Program: []tea.ProgramOption{tea.WithInput(nil), tea.WithOutput(discard{}), tea.WithoutSignalHandler()}})
	if !errors.Is(err, ErrLeft) {
		t.Errorf("got %v", err)
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// Whoever mistyped the address at the first run must find the way back to it: golync would try for ever.
func TestTheAddressCanBeChangedWhileSigningInFails(t *testing.T) {
	inWindow(t, 80, 24, signedOut, func(x *face) {
		x.press("enter")
		did[app.SignIn](x)
		x.happens(sipclient.SignInFailed{Err: &flow.Error{Kind: flow.NoSuchHost, Err: errors.New("x")}, RetryIn: time.Second})
		x.press("esc")
		x.sees("Error: No server was found", "s: another address or password.")
		x.press("s")
		x.sees("Sign-in address", "Error: No server was found", "Trying again…", "ctrl+n other address")
		x.types("hunter2")
		x.press("enter")
		x.happens(sipclient.SignedOut{})
		if in := did[app.SignIn](x); len(in) != 1 || in[0].Password != "hunter2" {
			t.Fatalf("signed in with %v", in)
		}
	})
}

// A demo has one account, and knows its password.
func TestADemoOffersNoOtherAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := open(t, 80, 24, signedOut(), Options{Demo: "You are signed out. Press enter."})
		defer x.close()
		x.sees("You are signed out. Press enter.", "enter sign in")
		x.seesNot("other address")
		x.seesNot("configuration")
		x.press("ctrl+n")
		x.sees("You are signed out. Press enter.")
		x.press("enter")
		if len(did[app.SignIn](x)) != 1 {
			t.Error("enter does not sign in")
		}
	})
}
