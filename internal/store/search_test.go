package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// look searches and returns the page.
func look(t testing.TB, s *Store, q Question) Hits {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 50
	}
	var hits Hits
	must(t, func(done func(error)) {
		s.Search(q, func(h Hits, err error) { hits = h; done(err) })
	})
	return hits
}

// bodies are what was found, the newest first.
func bodies(h Hits) (all []string) {
	for _, hit := range h.Hits {
		all = append(all, hit.Message.Body.Raw())
	}
	return all
}

// marked are the pieces of a hit that are marked.
func marked(h Hit) (all []string) {
	raw := h.Message.Body.Raw()
	for _, m := range h.Marks {
		all = append(all, raw[m[0]:m[1]])
	}
	return all
}

func TestSearchFindsWhatAPersonMeans(t *testing.T) {
	s := open(t, t.TempDir())
	for i, body := range []string{
		"Are you coming on Thursday?",                      // 0
		"Das Café in der Straße öffnet um zehn",            // 1
		"Привет, Ёлка!",                                    // 2
		"明日の会議室は三階です",                                      // 3
		"ﬁle ①: ＦＵＬＬ width",                                // 4
		"great 👍🏽 see you",                                 // 5
		"e\u0301te\u0301 in decomposed letters",            // 6
		"שָׁלוֹם לכולם",                                    // 7
		"mail dana@contoso.com about C++ and 50%",          // 8
		"สวัสดีครับ",                                       // 9
		"\x00zero\x00bytes and \xff\xfe broken ones",       // 10
		"quote \"this\" AND that OR NOT (nothing) * ^",     // 11
		strings.Repeat("long", 50) + " word",               // 12
		"İstanbul Ørsted Łódź",                             // 13
		"line one\nline two\r\n\tline three",               // 14
		"한국어 메시지를 보냅니다",                                    // 15
		"hyphen-ated well_known don't",                     // 16
		"𝕄𝕒𝕥𝕙 letters and " + strings.Repeat("e\u0301", 5), // 17
	} {
		keep(t, s, received([]string{bob, dana}[i%2], fmt.Sprint(i), body))
	}
	for _, c := range []struct {
		query string
		want  []int
		marks []string // of the first hit
	}{
		{"thursday ", []int{0}, []string{"Thursday"}},
		{"THU", []int{0}, []string{"Thu"}},
		{"thu ", nil, nil},
		{"hursday", nil, nil},
		{"coming thurs", []int{0}, []string{"coming", "Thurs"}},
		{"thursday coming", []int{0}, nil},
		{"coming friday", nil, nil},
		{"cafe", []int{1}, []string{"Café"}},
		{"CAFÉ OFFNET", []int{1}, []string{"Café", "öffnet"}},
		{"strasse", []int{1}, []string{"Straße"}},
		{"Straße", []int{1}, nil},
		{"привет елка", []int{2}, []string{"Привет", "Ёлка"}},
		{"会議室", []int{3}, []string{"会議室"}},
		{"議", []int{3}, []string{"議"}},
		{"す", []int{3}, []string{"す"}},
		{"会室", nil, nil},
		{"議会", nil, nil},
		{"file 1 full", []int{4}, []string{"ﬁle", "①", "ＦＵＬＬ"}},
		{"👍", []int{5}, []string{"👍🏽"}},
		{"great👍see", []int{5}, nil},
		{"été", []int{6}, []string{"e\u0301te\u0301"}},
		{"ete ", []int{6}, nil},
		{"שלום", []int{7}, []string{"שָׁלוֹם"}},
		{"dana@contoso.com", []int{8}, []string{"dana", "contoso", "com"}},
		{"สวัส", []int{9}, []string{"สวัส"}},
		{"zero bytes", []int{10}, []string{"zero", "bytes"}},
		{"broken", []int{10}, nil},
		{`"this" AND that OR NOT`, []int{11}, []string{"this", "AND", "that", "OR", "NOT", "not"}},
		{"nothing) * ^ (", []int{11}, nil},
		{"text:this", nil, nil},
		{"NEAR(this that)", nil, nil},
		{strings.Repeat("long", 50), []int{12}, []string{strings.Repeat("long", 16)}},
		{strings.Repeat("long", 30) + " ", []int{12}, nil}, // as much of a word as the index has
		{"istanbul orsted lodz", []int{13}, []string{"İstanbul", "Ørsted", "Łódź"}},
		{"two three", []int{14}, nil},
		{"메시지", []int{15}, []string{"메시지"}},
		{"known ated don", []int{16}, nil},
		{"math", []int{17}, []string{"𝕄𝕒𝕥𝕙"}},
		{"\uE000zz ", nil, nil},
	} {
		t.Run(c.query, func(t *testing.T) {
			h := look(t, s, Question{Query: c.query})
			var got []int
			for _, hit := range h.Hits {
				var n int
				fmt.Sscan(hit.Message.ID, &n)
				got = append(got, n)
			}
			if !slices.Equal(got, c.want) || h.More || h.Partial {
				t.Fatalf("found %v (%q), want %v", got, bodies(h), c.want)
			}
			if c.marks != nil && !slices.Equal(marked(h.Hits[0]), c.marks) {
				t.Errorf("marked %q, want %q", marked(h.Hits[0]), c.marks)
			}
		})
	}
}

