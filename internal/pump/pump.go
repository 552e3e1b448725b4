// Package pump is the queue between those who learn things and the one who draws them: ordered, never
// blocking the writer, merging what only counts in its latest state, and handing out at most one batch
// per frame. It knows nothing of what it carries.
//
// # Order and merging
//
// The key function gives each item a subject and says whether the item may be merged. A mergeable item
// replaces a waiting one of the same subject and takes its place, so that a subject that changes all
// the time is not put off. It never overtakes anything that it could contradict: an item that may
// not be merged ends merging for its subject, and one without a subject (the empty string) ends it for
// all. "Available" therefore never moves in front of "disconnected", while a message from Bob does
// not keep Dana's presence from being merged.
package pump

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrClosed says that the queue was closed and everything put before has been handed out.
var ErrClosed = errors.New("the queue is closed")

// Queue is a queue of T. Put may be called from any goroutine, Next from one at a time.
type Queue[T any] struct {
	key   func(T) (subject string, merge bool)
	frame time.Duration
	wake  chan struct{} // holds one token while something may wait

	mu      sync.Mutex
	items   []T
	waiting map[string]int // place in items of the latest mergeable item of a subject
	floor   int            // nothing before this place may be replaced
	closed  bool

	handed time.Time // when the last batch went out; only Next touches it
}

// New makes a queue that hands out at most one batch per frame (0: no pacing). A nil key merges nothing.
func New[T any](key func(T) (subject string, merge bool), frame time.Duration) *Queue[T] {
	if key == nil {
		key = func(T) (string, bool) { return "", false }
	}
	return &Queue[T]{key: key, frame: frame, wake: make(chan struct{}, 1), waiting: map[string]int{}}
}

// Put appends an item, or merges it as the package comment says. It never blocks; memory is the only
// bound. After Close it does nothing.
func (q *Queue[T]) Put(item T) {
	subject, merge := q.key(item)
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return
	}
	q.place(item, subject, merge)
	q.mu.Unlock()
	q.signal()
}

func (q *Queue[T]) place(item T, subject string, merge bool) {
	if merge {
		if at, ok := q.waiting[subject]; ok && at >= q.floor {
			q.items[at] = item
			return
		}
		q.waiting[subject] = len(q.items)
	} else if subject == "" {
		q.floor = len(q.items) + 1
	} else {
		delete(q.waiting, subject)
	}
	q.items = append(q.items, item)
}

// signal leaves a token for Next; one is enough, however often it is called.
func (q *Queue[T]) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Next waits until something is there and a frame has passed since the last batch, and hands out
// everything that waits, oldest first. The first item after an idle frame is thus handed out at once.
// It returns ctx's error when ctx ends first, and ErrClosed when nothing is left of a closed queue.
// The batch belongs to the caller.
func (q *Queue[T]) Next(ctx context.Context) ([]T, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		batch, wait, err := q.take()
		if batch != nil || err != nil {
			return batch, err
		}
		if err := q.sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// take returns a batch when one is due, else how long to wait for it (0: until something is put).
func (q *Queue[T]) take() (batch []T, wait time.Duration, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		if q.closed {
			return nil, 0, ErrClosed
		}
		return nil, 0, nil
	}
	now := time.Now()
	if due := q.handed.Add(q.frame).Sub(now); due > 0 && !q.closed {
		return nil, due, nil
	}
	q.handed = now
	batch = q.items
	// A fresh map where much was waiting: clearing costs by the most that ever waited.
	q.items, q.floor = nil, 0
	if len(q.waiting) > 256 {
		q.waiting = map[string]int{}
	} else {
		clear(q.waiting)
	}
	return batch, 0, nil
}

func (q *Queue[T]) sleep(ctx context.Context, wait time.Duration) error {
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	select {
	case <-q.wake:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close ends the queue: what waits is still handed out, at once, and what is put later is dropped.
func (q *Queue[T]) Close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.signal()
}
