package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// me is the head of the window: my note, my name, my presence.
type me struct {
	m    *model
	note field
}

// maxNote is the longest note that can be written, in bytes; others show a line of it.
const maxNote = 500

func newMe(m *model) *me {
	return &me{m: m, note: field{placeholder: "What's happening today?", limit: maxNote}}
}

// draw draws note, name and presence into their rows.
func (h *me) draw(c *canvas, p windowParts) *tea.Cursor {
	m, who := h.m, h.m.state.Me()
	at := h.drawNote(c, p.note, who.Note)
	colour := m.theme.presence(who.Availability)

	row := c.pen(p.name, 0)
	row.put(colour, signBar)
	row.skip(1)
	address := text.From(who.Address.IM()).Line()
	if name := who.Name.Line(); name != "" {
		row.put(m.theme.strong, name)
		row.skip(2)
		row.put(m.theme.dim, address)
	} else {
		row.put(m.theme.strong, address)
	}

	row = c.pen(p.presence, 0)
	row.put(colour, signBar)
	row.skip(1)
	from := row.left
	row.put(colour, glyph(who.Availability))
	row.skip(1)
	row.put(m.theme.text, who.Availability.Label())
	row.skip(1)
	row.put(m.theme.dim, signOpen)
	m.window.mine = rect{Min: pt(from, row.y), Max: pt(row.left, row.y+1)}
	c.onClick(m.window.mine, func(pointer) { openPresenceMenu(m, m.window.mine) })
	return at
}

// drawNote draws the note, or the field in which it is being written.
func (h *me) drawNote(c *canvas, area rect, note text.Peer) *tea.Cursor {
	m := h.m
	if m.focus == onNote {
		return h.note.draw(c, area, m.theme.field, m.theme.dim, true)
	}
	if line := note.Line(); line != "" {
		c.pen(area, 0).put(m.theme.text, line)
	} else {
		c.pen(area, 0).put(m.theme.dim, h.note.placeholder)
	}
	c.onClick(area, func(pointer) { h.edit() })
	return nil
}

// edit starts writing the note, from what it is now.
func (h *me) edit() {
	h.note.set(h.m.state.Me().Note.Raw())
	h.m.focus, h.m.talking = onNote, false
}

func (h *me) key(k tea.KeyPressMsg) bool {
	m := h.m
	switch noteKeys.of(k) {
	case "publish":
		m.do(m.state.SetNote(m.now(), h.note.value()))
		m.focus = onList
	case "leave":
		m.focus = onList
	default:
		return h.note.key(k)
	}
	return true
}
