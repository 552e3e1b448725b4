package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// form is a column of captions and controls with a row of buttons below. Tab and the arrows go through
// the controls and the buttons; when there is not room for all, the one with the keys is in sight.
type form struct {
	parts   []part
	buttons []formButton
	focus   int  // index among the controls, then among the buttons
	first   int  // first part shown
	turned  bool // by the wheel: the control with the keys may be out of sight

	resting bool   // somebody else has the keys: nothing looks as if it had them
	snug    bool   // somebody else has seen to the air around it
	taken   func() // told when a click gives the keys to a control; nil for nobody
}

// formButton is a button of a form. The first one is what enter does wherever enter means nothing else.
type formButton struct {
	label text.Safe
	press func()
}

// controls are the parts that take keys.
func (f *form) controls() []control {
	var all []control
	for _, p := range f.parts {
		if c, ok := p.(control); ok {
			all = append(all, c)
		}
	}
	return all
}

// move gives the keys to another control or button, around the ends.
func (f *form) move(by int) {
	n := len(f.controls()) + len(f.buttons)
	f.give((f.focus + by + n) % n)
}

// give gives the keys to the i-th control, or button behind those.
func (f *form) give(i int) { f.focus = i }

// take gives the keys to the i-th control after a click.
func (f *form) take(i int) {
	f.focus = i
	if f.taken != nil {
		f.taken()
	}
}

// focusOn gives the keys to a control.
func (f *form) focusOn(c control) {
	for i, other := range f.controls() {
		if other == c {
			f.give(i)
		}
	}
}

// opened is the drop-down whose list is open, or nil.
func (f *form) opened() *dropDown {
	for _, p := range f.parts {
		if d, ok := p.(*dropDown); ok && d.open {
			return d
		}
	}
	return nil
}

// key does what a key means to the control that has the keys, or to the form. False leaves it to the
// dialog: esc, mostly.
func (f *form) key(k tea.KeyPressMsg) bool {
	f.turned = false
	all := f.controls()
	if f.focus < len(all) && all[f.focus].key(k) {
		return true
	}
	button := f.focus - len(all)
	switch k.String() {
	case "tab", "down":
		f.move(1)
	case "shift+tab", "up":
		f.move(-1)
	case "left", "right":
		if button < 0 {
			return false
		}
		by := 1
		if k.String() == "left" {
			by = -1
		}
		f.focus = len(all) + (button+by+len(f.buttons))%len(f.buttons)
	case "enter", "space":
		if button < 0 && k.String() == "space" {
			return false
		}
		f.buttons[max(button, 0)].press()
	default:
		return false
	}
	return true
}

// paste gives pasted text to the field that has the keys.
func (f *form) paste(s string) {
	if all := f.controls(); f.focus < len(all) {
		if e, ok := all[f.focus].(interface{ insert(string) }); ok {
			e.insert(s)
		}
	}
}

// height is how many rows the form would like, buttons included.
func (f *form) height(c *canvas, width int) int {
	n := 2
	for _, p := range f.parts {
		n += p.rows(c, width)
	}
	return n
}

// airy leaves a row free above and below, when the form needs neither.
func (f *form) airy(c *canvas, area rect, width int) rect {
	if !f.snug && area.Dy() >= f.height(c, width)+airRows {
		area.Min.Y++
		area.Max.Y--
	}
	return area
}

// airRows is what airy takes.
const airRows = 2

// draw draws the form into an area, the buttons into its last row.
func (f *form) draw(c *canvas, t *theme, area rect) *tea.Cursor {
	area = f.airy(c, area, area.Dx())
	body := area
	body.Max.Y -= 2
	c.onWheel(area, func(lines int) { f.first, f.turned = f.first+sign(lines), true })
	f.scroll(c, body)
	f.drawThumb(c, on(t.panel, t.line), body)
	at, n := (*tea.Cursor)(nil), 0
	for i, p := range f.parts {
		_, isControl := p.(control)
		if i >= f.first && body.Min.Y < body.Max.Y {
			index := n
			row := body
			row.Max.Y = min(row.Min.Y+p.rows(c, body.Dx()), body.Max.Y)
			d := drawing{c: c, t: t, keys: isControl && n == f.focus && !f.resting, take: func() { f.take(index) }}
			if cur := p.draw(d, row); cur != nil {
				at = cur
			}
			body.Min.Y = row.Max.Y
		}
		if isControl {
			n++
		}
	}
	if cur := f.drawButtons(c, t, area, n); cur != nil {
		at = cur
	}
	if d := f.opened(); d != nil {
		at = d.drawList(c, t)
	}
	return at
}

