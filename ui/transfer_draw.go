package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// The size of the dialog, in cells.
const (
	transferWidth  = 60
	transferHeight = 18
)

func (d *transfer) light() bool { return false }

func (d *transfer) keys() []scope { return []scope{transferKeys} }

func (d *transfer) place(within rect) rect {
	return centred(within, min(within.Dx()-2, transferWidth), min(within.Dy()-2, transferHeight))
}

func (d *transfer) draw(c *canvas, area rect) *tea.Cursor {
	d.refresh()
	t := d.m.theme
	inside := drawPanel(c, t, area, c.shortened(d.title, area.Dx()-6), "↑↓ choose", "enter send there", "esc cancel")
	box, rest := cutTop(inside, 1)
	ground := on(t.button, t.text)
	ground.Underline = t.field.Underline
	c.fill(box, ground)
	box.Min.X++
	at := d.typed.draw(c, box, ground, t.dim, true)
	_, rest = cutTop(rest, 1)
	if len(d.found) == 0 {
		drawLines(c, rest, on(t.panel, t.dim), wrap(d.why, rest.Dx()))
		return at
	}
	d.list.draw(c, rest, d, on(t.panel, t.line))
	return at
}

func (d *transfer) len() int { return len(d.found) }

func (*transfer) height(int) int { return 1 }

// drawRow draws one of those to whom the call can go: a contact with how they are, so that nobody sends a call to
// somebody who is in one.
func (d *transfer) drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor {
	m, row := d.m, d.found[i]
	t := m.theme
	ground := t.panel
	if chosen {
		ground = t.selected
	}
	c.fill(area, on(ground, t.text))
	if chosen {
		c.point(t, area.Min, on(ground, t.text))
	}
	p := c.pen(area, 0)
	p.skip(1)
	if row.who == nil {
		p.put(on(ground, t.accent), "→ ")
		p.put(on(ground, t.text), row.label)
		p.put(on(ground, t.dim), " "+signDot+" "+row.hint)
		return nil
	}
	presence, words := m.standing(row.who)
	p.put(on(ground, t.presence(presence)), glyph(presence)+" ")
	name, address := m.nameOf(row.to), m.addressOf(row.to)
	p.put(on(ground, t.text), c.shortened(name, p.room()*2/3))
	p.put(on(ground, t.dim), text.Safe(" - ")+words)
	if name != address {
		p.put(on(ground, t.dim), " "+signDot+" "+address)
	}
	return nil
}

// click chooses at once: the list says to whom.
func (d *transfer) click(i int, _ rect, p pointer) {
	if !p.menu {
		d.choose(i)
	}
}
