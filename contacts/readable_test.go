package contacts

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLettersOfOneAlphabetAreReadable(t *testing.T) {
	for _, typed := range []string{
		"bob@contoso.com", "müller@contoso.com", "françois.d'hôte@contoso.com", "łukasz@contoso.com", "nguyễn@contoso.com",
		"иван.петров2@contoso.com", "ελένη@contoso.com", "例え@contoso.com", "ひらがなカタカナ漢字@contoso.com", "홍길동@contoso.com", "हिन्दी@contoso.com",
		"bob@münchen.example", "bob@例え.テスト", "иван@пример.example", "bob(münchen.example)@msn.com",
	} {
		a, err := ParseAddress(typed)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		if got := Readable(a.IM()); got != typed {
			t.Errorf("%q is shown as %q (%s)", typed, got, a)
		}
	}
}

// What could be taken for somebody else's address is shown as it goes over the wire.
func TestWhatCouldDeceiveStaysEncoded(t *testing.T) {
	for name, typed := range map[string]string{
		"Cyrillic among Latin":             "dаna@contoso.com",
		"all lookalikes":                   "сосо@contoso.com",
		"Greek among Latin":                "dαna@contoso.com",
		"dotless i":                        "dıana@contoso.com",
		"Latin of phonetics":               "dɑna@contoso.com",
		"fullwidth":                        "ｄana@contoso.com",
		"not composed":                     "mu\u0308ller@contoso.com",
		"marks on nothing":                 "\u0301dana@contoso.com",
		"many marks":                       "д\u0301\u0302\u0303ана@contoso.com",
		"right to left":                    "שלום@contoso.com",
		"invisible":                        "da\u200bna@contoso.com",
		"turned around":                    "da\u202ena@contoso.com",
		"an @ in an escape":                "ceo%40corp.example@contoso.com",
		"a NUL":                            "dana%00@contoso.com",
		"a letter and an @ in escapes":     "m%C3%BCller%40corp@contoso.com",
		"broken UTF-8":                     "dana%C3@contoso.com",
		"a domain of lookalikes":           "dana@сосо.example",
		"a domain of two alphabets":        "dana@cоntoso.com",
		"punycode of ASCII letters":        "dana@xn--contoso-a.com",
		"punycode of too great a letter":   "dana@xn--99999999.com",
		"punycode that breaks off":         "dana@xn--mnchen-3.example",
		"punycode of an invisible letter":  "dana@xn--contoso-9a0z.com",
		"an emoji":                         "☺@contoso.com",
		"a sign that looks like a slash":   "dana⁄x@contoso.com",
		"modifier letters":                 "danaʼ@contoso.com",
		"superscript":                      "danaª@contoso.com",
		"digits of another alphabet":       "dana٣@contoso.com",
		"Cherokee, whose letters are ours": "ᎠᎡ@contoso.com",
	} {
		a, err := ParseAddress(typed)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := Readable(a.IM()); got != a.IM() {
			t.Errorf("%s: %q is shown as %q", name, a.IM(), got)
		}
	}
}

// Whatever is shown leads back to the same address, so that no two people are shown alike.
func FuzzReadable(f *testing.F) {
	for _, s := range []string{"müller@münchen.example", "bob@xn--99999999.com", "иван@пример.example", "a%C3%BC%41@b", "@", "%@xn--"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		shown := Readable(typed)
		a, err := ParseAddress(typed)
		if err != nil || !utf8.ValidString(shown) {
			return
		}
		shown = Readable(a.IM())
		if again, err := ParseAddress(shown); again != a || err != nil {
			t.Errorf("%q is shown as %q, which is %q, %v", a, shown, again, err)
		}
		if strings.ContainsFunc(shown, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			t.Errorf("%q is shown as %q", a, shown)
		}
	})
}

func BenchmarkReadable(b *testing.B) {
	for _, s := range []string{"dana@contoso.com", "m%C3%BCller@xn--mnchen-3ya.example"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Readable(s)
			}
		})
	}
}
