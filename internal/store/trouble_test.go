package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// pragma changes the writer's connection, on its goroutine.
func pragma(t *testing.T, s *Store, text string) {
	t.Helper()
	must(t, func(done func(error)) {
		s.w.put(job{read: true, do: func(*tx) error { return nil }, done: func(error) {
			_, err := s.w.tx.conn.ExecContext(context.Background(), "PRAGMA "+text)
			done(err)
		}})
	})
}

// pages is the size of the database.
func pages(t *testing.T, s *Store) (n int) {
	t.Helper()
	must(t, func(done func(error)) {
		s.w.put(job{read: true, done: done, do: func(t *tx) error {
			return t.each(func(scan func(...any) error) error { return scan(&n) }, "PRAGMA page_count")
		}})
	})
	return n
}

func TestAFullDiskRefusesAndKeepsWhatWasAcknowledged(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "before", "hello"))
	pragma(t, s, fmt.Sprintf("max_page_count=%d", pages(t, s)+20))
	body := strings.Repeat("x", 3000)
	acknowledged := map[string]bool{"before": true}
	refused := 0
	for i := range 500 {
		m := received(bob, fmt.Sprint(i), body)
		s.Append(m, func(_ int64, err error) {
			switch {
			case err == nil:
				acknowledged[m.ID] = true
			case errors.Is(err, ErrDiskFull):
				refused++
			default:
				t.Errorf("%s: %v", m.ID, err)
			}
		})
	}
	load(t, s)
	if refused == 0 || len(acknowledged) < 2 || refused+len(acknowledged) != 501 {
		t.Fatalf("%d acknowledged, %d refused", len(acknowledged), refused)
	}
	for _, deed := range []func(func(error)){
		func(done func(error)) {
			s.SaveMe(Me{Note: text.From(strings.Repeat("n", 100_000))}, done)
		},
		func(done func(error)) { s.Enqueue(sent(bob, "mine", body), func(_ int64, err error) { done(err) }) },
	} {
		if err := Wait(deed); !errors.Is(err, ErrDiskFull) || !strings.Contains(err.Error(), "the disk is full") {
			t.Errorf("got %v", err)
		}
	}
	if got := page(t, s, bob, 0, 999).Messages; len(got) != len(acknowledged) {
		t.Errorf("%d messages stored, %d acknowledged", len(got), len(acknowledged))
	} else {
		for _, m := range got {
			if !acknowledged[m.ID] {
				t.Errorf("%s is stored and was refused", m.ID)
			}
		}
	}
	pragma(t, s, "max_page_count=1000000") // room again
	keep(t, s, received(bob, "after", body))
	s = reopen(t, s)
	if got := len(page(t, s, bob, 0, 999).Messages); got != len(acknowledged)+1 {
		t.Errorf("%d messages after a restart, want %d", got, len(acknowledged)+1)
	}
}

func TestAReadOnlyDiskRefusesAndStillReads(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "before", "hello"))
	pragma(t, s, "query_only=1")
	if _, err := tryKeep(s, received(bob, "refused", "x")); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Append: %v", err)
	}
	err := Wait(func(done func(error)) { s.SaveContact(contacts.Contact{Address: bob}, done) })
	if !errors.Is(err, ErrReadOnly) {
		t.Errorf("SaveContact: %v", err)
	}
	if got := page(t, s, bob, 0, 9).Messages; len(got) != 1 || got[0].ID != "before" {
		t.Errorf("page %v", got)
	}
	if got := load(t, s); len(got.Contacts) != 0 {
		t.Errorf("contacts %v", got.Contacts)
	}
	pragma(t, s, "query_only=0")
	keep(t, s, received(bob, "refused", "x")) // sent again by the server: no copy
}

// blocked keeps the writer busy until the returned function is called, at the latest when the test ends.
func blocked(t *testing.T, s *Store) (unblock func()) {
	block := make(chan struct{})
	unblock = sync.OnceFunc(func() { close(block) })
	t.Cleanup(unblock)
	s.w.put(job{do: func(*tx) error { <-block; return nil }, done: func(error) {}})
	return unblock
}

