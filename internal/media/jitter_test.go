package media

import (
	"math/rand/v2"
	"testing"
	"time"
)

// bench plays packets by hand: it knows what is played and when, in ticks of 20 ms.
type bench struct {
	jitter
	now   time.Time
	count uint16 // of the next packet
}

func newBench() *bench { return &bench{now: time.Unix(1000, 0)} }

// come lets the next packet arrive now.
func (b *bench) come() {
	b.put(parcel{at: b.now, seq: b.count, stamp: uint32(int16(b.count)) * frameTicks, payload: make([]byte, frameTicks)})
	b.count++
}

// skip is a packet that is lost.
func (b *bench) skip() { b.count++ }

// frame plays a frame and lets its time pass.
func (b *bench) frame() step {
	_, s := b.take(b.now)
	b.now = b.now.Add(FrameTime)
	return s
}

// steady is an undisturbed call for so long: a packet, and a frame 5 ms later.
func (b *bench) steady(d time.Duration) (bridged int) {
	for range d / FrameTime {
		b.come()
		b.now = b.now.Add(5 * time.Millisecond)
		if b.frame() == bridge {
			bridged++
		}
		b.now = b.now.Add(-5 * time.Millisecond)
	}
	return bridged
}

func TestTheFirstPacketWaitsForAFrame(t *testing.T) {
	b := newBench()
	if s := b.frame(); s != idle {
		t.Errorf("before anything: %v", s)
	}
	b.come()
	if _, s := b.take(b.now.Add(gather - 1)); s != idle {
		t.Errorf("just before its time: %v", s)
	}
	if _, s := b.take(b.now.Add(gather)); s != play {
		t.Errorf("at its time: %v", s)
	}
}

func TestPacketsArePlayedInOrderAndOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for range 200 {
		b := newBench()
		order := rng.Perm(9)
		for _, i := range append(order, order...) {
			b.count = uint16(i) + 65530 // round the numbers' end
			b.come()
		}
		b.now = b.now.Add(gather)
		last := -1
		for range 9 {
			p, s := b.take(b.now)
			if at := int(p.seq - 65530); s != play || at != last+1 {
				t.Fatalf("%v: after %d comes %d (%v)", order, last, at, s)
			}
			last++
		}
		if b.counts.twice != 9 {
			t.Errorf("%d came twice", b.counts.twice)
		}
	}
}

func TestALostPacketIsBridgedAndCostsNoDelay(t *testing.T) {
	b := newBench()
	b.steady(time.Second)
	before := b.delay
	for range 20 {
		b.skip()
		b.frame()
		b.steady(200 * time.Millisecond)
	}
	if b.counts.bridged != 20 || b.counts.late != 0 {
		t.Errorf("%+v", b.counts)
	}
	if d := b.delay - before; d.Abs() > 5*time.Millisecond {
		t.Errorf("the delay went from %v to %v", before, b.delay)
	}
}

// A hold-up of 120 ms: the delay becomes that much longer at once, so that the next one is not heard, and is taken back when
// none has come for a while.
func TestAHoldUpIsRememberedForAWhile(t *testing.T) {
	b := newBench()
	b.steady(3 * time.Second)
	holdUp := func() (bridged int) {
		for range 6 {
			if b.frame() == bridge {
				bridged++
			}
		}
		for range 6 {
			b.come()
		}
		return bridged + b.steady(time.Second)
	}
	if n := holdUp(); n < 5 || n > 6 {
		t.Errorf("the first time %d frames are bridged", n)
	}
	if n := holdUp(); n > 1 {
		t.Errorf("the second time %d frames are bridged", n)
	}
	if b.delay < 90*time.Millisecond {
		t.Errorf("the delay is %v", b.delay)
	}
	// Shrinking takes one frame in two seconds.
	for range 40 {
		b.steady(time.Second)
		if b.excess && b.next() {
			b.take(b.now)
			b.shrunk()
		}
	}
	if b.delay > 60*time.Millisecond {
		t.Errorf("40 seconds later the delay is %v", b.delay)
	}
}

func TestMoreThanTheMostIsLeftOut(t *testing.T) {
	b := newBench()
	for range 100 { // two seconds at once
		b.come()
	}
	if held := time.Duration(len(b.parcels)) * FrameTime; held > mostDelay {
		t.Errorf("%v is held", held)
	}
	b.now = b.now.Add(gather)
	if p, s := b.take(b.now); s != play || p.seq != 90 {
		t.Errorf("played: %d, %v", p.seq, s)
	}
}

func TestAfterALongNothingItBeginsAnew(t *testing.T) {
	b := newBench()
	b.steady(time.Second)
	for range 60 {
		b.frame()
	}
	if s := b.frame(); s != idle {
		t.Errorf("after more than a second of nothing: %v", s)
	}
	bridged := b.counts.bridged
	b.count += 500
	if n := b.steady(time.Second); n != 0 || b.counts.bridged != bridged {
		t.Errorf("%d frames were bridged afterwards", n)
	}
}

func TestPacketsAfterTheirTimeAreLate(t *testing.T) {
	b := newBench()
	b.steady(time.Second)
	old := b.count
	b.skip()
	b.steady(time.Second)
	now := b.count
	b.count = old
	b.come()
	b.count = now
	if b.counts.late != 1 {
		t.Errorf("%+v", b.counts)
	}
	if n := b.steady(time.Second); n != 0 {
		t.Errorf("%d frames were bridged afterwards", n)
	}
}
