package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

func TestImportanceAndWhatTheSenderWantsToHearAreKept(t *testing.T) {
	s := open(t, t.TempDir())
	m := received(bob, "1", "hello")
	m.Important, m.ReceiptID, m.Owed = true, "theirs\xff", sipclient.OwedDelivery|sipclient.OwedDisplay
	keep(t, s, m)
	s = reopen(t, s)
	got := page(t, s, bob, 0, 1).Messages[0]
	if !got.Important || got.ReceiptID != m.ReceiptID || got.Owed != m.Owed {
		t.Errorf("got %+v", got)
	}
}

// receipt keeps what a device of peer tells of a message.
func receipt(s *Store, peer, id string, d sipclient.Delivery) error {
	return Wait(func(done func(error)) {
		s.Keep(sipclient.Message{Peer: peer, ID: id, Delivery: d}, done)
	})
}

func TestAReceiptCountsForwardOnly(t *testing.T) {
	for _, c := range []struct{ was, told, want sipclient.Delivery }{
		{sipclient.Sent, sipclient.Delivered, sipclient.Delivered},
		{sipclient.Stored, sipclient.Read, sipclient.Read},
		{sipclient.Unknown, sipclient.Delivered, sipclient.Delivered},
		{sipclient.Failed, sipclient.Delivered, sipclient.Delivered}, // another device of theirs has it
		{sipclient.Read, sipclient.Delivered, sipclient.Read},
		{sipclient.Stored, sipclient.Failed, sipclient.Failed},
		{sipclient.Unknown, sipclient.Failed, sipclient.Failed},
		{sipclient.Sent, sipclient.Failed, sipclient.Sent},
		{sipclient.Read, sipclient.Failed, sipclient.Read},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			s := open(t, t.TempDir())
			m := sent(bob, "1", "hello")
			keep(t, s, m)
			m.Delivery, m.Code = c.was, 480
			if err := settle(s, m); err != nil {
				t.Fatal(err)
			}
			if err := receipt(s, bob, "1", c.told); err != nil {
				t.Fatal(err)
			}
			s = reopen(t, s)
			got := page(t, s, bob, 0, 1).Messages[0]
			if got.Delivery != c.want || c.want != c.was && got.Code != 0 {
				t.Errorf("got %v, %d", got.Delivery, got.Code)
			}
		})
	}
}

func TestAReceiptIsForAMessageOfMineToThatPerson(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "theirs", "hello"))
	for _, id := range []string{"mine", "waiting"} {
		keep(t, s, sent(bob, id, "hello"))
	}
	m := sent(bob, "mine", "")
	m.Delivery = sipclient.Sent
	if err := settle(s, m); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ peer, id string }{
		{bob, "theirs"}, {bob, "other"}, {dana, "mine"}, {"sip:stranger@x", "mine"}, {bob, "waiting"},
	} {
		if err := receipt(s, c.peer, c.id, sipclient.Read); !errors.Is(err, ErrNoMessage) {
			t.Errorf("%s tells of %s: %v", c.peer, c.id, err)
		}
	}
	for _, m := range page(t, s, bob, 0, 9).Messages {
		if m.Delivery != map[string]sipclient.Delivery{"mine": sipclient.Sent}[m.ID] {
			t.Errorf("%s is %v", m.ID, m.Delivery)
		}
	}
	var peers int
	must(t, func(done func(error)) {
		s.w.put(job{read: true, done: done, do: func(t *tx) error {
			return t.each(func(scan func(...any) error) error { return scan(&peers) }, "SELECT count(*) FROM peers")
		}})
	})
	if peers != 1 {
		t.Errorf("%d people have a history: receipts made some", peers)
	}
}

func TestReceiptsSayWhatAProgramTakesUntilMuchWasSaidWithoutThem(t *testing.T) {
	takes := func(s *Store, peer string) (is bool) {
		must(t, func(done func(error)) { s.TakesEnvelopes(peer, func(t bool, err error) { is = t; done(err) }) })
		return is
	}
	tells := func(d sipclient.Delivery) func(s *Store) {
		return func(s *Store) {
			keep(t, s, sent(bob, "mine", "hello"))
			m := sent(bob, "mine", "")
			m.Delivery = d
			if err := settle(s, m); err != nil {
				t.Error(err)
			}
		}
	}
	for name, c := range map[string]struct {
		happens func(s *Store)
		want    bool
	}{
		"nothing":                 {func(*Store) {}, false},
		"the server has taken it": {tells(sipclient.Sent), false},
		"it failed":               {tells(sipclient.Failed), false},
		"they told it arrived":    {tells(sipclient.Delivered), true},
		"they told it was seen":   {tells(sipclient.Read), true},
		"they asked":              {func(s *Store) { asks(t, s, "1", sipclient.OwedDelivery) }, true},
		"they wrote plainly":      {func(s *Store) { keep(t, s, received(bob, "1", "hello")) }, false},
		"they asked long ago": {func(s *Store) {
			asks(t, s, "1", sipclient.OwedDelivery)
			for i := range recent {
				keep(t, s, received(bob, fmt.Sprint("later", i), "hello"))
			}
		}, false},
	} {
		s := open(t, t.TempDir())
		c.happens(s)
		if got := takes(s, bob); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
		if takes(s, dana) {
			t.Errorf("%s: what bob takes counts for dana", name)
		}
	}
}

