package flow

import (
	"sync/atomic"
	"time"
)

// gate holds a message back until the one before has been taken. sipgo gives each message a goroutine of
// its own, and without the gate these race: facts/sipgo.md section 1 counts up to 175 inversions in 500
// messages. The wait is bounded because sipgo absorbs some messages without telling anybody.
//
// One goroutine arms and waits, any may release.
type gate struct {
	most     time.Duration
	released chan struct{}
	armed    atomic.Bool
	until    time.Time
}

func newGate(most time.Duration) gate { return gate{most: most, released: make(chan struct{}, 1)} }

// arm closes the gate behind a message.
func (g *gate) arm() {
	select {
	case <-g.released: // of an earlier message, too late to count
	default:
	}
	g.until = time.Now().Add(g.most)
	g.armed.Store(true)
}

// release opens it.
func (g *gate) release() {
	if g.armed.Load() {
		select {
		case g.released <- struct{}{}:
		default:
		}
	}
}

// wait returns when the gate is open, has been closed for too long, or the flow has ended.
func (g *gate) wait(ended <-chan struct{}) {
	if !g.armed.Load() {
		return
	}
	defer g.armed.Store(false)
	select {
	case <-g.released:
		return
	default:
	}
	left := time.Until(g.until)
	if left <= 0 {
		return
	}
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-g.released:
	case <-timer.C:
	case <-ended:
	}
}
