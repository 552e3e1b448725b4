package media

import (
	"sync"
	"time"
)

// pace makes a device that has no clock of its own give or take a frame in 20 ms: files, melodies, no device.
// Its zero value is not usable.
type pace struct {
	due    time.Time
	closed chan struct{}
	once   sync.Once
}

func newPace() *pace { return &pace{closed: make(chan struct{})} }

// wait blocks until the next frame is due. After a long hold-up it begins anew instead of catching up.
func (p *pace) wait() error {
	now := time.Now()
	if p.due.IsZero() || now.Sub(p.due) > 5*FrameTime {
		p.due = now
	}
	p.due = p.due.Add(FrameTime)
	timer := time.NewTimer(p.due.Sub(now))
	defer timer.Stop()
	select {
	case <-p.closed:
		return ErrClosed
	default:
	}
	select {
	case <-timer.C:
		return nil
	case <-p.closed:
		return ErrClosed
	}
}

// close ends what waits. It may be called more than once.
func (p *pace) close() { p.once.Do(func() { close(p.closed) }) }
