package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"golync/internal/text"
	"golync/sipclient"
)

func TestAPageEndsBeforeTheOldestLoadedMessage(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 10 {
		keep(t, s, received(bob, fmt.Sprint("b", i), fmt.Sprint(i)))
		keep(t, s, received(dana, fmt.Sprint("d", i), "between"))
	}
	var seqs []int64
	for _, m := range page(t, s, bob, 0, 10).Messages {
		seqs = append(seqs, m.Seq)
	}
	for _, c := range []struct {
		name   string
		before int64
		limit  int
		want   string
		more   bool
	}{
		{"the newest", 0, 3, "789", true},
		{"the ones before", seqs[7], 3, "456", true},
		{"the last page", seqs[3], 3, "012", false},
		{"exactly all", 0, 10, "0123456789", false},
		{"more than there is", 0, 99, "0123456789", false},
		{"none asked for", 0, 0, "", true},
		{"before the first", seqs[0], 5, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := page(t, s, bob, c.before, c.limit)
			got := ""
			for _, m := range p.Messages {
				got += m.Body.Raw()
			}
			if got != c.want || p.More != c.more {
				t.Errorf("got %q, more %v; want %q, %v", got, p.More, c.want, c.more)
			}
		})
	}
	if p := page(t, s, "sip:nobody@contoso.com", 0, 5); len(p.Messages) != 0 || p.More {
		t.Errorf("a stranger has a history: %v", p)
	}
}

// Whatever a peer sends comes back byte for byte, also after a restart.
func TestMessagesComeBackAsTheyWere(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	junk := func(n int) string {
		raw := make([]byte, r.IntN(n+1))
		for i := range raw {
			raw[i] = byte(r.Uint32())
		}
		return string(raw)
	}
	s := open(t, t.TempDir())
	want := map[int64]sipclient.Message{}
	for i := range 200 {
		m := sipclient.Message{
			ID: junk(255), Peer: []string{bob, dana, "sip:\xff\x00@x", ""}[r.IntN(4)], Outgoing: r.IntN(2) == 0,
			Name: text.From(junk(40)), Body: text.From(junk(3000)), At: time.Unix(0, r.Int64()),
		}
		switch i {
		case 0:
			m = sipclient.Message{}
		case 1:
			m = sipclient.Message{ID: "\x00", Peer: bob, Body: text.From("\x80\xff\x1b[2J\x00end")}
		}
		seq, err := tryKeep(s, m)
		if errors.Is(err, sipclient.ErrDuplicate) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		m.Seq = seq
		want[seq] = m
	}
	s = reopen(t, s)
	got := 0
	for _, peer := range []string{bob, dana, "sip:\xff\x00@x", ""} {
		for _, m := range page(t, s, peer, 0, 1000).Messages {
			got++
			if !reflect.DeepEqual(m, want[m.Seq]) {
				t.Errorf("got  %#v\nwant %#v", m, want[m.Seq])
			}
		}
	}
	if got != len(want) {
		t.Errorf("%d of %d messages came back", got, len(want))
	}
}

func TestACopyOfAMessageIsKeptOnce(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "call-1 1", "hello"))
	for i := range 2 {
		if _, err := tryKeep(s, received(bob, "call-1 1", "hello")); !errors.Is(err, sipclient.ErrDuplicate) {
			t.Errorf("copy %d: %v", i, err)
		}
		s = reopen(t, s)
	}
	keep(t, s, received(dana, "call-1 1", "not a copy: another person chose the same Call-ID"))
	keep(t, s, sent(bob, "call-1 1", "not a copy: mine"))
	if n := len(page(t, s, bob, 0, 10).Messages); n != 2 {
		t.Errorf("%d messages with Bob, want 2", n)
	}
}

func TestCopiesInOneCommitAreKeptOnce(t *testing.T) {
	s := open(t, t.TempDir())
	var stored, copies int
	for range 50 {
		s.Append(received(bob, "same", "x"), func(_ int64, err error) {
			switch {
			case err == nil:
				stored++
			case errors.Is(err, sipclient.ErrDuplicate):
				copies++
			default:
				t.Error(err)
			}
		})
	}
	load(t, s) // everything before is done
	if stored != 1 || copies != 49 {
		t.Errorf("%d stored, %d copies", stored, copies)
	}
}

func TestMessagesAreDoneInTheOrderOfTheCalls(t *testing.T) {
	s := open(t, t.TempDir())
	const n = 3 * maxBatch
	var order []int64
	last := int64(0)
	for i := range n {
		s.Append(received([]string{bob, dana}[i%2], fmt.Sprint(i), "x"), func(seq int64, err error) {
			if err != nil || seq <= last {
				t.Errorf("message %d: seq %d after %d, %v", i, seq, last, err)
			}
			last = seq
			order = append(order, int64(i))
		})
	}
	load(t, s)
	for i, got := range order {
		if int64(i) != got {
			t.Fatalf("call %d was done at place %d", got, i)
		}
	}
	if len(order) != n {
		t.Errorf("%d of %d done", len(order), n)
	}
}

func TestUnreadCountsWhatCameAfterTheMark(t *testing.T) {
	s := open(t, t.TempDir())
	var seqs []int64
	for i := range 4 {
		seqs = append(seqs, keep(t, s, received(bob, fmt.Sprint(i), "x")))
		keep(t, s, sent(bob, fmt.Sprint("mine", i), "x"))
	}
	mark := func(seq int64) func(func(error)) {
		return func(done func(error)) { s.MarkRead(bob, seq, done) }
	}
	for _, c := range []struct {
		name string
		seq  int64
		want int
	}{
		{"nothing read", 0, 4},
		{"two read", seqs[1], 2},
		{"a mark never goes back", seqs[0], 2},
		{"all read", seqs[3] + 1, 0},
	} {
		must(t, mark(c.seq))
		s = reopen(t, s)
		if got := load(t, s).Unread[bob]; got != c.want {
			t.Errorf("%s: %d unread, want %d", c.name, got, c.want)
		}
	}
	for _, m := range page(t, s, bob, 0, 99).Messages {
		if m.Read != !m.Outgoing {
			t.Errorf("message %d: read %v, outgoing %v", m.Seq, m.Read, m.Outgoing)
		}
	}
	keep(t, s, received(bob, "new", "x"))
	if got := load(t, s).Unread; got[bob] != 1 || len(got) != 1 {
		t.Errorf("unread %v", got)
	}
	must(t, func(done func(error)) { s.MarkRead("sip:stranger@x", 5, done) })
}
