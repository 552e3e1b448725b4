package store

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golync/internal/text"
)

const (
	// maxQuery and maxTerms bound a query, in bytes and words. What is beyond is not looked at: nobody writes
	// more, but anybody may paste it.
	maxQuery = 1000
	maxTerms = 16
	// maxMarks bounds the marks of one hit: only a few lines of it are shown.
	maxMarks = 64
	// lead and shown are how much of a message is shown before the first mark and in all, in bytes.
	lead  = 60
	shown = 400
)

// term is one word of a query.
type term struct {
	kind   kind
	word   string
	prefix bool // the beginning of a word is enough
}

// termsOf reads a query. It has no syntax: whatever is no word separates words. The last word may be the
// beginning of one, unless a blank follows.
func termsOf(query string) []term {
	if len(query) > maxQuery {
		query = strings.ToValidUTF8(query[:maxQuery], "")
	}
	var terms []term
	end := 0
	spans(query, func(s *span) bool {
		t := term{kind: s.kind, word: string(s.word)}
		if t.kind != dense {
			t.word = string(short(s.word))
		}
		if !slices.Contains(terms, t) {
			terms = append(terms, t)
		}
		end = s.end(len(s.word))
		return len(terms) < maxTerms
	})
	if n := len(terms); n > 0 && terms[n-1].kind == letter && !blankAfter(query[end:]) {
		terms[n-1].prefix = true
	}
	return terms
}

func blankAfter(rest string) bool { return strings.IndexFunc(rest, unicode.IsSpace) >= 0 }

// peerWord is a word that stands in every message with a peer and in no text: a character for private use,
// which is a gap in texts, and the row of the peer.
func peerWord(peer int64) string { return "\uE000" + strconv.FormatInt(peer, 36) }

// longestPrefix is how many characters the longest indexed beginnings of words have (schema/0003.sql).
const longestPrefix = 4

// match is the query in the language of FTS5 (https://www.sqlite.org/fts5.html section 3): every word quoted,
// and all of them needed. Unless it is exact, of the beginning of a word only as much is asked for as has an
// index; then marks have to sort out the rest.
func match(terms []term, peer int64, exact bool) string {
	var all []string
	need := func(word string, more string) { all = append(all, `"`+word+`"`+more) }
	for _, t := range terms {
		switch {
		case t.kind == dense && utf8.RuneCountInString(t.word) == 1:
			need(t.word, " *")
		case t.kind == dense:
			pairs([]byte(t.word), func(two []byte) {
				if utf8.RuneCount(two) == 2 {
					need(string(two), "")
				}
			})
		case t.prefix && !exact:
			need(firstOf(t.word, longestPrefix), " *")
		case t.prefix:
			need(t.word, " *")
		default:
			need(t.word, "")
		}
	}
	if peer != 0 {
		need(peerWord(peer), "")
	}
	return strings.Join(all, " AND ")
}

// firstOf is the first n characters of a word.
func firstOf(word string, n int) string {
	for i := range word {
		if n == 0 {
			return word[:i]
		}
		n--
	}
	return word
}

// marks finds where in a text the terms stand, in order and without overlap; nil when one of them does not.
// The index knows only that pairs of a dense script occur, not that they follow each other.
func marks(body string, terms []term) [][2]int {
	var found [][2]int
	met := make([]bool, len(terms))
	spans(body, func(s *span) bool {
		for i, t := range terms {
			if len(found) >= maxMarks && met[i] {
				continue
			}
			if from, to, ok := t.in(s); ok {
				found, met[i] = append(found, [2]int{from, to}), true
			}
		}
		return len(found) < maxMarks || slices.Contains(met, false)
	})
	if slices.Contains(met, false) {
		return nil
	}
	slices.SortFunc(found, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	joined := found[:0]
	for _, m := range found {
		if n := len(joined); n > 0 && m[0] < joined[n-1][1] {
			joined[n-1][1] = max(joined[n-1][1], m[1])
			continue
		}
		joined = append(joined, m)
	}
	return joined
}

// in finds the term in a span, the first time that it stands there.
func (t term) in(s *span) (from, to int, ok bool) {
	if s.kind != t.kind {
		return 0, 0, false
	}
	if t.kind == dense {
		i := bytes.Index(s.word, []byte(t.word))
		if i < 0 {
			return 0, 0, false
		}
		from = s.from
		if i > 0 {
			from = s.end(i)
		}
		return from, s.end(i + len(t.word)), true
	}
	word := short(s.word)
	if t.prefix && bytes.HasPrefix(word, []byte(t.word)) {
		return s.from, s.end(len(t.word)), true
	}
	return s.from, s.end(len(s.word)), string(word) == t.word
}

// excerpt cuts a body to what is near the first mark, and moves the marks with it.
func excerpt(body string, found [][2]int) (text.Peer, [][2]int) {
	if len(body) <= shown || len(found) == 0 {
		return text.From(body), found
	}
	from := min(max(found[0][0]-lead, 0), len(body)-shown)
	for from > 0 && !utf8.RuneStart(body[from]) {
		from--
	}
	to := min(from+shown, len(body))
	for to < len(body) && !utf8.RuneStart(body[to]) {
		to--
	}
	before, after := "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(body) {
		after = "…"
	}
	var moved [][2]int
	for _, m := range found {
		m[1] = min(m[1], to)
		if m[0] < m[1] {
			moved = append(moved, [2]int{m[0] - from + len(before), m[1] - from + len(before)})
		}
	}
	return text.From(before + body[from:to] + after), moved
}
