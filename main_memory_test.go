package main

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/app"
)

// feed hands batches of these sizes to a thrift and counts how often it frees.
func feed(t *testing.T, sizes ...int) (freed *atomic.Int32, next func()) {
	t.Helper()
	freed = new(atomic.Int32)
	th := &thrift{free: func() { freed.Add(1) }}
	th.next = func(context.Context) ([]app.Input, error) {
		n := sizes[0]
		sizes = sizes[1:]
		return make([]app.Input, n), nil
	}
	return freed, func() {
		if _, err := th.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMemoryIsGivenBackOnceAfterABurst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		freed, next := feed(t, burst/2, burst/2, 2*burst, 1)
		for range 3 {
			next()
			time.Sleep(rest / 2)
		}
		if freed.Load() != 0 {
			t.Errorf("given back %d times in the middle of the burst", freed.Load())
		}
		time.Sleep(rest)
		next()
		time.Sleep(time.Hour)
		if freed.Load() != 1 {
			t.Errorf("given back %d times", freed.Load())
		}
	})
}

func TestAFewInputsFreeNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		freed, next := feed(t, burst-1)
		next()
		time.Sleep(time.Hour)
		if freed.Load() != 0 {
			t.Errorf("given back %d times", freed.Load())
		}
	})
}

func TestEveryBurstIsGivenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		freed, next := feed(t, burst, burst)
		for range 2 {
			next()
			time.Sleep(time.Hour)
		}
		if freed.Load() != 2 {
			t.Errorf("given back %d times after 2 bursts", freed.Load())
		}
	})
}

func TestTheEndOfTheSessionPassesThrough(t *testing.T) {
	end := errors.New("the end")
	th := &thrift{next: func(context.Context) ([]app.Input, error) { return nil, end }}
	if _, err := th.Next(t.Context()); !errors.Is(err, end) {
		t.Error(err)
	}
}
