package ui

import (
	"context"
	"image"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// focus says which part of the window has the keys.
type focus uint8

const (
	onList focus = iota // the list of the open tab
	onFind
	onNote
	onLocation
	onTalk // the conversation
)

// model is the one tea.Model: it owns the terminal's state and passes messages to the screens.
type model struct {
	deps  Deps
	ctx   context.Context // of Run, for the command that waits for inputs
	state *app.State

	canvas        *canvas
	wears         *guise
	theme         *theme
	look          appearance
	width, height int
	layout        layout
	frame         tea.View
	dirty         bool

	focus        focus
	talking      bool      // the conversation is shown where only one part has room
	away         bool      // the terminal has not the focus
	watchful     bool      // an idleMsg is on its way
	retries      time.Time // when the next timer ends after which what waits is tried again
	window       *window
	signIn       *signIn
	help         *help
	conversation *conversation
	search       *searchPage
	adding       *addContacts
	toasts       *toasts
	rings        *rings
	clock        *callClock
	pictures     *pictures
	trial        *audioTrial
	callNews     *callNews
	outside      *outside
	dialogs      dialogs
	sentence     sentence
	deaf         time.Time // keys before this moment are swallowed

	clicked struct { // the last click, for double ones
		at   image.Point
		when time.Time
	}
	pending []tea.Cmd // to be started after this Update
	left    error     // what Run returns
}

// sentence is something said in the help line's place for a while.
type sentence struct {
	text    text.Safe
	trouble bool
	until   time.Time
}

func newModel(ctx context.Context, d Deps) *model {
	m := &model{deps: d, ctx: ctx, state: d.State, canvas: newCanvas(), dirty: true}
	m.frame = tea.View{AltScreen: true} // until the size is known
	m.look = appearanceOf(d.Options)
	m.restyle()
	m.canvas.keys, _ = newKeymap(d.Keys) // whoever made the options has checked them
	m.canvas.press, m.canvas.worded = m.press, m.guise().in
	m.pictures = &pictures{m: m}
	m.rings, m.clock, m.trial, m.callNews = &rings{m: m}, &callClock{m: m}, &audioTrial{m: m}, &callNews{m: m}
	m.window = newWindow(m)
	m.signIn = newSignIn(m)
	m.help = newHelp(m)
	m.conversation = newConversation(m)
	m.search, m.adding = newSearchPage(m), newAddContacts(m)
	m.toasts, m.outside = newToasts(m), &outside{m: m}
	m.pending = append(m.pending, m.wait, tea.RequestBackgroundColor, m.minute())
	m.lookOut()
	if d.Desktop != nil {
		m.start(m.desktopClick)
	}
	return m
}

// Init starts what runs for as long as the window does.
func (m *model) Init() tea.Cmd { return m.started() }

// Update takes one message: a key, a click, a batch of inputs.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case callTickMsg:
		m.clock.tick()
	case pictureTickMsg:
		m.pictures.tick()
	default:
		m.dirty = true
		m.take(msg)
	}
	if m.look.chosen != m.state.Options().General {
		m.restyle()
	}
	m.signIn.connectionChanged()
	m.conversation.updated()
	m.search.updated()
	m.callsUpdated()
	return m, m.started()
}

// callsUpdated lets everything about calls that moves by itself follow what an Update has changed.
func (m *model) callsUpdated() {
	for _, d := range slices.Clone(m.dialogs.stack) {
		if d, ok := d.(interface{ follow() }); ok { // it is about a call, without which it closes
			d.follow()
		}
	}
	m.rings.updated()
	m.callNews.updated()
	m.window.past.updated()
	m.trial.updated()
	m.clock.updated()
	m.pictures.updated()
}

// restyle makes theme and signs what terminal and options ask for.
func (m *model) restyle() {
	m.look.chosen = m.state.Options().General
	m.theme, m.canvas.ascii = m.look.theme(), m.look.ascii()
}

// started are the commands that came up during an Update.
func (m *model) started() tea.Cmd {
	cmds := m.pending
	m.pending = nil
	return tea.Batch(cmds...)
}

// start runs a command after this Update.
func (m *model) start(cmd tea.Cmd) { m.pending = append(m.pending, cmd) }

// now is the moment of this Update.
func (m *model) now() time.Time { return m.deps.Now() }

// zone is where times are told.
func (m *model) zone() *time.Location {
	if m.deps.Zone != nil {
		return m.deps.Zone
	}
	return time.Local
}

// do hands on what is to be done; what is to be announced is announced here.
func (m *model) do(effects []app.Effect) {
	rest := make([]app.Effect, 0, len(effects))
	for _, e := range effects {
		if alert, ok := e.(app.Alert); ok {
			m.toasts.announce(alert)
			continue
		}
		rest = append(rest, e)
	}
	if len(rest) > 0 {
		m.deps.Do(rest)
	}
}

// after does something later, on the goroutine of Update.
func (m *model) after(d time.Duration, do func()) {
	m.start(m.tick(d, laterMsg{do}))
}

// tick is a command that gives msg after a while, or nothing when the window closes first.
func (m *model) tick(d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return msg
		case <-m.ctx.Done():
			return nil
		}
	}
}

// spoken is how long a sentence stays in the help line's place.
const spoken = 6 * time.Second

// say puts a sentence into the help line's place for a while.
func (m *model) say(t text.Safe) { m.speak(t, false) }

// complain does the same with something that went wrong; it begins with the word Error by itself.
func (m *model) complain(t text.Safe) { m.speak("Error: "+t, true) }

func (m *model) speak(t text.Safe, trouble bool) {
	m.sentence = sentence{t, trouble, m.now().Add(spoken)}
	m.after(spoken, func() {})
}

// open puts a dialog over the window.
func (m *model) open(d dialog) { m.dialogs.push(d) }

// grace is how long keys are swallowed after something came over the window by itself: they were meant for
// what was there before (facts/tui-and-style.md section 1.1).
const grace = 425 * time.Millisecond

// interrupt makes the window deaf for a moment, because something comes over it that nobody asked for.
func (m *model) interrupt() { m.deaf = m.now().Add(grace) }

// close takes a dialog away.
func (m *model) close(d dialog) { m.dialogs.close(d) }

// quit ends the program; Run returns err.
func (m *model) quit(err error) {
	m.left = err
	m.start(tea.Quit)
}
