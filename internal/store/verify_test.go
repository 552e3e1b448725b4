package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// crashed makes the data in dir look as if their last owner had crashed.
func crashed(t testing.TB, dir string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "lock"), []byte("1"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// unread opens the data in dir as if they were too large to be read through at the start.
func unread(t *testing.T, dir string) *Store {
	t.Helper()
	s := open(t, dir)
	s.verification.whole = false
	return s
}

func verify(s *Store) error {
	return Wait(func(done func(error)) { s.Verify(0, done) })
}

func TestWhatIsTooLargeForTheStartIsReadLater(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s, 2000)
	keep(t, s, received(bob, "x", "find me in the history"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = unread(t, dir)
	if err := verify(s); err != nil {
		t.Errorf("a whole database: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path, overwriteAfter("find me in the history")(file), 0o600); err != nil {
		t.Fatal(err)
	}
	s = unread(t, dir)
	if s.lock.crashed {
		t.Error("what was found whole is taken for crashed")
	}
	if err := verify(s); !errors.Is(err, ErrDamaged) {
		t.Errorf("a damaged one: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if l, err := takeLock(dir); err != nil || !l.crashed {
		t.Errorf("the next start does not look again: %v", err)
	}
}

// A program that ends before it has read everything leaves that to the next start.
func TestReadingThroughEndsWithTheProgram(t *testing.T) {
	dir := t.TempDir()
	s := unread(t, dir)
	done := make(chan error, 1)
	s.Verify(time.Hour, func(err error) { done <- err })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := s.readThrough(); !errors.Is(err, ErrClosed) {
		t.Errorf("ended in the middle it says %v", err)
	}
	s = open(t, dir)
	if !s.lock.crashed || !s.verification.whole {
		t.Error("the next start has not read everything")
	}
}

func TestWhatEndedWellIsNotReadAgain(t *testing.T) {
	s := open(t, t.TempDir())
	asked := false
	s.Verify(time.Hour, func(err error) { asked = err == nil })
	if !asked {
		t.Error("it waits for nothing")
	}
}
