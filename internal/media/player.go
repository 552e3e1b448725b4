package media

import (
	"sync"
	"time"
)

// queuer is a Sink that knows how much of what it took has not been heard yet. Such a Sink has a clock of its own, and
// is given frames by that clock.
type queuer interface {
	Queued() time.Duration
}

const (
	queueLow  = 15 * time.Millisecond // with less than that queued two frames go at once,
	queueHigh = 45 * time.Millisecond // with more none
)

// player gives a Sink a frame in 20 ms. Where the Sink blocks, sound waits in the jitter buffer, which keeps it short.
type player struct {
	sink Sink // may be nil
	gone chan struct{}
	once sync.Once
}

func newPlayer(sink Sink) *player { return &player{sink: sink, gone: make(chan struct{})} }

func (p *player) has(sink Sink) bool {
	if p == nil || p.sink == nil {
		return sink == nil
	}
	return same(p.sink, sink)
}

func (p *player) stop() {
	if p != nil {
		p.once.Do(func() { close(p.gone) })
	}
}

// close closes the Sink as soon as the player is stopped, which ends a Write that blocks.
func (p *player) close() {
	<-p.gone
	if p.sink != nil {
		p.sink.Close() //nolint:errcheck // nobody is left to tell
	}
}

func (p *player) run(in *receiver, lost func(error)) {
	frame := make([]int16, Frame)
	timer := time.NewTimer(0)
	defer timer.Stop()
	due := time.Now()
	for {
		select {
		case <-p.gone:
			return
		case <-timer.C:
		}
		for range p.frames() {
			select {
			case <-p.gone:
				return
			default:
			}
			in.frame(frame, time.Now())
			if p.sink == nil {
				continue
			}
			if err := p.sink.Write(frame); err != nil {
				p.stop()
				lost(err)
				return
			}
		}
		due = due.Add(FrameTime)
		if time.Since(due) > 5*FrameTime {
			due = time.Now()
		}
		timer.Reset(time.Until(due))
	}
}

// frames is how many the Sink wants now.
func (p *player) frames() int {
	q, ok := p.sink.(queuer)
	if !ok {
		return 1
	}
	switch queued := q.Queued(); {
	case queued < queueLow:
		return 2
	case queued > queueHigh:
		return 0
	}
	return 1
}
