package ui

import (
	tea "charm.land/bubbletea/v2"
)

// rows is what a list shows: any number of rows of any height, of which only the visible ones are asked for.
type rows interface {
	len() int
	height(i int) int // in cells, at least 1
	// draw draws row i; chosen says that it is the selected one. It returns where the cursor stands
	// when it is.
	drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor
	click(i int, at rect, p pointer)
}

// list is a column of rows with one of them selected. It draws what is visible and nothing else, so that
// ten thousand contacts cost what a screenful costs.
type list struct {
	selected int
	top      int  // first row shown
	free     bool // turned by the wheel: the selected row may be out of sight
	visible  int  // rows that fitted whole at the last draw
}

// key moves through a list of n rows; false leaves the key to others.
func (l *list) key(k tea.KeyPressMsg, n int) bool {
	switch listKeys.of(k) {
	case "up":
		l.choose(l.selected-1, n)
	case "down":
		l.choose(l.selected+1, n)
	case "page up":
		l.choose(l.selected-max(l.visible-1, 1), n)
	case "page down":
		l.choose(l.selected+max(l.visible-1, 1), n)
	case "first":
		l.choose(0, n)
	case "last":
		l.choose(n-1, n)
	default:
		return false
	}
	return true
}

// choose selects a row of n and brings it into sight.
func (l *list) choose(i, n int) {
	l.selected, l.free = max(min(i, n-1), 0), false
}

// draw draws the rows and returns where the cursor stands. When not all are in sight, a thumb in the column
// right of the area, which is the window's margin, shows which part is.
func (l *list) draw(c *canvas, area rect, r rows, thumb style) *tea.Cursor {
	n := r.len()
	if n == 0 {
		*l = list{}
		return nil
	}
	l.selected = max(min(l.selected, n-1), 0)
	l.scroll(area.Dy(), r)
	c.onWheel(area, func(lines int) {
		l.top, l.free = l.top+lines, true
	})
	var at *tea.Cursor
	y, whole := area.Min.Y, 0
	for i := l.top; i < n && y < area.Max.Y; i++ {
		row := rect{Min: pt(area.Min.X, y), Max: pt(area.Max.X, min(y+r.height(i), area.Max.Y))}
		if row.Dy() == r.height(i) {
			whole++
		}
		if here := r.drawRow(c, row, i, i == l.selected); i == l.selected {
			at = here
		}
		c.onClick(row, func(p pointer) {
			l.choose(i, n)
			r.click(i, row, p)
		})
		y = row.Max.Y
	}
	l.visible = whole
	l.drawThumb(c, rect{Min: pt(area.Max.X, area.Min.Y), Max: pt(area.Max.X+1, area.Max.Y)}, n, thumb)
	return at
}

// place is where the first line of the selected row was drawn, right of its sign: where its menu hangs.
func (l *list) place(area rect, r rows) rect {
	y := area.Min.Y
	for i := l.top; i < l.selected && i < r.len(); i++ {
		y += r.height(i)
	}
	return rect{Min: pt(area.Min.X+3, y), Max: pt(area.Max.X, y+1)}
}

// scroll moves top so that the selected row is in sight, unless the wheel was turned, and so that no row is
// wasted at the end.
func (l *list) scroll(height int, r rows) {
	n := r.len()
	if !l.free {
		l.top = min(l.top, l.selected)
		l.top = max(l.top, firstShown(r, l.selected, height))
	}
	l.top = max(min(l.top, firstShown(r, n-1, height)), 0)
}

// firstShown is the first row that is whole in sight when row last is the lowest one.
func firstShown(r rows, last, height int) int {
	i := last
	for ; i >= 0; i-- {
		if height -= r.height(i); height < 0 {
			return min(i+1, last)
		}
	}
	return 0
}

// drawThumb shows in a column which part of n rows is in sight. It counts rows, not cells, so that it costs
// the same however many there are.
func (l *list) drawThumb(c *canvas, area rect, n int, s style) {
	if l.visible >= n || area.Empty() {
		return
	}
	size := max(area.Dy()*l.visible/n, 1)
	from := area.Min.Y
	if rest := n - l.visible; rest > 0 {
		from += (area.Dy() - size) * min(l.top, rest) / rest
	}
	for y := from; y < from+size; y++ {
		c.print(area.Min.X, y, 1, s, "▐")
	}
}
