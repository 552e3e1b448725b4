package flow

import (
	"math/rand/v2"
	"time"
)

// Bounds of Backoff.
const (
	backoffFirst = time.Second
	backoffMost  = time.Minute
)

// Backoff tells how long to wait before the next attempt to connect: between 50 % and 100 % of a bound that
// starts at 1 s and doubles up to 60 s (RFC 5626 section 4.5), so that the first wait is at least 0.5 s and
// the clients of a server that went away do not all come back at once. The zero value is ready.
type Backoff struct {
	// Rand returns a number in [0, 1); nil means math/rand/v2.
	Rand func() float64

	bound time.Duration
}

// Next is the wait before the next attempt.
func (b *Backoff) Next() time.Duration {
	b.bound = min(max(2*b.bound, backoffFirst), backoffMost)
	random := b.Rand
	if random == nil {
		random = rand.Float64
	}
	half := b.bound / 2
	return half + time.Duration(random()*float64(half))
}

// Reset starts again with the shortest wait, after a flow that held.
func (b *Backoff) Reset() { b.bound = 0 }
