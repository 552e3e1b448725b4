package store

import (
	"fmt"
	"strings"
	"testing"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

func lasts(t testing.TB, s *Store) (of map[string]Last, upTo int64) {
	t.Helper()
	of = map[string]Last{}
	must(t, func(done func(error)) {
		s.Lasts(func(all []Last, n int64, err error) {
			for _, l := range all {
				of[l.Message.Peer] = l
			}
			upTo = n
			done(err)
		})
	})
	return of, upTo
}

func TestTheLastMessageWithEverybody(t *testing.T) {
	s := open(t, t.TempDir())
	if got, upTo := lasts(t, s); len(got) != 0 || upTo != 0 {
		t.Errorf("nobody: %v, %d", got, upTo)
	}
	keep(t, s, received(bob, "1", "first"))
	named := received(bob, "2", "second")
	named.Name = text.From("Bob B.")
	keep(t, s, named)
	keep(t, s, sent(bob, "3", "third"))
	newest := keep(t, s, received(dana, "4", strings.Repeat("long", 1000)))
	keep(t, s, sent("sip:eve@contoso.com", "5", "never answered"))
	got, upTo := lasts(t, s)
	if len(got) != 3 || upTo != newest+1 {
		t.Errorf("%d people up to %d", len(got), upTo)
	}
	if l := got[bob]; l.Message.ID != "3" || !l.Message.Outgoing || l.Name.Raw() != "Bob B." {
		t.Errorf("with Bob %+v", l)
	}
	if l := got[dana]; len(l.Message.Body.Raw()) != lastSize || l.Message.Seq != newest {
		t.Errorf("with Dana %+v", l)
	}
	if l := got["sip:eve@contoso.com"]; !l.Name.Empty() {
		t.Errorf("with Eve %+v", l)
	}
	forget(t, s, dana)
	if got, upTo := lasts(t, s); len(got) != 2 || upTo != newest+1 {
		t.Errorf("without Dana %v, %d", got, upTo)
	}
}

func TestDraftsAreThereAfterARestart(t *testing.T) {
	s := open(t, t.TempDir())
	for a, body := range map[contacts.Address]string{
		bob: "half a sen", dana: strings.Repeat("a paste\n", 100_000), "sip:eve@contoso.com": "\xff\x00",
	} {
		must(t, func(done func(error)) { s.SaveDraft(a, body, done) })
	}
	must(t, func(done func(error)) { s.SaveDraft(bob, "half a sentence", done) })
	must(t, func(done func(error)) { s.SaveDraft("sip:fred@contoso.com", "", done) })
	s = reopen(t, s)
	if got := load(t, s).Drafts; len(got) != 3 || got[bob] != "half a sentence" || len(got[dana]) != 800_000 || got["sip:eve@contoso.com"] != "\xff\x00" {
		t.Errorf("%d drafts, to Bob %q", len(got), got[bob])
	}
	must(t, func(done func(error)) { s.SaveDraft(bob, "", done) })
	if got := load(t, s).Drafts; len(got) != 2 {
		t.Errorf("%d drafts are left", len(got))
	}
}

// numbers puts the bodies of messages together.
func numbers(messages []sipclient.Message) (all string) {
	for _, m := range messages {
		all += m.Body.Raw()
	}
	return all
}

func TestPagesAfterAndAroundAMessage(t *testing.T) {
	s := open(t, t.TempDir())
	var seqs []int64
	for i := range 10 {
		seqs = append(seqs, keep(t, s, received(bob, fmt.Sprint(i), fmt.Sprint(i))))
		keep(t, s, received(dana, fmt.Sprint("between", i), "x"))
	}
	for _, c := range []struct {
		name        string
		ask         func(seq int64, limit int, done func(Page, error))
		at, limit   int
		want        string
		more, later bool
	}{
		{"after the third", func(n int64, l int, d func(Page, error)) { s.PageAfter(bob, n, l, d) }, 2, 3, "345", false, true},
		{"up to the end", func(n int64, l int, d func(Page, error)) { s.PageAfter(bob, n, l, d) }, 6, 3, "789", false, false},
		{"after the last", func(n int64, l int, d func(Page, error)) { s.PageAfter(bob, n, l, d) }, 9, 3, "", false, false},
		{"around the middle", func(n int64, l int, d func(Page, error)) { s.PageAround(bob, n, l, d) }, 5, 4, "3456", true, true},
		{"around the first", func(n int64, l int, d func(Page, error)) { s.PageAround(bob, n, l, d) }, 0, 4, "0123", false, true},
		{"around the last", func(n int64, l int, d func(Page, error)) { s.PageAround(bob, n, l, d) }, 9, 4, "789", true, false},
		{"around, all of it", func(n int64, l int, d func(Page, error)) { s.PageAround(bob, n, l, d) }, 4, 50, "0123456789", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			must(t, func(done func(error)) {
				c.ask(seqs[c.at], c.limit, func(p Page, err error) {
					if got := numbers(p.Messages); got != c.want || p.More != c.more || p.Later != c.later {
						t.Errorf("got %q, more %v, later %v", got, p.More, p.Later)
					}
					done(err)
				})
			})
		})
	}
	must(t, func(done func(error)) { // a message that was deleted meanwhile
		s.PageAround(bob, seqs[5]+1, 4, func(p Page, err error) {
			if got := numbers(p.Messages); got != "4567" {
				t.Errorf("around a gap: %q", got)
			}
			done(err)
		})
	})
}

func TestAHistoryIsReadFromTheFirstMessageToTheLast(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 10 {
		keep(t, s, received([]string{bob, dana}[i%2], fmt.Sprint(i), fmt.Sprint(i)))
	}
	for peer, want := range map[string]string{"": "0123456789", bob: "02468", "sip:nobody@contoso.com": ""} {
		got, after := "", int64(0)
		for n := 3; n == 3; {
			must(t, func(done func(error)) {
				s.After(peer, after, 3, func(page []sipclient.Message, err error) {
					got, n = got+numbers(page), len(page)
					if n > 0 {
						after = page[n-1].Seq
					}
					done(err)
				})
			})
		}
		if got != want {
			t.Errorf("with %q: %q", peer, got)
		}
	}
}
