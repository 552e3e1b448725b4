package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// me is the head of the window: my note, my name, my presence, my location.
type me struct {
	m        *model
	note     *own
	location *own
}

func newMe(m *model) *me { return &me{m: m, note: newNote(m), location: newLocation(m)} }

// draw draws note, name, presence and location into their rows. The presence is the one that others see.
func (h *me) draw(c *canvas, p windowParts) *tea.Cursor {
	m, who, is := h.m, h.m.state.Me(), h.m.guise().is(h.m.state.Mine())
	at := h.note.draw(c, p.note, "")
	colour := m.theme.presence(is)

	row := c.pen(p.name, 0)
	row.put(colour, signBar)
	row.skip(1)
	address := m.addressOf(who.Address)
	if name := who.Name.Line(); name != "" {
		row.put(m.theme.strong, name)
		row.skip(2)
		row.put(m.theme.dim, address)
	} else {
		row.put(m.theme.strong, address)
	}
	if !m.guise().place { // Skype has no such line; there the note stands below
		c.print(p.name.Min.X, p.note.Min.Y, 1, colour, signBar)
	} else if here := h.location.draw(c, h.locationPlace(c, p, row), signOpen); here != nil {
		at = here
	}

	row = c.pen(p.presence, 0)
	row.put(colour, signBar)
	row.skip(1)
	from := row.left
	row.put(colour, glyph(is))
	row.skip(1)
	row.put(m.theme.text, h.state())
	row.skip(1)
	row.put(m.theme.dim, signOpen)
	m.window.mine = rect{Min: pt(from, row.y), Max: pt(row.left, row.y+1)}
	c.onClick(m.window.mine, func(pointer) { openPresenceMenu(m, m.window.mine) })
	return at
}

// state is what the user is to others. Without a connection that is nobody's choice.
func (h *me) state() text.Safe {
	g, is := h.m.guise(), h.m.state.Mine()
	if h.m.state.Connection().State != app.SignedIn {
		return g.label(is)
	}
	return g.mine(is)
}
