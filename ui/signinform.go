package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// signInForm is address and password, with what went wrong below. It is on the page of the first run and on
// the one that asks again.
type signInForm struct {
	address  field
	password field
	fixed    text.Safe // the address when it cannot be changed here
	at       int       // 0: the address has the keys, 1: the password
	trouble  trouble
	says     text.Safe // when nothing is wrong
}

// newSignInForm makes an empty form. An address has at most as many bytes as contacts.ParseAddress takes.
func newSignInForm() signInForm {
	return signInForm{
		address:  field{placeholder: "someone@example.com", limit: 1024},
		password: field{secret: true},
	}
}

// current is the field with the keys.
func (f *signInForm) current() *field {
	if f.at == 0 && f.fixed == "" {
		return &f.address
	}
	return &f.password
}

func (f *signInForm) paste(s string) { f.current().insert(s) }

// The size of the form, in cells.
const signInWidth, signInHeight = 56, 18

// draw draws the form in the middle of an area.
func (f *signInForm) draw(c *canvas, t *theme, area rect, submit func()) *tea.Cursor {
	body := centred(area, signInWidth, signInHeight)
	row := func(y int) *pen { return c.pen(body, y) }
	row(0).put(bold(t.accent), "golync")
	row(2).put(t.dim, "Sign-in address")
	var at *tea.Cursor
	if f.fixed != "" {
		row(3).put(t.strong, f.fixed)
	} else if here := f.drawField(c, body, 3, &f.address, t, f.at == 0, 0); here != nil {
		at = here
	}
	row(5).put(t.dim, "Password")
	if here := f.drawField(c, body, 6, &f.password, t, f.fixed != "" || f.at == 1, 1); here != nil {
		at = here
	}
	row(8).button(t.pressed, "  Sign In  ", submit)
	f.drawWords(c, t, body)
	return at
}

// drawField draws one field on its background, with a blank cell at either end.
func (f *signInForm) drawField(c *canvas, body rect, y int, what *field, t *theme, keys bool, i int) *tea.Cursor {
	area := c.pen(body, y).rest()
	c.fill(area, t.field)
	inside := area
	inside.Min.X++
	inside.Max.X--
	c.onClick(area, func(pointer) { f.at = i })
	return what.draw(c, inside, t.field, t.dim, keys)
}

// drawWords says what went wrong and what to do next, or how far it is.
func (f *signInForm) drawWords(c *canvas, t *theme, body rect) {
	y := 10
	if f.trouble.what != "" {
		for _, line := range wrap("Error: "+f.trouble.what, body.Dx()) {
			c.pen(body, y).put(t.trouble, line)
			y++
		}
		for _, line := range wrap(f.trouble.next, body.Dx()) {
			c.pen(body, y).put(t.text, line)
			y++
		}
	}
	for _, line := range wrap(f.says, body.Dx()) {
		c.pen(body, y).put(t.dim, line)
		y++
	}
}
