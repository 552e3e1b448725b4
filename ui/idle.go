package ui

import tea "charm.land/bubbletea/v2"

// idleMsg says that it is time to look whether the user is still there.
type idleMsg struct{}

// byHand reports whether a message comes from somebody who sits in front of the terminal. Losing the focus says
// nothing: the person works in another window. Getting it back does.
func byHand(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg, tea.MouseMotionMsg, tea.FocusMsg:
		return true
	}
	return false
}

// touched tells State that somebody is there, and begins to look out for the end of it.
func (m *model) touched() {
	m.do(m.state.Active(m.now()))
	if !m.watchful {
		m.lookOut()
	}
}

// lookOut asks State whether the user is idle, and comes back when the answer may be another one. There is one
// of these at a time, and none while the user is away.
func (m *model) lookOut() {
	effects, next := m.state.Idle(m.now())
	m.do(effects)
	if m.watchful = next > 0; m.watchful {
		m.start(m.tick(next, idleMsg{}))
	}
}
