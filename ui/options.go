package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/internal/option"
	"golync/internal/text"
)

// optionsPage is one page of the Options dialog. Nothing is in force before OK.
type optionsPage interface {
	title() text.Safe
	parts() []part
	// save writes what the page says into the set that OK puts in force.
	save(*option.Set)
}

// checkedPage is a page on which something wrong can be written: wrong is the control where, or nil.
type checkedPage interface{ wrong() control }

// optionsFocus says which part of the dialog has the keys.
type optionsFocus uint8

const (
	onPages optionsFocus = iota // the list of pages
	onPage
	onSearch // the field above the list
)

// options is the Options dialog: the list of pages on the left, the open page on the right. The field above the
// list finds options by their words, over all pages.
type options struct {
	m      *model
	pages  []optionsPage
	forms  []form
	open   int
	focus  optionsFocus
	search optionSearch
	high   struct{ width, rows int } // what rows found out last
}

// openOptions opens the Options dialog with the list of pages selected.
func openOptions(m *model, _ rect) {
	o := &options{m: m}
	o.pages = m.guise().pages(m, o)
	for _, p := range o.pages {
		o.forms = append(o.forms, form{
			parts: p.parts(), snug: true,
			buttons: []formButton{{"OK", o.accept}, {"Cancel", func() { m.close(o) }}},
		})
	}
	o.search = newOptionSearch(o)
	m.open(o)
}

// lyncPages are the pages of the Lync user.
func lyncPages(m *model, o *options) []optionsPage {
	return []optionsPage{
		newGeneralPage(m), newPersonalPage(m), newContactsListPage(m), newStatusPage(m), newAlertsPage(m), newIMPage(m),
		newSoundsPage(m), newAudioPage(m), newVideoPage(m), newCallForwardPage(m), newFileSavingPage(m), newNetworkPage(m, o),
	}
}

// openPage opens it in a page, with what has been changed on the others when it is open already.
func openPage(m *model, title text.Safe) {
	o, ok := m.dialogs.top().(*options)
	if !ok {
		openOptions(m, rect{})
		o = m.dialogs.top().(*options)
	}
	for i, p := range o.pages {
		if p.title() == title {
			o.search.clear()
			o.open, o.focus = i, onPage
			o.forms[i].give(0)
		}
	}
}

// openAlertOptions opens it in the middle of the Alerts page.
func openAlertOptions(m *model) {
	openOptions(m, rect{})
	o := m.dialogs.top().(*options)
	for i, p := range o.pages {
		if alerts, ok := p.(*alertsPage); ok {
			o.goTo(i, alerts.outside)
		}
	}
}

// goTo opens a page and gives the keys to one of its controls.
func (o *options) goTo(page int, c control) {
	o.open, o.focus = page, onPage
	o.forms[page].focusOn(c)
}

// accept puts all pages in force at once, unless something wrong is written on one: then that is gone to.
func (o *options) accept() {
	for i, p := range o.pages {
		if c, ok := p.(checkedPage); ok && c.wrong() != nil {
			o.goTo(i, c.wrong())
			return
		}
	}
	m := o.m
	set := m.state.Options()
	for _, p := range o.pages {
		p.save(&set)
	}
	m.do(m.state.SetOptions(m.now(), set))
	m.close(o)
}

func (o *options) light() bool { return false }

func (o *options) keys() []scope { return []scope{formKeys} }

// optionsWidth is what the labels need to stand on few rows.
const optionsWidth = 92

// place keeps the dialog as high as its highest page, so that it does not jump from page to page.
func (o *options) place(within rect) rect {
	width := min(within.Dx()-2, optionsWidth)
	return centred(within, width, panelHeight(within, o.rows(width-panelColumns)))
}

// rows is what the highest page takes, or the list. It is found out once for each width: a dialog does not
// grow while it is looked at.
func (o *options) rows(width int) int {
	if o.high.width == width {
		return o.high.rows
	}
	o.high.width, o.high.rows = width, len(o.pages)+searchRows
	for i := range o.forms {
		o.high.rows = max(o.high.rows, o.forms[i].height(o.m.canvas, o.pageWidth(width)))
	}
	return o.high.rows
}

// listWidth is what the titles of the pages and the empty field need, with a cell on either side and one before
// the page.
func (o *options) listWidth() int {
	width := cellsOf(o.search.field.placeholder)
	for _, p := range o.pages {
		width = max(width, cellsOf(p.title()))
	}
	return width + 3
}

