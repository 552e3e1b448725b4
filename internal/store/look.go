package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// ErrOlder says that the data are of an older golync, which Open would bring up to date.
var ErrOlder = errors.New("the saved data are of an older version of golync: start the window once")

// Look reads the snapshot of the data in dir and changes nothing there, also while another process has them.
// Where there are none yet the error is fs.ErrNotExist; ErrNewer, ErrOlder, ErrDamaged and the others of Open
// are to be expected, but not ErrLocked.
func Look(dir string) (Snapshot, error) {
	path := filepath.Join(dir, "golync.db")
	if _, err := os.Stat(path); err != nil {
		return Snapshot{}, err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: url.Values{
		"mode": {"ro"}, "_pragma": {"busy_timeout(2000)", "query_only(1)"},
	}.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return Snapshot{}, explain(err)
	}
	db.SetMaxOpenConns(1)
	snap, err := snapshotOf(context.Background(), db)
	return snap, explain(errors.Join(err, db.Close()))
}

func snapshotOf(ctx context.Context, db *sql.DB) (snap Snapshot, err error) {
	if err := versionOf(ctx, db); err != nil {
		return snap, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return snap, err
	}
	w := startReader(func() (*sql.Conn, error) { return conn, nil })
	err = Wait(func(done func(error)) {
		w.put(job{read: true, done: done, do: func(t *tx) error { return t.load(&snap) }})
	})
	w.stop()
	return snap, errors.Join(err, w.close())
}

// versionOf refuses what Open would have to change first, and what this program does not know.
func versionOf(ctx context.Context, db *sql.DB) error {
	steps, err := schema.ReadDir("schema")
	if err != nil {
		return err
	}
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch {
	case version > len(steps):
		return ErrNewer
	case version < len(steps):
		return ErrOlder
	}
	return nil
}

// Owner returns the process that has the data in dir, 0 when none has. It leaves the lock alone while nobody is
// named in it, lest a window that starts at that moment finds it taken.
func Owner(dir string) int {
	file, err := os.Open(filepath.Join(dir, "lock"))
	if err != nil {
		return 0
	}
	defer file.Close()
	owner, err := read(file)
	if err != nil || owner == "" {
		return 0
	}
	// A crash leaves its name behind, but not the lock; closing the file gives it back.
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_SH|syscall.LOCK_NB); !errors.Is(err, syscall.EWOULDBLOCK) {
		return 0
	}
	pid, _ := strconv.Atoi(owner)
	return pid
}
