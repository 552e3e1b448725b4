package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
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
	said     signInText
}

// signInText is what the form says of itself.
type signInText struct {
	product, below text.Safe // the heading
	address        text.Safe // the caption of the first field
	example        text.Safe // in it while it is empty
	first          text.Safe // below the fields at the first run
	// as says with which address somebody signs in who typed this, and what becomes of it.
	as    func(p contacts.Providers, typed string) (a contacts.Address, becomes text.Safe, err error)
	wrong func(error) trouble // with the address
}

// lyncSignIn are the words for a Lync user.
var lyncSignIn = signInText{
	product: "golync", below: "Lync 2013 for the terminal",
	address: "Sign-in address", example: "someone@example.com",
	first: "Your SIP address; the server is found by its domain.",
	as: func(_ contacts.Providers, typed string) (contacts.Address, text.Safe, error) {
		a, err := contacts.ParseAddress(typed)
		return a, "", err
	},
	wrong: func(err error) trouble { return trouble{what: complaint(err)} },
}

// newSignInForm makes an empty form. An address has at most as many bytes as contacts.ParseAddress takes.
func newSignInForm(said signInText) signInForm {
	return signInForm{
		said:     said,
		address:  field{placeholder: said.example, limit: 1024},
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

// The largest size of the form in cells, frame included: with the longest explanation of a failure. The rows
// under the fields that have nothing to say are left to the page.
const signInWidth, signInHeight = 60, 19

// signInWords is the row of the form where the words begin.
const signInWords = 10

// draw draws the form in the middle of an area, whose last row is left to the keys.
func (f *signInForm) draw(c *canvas, t *theme, area rect, submit func()) *tea.Cursor {
	_, area = cutBottom(area, 1)
	place := centred(area, signInWidth, signInHeight)
	said := f.words(t, place.Dx()-panelColumns)
	place.Max.Y = min(place.Min.Y+panelRows+signInWords+len(said), place.Max.Y)
	body := drawPanel(c, t, place, "Welcome")
	row := func(y int) *pen { return c.pen(body, y) }
	p := row(0)
	p.put(on(t.panel, bold(t.accent)), f.said.product)
	p.skip(2)
	p.put(on(t.panel, t.dim), f.said.below)
	row(2).put(on(t.panel, t.text), f.said.address)
	var at *tea.Cursor
	if f.fixed != "" {
		row(3).put(on(t.panel, t.strong), f.fixed)
	} else if here := f.drawField(c, body, 3, &f.address, t, f.at == 0, 0); here != nil {
		at = here
	}
	row(5).put(on(t.panel, t.text), "Password")
	if here := f.drawField(c, body, 6, &f.password, t, f.fixed != "" || f.at == 1, 1); here != nil {
		at = here
	}
	row(8).button(t.pressed, "  Sign In  ", submit)
	for i, line := range said {
		c.pen(body, signInWords+i).put(line.look, line.text)
	}
	return at
}

// drawField draws one field on its ground, with a blank cell at either end.
func (f *signInForm) drawField(c *canvas, body rect, y int, what *field, t *theme, keys bool, i int) *tea.Cursor {
	area := c.pen(body, y).rest()
	ground := drawing{t: t, keys: keys}.ground()
	c.fill(area, ground)
	inside := area
	inside.Min.X++
	inside.Max.X--
	c.onClick(area, func(pointer) { f.at = i })
	return what.draw(c, inside, ground, t.dim, keys)
}

// words say what went wrong and what to do next, or how far it is.
func (f *signInForm) words(t *theme, width int) (said []styledLine) {
	if f.trouble.what != "" {
		said = styled(said, on(t.panel, t.trouble), wrap("Error: "+f.trouble.what, width))
	}
	if f.trouble.next != "" {
		said = styled(said, on(t.panel, t.text), wrap(f.trouble.next, width))
	}
	if f.says == "" {
		return said
	}
	return styled(said, on(t.panel, t.dim), wrap(f.says, width))
}