func TestAQueryWithoutAWordSaysSo(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "1", "anything"))
	for _, query := range []string{"", " \n", `"`, `""""`, "*", "-", "\x00", "\u200b\u200d", "\u0301", "\xff\xfe", "(((", "%_"} {
		err := Wait(func(done func(error)) {
			s.Search(Question{Query: query, Limit: 9}, func(_ Hits, err error) { done(err) })
		})
		if !errors.Is(err, ErrNoWords) {
			t.Errorf("%q: %v", query, err)
		}
	}
}

// Whatever is pasted as a query is answered, and not with an error of SQLite's.
func TestNoQueryIsTooMuch(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "1", "anything goes"))
	for _, query := range []string{
		strings.Repeat("a", 10_000), strings.Repeat("a ", 10_000), strings.Repeat("anything ", 2000), strings.Repeat("会", 10_000),
		strings.Repeat("e\u0301", 5000), strings.Repeat("👍", 3000), strings.Repeat(`" OR `, 3000), "a" + strings.Repeat("\u0301", 10_000),
		strings.Repeat("é", 333) + "字",
	} {
		h := look(t, s, Question{Query: query})
		if want := strings.HasPrefix(query, "anything") || query[0] == 'a' && query[1] == 0xCC; want != (len(h.Hits) == 1) {
			t.Errorf("%.20q… found %q", query, bodies(h))
		}
	}
}

func TestHitsComeNewestFirstAPageAtATime(t *testing.T) {
	s := open(t, t.TempDir())
	var seqs []int64
	for i := range 25 {
		seqs = append(seqs, keep(t, s, received([]string{bob, dana}[i%2], fmt.Sprint(i), "the word again")))
		keep(t, s, sent(bob, fmt.Sprint("s", i), "nothing of the kind"))
	}
	slices.Reverse(seqs)
	var got []int64
	for before, more := int64(0), true; more; {
		h := look(t, s, Question{Query: "word", Before: before, Limit: 10})
		for _, hit := range h.Hits {
			got = append(got, hit.Message.Seq)
		}
		before, more = got[len(got)-1], h.More
	}
	if !slices.Equal(got, seqs) {
		t.Errorf("found %v, want %v", got, seqs)
	}
	h := look(t, s, Question{Query: "word", Peer: dana, Limit: 12})
	if len(h.Hits) != 12 || h.More || h.Hits[0].Message.Peer != dana {
		t.Errorf("with Dana: %d, more %v", len(h.Hits), h.More)
	}
	if h := look(t, s, Question{Query: "word", Peer: "sip:nobody@contoso.com"}); len(h.Hits) != 0 {
		t.Errorf("with nobody: %d", len(h.Hits))
	}
	if h := look(t, s, Question{Query: "word", Limit: 1 << 40}); len(h.Hits) != 25 {
		t.Errorf("without bounds: %d", len(h.Hits))
	}
}

// The longer beginning is rare among the words that share its first characters: the sample does not find it.
func TestARareBeginningIsFoundAmongManyOfItsKind(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "rare", "a messenger came"))
	for i := range 3 * sample {
		s.Append(received(bob, fmt.Sprint(i), "message and message"), func(_ int64, err error) {
			if err != nil {
				t.Error(err)
			}
		})
	}
	if h := look(t, s, Question{Query: "messeng"}); len(h.Hits) != 1 || !slices.Equal(marked(h.Hits[0]), []string{"messeng"}) {
		t.Errorf("found %q", bodies(h))
	}
	if h := look(t, s, Question{Query: "messag"}); len(h.Hits) != 50 || !h.More {
		t.Errorf("found %d of the frequent ones", len(h.Hits))
	}
}

func TestALongMessageIsCutAroundTheHit(t *testing.T) {
	s := open(t, t.TempDir())
	long := strings.Repeat("ä ", 20_000) /* 60 kB */ + "needle " + strings.Repeat("ö ", 1800)
	for _, body := range []string{long, "needle " + strings.Repeat("x ", 30_000), strings.Repeat("x ", 30_000) + "needle", strings.Repeat("needle", 10_000)} {
		keep(t, s, received(bob, fmt.Sprint(len(body), body[:3]), body))
	}
	h := look(t, s, Question{Query: "needle"})
	if len(h.Hits) != 4 {
		t.Fatalf("%d hits", len(h.Hits))
	}
	for _, hit := range h.Hits {
		raw := hit.Message.Body.Raw()
		if len(raw) > shown+20 || len(hit.Marks) != 1 || !strings.HasPrefix(marked(hit)[0], "needle") || !strings.Contains(raw, "…") {
			t.Errorf("shown is %q, marked %q", raw, marked(hit))
		}
	}
}

