package nameaddr

import (
	"strings"
	"testing"

	"golync/contacts"
)

func TestAddressesAreWrittenInOneWay(t *testing.T) {
	for given, want := range map[string]string{
		"sip:bob@contoso.com":                            "sip:bob@contoso.com",
		"SIP:bob@CONTOSO.com":                            "sip:bob@contoso.com",
		"sips:bob@contoso.com":                           "sip:bob@contoso.com",
		"sip:bob@contoso.com.":                           "sip:bob@contoso.com",
		"sip:bob@contoso.com:5061;transport=tls?x=y":     "sip:bob@contoso.com",
		"sip:bob:secret@contoso.com":                     "sip:bob@contoso.com",
		"sip:%62ob@contoso.com":                          "sip:bob@contoso.com",
		"sip:Bob@contoso.com":                            "sip:Bob@contoso.com",
		"sip:bob(contoso.com)@msn.com":                   "sip:bob(contoso.com)@msn.com",
		"sip:bob%28contoso.com%29@MSN.com":               "sip:bob(contoso.com)@msn.com",
		"sip:a%20b%c3%a4@contoso.com":                    "sip:a%20b%C3%A4@contoso.com",
		"sip:+1-555;ext=3@contoso.com":                   "sip:+1-555;ext=3@contoso.com",
		"sip:bob@192.0.2.7:5060":                         "sip:bob@192.0.2.7",
		"sip:bob@[2001:DB8::1]:5060":                     "sip:bob@[2001:db8::1]",
		"sip:bob@[2001:db8:0:0::1]":                      "sip:bob@[2001:db8::1]",
		"sip:bob@[::1%25eth0]":                           "",
		"sip:a%26b@contoso.com":                          "sip:a%26b@contoso.com",
		"sip:a&b@contoso.com":                            "sip:a&b@contoso.com",
		"sip:a%2cb%3B@contoso.com":                       "sip:a%2Cb%3B@contoso.com",
		"sip:":                                           "",
		"":                                               "",
		"bob@contoso.com":                                "",
		"tel:+15551234":                                  "",
		"sip:contoso.com":                                "",
		"sip:bob@":                                       "",
		"sip:bob@con toso.com":                           "",
		"sip:bob@contoso..com":                           "",
		"sip:bob@.com":                                   "",
		"sip:b\nob@contoso.com":                          "",
		"sip:b%@contoso.com":                             "",
		"sip:b%zz@contoso.com":                           "",
		"sip:b<ob>@contoso.com":                          "",
		"sip:bob@contoso.com\x00":                        "",
		"sip:b\u00f6b@contoso.com":                       "",
		"sip:bob@[::1":                                   "",
		"sip://bob@contoso.com":                          "",
		"sip:" + strings.Repeat("x", Longest) + "@x.com": "",
	} {
		uri, got, err := Parse(given)
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
		_, aor, err := Parse(s)
		if err != nil {
			return
		}
		for i := range len(aor) {
			if aor[i] <= ' ' || aor[i] > '~' || strings.IndexByte(`<>"\`, aor[i]) >= 0 {
				t.Fatalf("%q became %q", s, aor)
			}
		}
		if typed, err := contacts.ParseAddress(aor); err == nil && string(typed) != aor {
			t.Fatalf("%q became %q, and in the contact list %q", s, aor, typed)
		}
		if _, again, err := Parse(aor); err != nil || again != aor {
			t.Fatalf("%q became %q, and that %q (%v)", s, aor, again, err)
		}
	})
}

func TestNamesSurviveTheirQuotes(t *testing.T) {
	for _, name := range []string{"", "Bob", `Bob "B" \ Ä`, `\`, `"`, `\\"`} {
		if got := Unquote(Quote(name)); got != name {
			t.Errorf("%q became %q", name, got)
		}
	}
	if got := Unquote(`a\`); got != `a\` {
		t.Errorf("%q", got)
	}
}

// What comes over the wire has to find the contact that a person typed, so the two readers agree wherever
// both accept an address.
func TestTheWireAndTheContactListAgree(t *testing.T) {
	for _, s := range []string{
		"sip:bob@contoso.com", "sips:Bob@CONTOSO.com.", "sip:bob:secret@contoso.com:5061;transport=tls?x=y",
		"sip:bob%28contoso.com%29@MSN.com", "sip:bob(contoso.com)@msn.com", "sip:%62ob@contoso.com",
		"sip:a%26b@contoso.com", "sip:a&b@contoso.com", "sip:a%2cb@contoso.com", "sip:a%20b%c3%a4@contoso.com",
		"sip:+1-555;ext=3@contoso.com", "sip:bob@192.0.2.7:5060", "sip:bob@[2001:DB8:0::1]:5060",
	} {
		_, wire, err := Parse(s)
		typed, errTyped := contacts.ParseAddress(s)
		if err != nil || errTyped != nil || wire != string(typed) {
			t.Errorf("%q is %q (%v) here and %q (%v) in the contact list", s, wire, err, typed, errTyped)
		}
	}
}
