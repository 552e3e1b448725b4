package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// optionsPage is one page of the Options dialog. Nothing is in force before save.
type optionsPage interface {
	title() text.Safe
	parts() []part
	save()
}

// options is the Options dialog: the list of pages on the left, the open page on the right.
type options struct {
	m     *model
	pages []optionsPage
	forms []form
	open  int
	list  bool // the list has the keys, not the page
}

// openOptions opens the Options dialog with the list of pages selected.
func openOptions(m *model, _ rect) {
	o := &options{m: m, pages: []optionsPage{newAlertsPage(m)}, list: true}
	for _, p := range o.pages {
		o.forms = append(o.forms, form{
			parts:   p.parts(),
			buttons: []formButton{{"OK", o.accept}, {"Cancel", func() { m.close(o) }}},
		})
	}
	m.open(o)
}

// openAlertOptions opens it in the middle of the Alerts page.
func openAlertOptions(m *model) {
	openOptions(m, rect{})
	o := m.dialogs.top().(*options)
	page := o.pages[0].(*alertsPage)
	o.list = false
	o.forms[0].focusOn(page.outside)
}

func (o *options) accept() {
	for _, p := range o.pages {
		p.save()
	}
	o.m.close(o)
}

func (o *options) light() bool { return false }

func (o *options) keys() []scope { return []scope{formKeys} }

// optionsWidth is what the labels of Alerts need to stand on few rows.
const optionsWidth = 84

func (o *options) place(within rect) rect {
	width := min(within.Dx()-2, optionsWidth)
	return centred(within, width, panelHeight(within, o.forms[o.open].height(o.m.canvas, o.pageWidth(width-panelColumns))))
}

// listWidth is what the titles of the pages need, with a cell on either side and one before the page.
func (o *options) listWidth() int {
	width := 0
	for _, p := range o.pages {
		width = max(width, cellsOf(p.title()))
	}
	return width + 3
}

// pageWidth is what the list and the line beside it leave for the page.
func (o *options) pageWidth(width int) int { return width - o.listWidth() - 2 }

func (o *options) draw(c *canvas, area rect) *tea.Cursor {
	t := o.m.theme
	hints := formHints(&o.forms[o.open])
	if o.list {
		hints = []text.Safe{"↑↓ page", "enter open", "esc cancel"}
	}
	inside := drawPanel(c, t, area, "Options", hints...)
	inside = o.forms[o.open].airy(c, inside, o.pageWidth(inside.Dx()))
	list, page := cutLeft(inside, o.listWidth())
	divider, page := cutLeft(page, 2)
	c.column(divider, on(t.panel, t.line))
	at := o.drawList(c, list)
	keys := o.list
	c.onClick(page, func(pointer) {})
	here := o.drawPage(c, page)
	if !keys {
		return here
	}
	return at
}

// drawPage draws the open page. While the list has the keys, no control looks as if it had them.
func (o *options) drawPage(c *canvas, page rect) *tea.Cursor {
	f := &o.forms[o.open]
	f.resting = o.list
	f.taken = func() { o.list = false }
	return f.draw(c, o.m.theme, page)
}

func (o *options) drawList(c *canvas, area rect) *tea.Cursor {
	t := o.m.theme
	var at *tea.Cursor
	for i, p := range o.pages {
		row := rect{Min: pt(area.Min.X, area.Min.Y+i), Max: pt(area.Max.X-1, area.Min.Y+i+1)}
		s := on(t.panel, t.text)
		if i == o.open {
			s = on(t.resting, t.text)
			if o.list {
				s = on(t.selected, t.text)
				at = cursor(row.Min.X+1, row.Min.Y, tea.CursorBlock)
			}
		}
		c.fill(row, s)
		c.print(row.Min.X+1, row.Min.Y, row.Dx()-1, s, p.title())
		c.onClick(row, func(pointer) { o.open, o.list = i, true })
	}
	return at
}

func (o *options) key(k tea.KeyPressMsg) bool {
	if !o.list {
		return o.pageKey(k)
	}
	switch k.String() {
	case "up":
		o.open = max(o.open-1, 0)
	case "down":
		o.open = min(o.open+1, len(o.pages)-1)
	case "enter", "right", "tab", "space":
		o.list = false
		o.forms[o.open].give(0)
	case "shift+tab":
		o.list = false
		o.forms[o.open].move(-1)
	default:
		return false
	}
	return true
}

// pageKey gives a key to the page. Going back from its first control leads to the list.
func (o *options) pageKey(k tea.KeyPressMsg) bool {
	f := &o.forms[o.open]
	if f.focus == 0 && k.String() == "shift+tab" {
		o.list = true
		return true
	}
	if f.key(k) {
		return true
	}
	if k.String() == "left" {
		o.list = true
		return true
	}
	return false
}
