package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// drawing is what a part of a form draws with.
type drawing struct {
	c    *canvas
	t    *theme
	keys bool   // the part has the keys
	take func() // gives it the keys, after a click
}

// ground is what a place to write or choose is drawn on.
func (d drawing) ground() style {
	if d.keys {
		return on(d.t.selected, d.t.text)
	}
	s := on(d.t.button, d.t.text)
	s.Underline = d.t.field.Underline // what a theme without colours has instead
	return s
}

// part is a piece of a form. It takes as many rows as it says and draws no further than its area.
type part interface {
	rows(c *canvas, width int) int
	draw(d drawing, area rect) *tea.Cursor
}

// control is a part that the user does something with.
type control interface {
	part
	// key does what a key means to it; false leaves the key to the form.
	key(k tea.KeyPressMsg) bool
}

// caption is text in a form. What it says may change from frame to frame; saying nothing takes no row.
type caption struct {
	say  func() text.Safe
	look func(*theme) style // nil means plain text
	room int                // rows it always takes, so that nothing jumps when it speaks
	name bool               // it names the controls below it
}

// label is a caption that never changes.
func label(s text.Safe) caption { return caption{say: func() text.Safe { return s }, name: true} }

// heading is a label in strong letters.
func heading(s text.Safe) caption {
	return caption{say: func() text.Safe { return s }, look: func(t *theme) style { return t.strong }, name: true}
}

// hint is a caption in quiet letters that keeps room rows.
func hint(room int, say func() text.Safe) caption {
	return caption{say: say, look: func(t *theme) style { return t.dim }, room: room}
}

// gap is an empty row.
func gap() caption { return caption{say: func() text.Safe { return "" }, room: 1} }

func (p caption) rows(_ *canvas, width int) int {
	s := p.say()
	if s == "" {
		return p.room
	}
	return max(len(wrap(s, width)), p.room)
}

func (p caption) draw(d drawing, area rect) *tea.Cursor {
	s := p.say()
	if s == "" {
		return nil
	}
	look := d.t.text
	if p.look != nil {
		look = p.look(d.t)
	}
	drawLines(d.c, area, on(d.t.panel, look), wrap(s, area.Dx()))
	return nil
}

// drawLines draws lines one below the other as far as the area goes.
func drawLines(c *canvas, area rect, s style, lines []text.Safe) {
	for i, line := range lines {
		if y := area.Min.Y + i; y < area.Max.Y {
			c.print(area.Min.X, y, area.Dx(), s, line)
		}
	}
}

// entry is a field in a form.
type entry struct{ field }

func (*entry) rows(*canvas, int) int { return 1 }

func (e *entry) draw(d drawing, area rect) *tea.Cursor {
	s := d.ground()
	d.c.fill(area, s)
	inner := rect{Min: pt(area.Min.X+1, area.Min.Y), Max: pt(area.Max.X-1, area.Max.Y)}
	d.c.onClick(area, func(p pointer) {
		d.take()
		e.at = e.under(d.c, p.at.X-inner.Min.X)
	})
	return e.field.draw(d.c, inner, s, d.t.dim, d.keys)
}

// under is the place in the text that cell x shows.
func (e *entry) under(c *canvas, x int) int {
	for i := e.from; i < len(e.letters); i++ {
		w := c.width(e.shown(e.letters[i]))
		if x < w {
			return i
		}
		x -= w
	}
	return len(e.letters)
}

// checkBox is a question answered by yes or no.
type checkBox struct {
	label text.Safe
	on    bool
}

// boxIndent is what "[x] " and "(•) " take, in cells.
const boxIndent = 4

func (b *checkBox) rows(_ *canvas, width int) int { return len(wrap(b.label, width-boxIndent)) }

func (b *checkBox) draw(d drawing, area rect) *tea.Cursor {
	mark := text.Safe("[ ] ")
	if b.on {
		mark = "[x] "
	}
	d.c.onClick(area, func(pointer) { d.take(); b.on = !b.on })
	return drawChoice(d, area, mark, b.label, d.keys)
}

func (b *checkBox) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "space":
		b.on = !b.on
	case "up", "down": // only tab leads on, as in radio
	default:
		return false
	}
	return true
}

// drawChoice draws a mark and a label, with the cursor on the mark when it has the keys.
func drawChoice(d drawing, area rect, mark, label text.Safe, keys bool) *tea.Cursor {
	if area.Empty() { // scrolled out of sight
		return nil
	}
	s := on(d.t.panel, d.t.text)
	if keys {
		s = on(d.t.selected, d.t.text)
		d.c.fill(area, s)
	}
	d.c.print(area.Min.X, area.Min.Y, area.Dx(), s, mark)
	inner := area
	inner.Min.X += boxIndent
	drawLines(d.c, inner, s, wrap(label, inner.Dx()))
	if !keys {
		return nil
	}
	return cursor(area.Min.X+1, area.Min.Y, tea.CursorBlock)
}

// radio is a choice of one among a few, each with a row of its own. The arrows choose, as everywhere.
type radio struct {
	options []text.Safe
	chosen  int
}

func (r *radio) rows(_ *canvas, width int) int {
	n := 0
	for _, o := range r.options {
		n += len(wrap(o, width-boxIndent))
	}
	return n
}

func (r *radio) draw(d drawing, area rect) *tea.Cursor {
	var at *tea.Cursor
	for i, o := range r.options {
		row := area
		row.Max.Y = row.Min.Y + len(wrap(o, area.Dx()-boxIndent))
		if row.Max.Y > area.Max.Y { // half a choice could be taken for another one
			break
		}
		mark := text.Safe("( ) ")
		if i == r.chosen {
			mark = "(•) "
		}
		d.c.onClick(row, func(pointer) { d.take(); r.chosen = i })
		if c := drawChoice(d, row, mark, o, d.keys && i == r.chosen); c != nil {
			at = c
		}
		area.Min.Y = row.Max.Y
	}
	return at
}

// key never leaves the arrows to the form: who goes down a row too far must not find another choice made
// in the next control.
func (r *radio) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "up", "left":
		r.chosen = max(r.chosen-1, 0)
	case "down", "right":
		r.chosen = min(r.chosen+1, len(r.options)-1)
	case "space":
	default:
		return false
	}
	return true
}
