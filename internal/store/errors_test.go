package store

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"testing"

	lib "modernc.org/sqlite/lib"
)

func TestWhatIsWrongWithTheDiskIsSaidInWords(t *testing.T) {
	for code, want := range map[int]error{
		lib.SQLITE_FULL: ErrDiskFull, lib.SQLITE_IOERR_SHMSIZE: ErrDiskFull, lib.SQLITE_IOERR_WRITE: ErrDisk, lib.SQLITE_IOERR_FSYNC: ErrDisk,
		lib.SQLITE_READONLY_DBMOVED: ErrReadOnly, lib.SQLITE_CANTOPEN: ErrReadOnly, lib.SQLITE_CORRUPT_INDEX: ErrDamaged,
		lib.SQLITE_NOTADB: ErrDamaged, lib.SQLITE_BUSY_SNAPSHOT: ErrInUse, lib.SQLITE_CONSTRAINT: nil,
	} {
		if got := kindOfCode(code); !errors.Is(got, want) {
			t.Errorf("code %d is %v, want %v", code, got, want)
		}
	}
	for err, want := range map[error]error{
		&os.PathError{Err: syscall.ENOSPC}: ErrDiskFull, fmt.Errorf("x: %w", syscall.EDQUOT): ErrDiskFull,
		&os.PathError{Err: syscall.EROFS}: ErrReadOnly, fs.ErrPermission: ErrReadOnly,
	} {
		if got := explain(err); !errors.Is(got, want) || !errors.Is(got, err) {
			t.Errorf("%v became %v, want %v", err, got, want)
		}
	}
	full := explain(syscall.ENOSPC)
	if full.Error() != "the disk is full" || full.(slog.LogValuer).LogValue().String() != "the disk is full: no space left on device" {
		t.Errorf("the user sees %q, the log %v", full, full.(slog.LogValuer).LogValue())
	}
	if got := inFull(syscall.EROFS); !errors.Is(got, ErrReadOnly) || !strings.Contains(got.Error(), syscall.EROFS.Error()) {
		t.Errorf("at the start the user sees %q", got)
	}
	if other := errors.New("other"); explain(other) != other || explain(nil) != nil {
		t.Error("an error that says nothing to the user was changed")
	}
}
