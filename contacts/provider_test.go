package contacts

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

const alice = Address("sip:alice@contoso.com")

func TestResolveDecoratesAsTheSpecificationSays(t *testing.T) {
	for _, c := range []struct {
		provider Provider
		typed    string
		want     Resolved
	}{
		{ProviderSkype, "bob@contoso.com", Resolved{"sip:bob(contoso.com)@msn.com", true, "bob@contoso.com"}},
		{ProviderSkype, "sip:bob@fabrikam.com", Resolved{"sip:bob(fabrikam.com)@msn.com", true, "bob@fabrikam.com"}},
		{ProviderSkype, "Bob@Contoso.com", Resolved{"sip:bob(contoso.com)@msn.com", true, "bob@contoso.com"}},
		{ProviderSkype, "bob@bücher.example", Resolved{"sip:bob(xn--bcher-kva.example)@msn.com", true, "bob@xn--bcher-kva.example"}},
		{ProviderSkype, "bob(contoso.com)@msn.com", Resolved{"sip:bob(contoso.com)@msn.com", false, "bob@contoso.com"}},
		{ProviderSkype, "bob(contoso.com)@MSN.com", Resolved{"sip:bob(contoso.com)@msn.com", false, "bob@contoso.com"}},
		{ProviderSkype, "cheri@outlook.com", Resolved{"sip:cheri@outlook.com", false, "cheri@outlook.com"}},
		{ProviderSkype, "x@live.com", Resolved{"sip:x@live.com", false, "x@live.com"}},
		{ProviderSkype, "x@hotmail.com", Resolved{"sip:x@hotmail.com", false, "x@hotmail.com"}},
		{ProviderSkype, "x@msn.com", Resolved{"sip:x@msn.com", false, "x@msn.com"}},
		{ProviderSkype, "x@hotmail.co.uk", Resolved{"sip:x@hotmail.co.uk", false, "x@hotmail.co.uk"}},
		{ProviderSkype, "x(hotmail.co.uk)@msn.com", Resolved{"sip:x(hotmail.co.uk)@msn.com", false, "x@hotmail.co.uk"}},
		{ProviderSkype, "x@live.com.evil.example", Resolved{"sip:x(live.com.evil.example)@msn.com", true, "x@live.com.evil.example"}},
		{ProviderLync, "dana@contoso.com", Resolved{"sip:dana@contoso.com", false, "dana@contoso.com"}},
		{ProviderLync, "dana", Resolved{"sip:dana@contoso.com", false, "dana@contoso.com"}},
		{ProviderLync, "sip:gina@fabrikam.com", Resolved{"sip:gina@fabrikam.com", false, "gina@fabrikam.com"}},
		{ProviderOther, "bob@contoso.com", Resolved{"sip:bob@contoso.com", false, "bob@contoso.com"}},
	} {
		got, err := Providers{}.Resolve(alice, c.provider, c.typed)
		if got != c.want || err != nil {
			t.Errorf("%s, %q: %+v, %v; want %+v", c.provider, c.typed, got, err, c.want)
		}
	}
}

func TestResolveSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		provider Provider
		typed    string
		want     AddressError
	}{
		{ProviderSkype, "", ErrNoAddress},
		{ProviderLync, "", ErrNoAddress},
		{ProviderSkype, "bob", ErrNoDomain},
		{ProviderOther, "bob", ErrNoDomain},
		{ProviderSkype, "bob@127.0.0.1", ErrAccount},
		{ProviderSkype, "bob@[::1]", ErrAccount},
		{ProviderSkype, "bob@localhost", ErrAccount},
		{ProviderSkype, "bob(contoso.com)@fabrikam.com", ErrDecorated},
		{ProviderSkype, strings.Repeat("b", 200) + "@" + strings.Repeat("a.", 100) + "com", ErrTooLong},
		{ProviderLync, "+49 30 123", ErrPhoneNumber},
	} {
		if _, err := (Providers{}).Resolve(alice, c.provider, c.typed); !errors.Is(err, c.want) {
			t.Errorf("%s, %.60q: %v; want %v", c.provider, c.typed, err, c.want)
		}
	}
}

