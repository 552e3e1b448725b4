package contacts

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golync/internal/text"
)

// found is Find without a limit, as anybody would write it who need not be fast.
func found(l *List, query string) (first, rest []*Contact) {
	words := strings.Fields(strings.ToLower(query))
	for _, c := range l.Contacts() {
		head := strings.ToLower(c.Name.Raw() + " " + c.Address.IM())
		all := head + "\n" + strings.ToLower(c.Presence.Note.Raw())
		if len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(all, w) }) {
			continue
		}
		if slices.ContainsFunc(strings.Fields(head), func(f string) bool { return strings.HasPrefix(f, words[0]) }) {
			first = append(first, c)
		} else {
			rest = append(rest, c)
		}
	}
	return first, rest
}

func TestFindAgreesWithItsModel(t *testing.T) {
	syllables := []string{"da", "na", "Bo", "b", "E", "ve", "li", "CHE", "ri"}
	word := func(r *rand.Rand) string {
		w := ""
		for range 1 + r.IntN(3) {
			w += syllables[r.IntN(len(syllables))]
		}
		return w
	}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 5))
		l := NewList(nil, nil)
		for i := range 60 {
			l.Put(Contact{
				Address: Address(fmt.Sprintf("sip:%s%d@contoso.com", strings.ToLower(word(r)), i)),
				Name:    text.From(word(r) + " " + word(r)), Presence: Presence{Note: text.From(word(r))},
			})
		}
		for range 60 {
			query := word(r)
			if r.IntN(3) == 0 {
				query += " " + word(r)
			}
			first, rest := found(l, query)
			want := append(slices.Clone(first), rest...)
			if got := l.Find(query, 0); !slices.Equal(got, want) {
				t.Fatalf("seed %d: Find(%q) = %q, want %q", seed, query, names(got), names(want))
			}
			limit := 1 + r.IntN(5)
			if got := l.Find(query, limit); !slices.Equal(got, want[:min(limit, len(want))]) {
				t.Fatalf("seed %d: Find(%q, %d) = %q", seed, query, limit, names(got))
			}
			a := l.Contacts()[r.IntN(l.Len())].Address
			l.SetPresence(a, Presence{Availability: Busy, Note: text.From(word(r))})
		}
	}
}
