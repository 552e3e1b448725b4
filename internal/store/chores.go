package store

import "slices"

// chore is work that nobody waits for. It is done piece by piece, each in a transaction of its own, while the
// writer has nothing else to do, and goes on at the next start where that matters.
type chore struct {
	do   func(*tx) (more bool, err error)
	done func(error) // may be nil
}

// add has a chore done. It is called on the writer's goroutine or before that starts.
func (w *writer) add(c chore) { w.chores = append(w.chores, c) }

// putter does a piece of the oldest chore, and reports false when there is none. A chore that fails is given up:
// what it was for is tried again at the next start.
func (w *writer) putter() bool {
	if len(w.chores) == 0 {
		return false
	}
	c := w.chores[0]
	more := false
	err := w.tx.together([]job{{do: func(t *tx) (err error) { more, err = c.do(t); return err }}})
	if more && err == nil {
		return true
	}
	w.chores = slices.Delete(w.chores, 0, 1)
	if c.done != nil {
		c.done(explain(err))
	}
	return true
}

// abandon ends what has not been finished.
func (w *writer) abandon() {
	for _, c := range w.chores {
		if c.done != nil {
			c.done(ErrClosed)
		}
	}
	w.chores = nil
}
