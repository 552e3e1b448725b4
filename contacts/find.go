package contacts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Find returns up to limit contacts (all for 0) in whose name, address, Microsoft account or note every
// word of query occurs, letters' case aside. Those whose name or address has a word that begins with the
// query come first, each part by name.
func (l *List) Find(query string, limit int) []*Contact {
	words := strings.Fields(fold(query))
	if len(words) == 0 {
		return nil
	}
	var first, rest []*Contact
	l.Contacts() // puts entries in order
	for _, e := range l.entries {
		if e.hay == "" {
			e.hay = haystack(&e.Contact)
		}
		switch match(e.hay, words) {
		case beginning:
			first = append(first, &e.Contact)
		case inside:
			if limit <= 0 || len(rest) < limit {
				rest = append(rest, &e.Contact)
			}
		}
		if limit > 0 && len(first) >= limit {
			break
		}
	}
	found := append(first, rest...)
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	return found
}

type matching uint8

const (
	nowhere matching = iota
	inside
	beginning
)

// match looks for all words in hay. Fields and words of hay begin after a blank.
func match(hay string, words []string) matching {
	if !containsAll(hay, words) {
		return nowhere
	}
	// The note stands behind "\n": what occurs there alone ranks below names and addresses.
	head, _, _ := strings.Cut(hay, "\n")
	for i := 0; ; {
		at := strings.Index(head[i:], words[0])
		if at < 0 {
			return inside
		}
		if at += i; at == 0 || head[at-1] == ' ' {
			return beginning
		}
		i = at + 1
	}
}

// haystack is what Find looks through of one contact.
func haystack(c *Contact) string {
	return fold(string(c.Name.Line())) + " " + spellings(c.Address) + "\n" + fold(string(c.Presence.Note.Line()))
}

// spellings are the ways in which somebody may look for an address: as it is, as it is shown, and the
// Microsoft account behind it.
func spellings(a Address) string {
	all := a.IM()
	if user, host, ok := undecorated(a.User()); ok {
		all += " " + user + "@" + host
	}
	if shown := Readable(a.IM()); shown != a.IM() {
		all += " " + shown
	}
	return fold(all)
}

// Where is the part of a contact in which Find found what it looked for.
type Where uint8

// The parts, the one that is looked through first at the top.
const (
	InName    Where = iota
	InAddress       // or with words in the name and in the address
	InNote          // at least one of the words stands in the note alone
)

// FoundIn says where in a contact the words of a query stand.
func FoundIn(c *Contact, query string) Where {
	words := strings.Fields(fold(query))
	hay := fold(string(c.Name.Line()))
	if containsAll(hay, words) {
		return InName
	}
	if containsAll(hay+" "+spellings(c.Address), words) {
		return InAddress
	}
	return InNote
}

func containsAll(hay string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}

// sortKey orders by name, and people of one name, or none, by address; byAddress, the other way round.
func sortKey(c *Contact, byAddress bool) string {
	name := string(c.Name.Line())
	if name == "" || byAddress {
		name = c.Address.IM()
	}
	return fold(name) + "\x00" + string(c.Address.Folded())
}

// fold makes spellings that differ by case alone the same, letter for letter (Unicode simple folding).
func fold(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z') {
		i++
	}
	if i == len(s) {
		return s
	}
	return strings.Map(foldRune, s)
}

func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	// The smallest of the letters that fold together stands for all: K, k and the KELVIN SIGN.
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	if least < utf8.RuneSelf {
		return foldRune(least)
	}
	return least
}
