package ui

import (
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
)

// witness tells of a panic in the window before Bubble Tea catches it and gives the terminal back.
type witness struct {
	tea.Model
	crashed func(value any, stack []byte)
}

// Update passes a message on.
func (w witness) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer w.testify()
	m, cmd := w.Model.Update(msg)
	w.Model = m
	return w, cmd
}

// View passes the frame on.
func (w witness) View() tea.View {
	defer w.testify()
	return w.Model.View()
}

func (w witness) testify() {
	if value := recover(); value != nil {
		w.crashed(value, debug.Stack())
		panic(value)
	}
}