func TestMarksNeverOverlapAndAreInOrder(t *testing.T) {
	for body, query := range map[string]string{
		"aa aab aabc": "aa aab a", "会議室会議室": "会議 議室 会議室 議", "one two one two": "two one", "": "x", "👍👍": "👍",
	} {
		last := 0
		for _, m := range marks(body, termsOf(query)) {
			if m[0] < last || m[1] <= m[0] || m[1] > len(body) {
				t.Errorf("%q in %q: %v", query, body, m)
			}
			last = m[1]
		}
	}
}

func TestALaterSearchTakesThePlaceOfAnEarlierOne(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "1", "word"))
	hold := make(chan struct{})
	s.r.put(job{read: true, do: func(*tx) error { <-hold; return nil }, done: func(error) {}})
	answers := make(chan error, 3)
	for range 2 {
		s.Search(Question{Query: "word", Limit: 9}, func(_ Hits, err error) { answers <- err })
	}
	last := make(chan Hits, 1)
	s.Search(Question{Query: "word", Limit: 9}, func(h Hits, err error) { last <- h; answers <- err })
	load(t, s) // all three are in line
	close(hold)
	for range 2 {
		if err := <-answers; !errors.Is(err, ErrReplaced) {
			t.Errorf("a search in whose place another came: %v", err)
		}
	}
	if err := <-answers; err != nil || len((<-last).Hits) != 1 {
		t.Errorf("the last one: %v", err)
	}
}

// A database from before the index is searched as far as it is indexed, and says so.
func TestAnOldHistoryIsPreparedForSearchingInPieces(t *testing.T) {
	s := open(t, t.TempDir())
	n := 2*indexBatch + 10
	for i := range n {
		s.Append(received(bob, fmt.Sprint(i), "old word"), func(int64, error) {})
	}
	must(t, func(done func(error)) {
		s.w.put(job{done: done, do: func(t *tx) error { // as the migration leaves it
			if _, err := t.exec("DELETE FROM words"); err != nil {
				return err
			}
			_, err := t.exec("UPDATE history SET low = (SELECT max(seq) FROM messages), high = low")
			return err
		}})
	})
	must(t, func(done func(error)) {
		s.w.put(job{done: done, do: func(t *tx) error { _, err := t.exec("UPDATE history SET high = low"); return err }})
	})
	s = reopen(t, s)
	for partial := true; partial; {
		h := look(t, s, Question{Query: "word"})
		if partial = h.Partial; !partial && len(h.Hits) != 50 {
			t.Errorf("%d hits", len(h.Hits))
		}
	}
	found := 0
	for before, more := int64(0), true; more; {
		h := look(t, s, Question{Query: "word", Before: before, Limit: 200})
		found, before, more = found+len(h.Hits), h.Hits[len(h.Hits)-1].Message.Seq, h.More
	}
	if found != n {
		t.Errorf("%d of %d are found", found, n)
	}
}

func TestAFullDiskIsStillSearched(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "1", "indexed"))
	look(t, s, Question{Query: "indexed"})
	keep(t, s, received(bob, "2", "not indexed"))
	pragma(t, s, "query_only=1")
	if h := look(t, s, Question{Query: "indexed"}); len(h.Hits) != 1 {
		t.Errorf("found %q", bodies(h))
	}
	pragma(t, s, "query_only=0")
	if h := look(t, s, Question{Query: "indexed"}); len(h.Hits) != 2 {
		t.Errorf("with room again: %q", bodies(h))
	}
}

func FuzzMarks(f *testing.F) {
	f.Add("Das Café öffnet", "cafe öff")
	f.Add("会議室 e\u0301 👍🏽", "議室 é 👍")
	f.Add("\xff\x00ß İ", "ss i")
	f.Fuzz(func(t *testing.T, body, query string) {
		terms := termsOf(query)
		if len(terms) == 0 {
			return
		}
		found := marks(body, terms)
		cut, moved := excerpt(body, found)
		for _, m := range moved {
			if m[0] < 0 || m[0] >= m[1] || m[1] > len(cut.Raw()) {
				t.Fatalf("mark %v in %q", m, cut.Raw())
			}
		}
		if own := termsOf(body); len(body) < maxQuery && len(own) > 0 && len(own) < maxTerms && marks(body, own) == nil {
			t.Fatalf("%q does not find itself as %v", body, own)
		}
	})
}
