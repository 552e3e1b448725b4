package bench

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golync/internal/shot"
	"golync/internal/store"
	"golync/internal/text"
	"golync/sipclient"
)

// The history of somebody who has used golync for years.
const (
	longHistory = 1_000_000 // messages
	longPeers   = 5000      // with whom
	openers     = 10        // people whose conversations are opened: the first ones, with most of the messages
	needles     = 30        // words that stand in one message each
)

// language makes sentences of words that are as frequent as those of people: few of them most of the time.
type language struct {
	words, people *rand.Zipf
	random        *rand.Rand
}

func newLanguage() language {
	r := rand.New(rand.NewPCG(1, 2))
	return language{rand.NewZipf(r, 1.1, 5, 50_000), rand.NewZipf(r, 1.05, 20, longPeers-1), r}
}

// word is the n-th word of the language.
func word(n int) string {
	syllables := strings.Fields("ka lo mi ren ta sur ve on dar pi gel no sha tim or ba ki lun fe cro")
	made := ""
	for {
		made += syllables[n%len(syllables)]
		if n /= len(syllables); n == 0 {
			return made
		}
	}
}

func (l language) sentence() string {
	var said []string
	for range 3 + l.random.IntN(12) {
		said = append(said, word(int(l.words.Uint64())))
	}
	return strings.Join(said, " ")
}

// body is the n-th message: a sentence, now and then with a needle, and in the end last words for each opener.
func (l language) body(n int) (peer, body string) {
	peer, body = string(person(int(l.people.Uint64()))), l.sentence()
	if n%(longHistory/needles) == 17 {
		body += fmt.Sprintf(" needle%02d found%02d", n*needles/longHistory, n*needles/longHistory)
	}
	if last := longHistory - n; last <= openers {
		peer, body = string(person(last-1)), fmt.Sprintf("last words %02d", last-1)
	}
	return peer, body
}

// writeHistory fills the data of an account whose contacts are there, and returns how long writing and indexing
// took.
func writeHistory(b *testing.B, home string) (wrote, indexed time.Duration) {
	b.Helper()
	s, err := store.Open(store.Dir(filepath.Join(home, "data"), me))
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	l := newLanguage()
	var failed error
	for n := range longHistory {
		peer, body := l.body(n)
		s.Append(sipclient.Message{
			ID: fmt.Sprintf("h%d", n), Peer: peer, Body: text.From(body), At: time.Unix(1_600_000_000+int64(n)*100, 0),
		}, func(_ int64, err error) {
			if err != nil {
				failed = err
			}
		})
		if n%5000 == 4999 { // the store takes no more than so many at once
			ask(b, func(d func(error)) { s.SaveOpen(nil, "", d) })
		}
	}
	for n := range longPeers {
		s.MarkRead(string(person(n)), 1<<60, func(error) {})
	}
	ask(b, func(d func(error)) { s.SaveOpen(nil, "", d) })
	wrote = time.Since(begin)
	for find(b, s, store.Question{Query: "zebra"}).Partial {
		time.Sleep(50 * time.Millisecond)
	}
	indexed = time.Since(begin)
	searches(b, s)
	if err := s.Close(); err != nil || failed != nil {
		b.Fatal(err, failed)
	}
	return wrote, indexed
}

func ask(b *testing.B, call func(done func(error))) {
	b.Helper()
	if err := store.Wait(call); err != nil {
		b.Fatal(err)
	}
}

func find(b *testing.B, s *store.Store, q store.Question) (hits store.Hits) {
	b.Helper()
	q.Limit = 50
	ask(b, func(d func(error)) { s.Search(q, func(h store.Hits, err error) { hits = h; d(err) }) })
	return hits
}

