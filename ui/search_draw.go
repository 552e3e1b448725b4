package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// The page grows no wider and no higher than this: longer lines and lists are hard to read.
const (
	searchWidth  = 110
	searchHeight = 36
)

func (s *searchPage) place(within rect) rect {
	return centred(within, min(within.Dx()-2, searchWidth), min(within.Dy()-2, searchHeight))
}

// draw draws the query, where it is looked for, and what was found.
func (s *searchPage) draw(c *canvas, area rect) *tea.Cursor {
	m, t := s.m, s.m.theme
	hints := []text.Safe{"↑↓ choose", "enter go there", "esc close"}
	if s.person != "" {
		hints = []text.Safe{"↑↓ choose", "enter go there", "tab where", "esc close"}
	}
	inside := drawPanel(c, t, area, "Search", hints...)
	box, rest := cutTop(inside, 1)
	c.fill(box, on(t.button, t.text))
	p := c.pen(box, 0)
	p.skip(1)
	p.put(on(t.button, t.dim), signFind+" ")
	ground := on(t.button, t.text)
	ground.Underline = t.field.Underline
	at := s.field.draw(c, p.rest(), ground, t.dim, true)
	scopes, rest := cutTop(rest, 1)
	found := m.state.Found()
	s.drawScopes(c, scopes, &found)
	line, rest := cutTop(rest, 1)
	if len(found.Hits) == 0 {
		c.rule(line, line.Min.Y, on(t.panel, t.line), style{}, "")
		drawLines(c, rest, on(t.panel, t.dim), wrap(s.why(&found), rest.Dx()))
		return at
	}
	c.rule(line, line.Min.Y, on(t.panel, t.line), on(t.panel, t.dim), found.Trouble) // why there may be more
	s.list.draw(c, rest, s, on(t.panel, t.line))
	return at
}

// drawScopes draws where it is looked for, and at the right how much was found.
func (s *searchPage) drawScopes(c *canvas, area rect, found *app.Found) {
	t := s.m.theme
	p := c.pen(area, 0)
	p.end(on(t.panel, t.dim), s.count(found))
	s.drawScope(p, "All conversations", "")
	if s.person != "" {
		p.skip(3)
		s.drawScope(p, s.m.nameOf(s.person), s.person)
	}
}

func (s *searchPage) drawScope(p *pen, label text.Safe, scope contacts.Address) {
	t := s.m.theme
	look := on(t.panel, t.dim)
	if scope == s.scope {
		look = on(t.panel, bold(t.accent))
	}
	p.button(look, label, func() { s.narrow(scope) })
}

// count is how many results there are so far.
func (s *searchPage) count(found *app.Found) text.Safe {
	n := len(found.Hits)
	switch {
	case n == 0:
		return ""
	case found.Stale:
		return "  Searching…"
	case found.More:
		return "  " + text.Int(n) + "+ messages"
	case n == 1:
		return "  1 message"
	}
	return "  " + text.Int(n) + " messages"
}

// why says why there are no results, and what to do.
func (s *searchPage) why(found *app.Found) text.Safe {
	query := text.From(s.query()).Line()
	switch {
	case query == "" && s.scope == "":
		return "Type words to find the messages in which all of them are said."
	case query == "":
		return "Type words to find the messages of this conversation in which all of them are said."
	case found.Trouble != "":
		return found.Trouble
	case found.Searching:
		return "Searching…"
	case s.scope != "":
		return "No message of this conversation has “" + query + "” in it. Press tab to look through all conversations."
	}
	return "No message has “" + query + "” in it."
}

// drawRow draws a result: with whom, by whom and when, and the words around what was looked for.
func (s *searchPage) drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor {
	m, t, hit := s.m, s.m.theme, &s.hits()[i]
	ground := t.panel
	if chosen {
		ground = on(t.selected, t.text)
		c.fill(area, ground)
	}
	first, second := c.pen(area, 0), c.pen(area, 1)
	first.skip(1)
	first.keep(1)
	first.end(on(ground, t.dim), "  "+moment(hit.Message.At, m.now(), m.zone()))
	name := m.nameOf(contacts.Address(hit.Message.Peer))
	if name == m.addressOf(contacts.Address(hit.Message.Peer)) && !hit.Message.Name.Empty() {
		name = hit.Message.Name.Line()
	}
	if hit.Message.Outgoing {
		first.put(on(ground, t.dim), "You to ")
	}
	first.put(on(ground, t.strong), name)
	second.skip(3)
	second.keep(1)
	drawSnippet(second, on(ground, t.text), snippetOf(hit.Message.Body, hit.Marks))
	return nil // the cursor stays in the field
}

// moment is when something was said, to the minute.
func moment(at, now time.Time, zone *time.Location) text.Safe {
	day, time := when(at, now, zone), clock(at.In(zone))
	if day == "" || day == time {
		return day
	}
	return day + " " + time
}
