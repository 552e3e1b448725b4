package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// standing is something to be known: what it is on the left, how it stands on the right. It takes no row while
// there is nothing to know.
type standing struct {
	name text.Safe
	say  func() text.Safe
}

// tell makes one.
func tell(name text.Safe, value func() text.Safe) standing { return standing{name, value} }

// nameCells is how wide the left side is.
const nameCells = 16

func (p standing) rows(_ *canvas, width int) int {
	value := p.say()
	if value == "" {
		return 0
	}
	return len(wrap(value, width-nameCells))
}

func (p standing) draw(d drawing, area rect) *tea.Cursor {
	value := p.say()
	if value == "" {
		return nil
	}
	left, right := cutLeft(area, nameCells)
	drawLines(d.c, left, on(d.t.panel, d.t.dim), []text.Safe{p.name})
	drawLines(d.c, right, on(d.t.panel, d.t.text), wrap(value, right.Dx()))
	return nil
}
