package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// optionSearch finds options by words of their labels, over all pages of the Options dialog.
type optionSearch struct {
	o     *options
	field field
	spots []spot
	found []spot
	list  list
	width int // that the hits were drawn in last
}

// spot is a control of a page and what it is known by.
type spot struct {
	page    int
	control control
	label   text.Safe
	words   string // everything it can be found by, in small letters
}

// searchRows is what the field and the row below it take.
const searchRows = 2

func newOptionSearch(o *options) optionSearch {
	s := optionSearch{o: o, field: field{placeholder: "Find an option"}}
	for i, p := range o.pages {
		s.spots = append(s.spots, spotsOf(i, p.title(), o.forms[i].parts)...)
	}
	return s
}

// spotsOf are the controls of a page, each by its own label or by the caption above it.
func spotsOf(page int, title text.Safe, parts []part) (spots []spot) {
	var heading text.Safe
	add := func(c control, label text.Safe, more ...text.Safe) {
		words := text.Join(append(more, title, heading, label), " ")
		spots = append(spots, spot{page, c, label, strings.ToLower(string(words))})
	}
	for _, p := range parts {
		switch p := p.(type) {
		case caption:
			if p.name {
				heading = p.say()
			}
		case *checkBox:
			add(p, p.label)
		case *radio:
			for _, label := range p.options {
				add(p, label)
			}
		case *dropDown:
			add(p, heading, p.options...)
		case *pushButton:
			add(p, p.label)
		case control:
			add(p, heading)
		}
	}
	return spots
}

// active says that something has been typed, so that what was found stands in the place of the page.
func (s *optionSearch) active() bool { return s.field.value() != "" }

func (s *optionSearch) clear() {
	s.field.set("")
	s.found, s.list = nil, list{}
}

// find looks for options that have every word typed.
func (s *optionSearch) find() {
	words := strings.Fields(strings.ToLower(s.field.value()))
	s.found = nil
	for _, spot := range s.spots {
		all := len(words) > 0
		for _, w := range words {
			all = all && strings.Contains(spot.words, w)
		}
		if all {
			s.found = append(s.found, spot)
		}
	}
	s.list.choose(0, len(s.found))
}

// begin takes a key of the list of pages: a letter is the first of a search.
func (s *optionSearch) begin(k tea.KeyPressMsg) bool {
	switch {
	case k.String() == "/" || k.String() == "ctrl+f":
		s.o.focus = onSearch
		return true
	case k.Text == "":
		return false
	}
	s.o.focus = onSearch
	return s.key(k)
}

func (s *optionSearch) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "esc":
		if !s.active() {
			return false
		}
		s.clear()
		s.o.focus = onPages
	case "up", "down", "pgup", "pgdown":
		if !s.active() {
			s.o.focus = onPages
			return true
		}
		s.list.key(k, len(s.found))
	case "tab", "shift+tab":
		s.clear()
		s.o.focus = onPages
	case "enter":
		if s.active() {
			s.goTo(s.list.selected)
		}
	default:
		if !s.field.key(k) {
			return false
		}
		s.find()
	}
	return true
}

// page is where the selected one of those found stands, or -1.
func (s *optionSearch) page() int {
	if s.list.selected >= len(s.found) {
		return -1
	}
	return s.found[s.list.selected].page
}

// goTo leads to what was found.
func (s *optionSearch) goTo(i int) {
	if i >= len(s.found) {
		return
	}
	to := s.found[i]
	s.clear()
	s.o.goTo(to.page, to.control)
}

func (s *optionSearch) drawField(c *canvas, area rect) *tea.Cursor {
	t := s.o.m.theme
	keys := s.o.focus == onSearch
	box := rect{Min: area.Min, Max: pt(area.Max.X-1, area.Min.Y+1)}
	ground := on(t.field, t.text)
	if keys {
		ground = on(t.selected, t.text)
	}
	c.fill(box, ground)
	c.onClick(box, func(pointer) { s.o.focus = onSearch })
	inner := rect{Min: pt(box.Min.X+1, box.Min.Y), Max: pt(box.Max.X-1, box.Max.Y)}
	return s.field.draw(c, inner, ground, t.dim, keys)
}

// drawHits draws what was found; the list of pages marks where the selected one stands.
func (s *optionSearch) drawHits(c *canvas, area rect) {
	t := s.o.m.theme
	if len(s.found) == 0 {
		drawLines(c, area, on(t.panel, t.dim), wrap("No option has these words. Esc leads back to the pages.", area.Dx()))
		return
	}
	s.width = area.Dx()
	s.list.draw(c, area, s, on(t.panel, t.line))
}

func (s *optionSearch) len() int { return len(s.found) }

// lines are what an option is called, whole: two that begin alike are told apart by their ends.
func (s *optionSearch) lines(i int) []text.Safe { return wrap(s.found[i].label, s.width-2) }

func (s *optionSearch) height(i int) int { return len(s.lines(i)) }

func (s *optionSearch) drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor {
	t := s.o.m.theme
	look := on(t.panel, t.text)
	if chosen {
		look = on(t.selected, t.text)
	}
	c.fill(area, look)
	for y, line := range s.lines(i)[:min(area.Dy(), s.height(i))] {
		p := c.pen(area, y)
		p.skip(1)
		p.put(look, line)
	}
	return nil // it stays in the field
}

func (s *optionSearch) click(i int, _ rect, _ pointer) { s.goTo(i) }
