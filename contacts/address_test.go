package contacts

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseAddressTakesWhatPeopleTypeAndServersSend(t *testing.T) {
	for typed, want := range map[string]Address{
		"bob@contoso.com":                                                 "sip:bob@contoso.com",
		"sip:bob@contoso.com":                                             "sip:bob@contoso.com",
		"SIP:Bob@Contoso.COM":                                             "sip:Bob@contoso.com",
		"sips:bob@contoso.com":                                            "sip:bob@contoso.com",
		"pres:bob@contoso.com":                                            "sip:bob@contoso.com",
		"im:bob@contoso.com":                                              "sip:bob@contoso.com",
		"  bob@contoso.com \n":                                            "sip:bob@contoso.com",
		"<sip:bob@contoso.com>":                                           "sip:bob@contoso.com",
		`"Bob <x>" <sip:bob@contoso.com;transport=tls>`:                   "sip:bob@contoso.com",
		"sip:bob@contoso.com:5061;transport=tcp":                          "sip:bob@contoso.com",
		`"Bob \"<b>\" @ home" <sip:bob@contoso.com>`:                      "sip:bob@contoso.com",
		"Bob Smith <sip:bob@contoso.com>;tag=88a7s":                       "sip:bob@contoso.com",
		`<sip:bob@contoso.com>;x="<sip:eve@contoso.com>"`:                 "sip:bob@contoso.com",
		`"Smith, Bob" <bob@contoso.com>`:                                  "sip:bob@contoso.com",
		"sip:+49-30-123;phone-context=contoso.com@contoso.com;user=phone": "sip:+49-30-123;phone-context=contoso.com@contoso.com",
		"sip:a,b@contoso.com":                                             "sip:a,b@contoso.com",
		"sip:bob@contoso.com;maddr=239.255.255.1;ttl=15;lr;method=INVITE?Subject=a%20b&Priority=urgent": "sip:bob@contoso.com",
		"sip:bob:secret@contoso.com":          "sip:bob@contoso.com",
		"sip:bob@contoso.com?subject=x@y":     "sip:bob@contoso.com",
		"sip:bob@contoso.com;x=a@b.c":         "sip:bob@contoso.com",
		"bob@contoso.com.":                    "sip:bob@contoso.com",
		"bob(contoso.com)@msn.com":            "sip:bob(contoso.com)@msn.com",
		"sip:bob%28contoso.com%29@msn.com":    "sip:bob(contoso.com)@msn.com",
		"b.o-b_~!*'()@contoso.com":            "sip:b.o-b_~!*'()@contoso.com",
		"a&=+$,;?/b@contoso.com":              "sip:a&=+$,;?/b@contoso.com",
		"j%40doe@contoso.com":                 "sip:j%40doe@contoso.com",
		"j%3adoe@contoso.com":                 "sip:j%3Adoe@contoso.com",
		"%61lice@contoso.com":                 "sip:alice@contoso.com",
		"null-%00-null@contoso.com":           "sip:null-%00-null@contoso.com",
		"müller@contoso.com":                  "sip:m%C3%BCller@contoso.com",
		"bob@münchen.example":                 "sip:bob@xn--mnchen-3ya.example",
		"bob@BÜCHER.example":                  "sip:bob@xn--bcher-kva.example",
		"bob@例え。テスト":                          "sip:bob@xn--r8jz45g.xn--zckzah",
		"bob@ｃｏｎｔｏｓｏ.com":                     "sip:bob@contoso.com",
		"bob@xn--bcher-kva.example":           "sip:bob@xn--bcher-kva.example",
		"alice@127.0.0.1":                     "sip:alice@127.0.0.1",
		"alice@127.0.0.1:5060":                "sip:alice@127.0.0.1",
		"alice@[2001:DB8::1]:5061":            "sip:alice@[2001:db8::1]",
		"alice@localhost":                     "sip:alice@localhost",
		"alice@sip_lab.internal":              "sip:alice@sip_lab.internal",
		"sip:ceo%40corp.example@evil.example": "sip:ceo%40corp.example@evil.example",
		"+4930123@contoso.com":                "sip:+4930123@contoso.com",
	} {
		if got, err := ParseAddress(typed); got != want || err != nil {
			t.Errorf("ParseAddress(%q) = %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestParseAddressSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  AddressError
	}{
		{"", ErrNoAddress},
		{"  ", ErrNoAddress},
		{"<>", ErrNoAddress},
		{"bob", ErrNoDomain},
		{"sip:", ErrNoDomain},
		{"Bob Smith", ErrNoDomain},
		{"@contoso.com", ErrNoUser},
		{"sip::secret@contoso.com", ErrNoUser},
		{"bob@", ErrHost},
		{"bob@contoso..com", ErrHost},
		{"bob@-contoso.com", ErrHost},
		{"bob@contoso-.com", ErrHost},
		{"bob@con toso.com", ErrHost},
		{"bob@contoso.com:port", ErrHost},
		{"bob@300.1.1.1", ErrHost},
		{"bob@[::1", ErrHost},
		{"bob@[fe80::1%eth0]", ErrHost},
		{"bob@con\u202etoso.com", ErrIDN},
		{"bob@con\u200btoso.com", ErrIDN},
		{"bob@☺.example", ErrIDN},
		{"bo b@contoso.com", ErrUser},
		{"bo\"b@contoso.com", ErrUser},
		{"bob%4@contoso.com", ErrUser},
		{"bob%zz@contoso.com", ErrUser},
		{"bob%@contoso.com", ErrUser},
		{"bo\x1bb@contoso.com", ErrUser},
		{"bo\xffb@contoso.com", ErrUser},
		{"ceo@corp.example@evil.example", ErrUser},
		{"+49 30 1234-567", ErrPhoneNumber},
		{"tel:+4930123", ErrPhoneNumber},
		{"http://contoso.com/bob@x", ErrScheme},
		{"bob@contoso.com, eve@contoso.com", ErrSeveral},
		{"<sip:bob@contoso.com>, <sip:eve@contoso.com>", ErrSeveral},
		{"Bob <sip:bob@contoso.com", ErrQuote},
		{"\"Bob <sip:bob@contoso.com>", ErrQuote},
		{"\"Bob\" sip:bob@contoso.com", ErrQuote},
		{"<sip:bob@contoso.com> x", ErrQuote},
		{"<<sip:bob@contoso.com>>", ErrQuote},
		{"sips:[2001:DB8::1]@contoso.com", ErrUser},
		{"sip:bob@contoso.com:99999999", ErrHost},
		{"sip:@", ErrNoUser},
		{"mailto:bob@contoso.com", ErrScheme},
		{strings.Repeat("b", 321) + "@contoso.com", ErrTooLong},
		{"bob@" + strings.Repeat("b", 64) + ".com", ErrTooLong},
		{"bob@" + strings.Repeat("b.", 130) + "com", ErrTooLong},
		{strings.Repeat("x", 5000), ErrTooLong},
	} {
		_, err := ParseAddress(c.typed)
		if !errors.Is(err, c.want) {
			t.Errorf("ParseAddress(%.60q): %v; want %v", c.typed, err, c.want)
			continue
		}
		if s := string(c.want.Sentence()); s != err.Error() || !strings.HasSuffix(s, ".") {
			t.Errorf("%q is no sentence fit to show", s)
		}
	}
}

func TestTheShortWayAndTheLongWayAgree(t *testing.T) {
	for _, s := range []string{
		"sip:bob@contoso.com", "sip:b@c", "sip:bob(contoso.com)@msn.com", "sip:a@b.c.d", "sip:Bob@x1.y2",
		"sip:bob@1.2.3.4", "sip:bob@contoso.com.", "sip:bob@.com", "sip:@contoso.com", "sip:bob@x.3", "sip:bob@a..b",
		"sip:bob@a-b.c", "sip:bob@a-.c", "sip:bob@-a.c", "sip:bob@a.c-", "sip:bob@xn--bcher-kva.example", "sip:bob@a.1-",
	} {
		if !canonical(s) {
			continue
		}
		if got, err := ParseAddress("<" + s + ">"); string(got) != s || err != nil {
			t.Errorf("%q is taken as it is, but read with care it is %q, %v", s, got, err)
		}
	}
}

func TestAddressParts(t *testing.T) {
	for a, want := range map[Address][3]string{
		"sip:bob@contoso.com":          {"bob@contoso.com", "bob", "contoso.com"},
		"sip:bob(contoso.com)@msn.com": {"bob(contoso.com)@msn.com", "bob(contoso.com)", "msn.com"},
		"sip:j%40doe@[::1]":            {"j%40doe@[::1]", "j%40doe", "[::1]"},
		"":                             {"", "", ""},
	} {
		if got := [3]string{a.IM(), a.User(), a.Host()}; got != want {
			t.Errorf("parts of %q are %q, want %q", a, got, want)
		}
	}
}

func TestSamePersonInCapitals(t *testing.T) {
	a, b := Address("sip:Bob@contoso.com"), Address("sip:bob@contoso.com")
	if !a.Same(b) || a.Folded() != b || b.Folded() != b || a.Same("sip:eve@contoso.com") {
		t.Error("Bob and bob are one person, eve is another")
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{
		"bob@contoso.com", "<sips:J%40Doe;x@[::1]:5061;a=b?c=d>", "bob@münchen.example",
		"bob(contoso.com)@msn.com", "sip:a%zz@b", "+49 30 123", "bob@例え。テスト",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		a, err := ParseAddress(typed)
		if err != nil {
			var known AddressError
			if !errors.As(err, &known) || a != "" {
				t.Errorf("ParseAddress(%q) = %q, %v", typed, a, err)
			}
			return
		}
		s := string(a)
		if !strings.HasPrefix(s, "sip:") || a.User() == "" || a.Host() == "" || a.Host() != strings.ToLower(a.Host()) || !utf8.ValidString(s) {
			t.Errorf("%q became %q", typed, s)
		}
		for i := 0; i < len(s); i++ {
			if s[i] <= ' ' || s[i] >= 0x7f {
				t.Errorf("%q became %q, which cannot be shown as it is", typed, s)
			}
		}
		if again, err := ParseAddress(s); again != a || err != nil {
			t.Errorf("%q became %q, and that became %q, %v", typed, s, again, err)
		}
	})
}
