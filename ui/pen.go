package ui

import "golync/internal/text"

// pen writes along one row of an area, from the left and from the right, and past neither.
type pen struct {
	c           *canvas
	y           int
	left, right int // the free part of the row
}

// pen starts at the left and right edge of a row; y counts from the top of the area. A row outside the
// area has no room.
func (c *canvas) pen(area rect, y int) *pen {
	p := &pen{c: c, y: area.Min.Y + y, left: area.Min.X, right: area.Max.X}
	if p.y < area.Min.Y || p.y >= area.Max.Y {
		p.right = p.left
	}
	return p
}

// put writes at the left and returns where it stands, for the mouse.
func (p *pen) put(s style, t text.Safe) rect {
	from := p.left
	p.left = p.c.print(p.left, p.y, p.right-p.left, s, t)
	return rect{Min: pt(from, p.y), Max: pt(p.left, p.y+1)}
}

// end writes at the right when it fits whole, and returns where it stands.
func (p *pen) end(s style, t text.Safe) rect {
	w := p.c.width(t)
	if w > p.right-p.left {
		return rect{}
	}
	p.right -= w
	p.c.print(p.right, p.y, w, s, t)
	return rect{Min: pt(p.right, p.y), Max: pt(p.right+w, p.y+1)}
}

// skip leaves n cells free at the left.
func (p *pen) skip(n int) { p.left = min(p.left+n, p.right) }

// keep leaves n cells free at the right.
func (p *pen) keep(n int) { p.right = max(p.right-n, p.left) }

// before writes t and leaves room for what comes next.
func (p *pen) before(next text.Safe, s style, t text.Safe) {
	p.left = p.c.print(p.left, p.y, p.room()-p.c.width(next), s, t)
}

// room is the number of free cells.
func (p *pen) room() int { return p.right - p.left }

// rest is the free part of the row.
func (p *pen) rest() rect { return rect{Min: pt(p.left, p.y), Max: pt(p.right, p.y+1)} }

// button writes something that can be clicked.
func (p *pen) button(s style, t text.Safe, press func()) rect {
	at := p.put(s, t)
	p.c.onClick(at, func(pointer) { press() })
	return at
}