func (f *form) drawButtons(c *canvas, t *theme, area rect, n int) *tea.Cursor {
	p := c.pen(area, area.Dy()-1)
	var at *tea.Cursor
	for i, b := range f.buttons {
		s := on(t.button, t.text)
		has := f.focus == n+i && !f.resting
		if has || i == 0 && f.enterPresses(n) {
			s = t.pressed
		}
		if has {
			at = cursor(p.left+2, p.y, tea.CursorBlock)
		}
		words := "  " + b.label + "  "
		if t.brackets {
			words = "[ " + b.label + " ]"
		}
		p.button(s, words, func() {
			f.take(n + i)
			b.press()
		})
		p.skip(2)
	}
	return at
}

// enterPresses says that enter presses the first button, though one of the n controls has the keys.
func (f *form) enterPresses(n int) bool {
	if f.focus >= n {
		return false
	}
	switch f.controls()[f.focus].(type) {
	case *dropDown, *pushButton, *profileHead:
		return false
	}
	return true
}

// drawThumb shows in the column right of the form which part of it is in sight, when not all is.
func (f *form) drawThumb(c *canvas, s style, body rect) {
	all, above := f.span(c, body.Dx(), 0, len(f.parts)), f.span(c, body.Dx(), 0, f.first)
	rows := body.Dy()
	if rows <= 0 || all <= rows {
		return
	}
	size := max(rows*rows/all, 1)
	from := body.Min.Y + min((rows-size)*above/(all-rows), rows-size)
	for y := from; y < from+size; y++ {
		c.print(body.Max.X, y, 1, s, "▐")
	}
}

// scroll chooses the first part shown: as far up as leaves the control with the keys in sight, with
// everything below it when there is room.
func (f *form) scroll(c *canvas, body rect) {
	if len(f.controls()) == 0 || f.turned { // nothing to be kept in sight but what the reader scrolled to
		for f.first = max(min(f.first, len(f.parts)-1), 0); f.first > 0 && f.span(c, body.Dx(), f.first-1, len(f.parts)) <= body.Dy(); {
			f.first--
		}
		return
	}
	focused, n := len(f.parts)-1, 0
	for i, p := range f.parts {
		if _, ok := p.(control); ok {
			if n == f.focus {
				focused = i
			}
			n++
		}
	}
	f.first = min(f.first, focused)
	for f.first > 0 {
		if _, ok := f.parts[f.first-1].(caption); !ok || f.first < focused {
			break
		}
		f.first--
	}
	for f.first > 0 && f.span(c, body.Dx(), f.first-1, len(f.parts)) <= body.Dy() {
		f.first--
	}
	until := focused + 1 // what explains a control is seen with it
	for until < len(f.parts) && explains(f.parts[until]) && f.span(c, body.Dx(), focused, until+1) <= body.Dy() {
		until++
	}
	for f.first < focused && f.span(c, body.Dx(), f.first, until) > body.Dy() {
		f.first++
	}
}

// explains reports whether a part says something of the control above it.
func explains(p part) bool {
	c, ok := p.(caption)
	return ok && !c.name && c.say() != ""
}

// span is how many rows the parts from..to take.
func (f *form) span(c *canvas, width, from, to int) int {
	n := 0
	for _, p := range f.parts[from:to] {
		n += p.rows(c, width)
	}
	return n
}

// formHints are what can be pressed now, for the lower edge of a dialog.
func formHints(f *form) []text.Safe {
	if f.opened() != nil {
		return []text.Safe{"↑↓ move", "enter choose", "esc close list"}
	}
	all := f.controls()
	if f.focus < len(all) {
		switch all[f.focus].(type) {
		case *dropDown:
			return []text.Safe{"tab next", "enter open", "←→ change", "esc cancel"}
		case *checkBox:
			return []text.Safe{"tab next", "space check", "enter OK", "esc cancel"}
		case *radio:
			return []text.Safe{"tab next", "↑↓ choose", "enter OK", "esc cancel"}
		case *numberField:
			return []text.Safe{"tab next", "↑↓ count", "enter OK", "esc cancel"}
		case *pushButton:
			return []text.Safe{"tab next", "enter press", "esc cancel"}
		}
		return []text.Safe{"tab next", "enter OK", "esc cancel"}
	}
	return []text.Safe{"tab next", "enter press", "esc cancel"}
}
