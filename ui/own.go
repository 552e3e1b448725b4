package ui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// own is a line that the user writes about himself, in the place where it is shown: the note, the location.
type own struct {
	m       *model
	field   field
	focus   focus
	most    int // characters that can be published
	tooLong text.Safe
	now     func() text.Peer // as it is published
	publish func(string) []app.Effect
}

// ownRoom is how many bytes can be written. It is more than can be published, so that nothing typed or pasted is
// cut off behind the user's back: what is too long is shortened by hand.
const ownRoom = 16 << 10

// ownWords are what is said of such a line: in its place while it is empty, and when it is too long.
type ownWords struct{ empty, tooLong text.Safe }

func newNote(m *model) *own {
	return &own{
		m: m, focus: onNote, most: app.MaxNote, tooLong: m.guise().note.tooLong,
		field:   field{placeholder: m.guise().note.empty, limit: ownRoom},
		now:     func() text.Peer { return m.state.Me().Note },
		publish: func(s string) []app.Effect { return m.state.SetNote(m.now(), s) },
	}
}

// edit starts writing, from what it is now.
func (o *own) edit() {
	o.field.set(o.now().Raw())
	o.m.focus, o.m.talking = o.focus, false
}

// writing reports whether the line has the keys.
func (o *own) writing() bool { return o.m.focus == o.focus }

func (o *own) key(k tea.KeyPressMsg) bool {
	switch noteKeys.of(k) {
	case "publish":
		if o.overlong() {
			return true
		}
		o.m.do(o.publish(o.field.value()))
		o.m.toWindow()
	case "leave":
		o.m.toWindow()
	default:
		took := o.field.key(k)
		o.limited()
		return took
	}
	return true
}

func (o *own) paste(s string) {
	o.field.insert(s)
	o.limited()
}

// limited says that what was written or pasted is too long, or that there was no room for all of it.
func (o *own) limited() {
	if o.field.full {
		o.field.full = false
		o.m.complain(o.tooLong + " Not all of it was taken.")
		return
	}
	o.overlong()
}

// overlong reports whether there is more than can be published, and says how much.
func (o *own) overlong() bool {
	n := utf8.RuneCountInString(strings.TrimSpace(o.field.value()))
	if n > o.most {
		o.m.complain(o.tooLong + " These are " + text.Int(n) + ".")
	}
	return n > o.most
}

// draw draws the line, or the field in which it is being written, in an area of one row.
func (o *own) draw(c *canvas, area rect, sign text.Safe) *tea.Cursor {
	t := o.m.theme
	if o.writing() {
		return o.field.draw(c, area, t.field, t.dim, true)
	}
	row, look, words := c.pen(area, 0), t.text, o.now().Line()
	if words == "" {
		look, words = t.dim, o.field.placeholder
	}
	if sign != "" {
		row.before(" "+sign, look, words)
		row.skip(1)
		row.put(t.dim, sign)
	} else {
		row.put(look, words)
	}
	c.onClick(area, func(pointer) { o.edit() })
	return nil
}