// asks keeps a received message that wants receipts.
func asks(t *testing.T, s *Store, id string, o sipclient.Owed) int64 {
	t.Helper()
	m := received(bob, id, "hello")
	m.ReceiptID, m.Owed = "r"+id, o
	return keep(t, s, m)
}

func due(t *testing.T, s *Store, peer string, seen bool) (all []Due) {
	t.Helper()
	must(t, func(done func(error)) { s.Due(peer, seen, func(d []Due, err error) { all = d; done(err) }) })
	return all
}

func TestReceiptsAreDueUntilTheyWereGiven(t *testing.T) {
	const delivery, display = sipclient.OwedDelivery, sipclient.OwedDisplay
	s := open(t, t.TempDir())
	asks(t, s, "0", 0)
	asks(t, s, "1", delivery|display)
	asks(t, s, "2", display)
	last := asks(t, s, "3", delivery)
	keep(t, s, received(dana, "4", "asks nothing"))
	expect := func(when string, seen bool, want ...string) []Due {
		t.Helper()
		all := due(t, s, bob, seen)
		var got []string
		for _, d := range all {
			got = append(got, fmt.Sprint(d.Receipt.ID, map[bool]string{true: " seen", false: " here"}[d.Receipt.Seen]))
			if d.Receipt.Peer != bob || !d.Receipt.Of.Equal(received("", "", "").At) {
				t.Errorf("%+v", d)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: due are %q, want %q", when, got, want)
		}
		return all
	}
	expect("unread", true, "r1 here", "r3 here")
	for _, d := range expect("asked twice", true, "r1 here", "r3 here")[:1] {
		must(t, func(done func(error)) { s.Told(d, done) })
	}
	s = reopen(t, s)
	if snap, err := s.Load(); err != nil || !slices.Equal(snap.Owing, []contacts.Address{contacts.Address(bob)}) {
		t.Errorf("after a restart %v wait, %v", snap.Owing, err)
	}
	must(t, func(done func(error)) { s.MarkRead(bob, last, done) })
	for _, d := range expect("read", true, "r1 seen", "r2 seen", "r3 here") {
		must(t, func(done func(error)) { s.Told(d, done) })
	}
	expect("told", true)
	if snap, err := s.Load(); err != nil || len(snap.Owing) != 0 {
		t.Errorf("%v still wait, %v", snap.Owing, err)
	}
}

// Whoever turns receipts off while reading does not tell later.
func TestWhatWasReadInPrivateStaysSo(t *testing.T) {
	s := open(t, t.TempDir())
	read := asks(t, s, "1", sipclient.OwedDisplay|sipclient.OwedDelivery)
	asks(t, s, "2", sipclient.OwedDisplay)
	must(t, func(done func(error)) { s.MarkRead(bob, read, done) })
	for _, seen := range []bool{false, true} {
		if got := due(t, s, bob, seen); len(got) != 1 || got[0].Receipt.ID != "r1" || got[0].Receipt.Seen {
			t.Errorf("due are %+v", got)
		}
	}
	must(t, func(done func(error)) { s.MarkRead(bob, read+9, done) })
	if got := due(t, s, bob, true); len(got) != 2 || !got[1].Receipt.Seen {
		t.Errorf("what came later is due as %+v", got)
	}
	if got := due(t, s, "sip:stranger@x", false); len(got) != 0 {
		t.Errorf("a stranger is owed %+v", got)
	}
}

func BenchmarkDueInALongHistory(b *testing.B) {
	s := open(b, b.TempDir())
	for i := range 20_000 {
		m := received(bob, fmt.Sprint(i), "hello")
		m.At, m.Body = time.Unix(int64(i), 0), text.From("hello")
		s.Append(m, func(int64, error) {})
	}
	must(b, func(done func(error)) { s.MarkRead(bob, 1<<40, done) })
	for b.Loop() {
		if err := Wait(func(done func(error)) { s.Due(bob, true, func(_ []Due, err error) { done(err) }) }); err != nil {
			b.Fatal(err)
		}
	}
}

// Whoever floods receipts for messages that were never written costs a look into an index each.
func BenchmarkReceiptForNoMessage(b *testing.B) {
	s := open(b, b.TempDir())
	for i := range 20_000 {
		s.Append(received(bob, fmt.Sprint(i), "hello"), func(int64, error) {})
	}
	must(b, func(done func(error)) { s.MarkRead(bob, 1, done) })
	for b.Loop() {
		if err := receipt(s, bob, "unknown", sipclient.Read); !errors.Is(err, ErrNoMessage) {
			b.Fatal(err)
		}
	}
}
