package media

import (
	"reflect"
	"sync"
	"time"
)

// devices are the Source and the Sink of a stream, each served by a goroutine of its own, because neither can be
// trusted to return.
type devices struct {
	mu        sync.Mutex
	source    *feed
	sink      *player
	closed    bool
	sourceErr error // why the last Source was dropped
	sinkErr   error
	changed   chan struct{} // holds one token while send has not seen the latest Source
	wg        sync.WaitGroup
}

func (d *devices) init() { d.changed = make(chan struct{}, 1) }

func (d *devices) use(s *Stream, in Source, out Sink) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		d.drop(in, out)
		return
	}
	if !d.source.has(in) {
		d.source.stop()
		d.source, d.sourceErr = nil, nil
		if in != nil {
			f := newFeed(in)
			d.source = f
			d.wg.Go(f.close)
			d.wg.Go(func() { f.run(d.lostSource) })
		}
		d.signal()
	}
	if !d.sink.has(out) {
		d.sinkErr = nil
		d.start(s, out)
	}
}

// play starts the goroutine that plays to a Sink; nil plays to nobody.
func (d *devices) play(s *Stream, out Sink) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.start(s, out)
}

func (d *devices) start(s *Stream, out Sink) {
	d.sink.stop()
	p := newPlayer(out)
	d.sink = p
	d.wg.Go(p.close)
	d.wg.Go(func() {
		p.run(&s.in, func(err error) { d.lostSink(s, p, err) })
	})
}

// drop closes devices that came too late to be used.
func (d *devices) drop(in Source, out Sink) {
	if in != nil {
		d.wg.Go(func() { in.Close() }) //nolint:errcheck // it was not used
	}
	if out != nil {
		d.wg.Go(func() { out.Close() }) //nolint:errcheck // it was not used
	}
}

func (d *devices) signal() {
	select {
	case d.changed <- struct{}{}:
	default:
	}
}

// feed is the current Source, nil when there is none.
func (d *devices) feed() *feed {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.source
}

// lostSource drops a Source that failed or came to its end.
func (d *devices) lostSource(f *feed, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f.stop()
	if d.source == f {
		d.source, d.sourceErr = nil, err
		d.signal()
	}
}

// lostSink goes on without the Sink that failed.
func (d *devices) lostSink(s *Stream, p *player, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sink == p && !d.closed {
		d.sinkErr = err
		d.start(s, nil)
	}
}

func (d *devices) errors() (source, sink error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sourceErr, d.sinkErr
}

func (d *devices) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	d.source.stop()
	d.sink.stop()
}

// wait waits for the devices to have let go, so long at the most.
func (d *devices) wait(most time.Duration) {
	gone := make(chan struct{})
	go func() {
		d.wg.Wait()
		close(gone)
	}()
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-gone:
	case <-timer.C:
	}
}

// feed reads a Source, at most one frame ahead.
type feed struct {
	source Source
	full   chan []int16
	free   chan []int16
	gone   chan struct{}
	once   sync.Once
}

func newFeed(source Source) *feed {
	f := &feed{source: source, full: make(chan []int16), free: make(chan []int16, 2), gone: make(chan struct{})}
	f.free <- make([]int16, Frame)
	f.free <- make([]int16, Frame)
	return f
}

// frames is where they come out; from no feed none come.
func (f *feed) frames() <-chan []int16 {
	if f == nil {
		return nil
	}
	return f.full
}

func (f *feed) has(source Source) bool {
	if f == nil {
		return source == nil
	}
	return same(f.source, source)
}

func (f *feed) stop() {
	if f != nil {
		f.once.Do(func() { close(f.gone) })
	}
}

// close closes the Source as soon as the feed is stopped, which ends a Read that blocks.
func (f *feed) close() {
	<-f.gone
	f.source.Close() //nolint:errcheck // nobody is left to tell
}

func (f *feed) run(lost func(*feed, error)) {
	for {
		var frame []int16
		select {
		case frame = <-f.free:
		case <-f.gone:
			return
		}
		if err := f.source.Read(frame); err != nil {
			lost(f, err)
			return
		}
		select {
		case f.full <- frame:
		case <-f.gone:
			return
		}
	}
}

// same reports whether two devices are one, also where their type cannot be compared.
func same(a, b any) bool {
	return a != nil && b != nil && reflect.TypeOf(a).Comparable() && reflect.TypeOf(b).Comparable() && a == b
}
