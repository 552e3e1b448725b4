package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// screen is one rectangle of the window that takes keys. The model decides which ones are shown and which
// one has the keys; a screen draws itself from app.State and changes app.State by its methods, whose
// effects it hands to model.do.
type screen interface {
	// draw draws into area, and onto nothing else. It changes nothing but scroll positions, makes what
	// can be clicked known by canvas.onClick, and returns where the cursor stands, if it is here.
	draw(c *canvas, area rect) *tea.Cursor
	// key does what a key means here; false leaves it to the window.
	key(k tea.KeyPressMsg) bool
	// keys are the bindings in force, for the help line.
	keys() []scope
}

// paster is a screen that takes pasted text.
type paster interface{ paste(s string) }

// dialog is a screen that lies over the window and takes all keys and clicks until it is closed: a form, a
// question, a menu. Esc closes it unless it takes that key itself.
type dialog interface {
	screen
	// place is where it lies within the window, frame included.
	place(within rect) rect
	// light says that a click beside it closes it, as with a menu.
	light() bool
}

// dialogs is what lies over the window; the last one is on top and has the keys.
type dialogs struct{ stack []dialog }

// push puts a dialog on top.
func (d *dialogs) push(what dialog) { d.stack = append(d.stack, what) }

// top is the dialog with the keys, or nil.
func (d *dialogs) top() dialog {
	if len(d.stack) == 0 {
		return nil
	}
	return d.stack[len(d.stack)-1]
}

// close takes a dialog away, wherever it lies, with everything that it opened above itself.
func (d *dialogs) close(what dialog) {
	if i := slices.Index(d.stack, what); i >= 0 {
		clear(d.stack[i:])
		d.stack = d.stack[:i]
	}
}

// key gives a key to the dialog on top; false says that there is none.
func (d *dialogs) key(k tea.KeyPressMsg) bool {
	top := d.top()
	if top == nil {
		return false
	}
	if !top.key(k) && k.String() == "esc" {
		d.close(top)
	}
	return true
}

// draw draws all of them in order. Only the one on top can be clicked and has the cursor.
func (d *dialogs) draw(c *canvas, within rect, under *tea.Cursor) *tea.Cursor {
	for _, open := range d.stack {
		c.cover()
		c.onClick(c.bounds(), func(pointer) {
			if open.light() {
				d.close(open)
			}
		})
		area := open.place(within).Intersect(within)
		c.onClick(area, func(pointer) {})
		under = open.draw(c, area)
	}
	return under
}

// centred is the middle of an area, in the size wanted or as much of it as there is.
func centred(within rect, width, height int) rect {
	width, height = min(width, within.Dx()), min(height, within.Dy())
	x := within.Min.X + (within.Dx()-width)/2
	y := within.Min.Y + (within.Dy()-height)/2
	return rect{Min: pt(x, y), Max: pt(x+width, y+height)}
}

// beside is a place of the size wanted with its corner at a point, moved so that it lies within.
func beside(within rect, at rect, width, height int) rect {
	width, height = min(width, within.Dx()), min(height, within.Dy())
	x := max(min(at.Min.X, within.Max.X-width), within.Min.X)
	y := at.Max.Y
	if y+height > within.Max.Y { // no room below: above
		y = max(at.Min.Y-height, within.Min.Y)
	}
	if y < at.Max.Y && y+height > at.Min.Y { // neither: as low as it can
		y = within.Max.Y - height
	}
	y = max(min(y, within.Max.Y-height), within.Min.Y) // the point may be where the terminal no longer is
	return rect{Min: pt(x, y), Max: pt(x+width, y+height)}
}
