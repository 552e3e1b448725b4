package sipclient

import (
	"strings"
	"testing"
)

func TestAddressesAreWrittenInOneWay(t *testing.T) {
	for given, want := range map[string]string{
		"sip:bob@contoso.com":                        bob,
		"SIP:bob@CONTOSO.com":                        bob,
		"sips:bob@contoso.com":                       bob,
		"sip:bob@contoso.com.":                       bob,
		"sip:bob@contoso.com:5061;transport=tls?x=y": bob,
		"sip:bob:secret@contoso.com":                 bob,
		"sip:%62ob@contoso.com":                      bob,
		"sip:Bob@contoso.com":                        "sip:Bob@contoso.com",
		"sip:bob(contoso.com)@msn.com":               "sip:bob(contoso.com)@msn.com",
		"sip:bob%28contoso.com%29@MSN.com":           "sip:bob(contoso.com)@msn.com",
		"sip:a%20b%c3%a4@contoso.com":                "sip:a%20b%C3%A4@contoso.com",
		"sip:+1-555;ext=3@contoso.com":               "sip:+1-555;ext=3@contoso.com",
		"sip:bob@192.0.2.7:5060":                     "sip:bob@192.0.2.7",
		"sip:bob@[2001:DB8::1]:5060":                 "sip:bob@[2001:db8::1]",
		"sip:":                                       "",
		"":                                           "",
		"bob@contoso.com":                            "",
		"tel:+15551234":                              "",
		"sip:contoso.com":                            "",
		"sip:bob@":                                   "",
		"sip:bob@con toso.com":                       "",
		"sip:bob@contoso..com":                       "",
		"sip:bob@.com":                               "",
		"sip:b\nob@contoso.com":                      "",
		"sip:b%@contoso.com":                         "",
		"sip:b%zz@contoso.com":                       "",
		"sip:b<ob>@contoso.com":                      "",
		"sip:bob@contoso.com\x00":                    "",
		"sip:b\u00f6b@contoso.com":                   "",
		"sip:bob@[::1":                               "",
		"sip://bob@contoso.com":                      "",
		"sip:" + strings.Repeat("x", maxAddress) + "@x.com": "",
	} {
		uri, got, err := parseAddress(given)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", given, got, err)
		}
		if err == nil && uri.String() != want {
			t.Errorf("%q would be written %q", given, uri.String())
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"sip:bob(contoso.com)@msn.com", "sips:%41@[::1]:5060;a=b", "sip:a:b@c?d=e", "tel:1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, aor, err := parseAddress(s)
		if err != nil {
			return
		}
		for i := range len(aor) {
			if aor[i] <= ' ' || aor[i] > '~' || strings.IndexByte(`<>"\`, aor[i]) >= 0 {
				t.Fatalf("%q became %q", s, aor)
			}
		}
		if _, again, err := parseAddress(aor); err != nil || again != aor {
			t.Fatalf("%q became %q, and that %q (%v)", s, aor, again, err)
		}
	})
}

func TestNamesSurviveTheirQuotes(t *testing.T) {
	for _, name := range []string{"", "Bob", `Bob "B" \ Ä`, `\`, `"`, `\\"`} {
		if got := unquoteName(quoteName(name)); got != name {
			t.Errorf("%q became %q", name, got)
		}
	}
	if got := unquoteName(`a\`); got != `a\` {
		t.Errorf("%q", got)
	}
}

func TestFreeTextFitsAHeader(t *testing.T) {
	for given, want := range map[string]string{
		"hello":                 "hello",
		" a\r\nB: c\x00\x1b ":   "a  B: c",
		"\xff":                  "\uFFFD",
		strings.Repeat("ä", 10): "ääää",
	} {
		if got := headerText(given, 9); got != want {
			t.Errorf("%q became %q", given, got)
		}
	}
}
