package session

import (
	"context"
	"sync"

	"golync/internal/app"
)

// Lanes order what is done on the network. Each has a goroutine only while it has something to do.

// start runs f on a goroutine that Close waits for. Nothing new starts once Close has begun.
func (s *Session) start(f func()) {
	s.starting.Lock()
	defer s.starting.Unlock()
	if !s.ending.Load() {
		s.lanes.Go(f)
	}
}

// peers keep messages to one person in order, and those to different persons apart. The zero value is
// empty.
type peers struct {
	mu    sync.Mutex
	lines map[string][]func() // of those who have one; the first is being done
}

func (p *peers) put(s *Session, peer string, f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	line, running := p.lines[peer]
	if p.lines == nil {
		p.lines = map[string][]func(){}
	}
	p.lines[peer] = append(line, f)
	if !running {
		s.start(func() { p.run(peer) })
	}
}

func (p *peers) run(peer string) {
	for f := p.first(peer); f != nil; f = p.next(peer) {
		f()
	}
}

func (p *peers) first(peer string) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lines[peer][0]
}

func (p *peers) next(peer string) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	line := p.lines[peer][1:]
	if len(line) == 0 {
		delete(p.lines, peer)
		return nil
	}
	p.lines[peer] = line
	return line[0]
}

// latest does only the newest of what waits; the others end as it ends. The zero value is empty.
type latest struct {
	mu      sync.Mutex
	waiting []app.Effect
	running bool
}

// put has do run with e, unless a later one comes first. do is the same at every call.
func (l *latest) put(s *Session, e app.Effect, do func(context.Context, app.Effect) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, e)
	if l.running {
		return
	}
	l.running = true
	s.start(func() { l.run(s, do) })
}

func (l *latest) run(s *Session, do func(context.Context, app.Effect) error) {
	for {
		batch := l.take()
		if batch == nil || s.ending.Load() {
			return
		}
		ctx, cancel := context.WithTimeout(s.ctx, answer)
		err := do(ctx, batch[len(batch)-1])
		cancel()
		for _, e := range batch {
			s.done(e, err)
		}
	}
}

func (l *latest) take() []app.Effect {
	l.mu.Lock()
	defer l.mu.Unlock()
	batch := l.waiting
	l.waiting = nil
	l.running = batch != nil
	return batch
}

// turns are taken one after the other; a new one interrupts the one that can be interrupted. The zero
// value is empty.
type turns struct {
	mu      sync.Mutex
	waiting []turn
	running bool
	stop    context.CancelFunc // of the running one, nil when it is not to be interrupted
}

type turn struct {
	do    func(context.Context)
	yield bool // ends early when another turn comes
}

func (t *turns) put(s *Session, next turn) {
	t.mu.Lock()
	t.waiting = append(t.waiting, next)
	begin := !t.running
	t.running = true
	t.mu.Unlock()
	if begin {
		s.start(func() { t.run(s) })
	} else {
		t.interrupt()
	}
}

// interrupt ends the running turn early, if it is one that yields.
func (t *turns) interrupt() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stop != nil {
		t.stop()
	}
}

func (t *turns) run(s *Session) {
	for {
		ctx, cancel := context.WithTimeout(s.ctx, answer)
		next, ok := t.take(cancel)
		if ok {
			next.do(ctx)
		}
		cancel()
		if !ok {
			return
		}
	}
}

func (t *turns) take(stop context.CancelFunc) (next turn, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stop = nil
	if len(t.waiting) == 0 {
		t.running = false
		return turn{}, false
	}
	next, t.waiting = t.waiting[0], t.waiting[1:]
	if next.yield {
		t.stop = stop
		if len(t.waiting) > 0 {
			stop() // another turn is there already
		}
	}
	return next, true
}
