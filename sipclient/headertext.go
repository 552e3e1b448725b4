package sipclient

import (
	"strings"
	"unicode/utf8"
)

// headerText makes free text fit for a header field: one line, valid UTF-8, no control characters, at
// most limit bytes.
func headerText(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	for len(s) > limit {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return strings.TrimSpace(s)
}
