package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golync/alerts"
	"golync/contacts"
)

// somebodyBlocked makes data with something in them.
func somebodyBlocked(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := Wait(func(done func(error)) { s.SaveRelationship("sip:eve@contoso.com", contacts.BlockedContacts, done) }); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLookReadsBesideTheOwnerAndAfterIt(t *testing.T) {
	dir := t.TempDir()
	s := somebodyBlocked(t, dir)
	see := func(when string) {
		t.Helper()
		snap, err := Look(dir)
		if err != nil || snap.Relationships["sip:eve@contoso.com"] != contacts.BlockedContacts || snap.Alerts != alerts.Default() {
			t.Errorf("%s: %+v, %v", when, snap, err)
		}
	}
	see("while it is open")
	if got := Owner(dir); got != os.Getpid() {
		t.Errorf("the owner is %d", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	see("after it was closed")
	if got := Owner(dir); got != 0 {
		t.Errorf("when it is closed the owner is %d", got)
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if again.lock.crashed {
		t.Error("looking left a crash behind")
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

func TestACrashLeavesNoOwner(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "lock"), []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Owner(dir); got != 0 {
		t.Errorf("the owner is %d", got)
	}
}

func TestLookSaysWhatItCannotRead(t *testing.T) {
	if _, err := Look(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("where nothing is: %v", err)
	}
	for version, want := range map[string]error{"1": ErrOlder, "1000": ErrNewer} {
		dir := t.TempDir()
		s := somebodyBlocked(t, dir)
		if _, err := s.db.Exec("PRAGMA user_version = " + version); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := Look(dir); !errors.Is(err, want) {
			t.Errorf("version %s: %v", version, err)
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "golync.db"), []byte("this is no database, however long it may be"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Look(dir); !errors.Is(err, ErrDamaged) {
		t.Errorf("of rubbish: %v", err)
	}
}