// searches asks questions of every kind, in all conversations, in the longest and in a short one.
func searches(b *testing.B, s *store.Store) {
	b.Helper()
	var all []time.Duration
	for _, kind := range []struct {
		name  string
		query func(n int) string
	}{
		{"frequent word", func(n int) string { return word(n) + " " }},
		{"rare word", func(n int) string { return word(20_000+n*997) + " " }},
		{"first letter", func(n int) string { return word(n)[:1] }},
		{"first letters", func(n int) string { return word(500 + n*31)[:2+n%4] }},
		{"two words", func(n int) string { return word(n) + " " + word(100+n*53) }},
		{"two frequent words", func(n int) string { return word(n) + " " + word(n+1) + " " }},
		{"nothing", func(n int) string { return fmt.Sprintf("zebra%d %s", n, word(n)) }},
	} {
		var times []time.Duration
		for n := range 20 {
			for _, peer := range []string{"", string(person(0)), string(person(longPeers - 100))} {
				begin := time.Now()
				find(b, s, store.Question{Query: kind.query(n), Peer: peer})
				times = append(times, time.Since(begin))
			}
		}
		result.known(b, "search, 1,000,000 messages, "+kind.name+", p95", percentile(times, 95), "ms")
		all = append(all, times...)
	}
	result.most(b, "search, 1,000,000 messages, all kinds, p95", percentile(all, 95), "ms", 50)
	result.known(b, "search, 1,000,000 messages, all kinds, median", percentile(all, 50), "ms")
	result.known(b, "search, 1,000,000 messages, all kinds, the longest", percentile(all, 100), "ms")
}

// BenchmarkHistory: a history of 1,000,000 messages with 5,000 people. Searches in this process, then the program:
// its start, conversations from Enter to their last message on the screen, searches from the last letter to
// the hit on the screen, and what it takes in memory after all of them.
func BenchmarkHistory(b *testing.B) {
	home := prepare(b, 1000, 0)
	wrote, indexed := writeHistory(b, home)
	result.known(b, "writing 1,000,000 messages", wrote.Seconds(), "s")
	result.known(b, "until all can be searched", indexed.Seconds(), "s")
	begin := time.Now()
	t := open(b, home, "127.0.0.1:9", nil)
	see(b, t, "Person 00000")
	result.known(b, "exec to first frame, 1,000,000 messages", millis(time.Since(begin)), "ms")
	quiet(t)
	result.most(b, "conversation of 1,000,000 messages opens, p95", percentile(opened(b, t), 95), "ms", 50)
	result.most(b, "letter to its hits on the screen, 1,000,000 messages, p95", percentile(found(b, t), 95), "ms", 50)
	result.most(b, "RSS, 1,000,000 messages, after those", status(b, t.Pid(), "VmRSS"), "MB", 80)
	result.known(b, "the most it ever was with them", status(b, t.Pid(), "VmHWM"), "MB")
}

// opened opens one conversation after the other.
func opened(b *testing.B, t *shot.Terminal) (times []time.Duration) {
	b.Helper()
	for n := range openers {
		if err := t.ClickOn(fmt.Sprintf("Person %05d", n)); err != nil {
			b.Fatal(err)
		}
		quiet(t)
		begin := time.Now()
		if err := t.Press("enter"); err != nil {
			b.Fatal(err)
		}
		see(b, t, fmt.Sprintf("last words %02d", n))
		times = append(times, time.Since(begin))
	}
	return times
}

// found types one needle after the other on the search page.
func found(b *testing.B, t *shot.Terminal) (times []time.Duration) {
	b.Helper()
	for _, do := range []func() error{
		func() error { return t.ClickOn("Person 00000") },
		func() error { return t.Press("f") },
		func() error { return t.Type("needle01") },
	} {
		if err := do(); err != nil {
			b.Fatal(err)
		}
		quiet(t)
	}
	for n := 2; n < needles; n++ {
		name := fmt.Sprintf("%02d", n)
		for range 2 {
			if err := t.Press("backspace"); err != nil {
				b.Fatal(err)
			}
		}
		if err := t.Type(name[:1]); err != nil {
			b.Fatal(err)
		}
		quiet(t)
		begin := time.Now()
		if err := t.Type(name[1:]); err != nil {
			b.Fatal(err)
		}
		if _, err := t.Until("the only hit", func(s shot.Screen) bool {
			return s.Has("found"+name) && strings.Count(s.Text(), " found") == 1
		}); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(begin))
	}
	return times
}
