package sipclient

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// loop runs functions one after another on one goroutine, in the order in which they were posted. All
// SIP state of a Client belongs to it, so that state needs no lock and timers cannot race with messages.
type loop struct {
	log *slog.Logger

	mu    sync.Mutex
	queue []func()
	ended bool

	wake   chan struct{} // holds one token while queue is not empty
	done   chan struct{} // closed when no posted function will run any more
	others sync.WaitGroup
}

func newLoop(log *slog.Logger) *loop {
	l := &loop{log: log, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go l.run()
	return l
}

// post hands f to the loop and returns at once. After end it does nothing and says so.
func (l *loop) post(f func()) bool {
	l.mu.Lock()
	if l.ended {
		l.mu.Unlock()
		return false
	}
	l.queue = append(l.queue, f)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
	return true
}

// run ends only between two functions: what has begun is finished.
func (l *loop) run() {
	defer close(l.done)
	var batch []func()
	for range l.wake {
		l.mu.Lock()
		batch, l.queue = l.queue, batch[:0]
		l.mu.Unlock()
		for i, f := range batch {
			if l.hasEnded() {
				return
			}
			l.guard(f)
			batch[i] = nil
		}
		if l.hasEnded() {
			return
		}
	}
}

func (l *loop) hasEnded() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended
}

// end stops the loop; functions still queued are dropped. It does not wait, so that a posted function may
// call it; wait does.
func (l *loop) end() {
	l.mu.Lock()
	l.ended, l.queue = true, nil
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// wait returns when the loop and everything started by spawn have returned.
func (l *loop) wait() {
	<-l.done
	l.others.Wait()
}

// spawn runs f beside the loop: for what blocks. It reports false, and does nothing, after end.
func (l *loop) spawn(f func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return false
	}
	l.others.Go(func() { l.guard(f) })
	return true
}

// guard keeps a mistake in the handling of one message from ending the program: the message is lost, the
// log says where, everything else goes on.
func (l *loop) guard(f func()) {
	defer func() {
		if p := recover(); p != nil {
			l.log.Error("panic", "value", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	f()
}

// timer is a timer of the loop. A stopped timer never fires, not even when it was due already.
type timer struct {
	t       *time.Timer
	stopped bool
}

// after runs f on the loop when d has passed. It may be called on the loop only.
func (l *loop) after(d time.Duration, f func()) *timer {
	t := &timer{}
	t.t = time.AfterFunc(max(d, 0), func() {
		l.post(func() {
			if !t.stopped {
				t.stopped = true
				f()
			}
		})
	})
	return t
}

// stop may be called on the loop only, also on a nil timer and more than once.
func (t *timer) stop() {
	if t != nil {
		t.stopped = true
		t.t.Stop()
	}
}
