package store

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord bounds a word in the index, in bytes. Longer ones are found by their beginning.
const maxWord = 64

// kind is what a character is to a search.
type kind uint8

const (
	gap    kind = iota // between words
	letter             // of a word that ends where another kind begins
	dense              // of a script that puts no gaps between words, where any part may be looked for
	sign               // a word by itself: emoji and the like
	silent             // part of the character before: an accent, a joiner
)

// span is a piece of a text: a word, or all of a stretch of a dense script.
type span struct {
	kind kind
	word []byte // folded
	ends []int  // for each byte of word, where in the text the character ends that it comes from
	from int    // where in the text it begins
}

// spans calls with every piece of a text, until it returns false. The span is good for the call only.
func spans(text string, with func(*span) bool) {
	var s span
	flush := func() bool {
		ok := len(s.word) == 0 || with(&s)
		s.word, s.ends = s.word[:0], s.ends[:0]
		return ok
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		k := gap
		if r != utf8.RuneError {
			k = kindOfRune(r)
		}
		if k == silent {
			at += size
			if n := len(s.ends); n > 0 {
				s.ends[n-1] = at // the mark goes on to the end of the accent
			}
			continue
		}
		if (k != s.kind || k == sign) && !flush() {
			return
		}
		if k != gap {
			if len(s.word) == 0 {
				s.kind, s.from = k, at
			}
			s.word = fold(s.word, text[at:at+size], r)
			for len(s.ends) < len(s.word) {
				s.ends = append(s.ends, at+size)
			}
		} else {
			s.kind = gap
		}
		at += size
	}
	flush()
}

// end is where in the text the first n bytes of the word end.
func (s *span) end(n int) int { return s.ends[n-1] }

func kindOfRune(r rune) kind {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return letter
		}
		return gap
	case unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Inherited, unicode.Arabic, unicode.Hebrew),
		unicode.Is(unicode.Cf, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Sk, r):
		return silent
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return dense
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return letter
	case unicode.Is(unicode.So, r):
		return sign
	}
	return gap
}

// fold adds a character to a word without its case and its accents: the compatibility decomposition of
// Unicode (UAX 15), of which the marks are left out, and the letters that have a stroke instead.
func fold(word []byte, char string, r rune) []byte {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(word, byte(r))
	}
	before := len(word)
	if parts := norm.NFKD.PropertiesString(char).Decomposition(); parts != nil {
		for len(parts) > 0 {
			r, size := utf8.DecodeRune(parts)
			parts = parts[size:]
			if k := kindOfRune(r); k != silent && k != gap {
				word = plain(word, r)
			}
		}
	}
	if len(word) == before {
		word = plain(word, r)
	}
	return word
}

// plain adds one letter, small and without a stroke.
func plain(word []byte, r rune) []byte {
	switch r = unicode.ToLower(r); r {
	case 'ß':
		return append(word, "ss"...)
	case 'æ':
		return append(word, "ae"...)
	case 'œ':
		return append(word, "oe"...)
	case 'ø':
		r = 'o'
	case 'ł':
		r = 'l'
	case 'đ', 'ð':
		r = 'd'
	case 'ħ':
		r = 'h'
	case 'ı':
		r = 'i'
	case 'ς':
		r = 'σ'
	}
	return utf8.AppendRune(word, r)
}

// short cuts a word to what is in the index of it, between two characters.
func short(word []byte) []byte {
	if len(word) <= maxWord {
		return word
	}
	n := maxWord
	for n > 0 && !utf8.RuneStart(word[n]) {
		n--
	}
	return word[:n]
}

// pairs calls with every two neighbours of a stretch of a dense script, and with its last character alone:
// whatever part of it is looked for consists of some of these.
func pairs(run []byte, with func([]byte)) {
	for len(run) > 0 {
		_, one := utf8.DecodeRune(run)
		two := one
		if len(run) > one {
			_, size := utf8.DecodeRune(run[one:])
			two += size
		}
		with(run[:two])
		run = run[one:]
	}
}

// indexed is a text as the index takes it: its words, folded, with blanks between.
func indexed(buf []byte, text string) []byte {
	spans(text, func(s *span) bool {
		if s.kind == dense {
			pairs(s.word, func(two []byte) { buf = append(append(buf, two...), ' ') })
			return true
		}
		buf = append(append(buf, short(s.word)...), ' ')
		return true
	})
	return buf
}
