package pump

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// item is "subject:value"; a subject in capitals may not be merged, "*" has no subject.
func key(item string) (string, bool) {
	subject, _, _ := strings.Cut(item, ":")
	if subject == "*" {
		return "", false
	}
	return strings.ToLower(subject), subject == strings.ToLower(subject)
}

func next(t *testing.T, q *Queue[string]) []string {
	t.Helper()
	got, err := q.Next(t.Context())
	if err != nil {
		t.Fatalf("Next: %v", err)
	}
	return got
}

func TestMergingKeepsOrderWhereItCounts(t *testing.T) {
	for _, c := range []struct {
		name, put, want string
	}{
		{"different subjects stay as they came", "bob:1 dana:1 eve:1", "bob:1 dana:1 eve:1"},
		{"the latest value takes the earliest place", "bob:1 dana:1 bob:2", "bob:2 dana:1"},
		{"many times", "bob:1 bob:2 dana:1 bob:3 dana:2 bob:4", "bob:4 dana:2"},
		{"nothing overtakes a message of the same person", "bob:1 BOB:hello bob:2", "bob:1 BOB:hello bob:2"},
		{"a message of another person hinders nobody", "bob:1 DANA:hello bob:2", "bob:2 DANA:hello"},
		{"nothing overtakes an item without a subject", "bob:1 *:down bob:2 bob:3", "bob:1 *:down bob:3"},
		{"a barrier at the front holds for nobody behind it", "*:up bob:1 bob:2", "*:up bob:2"},
		{"two barriers in a row", "bob:1 *:down *:up bob:2", "bob:1 *:down *:up bob:2"},
		{"messages are never merged", "BOB:1 BOB:2 BOB:2", "BOB:1 BOB:2 BOB:2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := New(key, 0)
			for _, item := range strings.Fields(c.put) {
				q.Put(item)
			}
			if got := strings.Join(next(t, q), " "); got != c.want {
				t.Errorf("put %q, got %q, want %q", c.put, got, c.want)
			}
		})
	}
}

func TestAPlaceIsForgottenWithItsBatch(t *testing.T) {
	q := New(key, 0)
	for _, put := range []string{"bob:1 *:x", "bob:2", "dana:1 bob:3"} {
		for _, item := range strings.Fields(put) {
			q.Put(item)
		}
		if got := strings.Join(next(t, q), " "); got != put {
			t.Errorf("got %q, want %q", got, put)
		}
	}
}

func TestTheFirstItemGoesAtOnceThenOneBatchAFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const frame = 16 * time.Millisecond
		q := New(key, frame)
		time.Sleep(time.Second)
		start := time.Now()
		q.Put("bob:1")
		next(t, q)
		if d := time.Since(start); d != 0 {
			t.Errorf("the first item waited %v", d)
		}
		q.Put("bob:2")
		q.Put("bob:3")
		if got := next(t, q); !slices.Equal(got, []string{"bob:3"}) {
			t.Errorf("second batch %v", got)
		}
		if d := time.Since(start); d != frame {
			t.Errorf("the second batch came after %v, want %v", d, frame)
		}
		time.Sleep(frame)
		idle := time.Now()
		q.Put("bob:4")
		next(t, q)
		if d := time.Since(idle); d != 0 {
			t.Errorf("after an idle frame the item waited %v", d)
		}
	})
}

func TestASteadyStreamIsDrawnOncePerFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(key, 16*time.Millisecond)
		go func() {
			for n := range 2000 {
				q.Put(fmt.Sprintf("C:%d", n))
				time.Sleep(time.Millisecond)
			}
			q.Close()
		}()
		batches, items := 0, 0
		for {
			got, err := q.Next(t.Context())
			if err != nil {
				break
			}
			batches++
			items += len(got)
		}
		if items != 2000 || batches > 2000/16+2 {
			t.Errorf("%d items in %d batches", items, batches)
		}
	})
}

func TestNextWaitsAndEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(key, time.Hour)
		for _, queued := range []bool{false, true} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			if queued {
				q.Put("bob:1")
				next(t, q) // at once: nothing was handed out before
				q.Put("bob:2")
			}
			_, err := q.Next(ctx)
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("queued %v: Next returned %v", queued, err)
			}
		}
		if got := next(t, q); !slices.Equal(got, []string{"bob:2"}) {
			t.Errorf("an ended Next lost items: %v", got)
		}
	})
}

func TestCloseHandsOutTheRestAndNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(key, time.Hour)
		q.Put("bob:1")
		next(t, q)
		q.Put("bob:2")
		q.Close()
		q.Put("bob:3")
		q.Close()
		start := time.Now()
		if got := next(t, q); !slices.Equal(got, []string{"bob:2"}) {
			t.Errorf("the rest is %v", got)
		}
		if d := time.Since(start); d != 0 {
			t.Errorf("a closed queue kept its rest for %v", d)
		}
		if _, err := q.Next(t.Context()); !errors.Is(err, ErrClosed) {
			t.Errorf("Next after the rest: %v", err)
		}
	})
}

func TestCloseWakesAWaitingReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(key, time.Millisecond)
		ended := make(chan error)
		go func() {
			_, err := q.Next(t.Context())
			ended <- err
		}()
		synctest.Wait()
		q.Close()
		if err := <-ended; !errors.Is(err, ErrClosed) {
			t.Errorf("Next: %v", err)
		}
	})
}

// Many writers at once: everything that may not be merged arrives once, in its writer's order, and the
// last mergeable value of each writer is the last that is seen of it.
func TestNothingIsLostBetweenManyWriters(t *testing.T) {
	type item struct{ writer, n int }
	q := New(func(i item) (string, bool) {
		return fmt.Sprint(i.writer), i.n%3 != 0
	}, 0)
	const writers, each = 8, 2000
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for n := range each {
				q.Put(item{w, n})
			}
		})
	}
	go func() { group.Wait(); q.Close() }()
	last := make([]int, writers)
	kept := make([]int, writers)
	for {
		batch, err := q.Next(t.Context())
		if err != nil {
			break
		}
		for _, i := range batch {
			if i.n < last[i.writer] {
				t.Fatalf("writer %d: %d after %d", i.writer, i.n, last[i.writer])
			}
			last[i.writer] = i.n
			if i.n%3 == 0 {
				kept[i.writer]++
			}
		}
	}
	for w := range writers {
		if last[w] != each-1 || kept[w] != (each+2)/3 {
			t.Errorf("writer %d: last %d, %d kept", w, last[w], kept[w])
		}
	}
}

// The queue against the plainest model: whatever is merged, folding the batches gives the same final
// state per subject and the same sequence of items that may not be merged.
func TestMergingNeverChangesWhatAReaderEndsUpWith(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	fold := func(items []string) (map[string]string, []string) {
		state, fixed := map[string]string{}, []string{}
		for _, i := range items {
			subject, value, _ := strings.Cut(i, ":")
			switch {
			case subject == "*":
				clear(state) // as a lost connection does
				fixed = append(fixed, i)
			case subject == strings.ToLower(subject):
				state[subject] = value
			default:
				fixed = append(fixed, i+"/"+state[strings.ToLower(subject)])
			}
		}
		return state, fixed
	}
	subjects := []string{"bob", "dana", "BOB", "DANA", "*"}
	for range 300 {
		q := New(key, 0)
		var put, got []string
		for n := range 60 {
			i := fmt.Sprintf("%s:%d", subjects[r.IntN(len(subjects))], n)
			put = append(put, i)
			q.Put(i)
			if r.IntN(20) == 0 {
				got = append(got, next(t, q)...)
			}
		}
		q.Close()
		if rest, err := q.Next(t.Context()); err == nil {
			got = append(got, rest...)
		}
		wantState, wantFixed := fold(put)
		gotState, gotFixed := fold(got)
		if fmt.Sprint(wantState) != fmt.Sprint(gotState) || !slices.Equal(wantFixed, gotFixed) {
			t.Fatalf("put %v\ngot %v", put, got)
		}
	}
}

func BenchmarkPut(b *testing.B) {
	subjects := make([]string, 1000)
	for n := range subjects {
		subjects[n] = fmt.Sprintf("sip:user%d@contoso.com", n)
	}
	for _, merge := range []bool{true, false} {
		b.Run(fmt.Sprintf("100000/merge=%v", merge), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				q := New(func(n int) (string, bool) { return subjects[n%len(subjects)], merge }, 0)
				for n := range 100_000 {
					q.Put(n)
				}
				if _, err := q.Next(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
