// Package store keeps on disk what golync knows of one account: contacts, groups, requests, decisions,
// options, open conversations, the history, the log of calls and the outbox. It is the only package that knows SQL.
//
// It decides nothing and knows no network. One process has an account at a time. One goroutine owns the
// database and does everything in the order of the calls, as many calls as wait in one transaction
// (group commit), so that thousands of messages a second can each be on disk before they are
// acknowledged (WAL, synchronous=FULL). Every call returns at once; its done function is called exactly
// once, after the commit, in the order of the calls, on that goroutine: it must not block.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Store is the data of one account. Its methods may be called from any goroutine.
type Store struct {
	path string
	lock *lock
	db   *sql.DB
	w    *writer
	r    *writer // of what only reads and may take its time

	searches     searches
	verification verification
}

// Dir returns the directory of an account under root: its address, with what a file name cannot carry
// escaped. Two addresses never share one.
func Dir(root, account string) string {
	name := url.PathEscape(strings.TrimPrefix(account, "sip:"))
	if strings.Trim(name, ".") == "" { // "." and ".." are taken
		name = strings.ReplaceAll(name, ".", "%2E")
	}
	return filepath.Join(root, name)
}

// Open opens the data in dir and makes what is missing, for the user alone (0700, 0600). The errors to
// expect are ErrLocked, ErrDiskFull, ErrReadOnly, ErrDamaged, ErrNewer and ErrInUse, for errors.Is.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, inFull(err)
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, inFull(err)
	}
	s := &Store{path: filepath.Join(dir, "golync.db"), lock: lock, verification: newVerification()}
	if err := s.open(); err != nil {
		if s.db != nil {
			s.db.Close()
		}
		s.verification.stop()
		lock.release(!lock.crashed)
		return nil, fmt.Errorf("open %s: %w", s.path, inFull(err))
	}
	return s, nil
}

func (s *Store) open() error {
	// SQLite gives its other files the mode of this one.
	file, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if s.db, err = sql.Open("sqlite", dsn(s.path)); err != nil {
		return err
	}
	s.db.SetMaxOpenConns(1)
	ctx := context.Background()
	if err := migrate(ctx, s.db); err != nil {
		return err
	}
	if s.verification.whole, err = check(ctx, s.db, s.lock.crashed); err != nil {
		return err
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	return s.start(conn)
}

// start has the goroutines run, and what an earlier one left undone done.
func (s *Store) start(conn *sql.Conn) error {
	w := newWriter(conn)
	chores, err := w.tx.deletions()
	if err != nil {
		return errors.Join(err, w.close())
	}
	w.chores = append(chores, chore{do: (*tx).indexNew}, chore{do: (*tx).indexOld})
	s.w = w
	go w.run()
	w.put(job{do: (*tx).settleCalls, done: func(error) {}}) // where nothing can be written, they stay unsettled
	s.db.SetMaxOpenConns(2)
	s.r = startReader(func() (*sql.Conn, error) {
		conn, err := s.db.Conn(context.Background())
		if err == nil {
			_, err = conn.ExecContext(context.Background(), "PRAGMA query_only = 1")
		}
		return conn, err
	})
	return nil
}

// dsn names the database and how to treat it. The page cache is small: what is read often is kept by
// those who read it.
func dsn(path string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: url.Values{"_pragma": {
		"busy_timeout(2000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-1024)",
	}}.Encode()}
	return u.String()
}

// wholeCheck is the size, in bytes, up to which data are read through after a crash: half a second. A history
// of a million messages, 200 MB, would keep the user waiting for four to twelve, and what crashed was mostly
// golync, not the disk: SQLite's log brings every commit back. It is read later (Verify).
const wholeCheck = 32 << 20

// check looks for damage: after a crash everywhere, otherwise in what is small and read at every start,
// because reading a long history through would be felt. It reports whether that is all that has to be read.
func check(ctx context.Context, db *sql.DB, crashed bool) (whole bool, err error) {
	var size int64
	if err := db.QueryRowContext(ctx, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&size); err != nil {
		return false, err
	}
	if crashed && size <= wholeCheck {
		return true, quickCheck(ctx, db, "PRAGMA quick_check(1)")
	}
	for _, table := range []string{"instance", "me", "drafts", "history", "deletions", "alerts", "groups", "contacts", "contact_groups", "requests", "relationships", "open_conversations", "peers"} {
		if err := quickCheck(ctx, db, "PRAGMA quick_check("+table+")"); err != nil {
			return false, err
		}
	}
	return !crashed, nil
}

func quickCheck(ctx context.Context, db *sql.DB, pragma string) error {
	var verdict string
	if err := db.QueryRowContext(ctx, pragma).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return nil
}

// Close finishes what was asked for, then gives the account back. Later calls are done with ErrClosed.
func (s *Store) Close() error {
	if !s.w.stop() {
		return nil
	}
	s.searches.end()
	s.r.stop()
	whole := s.verification.end()
	err := explain(errors.Join(s.r.close(), s.w.close(), s.db.Close()))
	return errors.Join(err, s.lock.release(err == nil && whole))
}

// Wait turns a call with a done function into one that blocks until it is done.
func Wait(call func(done func(error))) error {
	result := make(chan error, 1)
	call(func(err error) { result <- err })
	return <-result
}
