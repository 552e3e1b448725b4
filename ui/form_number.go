package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// numberField is a field for a whole number between limits, its unit beside it. What is written there stays as
// it is until it is used, so that a wrong number can be mended; trouble says what is wrong with it.
type numberField struct {
	entry
	unit        text.Safe
	least, most int
}

// numberCells is how wide the field is: a number of five digits with a cell on either side.
const numberCells = 8

// newNumberField is a field with a number in it.
func newNumberField(n, least, most int, unit text.Safe) *numberField {
	f := &numberField{unit: unit, least: least, most: most}
	f.limit = 5
	f.set(strconv.Itoa(n))
	return f
}

func (f *numberField) draw(d drawing, area rect) *tea.Cursor {
	box, rest := cutLeft(area, numberCells)
	p := d.c.pen(rest, 0)
	p.skip(1)
	p.put(on(d.t.panel, d.t.text), f.unit)
	return f.entry.draw(d, box)
}

// key takes digits; the arrows count, as beside a spin box.
func (f *numberField) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "up":
		f.count(1)
		return true
	case "down":
		f.count(-1)
		return true
	}
	if k.Text != "" && strings.Trim(k.Text, "0123456789") != "" {
		return true // nothing but digits; the letter is meant for no one else
	}
	return f.entry.key(k)
}

// insert takes the digits of what was pasted.
func (f *numberField) insert(s string) {
	f.entry.insert(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s))
}

func (f *numberField) count(by int) {
	n, ok := f.number()
	if !ok {
		n = f.least - by
	}
	f.set(strconv.Itoa(min(max(n+by, f.least), f.most)))
}

// number is what is written, when it is one of those allowed.
func (f *numberField) number() (n int, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(f.value()))
	return n, err == nil && n >= f.least && n <= f.most
}

// trouble says what is wrong with what is written, or nothing.
func (f *numberField) trouble() text.Safe {
	if _, ok := f.number(); ok {
		return ""
	}
	return "Write a number from " + text.Int(f.least) + " to " + text.Int(f.most) + "."
}

// troubleBelow is a caption that says so.
func (f *numberField) troubleBelow() caption {
	return caption{room: 1, look: func(t *theme) style { return t.trouble }, say: func() text.Safe {
		if why := f.trouble(); why != "" {
			return "Error: " + why
		}
		return ""
	}}
}
