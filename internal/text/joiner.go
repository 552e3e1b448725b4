package text

import (
	"unicode"
	"unicode/utf8"
)

// cursive are the scripts in which a joiner or non-joiner between two letters changes what is read
// (RFC 5892 appendix A.1 and A.2): those with joining letters and those with a virama.
var cursive = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer,
}

// joins reports whether the joiner r has work to do between base and what follows.
func joins(base, r rune, next string) bool {
	after := visible(next)
	if r == 0x200d && pictograph(base) && pictograph(after) {
		return true
	}
	return unicode.In(base, cursive...) && unicode.In(after, cursive...)
}

// visible returns the first character of s that will be seen, looking past a few that will not.
func visible(s string) rune {
	for range 4 {
		r, size := utf8.DecodeRuneInString(s)
		if size == 0 {
			return 0
		}
		if k := classify(r); k != dropped {
			return r
		}
		s = s[size:]
	}
	return 0
}

// pictograph reports whether r may be part of an emoji sequence. It is wider than Unicode's
// Extended_Pictographic, which the standard library does not have.
func pictograph(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || unicode.Is(unicode.So, r) || r == 0x2640 || r == 0x2642
}
