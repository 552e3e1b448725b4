package ui

import (
	"strings"
	"testing"

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