// pageWidth is what the list and the line beside it leave for the page.
func (o *options) pageWidth(width int) int { return width - o.listWidth() - 2 }

func (o *options) draw(c *canvas, area rect) *tea.Cursor {
	t := o.m.theme
	inside := drawPanel(c, t, area, "Options", o.hints()...)
	if inside.Dy() >= o.rows(inside.Dx())+airRows {
		inside.Min.Y, inside.Max.Y = inside.Min.Y+1, inside.Max.Y-1
	}
	list, page := cutLeft(inside, o.listWidth())
	divider, page := cutLeft(page, 2)
	c.column(divider, on(t.panel, t.line))
	box, list := cutTop(list, searchRows)
	at := o.search.drawField(c, box)
	if here := o.drawList(c, list); o.focus == onPages {
		at = here
	}
	c.onClick(page, func(pointer) {})
	if o.search.active() {
		o.search.drawHits(c, page)
		return at
	}
	if here := o.drawPage(c, page); o.focus == onPage {
		at = here
	}
	return at
}

// hints are what can be pressed now.
func (o *options) hints() []text.Safe {
	switch {
	case o.search.active():
		return []text.Safe{"↑↓ move", "enter go there", "esc back"}
	case o.focus == onSearch:
		return []text.Safe{"type to find an option", "↓ pages", "esc cancel"}
	case o.focus == onPages:
		return []text.Safe{"↑↓ page", "enter open", "/ find", "esc cancel"}
	}
	return formHints(&o.forms[o.open])
}

// drawPage draws the open page. While the list has the keys, no control looks as if it had them.
func (o *options) drawPage(c *canvas, page rect) *tea.Cursor {
	f := &o.forms[o.open]
	f.resting = o.focus != onPage
	f.taken = func() { o.focus = onPage }
	return f.draw(c, o.m.theme, page)
}

func (o *options) drawList(c *canvas, area rect) *tea.Cursor {
	t := o.m.theme
	var at *tea.Cursor
	for i, p := range o.pages {
		row := rect{Min: pt(area.Min.X, area.Min.Y+i), Max: pt(area.Max.X-1, area.Min.Y+i+1)}
		s := on(t.panel, t.text)
		if i == o.shown() {
			s = on(t.resting, t.text)
			if o.focus == onPages {
				s = on(t.selected, t.text)
				at = cursor(row.Min.X+1, row.Min.Y, tea.CursorBlock)
			}
		}
		c.fill(row, s)
		c.print(row.Min.X+1, row.Min.Y, row.Dx()-1, s, p.title())
		c.onClick(row, func(pointer) { o.show(i) })
	}
	return at
}

// shown is the page that is open, or the one of what was found; -1 when nothing was.
func (o *options) shown() int {
	if o.search.active() {
		return o.search.page()
	}
	return o.open
}

// show opens a page from the list.
func (o *options) show(i int) {
	o.search.clear()
	o.open, o.focus = i, onPages
}

func (o *options) key(k tea.KeyPressMsg) bool {
	switch o.focus {
	case onSearch:
		return o.search.key(k)
	case onPage:
		return o.pageKey(k)
	}
	switch k.String() {
	case "up":
		if o.open == 0 {
			o.focus = onSearch
		}
		o.open = max(o.open-1, 0)
	case "down":
		o.open = min(o.open+1, len(o.pages)-1)
	case "home":
		o.open = 0
	case "end":
		o.open = len(o.pages) - 1
	case "enter", "right", "tab", "space":
		o.focus = onPage
		o.forms[o.open].give(0)
	case "shift+tab":
		o.focus = onPage
		o.forms[o.open].move(-1)
	default:
		return o.search.begin(k)
	}
	return true
}

// pageKey gives a key to the page. Going back from its first control leads to the list.
func (o *options) pageKey(k tea.KeyPressMsg) bool {
	f := &o.forms[o.open]
	if f.focus == 0 && k.String() == "shift+tab" {
		o.focus = onPages
		return true
	}
	if f.key(k) {
		return true
	}
	switch k.String() {
	case "left":
		o.focus = onPages
	case "ctrl+f":
		o.focus = onSearch
	default:
		return false
	}
	return true
}

func (o *options) paste(s string) {
	switch o.focus {
	case onSearch:
		o.search.field.insert(s)
		o.search.find()
	case onPage:
		o.forms[o.open].paste(s)
	}
}

// isOneOf is the place of what is chosen among the choices of a page; the first one stands for none.
func isOneOf[T comparable](choices []T, chosen T) int { return max(slices.Index(choices, chosen), 0) }
