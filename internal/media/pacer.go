package media

import "time"

const (
	early    = 15 * time.Millisecond        // a frame may go that much before its time,
	grace    = 15 * time.Millisecond        // and is waited for that long after it
	lean     = 10 * time.Microsecond        // how much of a frame's time a fast source may gain: 0.05 %
	mostOwed = int(time.Second / FrameTime) // late frames beyond these are played
)

// pacer says when frames are sent: at the pace of the source, as long as that is about one in 20 ms. A source that is
// slow gets silence put in, and the frames that come too late for it are dropped, so that the delay does not grow.
type pacer struct {
	due   time.Time // of the next frame
	owed  int       // frames of silence that were sent in place of late ones
	begun bool      // the source has given something
}

// deadline is when silence goes out unless a frame has come.
func (p *pacer) deadline(now time.Time) time.Time {
	if now.Sub(p.due) > time.Second || p.due.Sub(now) > time.Second { // the machine slept, or its clock was set
		p.due = now
	}
	return p.due.Add(grace)
}

// came says what to do with a frame of the source: drop it, or send it after a while.
func (p *pacer) came(now time.Time) (after time.Duration, drop bool) {
	p.begun = true
	after = p.due.Add(-early).Sub(now)
	if after > 0 && p.owed > 0 {
		p.owed--
		return 0, true
	}
	return max(after, 0), false
}

// sent says that a frame of the source has gone.
func (p *pacer) sent(now time.Time) {
	if now.After(p.due) {
		p.due = now.Add(FrameTime)
	} else {
		p.due = p.due.Add(FrameTime - lean)
	}
}

// missed says that silence has gone.
func (p *pacer) missed() {
	p.due = p.due.Add(FrameTime)
	if p.begun {
		p.owed = min(p.owed+1, mostOwed)
	}
}
