package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
)

// audioTrial is the microphone and the loudspeaker that the page Audio Device tries out. They are open for as long as
// that page is on the screen and no longer.
type audioTrial struct {
	m       *model
	wants   trialOf // what is to be open now
	is      trialOf // what is, or is being opened
	playing bool    // the test sound is wanted
	turn    int     // counts what was asked for, so that what comes too late is closed again
	levels  func() app.CallSound
	stop    func()
	trouble text.Safe
}

// trialOf is a pair of devices; on is false for nothing at all.
type trialOf struct {
	on           bool
	source, sink string
}

// level is how loud the microphone is, false when it is not open.
func (a *audioTrial) level() (app.CallSound, bool) {
	if a.levels == nil {
		return app.CallSound{}, false
	}
	return a.levels(), true
}

// playOrStop plays the test sound, or ends it.
func (a *audioTrial) playOrStop() { a.playing = !a.playing }

// updated runs after every Update: it opens what the page on the screen wants to try, and closes the rest.
func (a *audioTrial) updated() {
	a.wants = trialOf{}
	p := a.m.audioPage()
	if p != nil {
		p.list()
	}
	if p != nil && a.m.deps.TrySound != nil {
		a.wants = trialOf{on: true, source: p.source.name(), sink: option.AudioNone}
		p.test.label = "Play a Test Sound"
		if a.playing {
			a.wants.sink = p.sink.name()
			p.test.label = "Stop the Test Sound"
		}
	} else {
		a.playing = false
	}
	if a.wants == a.is {
		return
	}
	a.close()
	a.is = a.wants
	if a.is.on {
		a.open()
	}
}

// open opens the devices beside the window, because that may take a moment.
func (a *audioTrial) open() {
	a.turn++
	turn, of, try := a.turn, a.is, a.m.deps.TrySound
	a.m.start(func() tea.Msg {
		levels, stop, err := try(of.source, of.sink)
		return laterMsg{func() { a.opened(turn, levels, stop, err) }}
	})
}

func (a *audioTrial) opened(turn int, levels func() app.CallSound, stop func(), err error) {
	if turn != a.turn || !a.is.on {
		if stop != nil {
			stop()
		}
		return
	}
	if err != nil {
		a.trouble = text.From(err.Error()).Line()
		return
	}
	a.trouble, a.levels, a.stop = "", levels, stop
}

// close closes what is open.
func (a *audioTrial) close() {
	if a.stop != nil {
		a.stop()
	}
	a.levels, a.stop, a.trouble = nil, nil, ""
}

// audioPage is the page Audio Device when it is on the screen.
func (m *model) audioPage() *audioPage {
	for _, d := range m.dialogs.stack {
		o, ok := d.(*options)
		if !ok || o.search.active() {
			continue
		}
		if p, ok := o.pages[o.open].(*audioPage); ok {
			return p
		}
	}
	return nil
}
