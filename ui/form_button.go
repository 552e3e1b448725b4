package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// pushButton is a button among the controls of a form: it does something at once, whatever becomes of the form.
type pushButton struct {
	label text.Safe
	press func()
	why   func() text.Safe // why it cannot be done now; nil or "" when it can
}

func (b *pushButton) rows(*canvas, int) int { return 1 }

// reason is why it cannot be done.
func (b *pushButton) reason() text.Safe {
	if b.why == nil {
		return ""
	}
	return b.why()
}

func (b *pushButton) draw(d drawing, area rect) *tea.Cursor {
	s, why := on(d.t.button, d.t.text), b.reason()
	if why != "" {
		s = on(d.t.button, d.t.dim)
	}
	if d.keys {
		s = d.t.pressed
	}
	p := d.c.pen(area, 0)
	words := "  " + b.label + "  "
	if d.t.button.Bg == nil { // without colours
		words = "[ " + b.label + " ]"
	}
	at := p.put(s, words)
	d.c.onClick(at, func(pointer) { d.take(); b.act() })
	if why != "" {
		p.skip(1)
		p.put(on(d.t.panel, d.t.dim), why)
	}
	if !d.keys {
		return nil
	}
	return cursor(at.Min.X+2, at.Min.Y, tea.CursorBlock)
}

func (b *pushButton) act() {
	if b.reason() == "" {
		b.press()
	}
}

func (b *pushButton) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "enter", "space":
		b.act()
		return true
	}
	return false
}