func TestProvidersAreConfigurable(t *testing.T) {
	p := Providers{Skype: PublicProvider{DecorationDomain: "Push.Example", Domains: []string{"Own.Example"}}}
	for typed, want := range map[string]Address{
		"a@own.example":               "sip:a@own.example",
		"a@push.example":              "sip:a@push.example",
		"a@outlook.com":               "sip:a(outlook.com)@push.example",
		"a(outlook.com)@push.example": "sip:a(outlook.com)@push.example",
	} {
		if got, err := p.Resolve(alice, ProviderSkype, typed); got.Address != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", typed, got.Address, err, want)
		}
	}
	if own := p.Skype.Own(); !slices.Equal(own, []string{"own.example", "push.example"}) {
		t.Errorf("own domains: %q", own)
	}
	if p.KindOf(alice, "sip:a@outlook.com") != External || p.KindOf(alice, "sip:a@own.example") != Skype {
		t.Error("the kind of a person follows the configured domains")
	}
}

func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		me, a Address
		want  Kind
	}{
		{alice, "sip:dana@contoso.com", MyOrganization},
		{alice, "sip:gina@fabrikam.com", External},
		{alice, "sip:dana@sub.contoso.com", External},
		{alice, "sip:cheri@outlook.com", Skype},
		{alice, "sip:bob(contoso.com)@msn.com", Skype},
		{alice, "sip:x@hotmail.de", Skype},
		{alice, "sip:x@nothotmail.de", External},
		{"", "sip:x@contoso.com", External},
		{"sip:cheri@outlook.com", "sip:dana@outlook.com", Skype},
		{"sip:bob(contoso.com)@msn.com", "sip:eve(contoso.com)@msn.com", Skype},
		{"sip:bob(contoso.com)@msn.com", alice, External},
		{"sip:cheri@outlook.com", "sip:dana@contoso.com", External},
		{"sip:x@msn.com", "sip:bob(contoso.com)@msn.com", Skype},
	} {
		if got := (Providers{}).KindOf(c.me, c.a); got != c.want {
			t.Errorf("%s is %v to %s, want %v", c.a, got, c.me, c.want)
		}
	}
	if MyOrganization.String() != "My Organization" || Skype.String() != "Skype" || External.String() != "External" {
		t.Error("the kinds have other names than New shows")
	}
}

func TestBuiltInDomainsAreInOrder(t *testing.T) {
	if !slices.IsSorted(skypeDomains) {
		t.Error("skypeDomains is searched by halves and must be in order")
	}
	for _, d := range []string{"live.com", "hotmail.com", "outlook.com", "msn.com"} {
		if !(PublicProvider{}).owns(d) {
			t.Errorf("%s is one of the specification's domains", d)
		}
	}
}

// Whatever address is decorated, the account comes out again, and nothing is decorated twice.
func TestDecorationCanBeUndone(t *testing.T) {
	for _, user := range []string{"bob", "b.o(b", "b)o", "a;b?c/d", "j%40d", "x(y)z"} {
		for _, host := range []string{"contoso.com", "a.b.c.example", "xn--bcher-kva.example"} {
			typed := user + "@" + host
			first, err := Providers{}.Resolve(alice, ProviderSkype, typed)
			if err != nil {
				t.Errorf("%q: %v", typed, err)
				continue
			}
			if got := (Providers{}).Account(first.Address); got != typed {
				t.Errorf("%q became %q, which belongs to %q", typed, first.Address, got)
			}
			second, err := Providers{}.Resolve(alice, ProviderSkype, first.Address.IM())
			if second.Address != first.Address || second.Decorated || err != nil {
				t.Errorf("%q became %q, and typed again %q, %v", typed, first.Address, second.Address, err)
			}
		}
	}
}

func TestAProviderHasANameAndASign(t *testing.T) {
	for _, c := range []struct {
		p           PublicProvider
		label, sign string
	}{
		{PublicProvider{}, "Skype", "S"},
		{PublicProvider{Name: "Tailspin"}, "Tailspin", "T"},
		{PublicProvider{Name: "Tailspin", Glyph: "◆"}, "Tailspin", "◆"},
		{PublicProvider{Name: "Ünal"}, "Ünal", "Ü"},
	} {
		if label, sign := string(c.p.Label()), string(c.p.Sign()); label != c.label || sign != c.sign {
			t.Errorf("%+v is %q, %q", c.p, label, sign)
		}
	}
}
