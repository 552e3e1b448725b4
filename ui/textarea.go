package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// textArea is a place in a form to write a few lines, wrapped. What is written is one paragraph: enter is the
// form's, and a pasted line break becomes a blank.
type textArea struct {
	editor *editor
	lines  int
	full   bool // something had no room, since the last key
}

// newTextArea makes one of some lines that holds so many bytes.
func newTextArea(lines, limit int) *textArea {
	return &textArea{editor: &editor{textBuffer: textBuffer{limit: limit}, goal: -1, height: lines}, lines: lines}
}

func (a *textArea) value() string { return strings.TrimSpace(a.editor.String()) }

// left is for how many bytes there is room.
func (a *textArea) left() int { return a.editor.limit - a.editor.size }

func (a *textArea) insert(s string) {
	a.editor.write(strings.TrimRight(strings.Map(oneLine, strings.ToValidUTF8(s, "")), " "))
	a.noted()
}

// noted takes the editor's word that there is no room, which speaks of messages.
func (a *textArea) noted() { a.full, a.editor.notice = a.editor.notice != "", "" }

func (a *textArea) rows(*canvas, int) int { return a.lines }

func (a *textArea) draw(d drawing, area rect) *tea.Cursor {
	s, e := d.ground(), a.editor
	d.c.fill(area, s)
	inner := rect{Min: pt(area.Min.X+1, area.Min.Y), Max: pt(area.Max.X-1, area.Max.Y)}
	if inner.Empty() {
		return nil
	}
	d.c.onClick(area, func(p pointer) {
		d.take()
		e.click(p.at.X-inner.Min.X, p.at.Y-inner.Min.Y)
	})
	e.resize(inner.Dx(), inner.Dy())
	for y := range inner.Dy() {
		d.c.print(inner.Min.X, inner.Min.Y+y, inner.Dx(), s, e.row(y))
	}
	if !d.keys {
		return nil
	}
	row, _ := e.cursor()
	x := min(d.c.width(e.beforeCursor()), inner.Dx()-1)
	return cursor(inner.Min.X+x, inner.Min.Y+row-e.topRow, tea.CursorBar)
}

// key leaves enter, tab and whatever goes out of the text to the form.
func (a *textArea) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "enter", "alt+enter", "ctrl+j", "shift+enter":
		return false
	}
	did := a.editor.key(k)
	a.noted()
	return did == editorMoved
}
