package store

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// nobody is the user who owns nothing.
const nobody = 65534

// asNobody has the rest of the test meet files as somebody without privileges: root may write everywhere. It is
// a property of the thread (setfsuid(2)), which ends with the test.
func asNobody(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	runtime.LockOSThread() // and never unlocked: the thread is thrown away
	if err := syscall.Setfsuid(nobody); err != nil {
		t.Error(err)
	}
}

func TestAForbiddenDirectorySaysSo(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		asNobody(t)
		for _, path := range []string{dir, filepath.Join(dir, "deeper")} {
			if _, err := Open(path); !errors.Is(err, ErrReadOnly) {
				t.Errorf("Open %s: %v", path, err)
			}
		}
	}()
	<-done
}
