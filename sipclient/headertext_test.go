package sipclient

import (
	"strings"
	"testing"
)

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
