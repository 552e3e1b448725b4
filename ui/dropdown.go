package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// dropDown is a choice of one among many, of which only the chosen one is seen until it is opened.
type dropDown struct {
	options []text.Safe
	chosen  int

	touched bool // the user has chosen; until then chosen is a proposal

	open bool
	lit  int  // the option the keys act on while it is open
	top  int  // first option shown
	at   rect // where it was drawn
}

// dropDownRows is how many options an open list shows at most.
const dropDownRows = 7

func (*dropDown) rows(*canvas, int) int { return 1 }

func (d *dropDown) draw(g drawing, area rect) *tea.Cursor {
	d.at = area
	s := g.ground()
	g.c.fill(area, s)
	p := g.c.pen(area, 0)
	p.skip(1)
	p.end(on(s, g.t.accent), signOpen+" ")
	p.keep(1)
	if d.chosen < len(d.options) {
		p.put(s, d.options[d.chosen])
	}
	g.c.onClick(area, func(pointer) { g.take(); d.toggle() })
	if !g.keys {
		return nil
	}
	return cursor(area.Min.X+1, area.Min.Y, tea.CursorBlock)
}

func (d *dropDown) toggle() {
	d.open = !d.open
	d.lit = d.chosen
}

// choose takes an option and closes the list.
func (d *dropDown) choose(i int) { d.chosen, d.open, d.touched = i, false, true }

func (d *dropDown) key(k tea.KeyPressMsg) bool {
	if !d.open {
		return d.closedKey(k)
	}
	switch k.String() {
	case "up":
		d.lit = max(d.lit-1, 0)
	case "down":
		d.lit = min(d.lit+1, len(d.options)-1)
	case "pgup", "home":
		d.lit = 0
	case "pgdown", "end":
		d.lit = len(d.options) - 1
	case "enter", "space":
		d.choose(d.lit)
	case "esc":
		d.open = false
	case "tab", "shift+tab":
		d.choose(d.lit)
		return false
	default:
		d.jump(&d.lit, k.Text)
	}
	return true
}

func (d *dropDown) closedKey(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "enter", "space", "alt+down":
		d.toggle()
	case "left":
		d.choose(max(d.chosen-1, 0))
	case "right":
		d.choose(min(d.chosen+1, len(d.options)-1))
	default:
		at := d.chosen
		if !d.jump(&at, k.Text) {
			return false
		}
		d.choose(at)
	}
	return true
}

// jump goes to the next option that begins with a letter.
func (d *dropDown) jump(at *int, letter string) bool {
	if strings.TrimSpace(letter) == "" {
		return false
	}
	for i := range d.options {
		next := (*at + 1 + i) % len(d.options)
		if strings.HasPrefix(strings.ToLower(string(d.options[next])), strings.ToLower(letter)) {
			*at = next
			break
		}
	}
	return true
}

// drawList draws the open list on top of everything, below the drop-down or above it when there is no
// room. A click beside it closes it.
func (d *dropDown) drawList(c *canvas, t *theme) *tea.Cursor {
	rows := min(len(d.options), dropDownRows)
	area := rect{Min: pt(d.at.Min.X, d.at.Max.Y), Max: pt(d.at.Max.X, d.at.Max.Y+rows+2)}
	if over := area.Max.Y - c.bounds().Max.Y; over > 0 {
		if above := d.at.Min.Y - (rows + 2); above >= 0 {
			area = area.Sub(pt(0, area.Min.Y-above))
		} else {
			area.Max.Y -= over
			rows = area.Dy() - 2
		}
	}
	c.onClick(c.bounds(), func(pointer) { d.open = false })
	c.onWheel(c.bounds(), func(lines int) { d.lit = min(max(d.lit+sign(lines), 0), len(d.options)-1) })
	inside := c.box(area, on(t.panel, t.accent), on(t.panel, t.text))
	d.top = min(d.top, d.lit, max(len(d.options)-rows, 0))
	d.top = max(d.top, d.lit-rows+1)
	for i := range rows {
		row := rect{Min: pt(inside.Min.X, inside.Min.Y+i), Max: pt(inside.Max.X, inside.Min.Y+i+1)}
		option := d.top + i
		s := on(t.panel, t.text)
		if option == d.lit {
			s = on(t.selected, t.text)
			c.fill(row, s)
		}
		c.print(row.Min.X, row.Min.Y, row.Dx(), s, d.options[option])
		c.onClick(row, func(pointer) { d.choose(option) })
	}
	return cursor(inside.Min.X, inside.Min.Y+d.lit-d.top, tea.CursorBlock)
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}
