package media

import (
	"slices"
	"time"
)

// parcel is the sound of one packet that waits to be played.
type parcel struct {
	at      time.Time // of its arrival
	seq     uint16
	upTo    uint16 // the last of the packets after it that are known to be no sound; seq itself when there are none
	stamp   uint32 // RTP timestamp: ticks of clockRate
	kind    uint8  // payload type
	payload []byte
}

// ticks is how long a parcel lasts.
func (p parcel) ticks() int32 { return int32(len(p.payload)) }

// jitter puts parcels in order and decides when each is played (an adaptive playout buffer). The delay grows by itself:
// when nothing is there at its time, the hole that is bridged is the delay that is added. It shrinks when, for a
// while, even the latest parcel came with time to spare; then a little sound is left out. So it follows the network
// and also the difference of two clocks. It reads no clock; all that happens in it is told from outside.
type jitter struct {
	parcels []parcel // by stamp
	playing bool     // false: gathering before the first is played
	due     uint32   // the stamp that is played next
	waited  int32    // ticks bridged since the last parcel
	upTo    uint16   // of the last parcel

	spare  time.Duration // what the latest parcel of this look had to spare
	look   time.Time     // when this look at the spare time ends; 0: none has begun
	excess bool          // the last look found too much delay
	wary   bool          // there was a hold-up lately
	delay  time.Duration // what parcels wait, on average

	counts jitterCounts
}

// jitterCounts is what became of parcels.
type jitterCounts struct {
	late, twice     uint64 // parcels that came after their time, that came again
	left, stretched uint64 // frames left out to shrink, frames put in because nothing was there
	bridged         uint64 // frames that had to be concealed; a pause of the sender needs none
}

const (
	gather    = 20 * time.Millisecond  // the first parcel waits so long
	mostDelay = 200 * time.Millisecond // sound that waits longer is left out
	spareGoal = 30 * time.Millisecond  // time to spare from which the delay is shrunk by a frame
	lookFor   = 2 * time.Second        // one look lasts so long,
	lookAfter = 8 * time.Second        // and so much longer after a hold-up, because one is seldom alone

	mostTicks = int32(mostDelay * clockRate / time.Second)
	farTicks  = int32(2 * clockRate) // a stamp further off belongs to another count
)

// put takes a parcel that arrived.
func (j *jitter) put(p parcel) {
	p.upTo = p.seq
	if j.playing || len(j.parcels) > 0 {
		base := j.due
		if !j.playing {
			base = j.parcels[0].stamp
		}
		off := int32(p.stamp - base)
		switch {
		case off > farTicks || off < -farTicks: // the sender began to count anew
			j.restart()
		case j.playing && off < 0:
			j.counts.late++
			return
		}
	}
	at, there := slices.BinarySearchFunc(j.parcels, p.stamp, func(q parcel, stamp uint32) int { return int(int32(q.stamp - stamp)) })
	if there {
		j.counts.twice++
		return
	}
	j.parcels = slices.Insert(j.parcels, at, p)
	j.limit()
}

// limit leaves out the oldest where more waits than is bearable.
func (j *jitter) limit() {
	for len(j.parcels) > 1 {
		last := j.parcels[len(j.parcels)-1]
		if int32(last.stamp-j.parcels[0].stamp)+last.ticks() <= mostTicks {
			return
		}
		j.counts.left++
		j.parcels = j.parcels[1:]
		j.due, j.waited = j.parcels[0].stamp, 0
	}
}

// restart forgets what waits and gathers anew.
func (j *jitter) restart() {
	*j = jitter{counts: j.counts}
}

// step is what jitter says to do next.
type step uint8

const (
	idle   step = iota // nothing has arrived yet, or for long: silence
	bridge             // something is missing: bridge a frame
	play               // play the parcel
)

// take says what to play now.
func (j *jitter) take(now time.Time) (parcel, step) {
	if !j.playing && !j.begin(now) {
		return parcel{}, idle
	}
	if len(j.parcels) == 0 {
		return parcel{}, j.nothing()
	}
	p := j.parcels[0]
	gap := int32(p.stamp - j.due)
	if gap > j.waited && gap <= mostTicks { // a hole before it, not yet bridged
		j.waited += frameTicks
		return parcel{}, bridge
	}
	if paused := gap > 0 && p.seq == j.upTo+1; !paused { // a pause: time has passed, and no packet is missing
		j.counts.bridged += uint64(j.waited / frameTicks)
	}
	j.parcels = j.parcels[1:]
	j.due, j.waited, j.upTo = p.stamp+uint32(p.ticks()), 0, p.upTo
	j.observe(now.Sub(p.at), now)
	return p, play
}

// passed tells of a packet that is no sound: it is not missing.
func (j *jitter) passed(seq uint16) {
	upTo := &j.upTo
	if n := len(j.parcels); n > 0 {
		upTo = &j.parcels[n-1].upTo
	}
	if seq == *upTo+1 {
		*upTo = seq
	}
}

func (j *jitter) begin(now time.Time) bool {
	if len(j.parcels) == 0 || now.Sub(j.parcels[0].at) < gather {
		return false
	}
	j.playing, j.due = true, j.parcels[0].stamp
	return true
}

// nothing bridges while nothing is there, and gives up after a second.
func (j *jitter) nothing() step {
	if j.waited >= clockRate {
		j.restart()
		return idle
	}
	if j.waited == 0 { // the delay was too small, unless the sender paused
		j.look, j.excess, j.wary = time.Time{}, false, true
	}
	j.waited += frameTicks
	j.counts.stretched++
	return bridge
}

// observe looks at how long parcels wait before they are played.
func (j *jitter) observe(waited time.Duration, now time.Time) {
	j.delay += (waited - j.delay) / 16
	switch {
	case j.look.IsZero() && j.wary:
		j.look, j.spare, j.wary = now.Add(lookFor+lookAfter), waited, false
	case j.look.IsZero():
		j.look, j.spare = now.Add(lookFor), waited
	case now.After(j.look):
		j.excess = j.spare >= spareGoal
		j.look, j.spare = now.Add(lookFor), waited
	}
	j.spare = min(j.spare, waited)
}

// next reports whether the parcel after the one just taken is there.
func (j *jitter) next() bool { return len(j.parcels) > 0 && j.parcels[0].stamp == j.due }

// shrunk says that a frame was left out.
func (j *jitter) shrunk() {
	j.excess = false
	j.counts.left++
}
