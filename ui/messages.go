package ui

import (
	"image"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"golync/internal/app"
)

// inputsMsg is a batch of what happened.
type inputsMsg struct {
	inputs []app.Input
	err    error
}

// laterMsg is something to be done now that was asked for earlier.
type laterMsg struct{ do func() }

// minuteMsg says that a minute has passed: "Away 12 mins" wants to be drawn again.
type minuteMsg struct{}

// wait waits for the next batch. There is never more than one of it, so that batches keep their order.
func (m *model) wait() tea.Msg {
	inputs, err := m.deps.Next(m.ctx)
	return inputsMsg{inputs, err}
}

// minute is the one command that wakes an idle window.
func (m *model) minute() tea.Cmd {
	return m.tick(time.Minute, minuteMsg{})
}

// take sorts messages by kind.
func (m *model) take(msg tea.Msg) {
	if byHand(msg) {
		m.touched()
	}
	switch msg := msg.(type) {
	case inputsMsg:
		m.takeInputs(msg)
	case tea.KeyPressMsg:
		m.back()
		m.press(msg)
	case tea.PasteMsg:
		m.paste(msg.Content)
	case tea.MouseClickMsg:
		m.click(msg)
	case tea.MouseMotionMsg:
		m.dragTo(msg)
	case tea.MouseReleaseMsg:
		m.drop(msg)
	case tea.MouseWheelMsg:
		m.wheel(msg)
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.FocusMsg:
		m.back()
	case tea.BlurMsg:
		m.away = true
	case laterMsg:
		msg.do()
	case openedMsg:
		m.openNotified(msg.key)
	case idleMsg:
		m.lookOut()
	case minuteMsg:
		m.start(m.minute())
	default:
		m.takeTerminal(msg)
	}
}

// takeTerminal takes what the terminal says of itself. No frame waits for it.
func (m *model) takeTerminal(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		m.look.dark = msg.IsDark()
	case tea.ColorProfileMsg:
		m.look.sees(msg.Profile, m.deps.NoColour)
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore {
			m.canvas.whole = msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
		}
	default:
		m.dirty = false
		return
	}
	m.restyle()
}

// takeInputs folds a batch and waits for the next one.
func (m *model) takeInputs(msg inputsMsg) {
	if msg.err != nil {
		return // the session has ended; the window stays until the user leaves it
	}
	m.do(m.state.Take(m.now(), msg.inputs))
	m.retry()
	m.start(m.wait)
}

// retry has State try those again whom nobody could reach, now and whenever it asks for it. A timer runs for the
// earliest of them; a later one that runs already does no harm.
func (m *model) retry() {
	now := m.now()
	effects, next := m.state.Retry(now)
	m.do(effects)
	due := now.Add(next)
	if next > 0 && (!m.retries.After(now) || due.Before(m.retries)) {
		m.retries = due
		m.after(next, m.retry)
	}
}

// press gives a key to the one who has the keys.
func (m *model) press(k tea.KeyPressMsg) {
	if m.now().Before(m.deaf) {
		return
	}
	if m.leaves(k) {
		m.leave()
		return
	}
	if !m.layout.small && m.callKey(k) {
		return
	}
	k = m.canvas.keys.translate(k, m.inForce)
	if m.layout.small { // nobody sees what a key would do
		return
	}
	if m.dialogs.key(k) {
		return
	}
	if m.help.open {
		m.help.key(k)
		return
	}
	if m.signIn.open {
		m.signIn.key(k)
		return
	}
	if m.guise().without(k, m.active().keys()) {
		return
	}
	if !m.active().key(k) {
		m.window.command(windowKeys.of(k))
	}
}

// active is the screen with the keys when nothing lies over the window.
func (m *model) active() screen {
	if m.focus == onTalk {
		return m.conversation
	}
	return m.window
}

// top is the screen with the keys.
func (m *model) top() screen {
	switch d := m.dialogs.top(); {
	case d != nil:
		return d
	case m.help.open:
		return m.help
	case m.signIn.open:
		return m.signIn
	default:
		return m.active()
	}
}

// paste gives pasted text to the one who has the keys. It never acts: a pasted line break is not enter.
func (m *model) paste(s string) {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s) // terminals send a line break as enter does
	if p, ok := m.top().(paster); ok {
		p.paste(s)
	}
}

// roomFor says so when a line had no room for all that was put into it.
func (m *model) roomFor(f *field) {
	if f.full {
		f.full = false
		m.complain("That is too long for this line, and was not taken whole.")
	}
}

// doubleClick is how soon the second click has to come.
const doubleClick = 500 * time.Millisecond

// click finds out which part was clicked by where it was drawn last. The canvas knows; see canvas.onClick.
func (m *model) click(msg tea.MouseClickMsg) {
	if msg.Button != tea.MouseLeft && msg.Button != tea.MouseRight {
		return
	}
	p := pointer{at: image.Pt(msg.X, msg.Y), menu: msg.Button == tea.MouseRight}
	p.more = !p.menu && msg.Mod.Contains(tea.ModCtrl)
	now := m.now()
	p.again = !p.menu && p.at == m.clicked.at && now.Sub(m.clicked.when) < doubleClick
	m.clicked.at, m.clicked.when = p.at, now
	if p.menu || p.again { // neither is the first of two
		m.clicked.when = time.Time{}
	}
	m.canvas.click(p)
}

// wheelLines is how far one notch of the wheel goes.
const wheelLines = 3

func (m *model) wheel(msg tea.MouseWheelMsg) {
	at := image.Pt(msg.X, msg.Y)
	switch msg.Button {
	case tea.MouseWheelUp:
		m.canvas.wheel(at, -wheelLines)
	case tea.MouseWheelDown:
		m.canvas.wheel(at, wheelLines)
	}
}
