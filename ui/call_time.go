package ui

import (
	"time"

	"golync/internal/text"
)

// lasted is how long a call lasts, as a telephone writes it: 0:07, 12:34, 1:02:03. A clock that was set back shows 0:00.
func lasted(d time.Duration) text.Safe {
	s := max(int(d/time.Second), 0)
	words := twoDigits(s % 60)
	if s < 3600 {
		return text.Int(s/60) + ":" + words
	}
	return text.Int(s/3600) + ":" + twoDigits(s/60%60) + ":" + words
}

// callTickMsg says that the time of a call, or a level, may look different now.
type callTickMsg struct{}

// meterEvery is how often levels are looked at; more often than that nobody can read them.
const meterEvery = 200 * time.Millisecond

// callClock ticks while there is something to be seen that changes by itself: once a second while the user is in a
// call, at the pace of the meters while there are some on the screen, else not at all. A tick that changes nothing
// on the screen draws nothing.
type callClock struct {
	m       *model
	running bool
	drawn   string // what the last frame showed of it
}

// pace is how long it is to the next tick; 0 when none is needed.
func (k *callClock) pace() time.Duration {
	m := k.m
	if m.metered() {
		return meterEvery
	}
	pace := time.Duration(0)
	for _, c := range m.ownCalls() {
		if c.Answered.IsZero() {
			continue
		}
		next := time.Second - m.now().Sub(c.Answered)%time.Second
		if pace == 0 || next < pace {
			pace = min(next, time.Second)
		}
	}
	return pace
}

// updated starts the next tick after an Update, unless one is on its way.
func (k *callClock) updated() {
	if k.running {
		return
	}
	if pace := k.pace(); pace > 0 {
		k.running = true
		k.m.start(k.m.tick(pace, callTickMsg{}))
	}
}

// tick takes a tick. The frame is drawn anew only when it would look different.
func (k *callClock) tick() {
	k.running = false
	if k.m.deps.Sound != nil {
		for _, c := range k.m.ownCalls() { // the session notices a device that has gone when it is asked
			k.m.deps.Sound(c.ID)
		}
	}
	k.m.dirty = k.m.dirty || k.face() != k.drawn
}

// face is everything on the screen that changes by itself, in words.
func (k *callClock) face() string {
	m, all := k.m, text.Safe("")
	for _, c := range m.ownCalls() {
		all += m.callWords(c) + "\n"
	}
	if c, ok := m.shownCall(); ok && m.deps.Sound != nil {
		s := m.deps.Sound(c.ID)
		all += meterBar(s.In) + meterBar(s.Out) + s.Quality.Label() + text.From(s.Codec).Line()
		if s.Secure {
			all += "secure"
		}
	}
	if level, ok := m.trial.level(); ok {
		all += meterBar(level.Out)
	}
	return string(all)
}

// metered reports whether there are levels on the screen.
func (m *model) metered() bool {
	if _, ok := m.trial.level(); ok {
		return true
	}
	c, ok := m.shownCall()
	return ok && m.deps.Sound != nil && (c.Talking() || c.Media)
}
