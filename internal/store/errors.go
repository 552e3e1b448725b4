package store

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What can be wrong with the disk, for errors.Is. The texts are sentences for the user.
var (
	ErrDiskFull  = errors.New("the disk is full")
	ErrReadOnly  = errors.New("the saved data cannot be written: the disk is read-only, or they belong to somebody else")
	ErrDisk      = errors.New("the disk is full or failing")
	ErrDamaged   = errors.New("the saved data are damaged")
	ErrNewer     = errors.New("the saved data were written by a newer version of golync")
	ErrInUse     = errors.New("another program keeps the saved data busy")
	ErrFlooded   = errors.New("more messages wait to be saved than the disk can take")
	ErrClosed    = errors.New("the saved data are closed")
	ErrLocked    = errors.New("golync already runs for this account")
	ErrNoMessage = errors.New("no such message is saved")
)

// LockedError says which process has the account. errors.Is finds ErrLocked in it.
type LockedError struct{ PID int } // 0 when the other has not written it yet

// Error names the process, so that the user can find it.
func (e *LockedError) Error() string {
	if e.PID == 0 {
		return ErrLocked.Error()
	}
	return fmt.Sprintf("%v (process %d)", ErrLocked, e.PID)
}

// Unwrap returns ErrLocked.
func (e *LockedError) Unwrap() error { return ErrLocked }

// trouble is an error of SQLite or of the file system in words that a user can act on. The cause is for
// the log, and stays in the chain.
type trouble struct{ kind, cause error }

// Error gives the words alone.
func (t *trouble) Error() string { return t.kind.Error() }

// Unwrap returns the kind, for errors.Is, and the cause.
func (t *trouble) Unwrap() []error { return []error{t.kind, t.cause} }

// LogValue gives the log both.
func (t *trouble) LogValue() slog.Value {
	return slog.StringValue(t.kind.Error() + ": " + t.cause.Error())
}

// explain puts an error into words, if there are any.
func explain(err error) error {
	if kind := kindOf(err); kind != nil {
		return &trouble{kind, err}
	}
	return err
}

// inFull is explain with the cause in the words, for those who are about to see nothing else.
func inFull(err error) error {
	if kind := kindOf(err); kind != nil {
		return fmt.Errorf("%w: %w", kind, err)
	}
	return err
}

func kindOf(err error) error {
	var s *sqlite.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &s):
		return kindOfCode(s.Code())
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ErrDiskFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	}
	return nil
}

// kindOfCode reads the primary result code, the low byte (https://www.sqlite.org/rescode.html section 2).
func kindOfCode(code int) error {
	if code == lib.SQLITE_IOERR_SHMSIZE {
		return ErrDiskFull // the shared memory file of the write-ahead log found no room
	}
	switch code & 0xff {
	case lib.SQLITE_FULL:
		return ErrDiskFull
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		return ErrReadOnly
	case lib.SQLITE_IOERR:
		return ErrDisk
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return ErrDamaged
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return ErrInUse
	}
	return nil
}
