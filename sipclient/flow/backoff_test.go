package flow

import (
	"testing"
	"time"
)

func TestBackoffDoublesUpToAMinuteWithJitter(t *testing.T) {
	for name, tc := range map[string]struct {
		random float64
		want   []time.Duration
	}{
		"least": {0, []time.Duration{500, 1000, 2000, 4000, 8000, 16000, 30000, 30000}},
		"half":  {0.5, []time.Duration{750, 1500, 3000, 6000, 12000, 24000, 45000, 45000}},
	} {
		b := Backoff{Rand: func() float64 { return tc.random }}
		for range 2 {
			for i, want := range tc.want {
				if got := b.Next(); got != want*time.Millisecond {
					t.Errorf("%s: wait %d is %v, want %v ms", name, i, got, int(want))
				}
			}
			b.Reset()
		}
	}
}

func TestTheZeroBackoffStaysInItsBounds(t *testing.T) {
	var b Backoff
	seen := map[time.Duration]bool{}
	for range 1000 {
		d := b.Next()
		if seen[d] = true; d < 500*time.Millisecond || d > time.Minute {
			t.Fatal(d)
		}
	}
	if len(seen) < 900 {
		t.Errorf("%d different waits of 1,000: no jitter", len(seen))
	}
}
