package session

import (
	"sync"
	"time"

	"golync/internal/app"
	"golync/internal/option"
	"golync/sipclient"
)

// lines are the sounds of the calls of the moment, and the calls that ring. The zero value is empty.
type lines struct {
	mu      sync.Mutex
	of      map[string]*line
	ringing map[string]*time.Timer
	audio   option.Audio // the devices that calls use from now on
	camera  string       // what calls show from now on

	server, transport string // of the flow, as SignedIn said last
}

// line is a Line that is forgotten when its call ends.
type line struct {
	Line
	id   string
	from *lines
	put  func(app.Input)
	said string              // the trouble with devices that State was told of last; guarded by from.mu
	seen app.PicturesChanged // that State was told of last; guarded by from.mu
}

// Close ends it, on the client's loop.
func (l *line) Close() {
	l.from.mu.Lock()
	if l.from.of[l.id] == l {
		delete(l.from.of, l.id)
	}
	l.from.mu.Unlock()
	l.Line.Close()
}

// Insist passes the question on (sipclient.Insistent).
func (l *line) Insist() bool {
	m, ok := l.Line.(sipclient.Insistent)
	return ok && m.Insist()
}

func (ls *lines) find(id string) *line {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	return ls.of[id]
}

func (ls *lines) all() (all []*line) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	for _, l := range ls.of {
		all = append(all, l)
	}
	return all
}

func (ls *lines) devices() option.Audio {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	return ls.audio
}

func (ls *lines) use(a option.Audio) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	ls.audio = a
}

// openLine makes the sound of a call. Its devices follow when they are open: a call waits for none.
func (s *Session) openLine(id string, want app.Pictures) (*line, error) {
	if s.sounds == nil {
		return nil, ErrNoSound
	}
	sound, err := s.sounds.Open(s.way())
	if err != nil {
		return nil, err
	}
	l := &line{Line: sound, id: id, from: &s.lines, put: s.put}
	l.seen.ID = id
	l.look(want)
	s.lines.mu.Lock()
	if s.lines.of == nil {
		s.lines.of = map[string]*line{}
	}
	s.lines.of[id] = l
	s.lines.mu.Unlock()
	s.connect(l)
	return l, nil
}

// connect opens the devices of a call, those of one call in the order in which they were chosen.
func (s *Session) connect(l *line) {
	s.opening.put(s, l.id, func() {
		if s.lines.find(l.id) != l {
			return // the call is over
		}
		a := s.lines.devices()
		s.trouble(l, l.Use(a.Source, a.Sink))
	})
}

// trouble tells State what is the matter with the devices of a call, when that is news.
func (s *Session) trouble(l *line, err error) {
	said := ""
	if err != nil {
		said = err.Error()
	}
	s.lines.mu.Lock()
	news := l.said != said
	l.said = said
	s.lines.mu.Unlock()
	if news {
		s.put(app.Input{Result: app.SoundFailed{ID: l.id, Err: err}})
	}
}

// timeRinging tells when a call has rung for long enough, unless it stops before.
func (s *Session) timeRinging(e app.TimeRinging) {
	s.lines.mu.Lock()
	defer s.lines.mu.Unlock()
	if s.lines.ringing == nil {
		s.lines.ringing = map[string]*time.Timer{}
	}
	s.lines.ringing[e.ID] = time.AfterFunc(e.For, func() {
		if s.lines.silence(e.ID) {
			s.put(app.Input{Result: app.RangOut{ID: e.ID}})
		}
	})
}

// silence takes a call out of those that ring, and reports whether it was among them.
func (ls *lines) silence(id string) bool {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	timer, rang := ls.ringing[id]
	if rang {
		timer.Stop()
		delete(ls.ringing, id)
	}
	return rang
}

// heard takes from an event what calls here need: where the server is, and which calls do not ring any more.
func (ls *lines) heard(e sipclient.Event) {
	switch e := e.(type) {
	case sipclient.SignedIn:
		ls.mu.Lock()
		ls.server, ls.transport = e.Server, e.Transport
		ls.mu.Unlock()
	case sipclient.CallChanged:
		if e.Call.State != sipclient.CallRinging {
			ls.silence(e.Call.ID)
		}
	}
}

// hush stops all measuring: nobody looks any more.
func (ls *lines) hush() {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	for id, timer := range ls.ringing {
		timer.Stop()
		delete(ls.ringing, id)
	}
}
