package main

import (
	"context"
	"time"

	"golync/internal/app"
)

// A burst is so many inputs that what they left in memory is worth giving back: the presence of everybody
// after signing in, a few thousand messages. The Go runtime itself keeps most of it for a later burst.
const (
	burst = 500
	rest  = 5 * time.Second // after the latest burst: not in the middle of it
)

// thrift gives memory back to the system after bursts of inputs, and does nothing in between.
type thrift struct {
	next func(context.Context) ([]app.Input, error)
	free func() // debug.FreeOSMemory: a full collection, some milliseconds of a core

	seen  int
	timer *time.Timer // nil while nothing is to be given back
}

// Next is the session's Next. Like that it is for one goroutine at a time.
func (t *thrift) Next(ctx context.Context) ([]app.Input, error) {
	inputs, err := t.next(ctx)
	if t.seen += len(inputs); t.seen >= burst {
		t.seen = 0
		if t.timer == nil {
			t.timer = time.AfterFunc(rest, t.free)
		} else {
			t.timer.Reset(rest)
		}
	}
	return inputs, err
}
