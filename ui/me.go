package ui

import (
	tea "charm.land/bubbletea/v2"
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
	if !m.guise().place {
		// Skype has no such line.
	} else if here := h.location.draw(c, h.locationPlace(c, p, row), signOpen); here != nil {
		at = here
	}

	row = c.pen(p.presence, 0)
	row.put(colour, signBar)
	row.skip(1)
	from := row.left
	row.put(colour, glyph(is))
	row.skip(1)
	row.put(m.theme.text, m.guise().mine(m.state.Mine()))
	row.skip(1)
	row.put(m.theme.dim, signOpen)
	m.window.mine = rect{Min: pt(from, row.y), Max: pt(row.left, row.y+1)}
	c.onClick(m.window.mine, func(pointer) { openPresenceMenu(m, m.window.mine) })
	return at
}
