package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// View returns the frame, drawn anew only after something happened.
func (m *model) View() tea.View {
	if m.dirty && m.width > 0 && m.height > 0 {
		m.draw()
		m.dirty = false
	}
	return m.frame
}

// draw draws everything into the canvas and makes it the frame.
func (m *model) draw() {
	m.layout = arrange(m.width, m.height, m.talking)
	m.layout.divide = m.guise().parts
	c := m.canvas
	c.begin(m.width, m.height)
	at := m.drawParts(c)
	if !m.layout.small { // what lies over the window waits for room, as the window does
		at = m.dialogs.draw(c, c.bounds(), at)
		at = m.rings.draw(c, at)
	}
	m.clock.drawn = m.clock.face()
	c.paint(m.theme.ground)
	m.frame = tea.View{
		Content: c.cells.Render(), Cursor: at, AltScreen: true,
		MouseMode: m.mouseMode(), ReportFocus: true,
		WindowTitle: string(m.title()),
	}
}

// mouseMode takes the mouse from the terminal, unless the user wants it there to select and copy with.
func (m *model) mouseMode() tea.MouseMode {
	if m.look.chosen.NoMouse {
		return tea.MouseModeNone
	}
	return tea.MouseModeCellMotion
}

// drawParts draws what lies under the dialogs.
func (m *model) drawParts(c *canvas) *tea.Cursor {
	l := m.layout
	switch {
	case l.small:
		return m.drawSmall(c, l.window)
	case m.help.open:
		return m.help.draw(c, c.bounds())
	case m.signIn.open:
		return m.signIn.draw(c, c.bounds())
	}
	var at *tea.Cursor
	if !l.window.Empty() {
		if here := m.window.draw(c, l.window); m.focus != onTalk {
			at = here
		}
	}
	if !l.talk.Empty() {
		if here := m.conversation.draw(c, l.talk); m.focus == onTalk {
			at = here
		}
	}
	c.column(l.middle, m.theme.line)
	m.drawFoot(c, l.foot)
	m.toasts.draw(c)
	return at
}

// drawSmall says that there is no room.
func (m *model) drawSmall(c *canvas, area rect) *tea.Cursor {
	lines := wrap("golync needs a terminal of at least 60 by 20 characters. Please make this one larger.", area.Dx())
	y := max((area.Dy()-len(lines))/2, 0)
	for i, line := range lines {
		c.pen(area, y+i).put(m.theme.text, line)
	}
	return nil
}

// drawFoot draws the help line, or what there is to say instead.
func (m *model) drawFoot(c *canvas, area rect) {
	if m.now().Before(m.sentence.until) {
		m.drawSentence(c, area)
		return
	}
	p := c.pen(area, 0)
	p.skip(1)
	drawShown(p, m.theme, append(m.callHints(), c.hintsOf(m.top().keys())...))
}

// drawSentence writes what is being said into the help line's place. What is too long for it takes the status
// line as well, beside it or above it, and never a line that is being written.
func (m *model) drawSentence(c *canvas, area rect) {
	s, words := m.theme.text, m.sentence.text
	if m.sentence.trouble {
		s = m.theme.trouble
	}
	lines := []text.Safe{words}
	if room := area.Dx() - 2; c.width(words) > room {
		if m.layout.two {
			area.Min.X = m.layout.window.Min.X
		} else if m.layout.talk.Empty() {
			lines = wrap(words, room)
			lines = lines[:min(len(lines), noticeRows)]
			area.Min.Y -= len(lines) - 1
		}
	}
	c.fill(area, style{})
	for y, line := range lines {
		p := c.pen(area, y)
		p.skip(1)
		p.put(s, line)
	}
}

// hintsAt writes what the keys do into the last row of a page.
func (m *model) hintsAt(c *canvas, area rect, scopes []scope) { drawHintsAt(c, m.theme, area, scopes) }

func drawHintsAt(c *canvas, t *theme, area rect, scopes []scope, but ...action) {
	foot, _ := cutBottom(area, 1)
	p := c.pen(foot, 0)
	p.skip(2)
	drawHints(p, t, scopes, but...)
}

// title is the terminal's title: who is calling, how much waits for the user, unread messages, requests and missed
// calls, and whose window it is.
func (m *model) title() text.Safe {
	t := m.guise().product
	if me := m.state.Me(); me.Address != "" {
		t = m.addressOf(me.Address) + " - " + t
	}
	if n := m.state.Unread() + len(m.state.Requests()) + m.state.MissedCalls(); n > 0 {
		t = "(" + text.Int(n) + ") " + t
	}
	if c, ok := m.state.Ringing(); ok && c.Alert {
		t = m.calleeName(c) + " is calling - " + t
	}
	return t
}
