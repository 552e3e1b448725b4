package flow

import (
	"hash/maphash"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"
)

// gate holds a message back until the one before has been taken. sipgo gives each message a goroutine of
// its own, and without the gate these race: facts/sipgo.md section 1 counts up to 175 inversions in 500
// messages. The wait is bounded all the same, so that a message whose handler never comes ends nothing.
//
// The gate knows behind which message it is closed: a handler that comes after its gate has given up opens
// no other. One goroutine closes and waits, any may open.
type gate struct {
	most time.Duration
	open chan struct{} // a token when the message has been taken

	mu     sync.Mutex
	closed bool
	behind string    // the message, as transactionOf names it
	until  time.Time // when the gate gives up
}

// provisionalGate is how long an answer to an INVITE holds what comes after it. It goes to whoever made the
// call, or to nobody; and order is less worth there than speed.
const provisionalGate = 50 * time.Millisecond

func newGate(most time.Duration) gate { return gate{most: most, open: make(chan struct{}, 1)} }

// close closes the gate behind a message.
func (g *gate) close(behind string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.open: // for a message that was waited for no longer
	default:
	}
	most := g.most
	if behind == "" {
		most = min(most, provisionalGate)
	}
	g.closed, g.behind, g.until = true, behind, time.Now().Add(most)
}

// taken opens the gate if it is closed behind that message.
func (g *gate) taken(message string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed && g.behind == message {
		g.pass()
	}
}

// release opens it whatever it is closed behind.
func (g *gate) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		g.pass()
	}
}

// pass opens the gate, which is closed; the lock is held.
func (g *gate) pass() {
	g.closed = false
	g.open <- struct{}{} // close has made room, and nobody passes twice
}

// wait returns when the gate is open, has been closed for too long, or the flow has ended.
func (g *gate) wait(ended <-chan struct{}) {
	g.mu.Lock()
	closed, left := g.closed, time.Until(g.until)
	g.mu.Unlock()
	if !closed || left <= 0 {
		return
	}
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-g.open:
	case <-timer.C:
	case <-ended:
	}
}

// transactionOf names a request as sipgo does when it looks for copies of it (RFC 3261 section 17.2.3). The
// name is empty when sipgo cannot make one, and then refuses the request without asking any handler.
func transactionOf(m sip.Message) string {
	name, err := sip.ServerTxKeyMake(m)
	if err != nil {
		return ""
	}
	return name
}

// remembered is how many of the latest requests are known again. A copy comes within seconds, and while it
// could come too late to be known it costs one wait.
const remembered = 1024

// recent knows the latest requests of a flow, to tell copies: sipgo absorbs those while it still works at
// the first, or hands them out once more after that, when their place no longer counts.
type recent struct {
	seed  maphash.Seed
	known map[uint64]struct{}
	ring  []uint64 // in the order in which they came, from next on
	next  int
}

// has reports whether the name was given before, and remembers it.
func (r *recent) has(name string) bool {
	if r.known == nil {
		r.seed, r.known = maphash.MakeSeed(), map[uint64]struct{}{}
	}
	sum := maphash.String(r.seed, name)
	if _, ok := r.known[sum]; ok {
		return true
	}
	if len(r.ring) < remembered {
		r.ring = append(r.ring, sum)
	} else {
		delete(r.known, r.ring[r.next])
		r.ring[r.next] = sum
		r.next = (r.next + 1) % remembered
	}
	r.known[sum] = struct{}{}
	return false
}