func TestOneBadJobCostsTheOthersNothing(t *testing.T) {
	s := open(t, t.TempDir())
	broken := errors.New("broken")
	unblock := blocked(t, s)
	var got []string
	for i := range 9 {
		s.Append(received(bob, fmt.Sprint(i), "x"), func(_ int64, err error) { got = append(got, fmt.Sprint(i, err)) })
		if i == 4 {
			s.w.put(job{
				do: func(t *tx) error {
					if _, err := t.exec("DELETE FROM messages"); err != nil {
						return err
					}
					return broken
				},
				done: func(err error) { got = append(got, err.Error()) },
			})
		}
	}
	unblock()
	load(t, s)
	want := "[0 <nil> 1 <nil> 2 <nil> 3 <nil> 4 <nil> broken 5 <nil> 6 <nil> 7 <nil> 8 <nil>]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v", got)
	}
	if n := len(page(t, s, bob, 0, 99).Messages); n != 9 {
		t.Errorf("%d messages stored, want 9", n)
	}
}

func TestAFloodIsRefusedNotBuffered(t *testing.T) {
	s := open(t, t.TempDir())
	unblock := blocked(t, s)
	body := strings.Repeat("x", sipclient.MaxBody)
	refused := make(chan error, 1)
	for i := 0; len(refused) == 0; i++ {
		if i > maxWaiting/sipclient.MaxBody {
			t.Fatal("nothing was refused")
		}
		s.Append(received(bob, fmt.Sprint(i), body), func(_ int64, err error) {
			if err != nil {
				refused <- err
			}
		})
	}
	if err := <-refused; !errors.Is(err, ErrFlooded) {
		t.Errorf("got %v", err)
	}
	mine := make(chan error, 1)
	s.SaveMe(Me{}, func(err error) { mine <- err }) // the user's own deeds still pass
	unblock()
	if err := <-mine; err != nil {
		t.Error(err)
	}
	load(t, s) // the writer counts what has left it after telling whose it was
	keep(t, s, received(dana, "later", body))
}

func TestDamageIsNoticedAtTheStart(t *testing.T) {
	for _, c := range []struct {
		name    string
		crashed bool
		damage  func(file []byte) []byte
		want    error
	}{
		{"no database at all", false, func([]byte) []byte { return bytes.Repeat([]byte("no database "), 1000) }, ErrDamaged},
		{"the contacts are overwritten", false, overwriteAfter("sip:user500@contoso.com"), ErrDamaged},
		{"the history is overwritten and the last owner crashed", true, overwriteAfter("find me in the history"), ErrDamaged},
		{"half of the file is gone", true, func(f []byte) []byte { return f[:len(f)/2&^4095] }, ErrDamaged},
		{"written by a newer version", false, func(f []byte) []byte { f[63] = 99; return f }, ErrNewer},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			s := open(t, dir)
			for i := range 1000 {
				s.SaveContact(contacts.Contact{Address: contacts.Address(fmt.Sprintf("sip:user%d@contoso.com", i))}, func(error) {})
			}
			fill(t, s, 2000)
			keep(t, s, received(bob, "x", "find me in the history"))
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			file, err := os.ReadFile(s.path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(s.path, c.damage(file), 0o600); err != nil {
				t.Fatal(err)
			}
			if c.crashed {
				crashed(t, dir)
			}
			s, err = Open(dir)
			if !errors.Is(err, c.want) {
				t.Errorf("Open: %v, want %v", err, c.want)
			}
			if err == nil {
				s.Close()
			} else if !strings.Contains(err.Error(), "golync.db") {
				t.Errorf("%q does not name the file", err)
			}
			if _, err := os.Stat(filepath.Join(dir, "golync.db")); err != nil {
				t.Errorf("the damaged file must stay for the user: %v", err)
			}
		})
	}
}

// overwriteAfter damages the page in which the text stands.
func overwriteAfter(text string) func([]byte) []byte {
	return func(file []byte) []byte {
		at := bytes.LastIndex(file, []byte(text)) &^ 4095
		for i := at; i < at+2000; i++ {
			file[i] = 0xee
		}
		return file
	}
}
