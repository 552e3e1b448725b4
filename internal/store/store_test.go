package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golync/internal/text"
	"golync/sipclient"
)

// open opens the data in dir and closes them at the end of the test.
func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// reopen ends s and opens the same data again.
func reopen(t testing.TB, s *Store) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	return open(t, filepath.Dir(s.path))
}

func must(t testing.TB, call func(done func(error))) {
	t.Helper()
	if err := Wait(call); err != nil {
		t.Fatal(err)
	}
}

func load(t testing.TB, s *Store) Snapshot {
	t.Helper()
	snap, err := s.Load()
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return snap
}

// keep appends or enqueues a message and returns its place in the history.
func keep(t testing.TB, s *Store, m sipclient.Message) int64 {
	t.Helper()
	seq, err := tryKeep(s, m)
	if err != nil {
		t.Fatalf("keep %s: %v", m.ID, err)
	}
	return seq
}

func tryKeep(s *Store, m sipclient.Message) (seq int64, err error) {
	err = Wait(func(done func(error)) {
		keep := s.Append
		if m.Outgoing {
			keep = s.Enqueue
		}
		keep(m, func(n int64, err error) { seq = n; done(err) })
	})
	return seq, err
}

func page(t testing.TB, s *Store, peer string, before int64, limit int) Page {
	t.Helper()
	var p Page
	must(t, func(done func(error)) {
		s.Page(peer, before, limit, func(got Page, err error) { p = got; done(err) })
	})
	return p
}

const (
	bob  = "sip:bob(contoso.com)@msn.com"
	dana = "sip:dana@contoso.com"
)

// received is a message from a peer with everything filled in.
func received(peer, id, body string) sipclient.Message {
	return sipclient.Message{
		ID: id, Peer: peer, Name: text.From("Bob"), Body: text.From(body),
		At: time.Date(2026, 11, 23, 14, 2, 0, 5, time.UTC).Local(),
	}
}

func sent(peer, id, body string) sipclient.Message {
	m := received(peer, id, body)
	m.Outgoing, m.Name = true, text.Peer{}
	return m
}

func TestOneInstancePerAccount(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	_, err := Open(dir)
	var locked *LockedError
	if !errors.Is(err, ErrLocked) || !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Fatalf("the second instance got %v", err)
	}
	if want := fmt.Sprint(os.Getpid()); !strings.Contains(err.Error(), want) {
		t.Errorf("%q does not name process %s", err, want)
	}
	reopen(t, first) // the account is free again
}

func TestFilesAreForTheUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "golync", "alice")
	s := open(t, dir)
	keep(t, s, received(bob, "1", "hello"))
	for path, want := range map[string]os.FileMode{
		dir: 0o700, s.path: 0o600, s.path + "-wal": 0o600, filepath.Join(dir, "lock"): 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Error(err)
		} else if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
}

func TestEveryAccountHasItsOwnDirectory(t *testing.T) {
	if got := Dir("/data", "sip:alice@contoso.com"); got != "/data/alice@contoso.com" {
		t.Errorf("alice's is %s", got)
	}
	seen := map[string]string{}
	for _, account := range []string{
		"sip:alice@contoso.com", "sip:alice@contoso.co", "sip:bob(contoso.com)@msn.com", "sip:..@x", "sip:.", "sip:..",
		"sip:a/b@x", "sip:a%2Fb@x", "sip:../../etc@x",
	} {
		dir := Dir("/data", account)
		if filepath.Dir(dir) != "/data" {
			t.Errorf("%s goes to %s", account, dir)
		}
		if other, ok := seen[dir]; ok {
			t.Errorf("%s and %s share %s", account, other, dir)
		}
		seen[dir] = account
	}
}

func TestAfterCloseEverythingSaysSo(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if _, err := tryKeep(s, received(bob, "1", "late")); !errors.Is(err, ErrClosed) {
		t.Errorf("Append: %v", err)
	}
	if _, err := s.Load(); !errors.Is(err, ErrClosed) {
		t.Errorf("Load: %v", err)
	}
}

func TestCloseFinishesWhatWasAskedFor(t *testing.T) {
	s := open(t, t.TempDir())
	const n = 2000
	done := 0
	for i := range n {
		s.Append(received(bob, fmt.Sprint(i), "x"), func(int64, error) { done++ })
	}
	s = reopen(t, s)
	if got := len(page(t, s, bob, 0, n+1).Messages); done != n || got != n {
		t.Errorf("%d done, %d stored, want %d", done, got, n)
	}
}

func TestALockedDirectoryIsForOneProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	unlock, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(dir); !errors.Is(err, ErrLocked) {
		t.Errorf("a second Lock: %v", err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
	unlock, err = Lock(dir)
	if err != nil {
		t.Fatalf("after the first one let go: %v", err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
}
