package ui

import (
	"regexp"
	"strings"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"

	"golync/internal/text"
)

func TestLinksAreFoundAsTheyStandInASentence(t *testing.T) {
	for _, tc := range []struct{ line, seen, target string }{
		{"see https://contoso.com/a?b=c;d#e now", "https://contoso.com/a?b=c;d#e", "https://contoso.com/a?b=c;d#e"},
		{"HTTP://CONTOSO.COM", "HTTP://CONTOSO.COM", "HTTP://CONTOSO.COM"},
		{"(https://contoso.com/x).", "https://contoso.com/x", "https://contoso.com/x"},
		{"https://en.contoso.com/wiki/A_(b), and", "https://en.contoso.com/wiki/A_(b)", "https://en.contoso.com/wiki/A_(b)"},
		{"<https://contoso.com>", "https://contoso.com", "https://contoso.com"},
		{"\"https://contoso.com\"!", "https://contoso.com", "https://contoso.com"},
		{"https://contoso.com/ä%zz%41", "https://contoso.com/ä%41", ""},
		{"https://contoso.com/größe", "https://contoso.com/größe", "https://contoso.com/gr%C3%B6%C3%9Fe"},
		{"mailto:dana@contoso.com.", "mailto:dana@contoso.com", "mailto:dana@contoso.com"},
		{"call sip:dana@contoso.com;user=phone", "sip:dana@contoso.com;user=phone", "sip:dana@contoso.com;user=phone"},
		{"sips:dana@contoso.com", "sips:dana@contoso.com", "sips:dana@contoso.com"},
		{"https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/"},
		{"a:https://contoso.com", "https://contoso.com", "https://contoso.com"},
	} {
		found := linksIn(text.From(tc.line).Lines()[0], "m1")
		if tc.target == "" {
			if len(found) != 0 {
				t.Errorf("%q leads to %q", tc.line, found[0].URL)
			}
			continue
		}
		if len(found) != 1 {
			t.Errorf("%q has %d links", tc.line, len(found))
			continue
		}
		if l := found[0]; tc.line[l.from:l.to] != tc.seen || l.URL != tc.target {
			t.Errorf("%q: %q leads to %q", tc.line, tc.line[l.from:l.to], l.URL)
		}
	}
}

func TestWhatLeadsNowhereOrElsewhereIsNoLink(t *testing.T) {
	for _, line := range []string{
		"https://", "http://:80/", "https://...", "javascript:alert(1)", "file:///etc/passwd", "ssh://contoso.com", "data:text/html,x",
		"https://contoso.com@fabrikam.com/", "https://user:secret@contoso.com/", "xhttps://contoso.com", "sip:", "sip:@", "mailto:dana", "tel:+15550100",
		"http:contoso.com", "https://contoso.com:port/", "https://" + strings.Repeat("a", maxLink), "https ://contoso.com", "note: nothing",
	} {
		if found := linksIn(text.From(line).Lines()[0], "m1"); len(found) != 0 {
			t.Errorf("%q leads to %q", line, found[0].URL)
		}
	}
}

// FuzzLinks looks for a text whose links overlap, do not stand in it, or could end the sequence.
func FuzzLinks(f *testing.F) {
	for _, seed := range []string{
		"see https://contoso.com/a?b=c;d#e now", "https://contoso.com/\x1b\\x07", "sip:dana@contoso.com)", "mailto:é@ü.example",
		"http://[::1]:80/%zz", "https://contoso.com/(((((", "https://contoso.com/\u009c\u202e", "a:b:https:https://x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, line := range text.From(raw).Lines() {
			last := 0
			for _, l := range linksIn(line, "m1") {
				if l.from < last || l.to <= l.from || l.to > len(line) {
					t.Fatalf("%q has a link at %d to %d after %d", line, l.from, l.to, last)
				}
				last = l.to
				if strings.ContainsFunc(l.URL+l.Params, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
					t.Fatalf("%q leads to %q", line, l.URL)
				}
			}
		}
	})
}

// BenchmarkHostileLinks is finding links in the longest message that makes it hard.
func BenchmarkHostileLinks(b *testing.B) {
	for name, line := range map[string]string{
		"brackets": "https://contoso.com/" + strings.Repeat(")", 65_000),
		"schemes":  strings.Repeat("http://", 9_000),
		"short":    strings.Repeat("http://b ", 7_000),
		"colons":   strings.Repeat(":", 65_000),
	} {
		b.Run(name, func(b *testing.B) {
			safe := text.From(line).Lines()[0]
			for b.Loop() {
				linksIn(safe, "m1")
			}
		})
	}
}

func TestSeveralLinksOfOneLineAreToldApart(t *testing.T) {
	found := linksIn("http://a.contoso.com http://a.contoso.com,http://b.contoso.com", "m1")
	if len(found) != 2 || found[0].Params == found[1].Params {
		t.Fatalf("found %v", found)
	}
	again := linksIn("http://a.contoso.com", "m2")
	if again[0].Params == found[0].Params {
		t.Error("two messages share a link")
	}
}

// linkAt is where the cell with the first letter of a text leads.
func (x *face) linkAt(s string) uv.Link {
	x.t.Helper()
	col, row := x.find(s)
	l := x.screen.CellAt(col, row).Link
	return uv.Link{URL: l.Params, Params: l.URL} // the emulator keeps them the other way round
}

func TestALinkBrokenOverRowsIsOneLink(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		long := "https://contoso.com/" + strings.Repeat("abcdefghi/", 7) + "zzz?ende=1"
		x.happens(arrives(bob, "1", "Look: "+long+" , and more", 1, time.Now()))
		first, last := x.linkAt("https://"), x.linkAt("zzz?ende")
		if first.URL != long || first != last || first.Params == "" {
			t.Errorf("it begins with %v and ends with %v", first, last)
		}
		for _, beside := range []string{"Look:", "and more", "Bob ", "Write to"} {
			if l := x.linkAt(beside); l.URL != "" {
				t.Errorf("%q leads to %q", beside, l.URL)
			}
		}
	})
}

func TestNoLinkEndsTheSequenceItStandsIn(t *testing.T) {
	for _, hostile := range []string{
		"https://contoso.com/\x1b]8;;https://evil.example\x07x", "https://contoso.com/\x1b\\x", "https://contoso.com/\u009cx",
		"https://contoso.com/\u202egpj.exe", "https://contoso.com/\x00x", "https://contoso.com/é\u200bx", "https://contoso.com/\ufffd",
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.talks()
			sent := x.bytesOf(func() { x.happens(arrives(bob, "1", hostile, 1, time.Now())) })
			l := x.linkAt("https://")
			if strings.ContainsFunc(l.URL, func(r rune) bool { return r <= ' ' || r >= 0x7f }) || strings.Contains(l.URL, "]8;;") {
				t.Errorf("%q leads to %q", hostile, l.URL)
			}
			whole := regexp.MustCompile(`\x1b]8;(id=[a-z0-9]+;https://[!-~]+|;)\a`)
			if rest := whole.ReplaceAllString(sent, ""); strings.Contains(rest, "\x1b]8") || strings.Contains(rest, "\u009c") {
				t.Errorf("%q was sent as %q", hostile, sent)
			}
		})
	}
}
