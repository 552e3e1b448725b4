package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// emptyGroup is what Lync says in a group without members (facts/lync-2013-client.md section 1).
const emptyGroup text.Safe = "To add contacts, drag from another group or add from search."

// emptyIndent is how far it stands from the edge, below the group's name.
const emptyIndent = 2

func (l *contactList) drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor {
	row := l.flat[i]
	switch {
	case row.empty:
		area.Min.X += emptyIndent
		drawLines(c, area, l.m.theme.dim, wrap(l.m.guise().empty, area.Dx()))
		area.Min.X -= emptyIndent
	case row.who == nil:
		l.drawHeading(c, area, row.section)
	default:
		l.drawContact(c, area, row.who)
	}
	return l.m.mark(c, area, chosen, onList)
}

// drawContact draws a contact, with the messages that wait at the end of the first line.
func (l *contactList) drawContact(c *canvas, area rect, who *contacts.Contact) {
	r, waiting := l.says(who, area.Dx())
	if waiting != "" {
		area.Max.X = c.pen(area, 0).end(bold(l.m.theme.accent), waiting).Min.X
	}
	l.m.drawPerson(c, area, r)
	if l.picked[who.Address] {
		c.print(area.Min.X+1, area.Min.Y, 1, bold(l.m.theme.accent), "✓")
	}
}

// says is what stands in the row of a contact, and at its end how many messages wait to be read.
func (l *contactList) says(who *contacts.Contact, width int) (r personRow, waiting text.Safe) {
	if talk := l.m.state.Conversation(who.Address); talk != nil && talk.Unread > 0 {
		waiting = "  " + text.Int(talk.Unread) + " new"
	}
	return l.m.listRow(who, width-cellsOf(waiting)), waiting
}

// drawHeading draws a section's name and how many people it has; the numbers are never cut.
func (l *contactList) drawHeading(c *canvas, area rect, s section) {
	sign := signOpen
	if s.folded {
		sign = signClosed
	}
	count := l.count(s.sectionKey)
	p := c.pen(area, 0)
	p.put(l.m.theme.dim, sign)
	p.skip(1)
	p.before(count, l.m.theme.strong, s.name)
	p.put(l.m.theme.dim, count)
}

// drawPerson draws a contact: presence bar, glyph, name and words, and what stands below.
func (m *model) drawPerson(c *canvas, area rect, r personRow) {
	colour := m.theme.presence(r.presence)
	if r.presence != contacts.PresenceUnknown {
		for y := range area.Dy() {
			c.pen(area, y).put(colour, signBar)
		}
	}
	p := c.pen(area, 0)
	p.skip(2)
	p.put(colour, glyph(r.presence))
	p.skip(1)
	p.put(m.theme.text, r.name)
	if r.words != "" {
		p.put(m.theme.dim, " - "+r.words)
	}
	for i, line := range r.lines(area.Dx()) {
		p = c.pen(area, 1+i)
		p.skip(personIndent)
		p.put(m.theme.dim, line)
	}
}

// mark shows that a row is the selected one, more strongly where the keys are, and puts the cursor on it.
func (m *model) mark(c *canvas, area rect, chosen bool, where focus) *tea.Cursor {
	if !chosen {
		return nil
	}
	if m.focus != where || m.dialogs.top() != nil {
		c.tint(area, m.theme.resting)
		return nil
	}
	c.tint(area, m.theme.selected)
	c.point(m.theme, area.Min.Sub(pt(1, 0)), m.theme.accent)
	return cursor(area.Min.X, area.Min.Y, tea.CursorBar)
}
