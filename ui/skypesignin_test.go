package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	"golync/contacts"
	"golync/internal/app"
)

// askSkype opens the sign-in page of the first run with something typed into its first field.
func askSkype(t *testing.T, width, height int, typed string, do func(x *face, a *asking)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		a := newAsking("", Options{Face: FaceSkype})
		x := openModel(t, width, height, a)
		defer x.close()
		x.types(typed)
		do(x, a)
	})
}

func TestSkypeAsksForAMicrosoftAccount(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {140, 45}} {
		askSkype(t, size[0], size[1], "", func(x *face, _ *asking) {
			x.sees("Skype", "Microsoft account", "Password", "Sign In", "Sign in with a Microsoft account")
			x.seesNot("Lync 2013", "SIP address")
		})
	}
}

// A custom domain works, and what Lync people will know the user as is said while it is typed.
func TestAMicrosoftAccountOfACustomDomainSignsInDecorated(t *testing.T) {
	for typed, want := range map[string]struct {
		address contacts.Address
		says    string
	}{
		"bob@contoso.com":          {bob, "Lync people know you as bob(contoso.com)@msn.com."},
		"bob(contoso.com)@msn.com": {bob, ""},
		"cheri@outlook.com":        {cheri, ""},
	} {
		askSkype(t, 80, 24, typed, func(x *face, a *asking) {
			x.sees(want.says)
			if want.says == "" {
				x.seesNot("Lync people know you")
			}
			x.press("enter")
			x.types("secret")
			x.press("enter")
			<-x.ended
			if a.answer != (Account{want.address, "secret"}) {
				t.Errorf("%s: answered %v", typed, a.answer)
			}
		})
	}
}

// A plain Skype name is refused, and it is said why.
func TestASkypeNameIsRefused(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}} {
		askSkype(t, size[0], size[1], "bob.smith", func(x *face, a *asking) {
			x.press("enter")
			for _, word := range strings.Fields("Error: A Skype name cannot be used to search for Lync people that needs a Microsoft account") {
				x.sees(word)
			}
			if a.answer != (Account{}) {
				t.Errorf("answered %v", a.answer)
			}
			x.types("@contoso.com") // which makes it one
			x.seesNot("Error", "Skype name")
			x.sees("bob.smith(contoso.com)@msn.com")
		})
	}
	askSkype(t, 80, 24, "bob smith@", func(x *face, _ *asking) {
		x.press("enter")
		x.sees("A Microsoft account looks like an e-mail address.")
	})
}

// A Lync user's SIP address can sign in, and learns what that cannot do.
func TestASIPAddressIsNoMicrosoftAccount(t *testing.T) {
	askSkype(t, 80, 24, "sip:alice@contoso.com", func(x *face, a *asking) {
		x.sees("alice@contoso.com is no Microsoft account")
		x.press("enter")
		x.types("secret")
		x.press("enter")
		<-x.ended
		if a.answer.Address != alice {
			t.Errorf("answered %v", a.answer)
		}
	})
}

// The page of somebody who has signed out shows the account as it is typed, not as it goes over the wire.
func TestTheSkypeUserWhoHasSignedOutSeesTheAccount(t *testing.T) {
	inSkype(t, 80, 24, func() *app.State { return app.New(bobsAccount(bob, nil), contacts.Providers{}) }, func(x *face) {
		x.sees("Microsoft account", "bob@contoso.com", "You are signed out.")
		x.seesNot("bob(contoso.com)", "Sign-in address")
		x.types("secret")
		x.press("enter")
		if asked := did[app.SignIn](x); len(asked) != 1 {
			t.Errorf("signed in %d times", len(asked))
		}
	})
}
