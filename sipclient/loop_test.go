package sipclient

import (
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func quietLoop() *loop { return newLoop(slog.New(slog.DiscardHandler)) }

func TestPostedFunctionsRunInOrderOneAtATime(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := quietLoop()
		var got []int
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range 100 {
					l.post(func() { got = append(got, len(got)) })
				}
			})
		}
		all.Wait()
		synctest.Wait()
		if len(got) != 400 || got[399] != 399 {
			t.Fatal(len(got))
		}
		l.end()
		l.wait()
	})
}

func TestPanicCostsOneFunction(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := quietLoop()
		ran := false
		l.post(func() { panic("mistake") })
		l.spawn(func() { panic("another") })
		l.post(func() { ran = true })
		synctest.Wait()
		if !ran {
			t.Fatal("the loop is dead")
		}
		l.end()
		l.wait()
	})
}

func TestNothingRunsAfterTheEnd(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := quietLoop()
		l.after(time.Second, func() { t.Error("a timer fired") })
		l.post(func() {
			l.post(func() { t.Error("a queued function ran") })
			l.end()
		})
		l.wait()
		if l.post(func() { t.Error("a late function ran") }) || l.spawn(func() { t.Error("a late goroutine ran") }) {
			t.Error("taken after the end")
		}
		time.Sleep(time.Minute)
	})
}

func TestStoppedTimerNeverFires(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := quietLoop()
		l.post(func() {
			due := l.after(time.Second, func() { t.Error("fired") })
			time.Sleep(2 * time.Second) // it is due, and waits for the loop
			due.stop()
			due.stop()
			(*timer)(nil).stop()
		})
		time.Sleep(time.Minute)
		l.end()
		l.wait()
	})
}

func TestWaitsGrowAndAreSpread(t *testing.T) {
	for failures, want := range map[int]time.Duration{0: retryFirst, 1: 2 * retryFirst, 3: 8 * retryFirst, 60: retryMost} {
		seen := map[time.Duration]bool{}
		for range 50 {
			got := backOff(retryFirst, failures)
			if got > want || got < want*3/4 {
				t.Fatalf("%d failures: %v", failures, got)
			}
			seen[got] = true
		}
		if len(seen) < 10 {
			t.Fatalf("%d failures: only %d different waits", failures, len(seen))
		}
	}
	for given, want := range map[time.Duration]time.Duration{600 * time.Second: 540 * time.Second, 8 * time.Second: 4 * time.Second, 0: 2 * time.Second} {
		if got := refreshAfter(given); got != want {
			t.Errorf("%v: %v", given, got)
		}
	}
	for value, want := range map[string]time.Duration{"90": 90 * time.Second, "5 (soon);duration=3": 5 * time.Second, "": 0, "x": 0, "-1": 0, "99999999999999999999": 31 * 24 * time.Hour} {
		if got := seconds(value); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
}
