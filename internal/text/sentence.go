package text

import (
	"unicode"
	"unicode/utf8"
)

// Sentence makes a sentence of words such as those of an error, which Go writes small and without an end: with a
// capital and a full stop, unless they have them. No words make none.
func Sentence(words Safe) Safe {
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(string(words))
	words = Safe(string(unicode.ToUpper(first))) + words[size:]
	if last := words[len(words)-1]; last != '.' && last != '?' && last != '!' {
		words += "."
	}
	return words
}
