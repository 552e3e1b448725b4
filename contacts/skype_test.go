package contacts

import (
	"errors"
	"slices"
	"testing"
)

func TestEveryStateHasASkypeName(t *testing.T) {
	names := []string{"Unknown", "Online", "Away", "Do Not Disturb", "Offline"}
	for _, a := range append(Availabilities(), 200) {
		if got := string(a.SkypeLabel()); !slices.Contains(names, got) {
			t.Errorf("%v is %q", a, got)
		}
	}
	for a, want := range map[Availability]string{
		PresenceUnknown: "Unknown", Available: "Online", Busy: "Do Not Disturb", InACall: "Do Not Disturb", Presenting: "Do Not Disturb",
		Inactive: "Away", BeRightBack: "Away", OffWork: "Away", Offline: "Offline",
	} {
		if got := string(a.SkypeLabel()); got != want {
			t.Errorf("%v is %q, want %q", a, got, want)
		}
	}
}

func TestASkypeUserChoosesInSkypesWords(t *testing.T) {
	var menu []string
	for _, a := range SkypeChoices() {
		menu = append(menu, string(a.SkypeChoice()))
	}
	if want := []string{"Online", "Away", "Do Not Disturb", "Invisible"}; !slices.Equal(menu, want) {
		t.Errorf("the menu is %q, want %q", menu, want)
	}
}

func TestAMicrosoftAccountSignsInDecorated(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  Address
		kind  Kind
	}{
		{"bob@contoso.com", "sip:bob(contoso.com)@msn.com", Skype},
		{" bob@Contoso.com ", "sip:bob(contoso.com)@msn.com", Skype},
		{"bob(contoso.com)@msn.com", "sip:bob(contoso.com)@msn.com", Skype},
		{"sip:bob(contoso.com)@msn.com", "sip:bob(contoso.com)@msn.com", Skype},
		{"cheri@outlook.com", "sip:cheri@outlook.com", Skype},
		{"sip:cheri@outlook.com", "sip:cheri@outlook.com", Skype},
		{"x@live.com", "sip:x@live.com", Skype},
		{"x@hotmail.co.uk", "sip:x@hotmail.co.uk", Skype},
		{"sip:alice@contoso.com", alice, MyOrganization},
		{"SIPS:alice@contoso.com", alice, MyOrganization},
		{"<sip:alice@contoso.com>", alice, MyOrganization},
	} {
		got, err := Providers{}.SignInAs(c.typed)
		if err != nil || got.Address != c.want {
			t.Errorf("%q signs in as %+v, %v", c.typed, got, err)
		}
		if kind := (Providers{}).AccountKind(got.Address); kind != c.kind {
			t.Errorf("%q is an account of kind %v", c.typed, kind)
		}
	}
	p := Providers{Skype: PublicProvider{DecorationDomain: "chat.example"}}
	if got, err := p.SignInAs("bob@contoso.com"); err != nil || got.Address != "sip:bob(contoso.com)@chat.example" || p.AccountKind(got.Address) != Skype {
		t.Errorf("another provider's account is %+v, %v", got, err)
	}
}

// Whatever was typed, what came of it can be typed too, and comes to the same.
func FuzzSignInAs(f *testing.F) {
	for _, seed := range []string{"bob@contoso.com", "bob(contoso.com)@msn.com", "x(hotmail.co.uk)@msn.com", "sip:alice@contoso.com", "bob.smith", "<sip:a@b.c>", "b%28@ü.example"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		r, err := Providers{}.SignInAs(typed)
		if err != nil {
			return
		}
		again, err := Providers{}.SignInAs(string(r.Address))
		if err != nil || again.Address != r.Address {
			t.Errorf("%q signs in as %s, and that as %s, %v", typed, r.Address, again.Address, err)
		}
		if (Providers{}).AccountKind(r.Address) == Skype {
			if again, err = (Providers{}).SignInAs(r.Address.IM()); err != nil || again.Address != r.Address {
				t.Errorf("%q signs in as %s, and that without its scheme as %s, %v", typed, r.Address, again.Address, err)
			}
		}
	})
}

func TestWhatIsNoMicrosoftAccountSaysSo(t *testing.T) {
	for typed, want := range map[string]AddressError{
		"bob.smith":                     ErrSkypeName,
		"live_bob":                      ErrSkypeName,
		"":                              ErrNoAddress,
		"+49 30 123456":                 ErrPhoneNumber,
		"bob@localhost":                 ErrAccount,
		"bob(contoso.com)@fabrikam.com": ErrDecorated,
		"sip:bob":                       ErrNoDomain,
		"bob smith":                     ErrNoDomain,
	} {
		if got, err := (Providers{}).SignInAs(typed); !errors.Is(err, want) {
			t.Errorf("%q: %+v, %v, want %v", typed, got, err, want)
		}
	}
}
