package store

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// verification is the reading of what Open left out after a crash because it is too large to wait for.
type verification struct {
	whole bool // nothing is left to be read; of the goroutine until ended
	ctx   context.Context
	stop  context.CancelFunc
	ended sync.WaitGroup
}

func newVerification() verification {
	ctx, stop := context.WithCancel(context.Background())
	return verification{ctx: ctx, stop: stop}
}

// Verify reads through everything that Open did not, if it did not, on a connection of its own, beginning after
// a while so that signing in has the disk for itself. It is called once at most, and not after Close. done gets
// ErrDamaged when something is wrong, and ErrClosed when Close came first: the next start then takes this one
// for crashed too, and goes on from there.
func (s *Store) Verify(after time.Duration, done func(error)) {
	if s.verification.whole {
		done(nil)
		return
	}
	s.verification.ended.Go(func() {
		err := ErrClosed
		select {
		case <-time.After(after):
			err = s.readThrough()
		case <-s.verification.ctx.Done():
		}
		s.verification.whole = err == nil
		done(explain(err))
	})
}

func (s *Store) readThrough() error {
	ctx := s.verification.ctx
	db, err := sql.Open("sqlite", dsn(s.path))
	if err != nil {
		return err
	}
	defer db.Close()
	err = quickCheck(ctx, db, "PRAGMA quick_check(1)")
	if ctx.Err() != nil {
		return ErrClosed // SQLite says only that it was interrupted
	}
	return err
}

// end stops the reading, and reports whether all has been read and is well.
func (v *verification) end() bool {
	v.stop()
	v.ended.Wait()
	return v.whole
}
