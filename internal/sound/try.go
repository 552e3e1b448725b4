package sound

import (
	"context"
	"sync/atomic"

	"golync/internal/app"
	"golync/internal/media"
)

// Try opens devices without a call, plays a short melody once, and tells the levels until stop is called
// (session.Sounds).
func (c *Card) Try(source, sink string) (level func() app.CallSound, stop func(), err error) {
	in, inErr := c.openSource(source)
	out, outErr := c.openSink(sink)
	if err := troubles(inErr, outErr); err != nil && in == nil && out == nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	heard, played := &gauge{}, &gauge{}
	if in != nil {
		go func() { _ = media.Play(ctx, in, measured{heard, nil}) }()
	}
	if out != nil {
		go func() { _ = media.Play(ctx, media.Melody(false), measured{played, out}) }()
	}
	level = func() app.CallSound { return app.CallSound{Out: heard.level(), In: played.level()} }
	return level, cancel, troubles(inErr, outErr)
}

// gauge is a level that is measured on one goroutine and read on another: thousandths of media.Level.
type gauge struct{ thousandths atomic.Int64 }

func (g *gauge) level() float64 { return float64(g.thousandths.Load()) / 1000 }

// measured is a Sink that measures what passes on to another one, or to nobody.
type measured struct {
	gauge *gauge
	to    media.Sink // nil drops the sound
}

func (m measured) Write(frame []int16) error {
	m.gauge.thousandths.Store(int64(1000 * media.LevelOf(frame)))
	if m.to == nil {
		return nil
	}
	return m.to.Write(frame)
}

func (m measured) Close() error {
	m.gauge.thousandths.Store(0)
	if m.to == nil {
		return nil
	}
	return m.to.Close()
}
