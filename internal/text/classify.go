package text

import "unicode"

// class says what becomes of a character.
type class uint8

const (
	plain     class = iota // kept
	blank                  // a space of some width: U+0020
	newline                // ends a line
	tab                    // spaces up to the next tab stop
	marked                 // shown as mark; a run of them as one
	dropped                // taken away without a trace
	combining              // kept, at most maxMarks in a row
	joiner                 // ZWJ, ZWNJ: kept in bodies where a script or an emoji needs it
)

// classify is the table of the rules, facts/reliability.md section 2.4.
func classify(r rune) class {
	switch {
	case r < 0x7f:
		return classifyASCII(r)
	case r < 0xa0: // DEL and C1, of which U+009B is as good as ESC [
		if r == 0x85 {
			return newline
		}
		return marked
	case r < 0x300:
		switch r {
		case 0xa0:
			return blank
		case 0xad: // SOFT HYPHEN, invisible or not, as the terminal likes
			return dropped
		}
		return plain
	}
	switch {
	case r >= 0x4e00 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3, r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa,
		r >= 0x400 && r <= 0x482: // ideographs, Hangul, kana, Cyrillic: much text, and nothing but letters
		return plain
	}
	switch r {
	case 0x2028, 0x2029:
		return newline
	case 0x200c, 0x200d:
		return joiner
	case 0x3000: // IDEOGRAPHIC SPACE is two cells wide and stays
		return plain
	case 0x2800: // BRAILLE PATTERN BLANK: a name of it would look empty
		return blank
	case 0x034f, 0x115f, 0x1160, 0x3164, 0xffa0, 0x17b4, 0x17b5: // joiner and fillers without a picture
		return dropped
	case 0xfffd:
		return marked
	}
	return classifyByTable(r)
}

func classifyASCII(r rune) class {
	switch {
	case r >= 0x20:
		return plain
	case r == '\t':
		return tab
	case r == '\n' || r == '\r' || r == '\v' || r == '\f':
		return newline
	}
	return marked
}

func classifyByTable(r rune) class {
	switch {
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef:
		// Variation selectors change the width of what stands before them in some terminals only.
		return dropped
	case r >= 0x1f3fb && r <= 0x1f3ff, r >= 0x1160 && r <= 0x11ff, r >= 0xd7b0 && r <= 0xd7ff:
		// Skin tones and the vowels and finals of Hangul join what stands before them, like marks.
		return combining
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc):
		return combining
	case unicode.Is(unicode.Cf, r):
		if unicode.Is(unicode.Prepended_Concatenation_Mark, r) {
			return plain // Arabic and Kaithi number signs are formats only in name
		}
		return dropped // bidi controls, zero width, tags, annotations
	case unicode.Is(unicode.Zs, r):
		return blank
	case unicode.IsGraphic(r):
		return plain
	}
	// Private use is marked as well: icon fonts put there what could pass for golync's own signs. So
	// is what Unicode has not assigned, as no two terminals agree on its width.
	return marked
}
