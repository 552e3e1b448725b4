package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// drawTabs draws the tabs of the Conversations view and, at the right, the way to the search page.
func (p *pastList) drawTabs(c *canvas, area rect) {
	p.refresh()
	t := p.m.theme
	row := c.pen(area, 0)
	at := row.end(t.accent, signFind+" Search")
	c.onClick(at, func(pointer) { openSearch(p.m, "", "") })
	labels, missed := p.tabLabels()
	gap := 3
	if c.width(text.Join(labels, "   ")) > row.room() {
		gap = 2
	}
	for i, label := range labels {
		if i > 0 {
			row.skip(gap)
		}
		s := t.dim
		switch {
		case p.tab == pastTab(i) && !p.m.window.find.active():
			s = bold(t.accent)
		case missed && label != pastTabs[i].label:
			s = t.strong
		}
		row.button(s, label, func() { p.turn(pastTab(i)) })
	}
}

// tabLabels are the labels of the tabs, with how many missed calls nobody has looked at.
func (p *pastList) tabLabels() (labels []text.Safe, missed bool) {
	n := p.m.state.MissedCalls()
	for i, tab := range pastTabs {
		label := tab.label
		if n > 0 && (pastTab(i) == pastMissed || pastTab(i) == pastCalls) {
			label += " (" + text.Int(n) + ")"
		}
		labels = append(labels, label)
	}
	return labels, n > 0
}

// draw draws the conversations of the open tab, or says that there is none.
func (p *pastList) draw(c *canvas, area rect) *tea.Cursor {
	p.refresh()
	p.body = area
	if len(p.at) == 0 {
		drawLines(c, area, p.m.theme.dim, wrap(pastTabs[p.tab].empty, area.Dx()))
		return nil
	}
	return p.list.draw(c, area, p, p.m.theme.line)
}

// drawRow draws one conversation: who, when the last words were said, and those words. A name in strong
// letters with a number has something unread.
func (p *pastList) drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor {
	if p.at[i].call {
		return p.drawCall(c, area, p.m.state.Logged(p.at[i].i), chosen)
	}
	m, past := p.m, p.m.state.Past(p.at[i].i)
	t := m.theme
	first, second := c.pen(area, 0), c.pen(area, 1)
	first.end(t.dim, "  "+when(past.Last.At, m.now(), m.zone()))
	if past.Missed && past.Unread > 0 { // whoever has seen the last word needs no mark, or most rows had one
		second.end(t.trouble, "  Missed")
	}
	first = p.drawPresence(c, area, first, past.Peer)
	unread, name := text.Safe(""), t.text
	if past.Unread > 0 {
		unread, name = " ("+text.Int(past.Unread)+")", t.strong
	}
	first.before(unread, name, m.nameOf(past.Peer))
	first.put(name, unread)
	second.skip(personIndent)
	second.put(t.dim, lastWords(&past))
	return m.mark(c, area, chosen, onList)
}

// drawPresence draws how a person is in front of a row, and returns the rest of its first line.
func (p *pastList) drawPresence(c *canvas, area rect, first *pen, a contacts.Address) *pen {
	m, t := p.m, p.m.theme
	who, ok := m.state.Contacts().Get(a)
	if !ok {
		first.skip(personIndent)
		return first
	}
	presence, _ := m.standing(who)
	colour := t.presence(presence)
	if presence != contacts.PresenceUnknown {
		first.put(colour, signBar)
		c.pen(area, 1).put(colour, signBar)
	}
	first = c.pen(rect{Min: pt(area.Min.X+2, area.Min.Y), Max: pt(first.right, area.Max.Y)}, 0)
	first.put(colour, glyph(presence))
	first.skip(1)
	return first
}

// lastWords is what was said last, and by whom when that was the user.
func lastWords(past *app.Past) text.Safe {
	words := past.Last.Body.Line()
	if past.Last.Outgoing {
		return "You: " + words
	}
	return words
}

// daysByName is for how many days back a day of the week says which one is meant.
const daysByName = 6

// when says shortly when something was said: today by the time, in this week by the day, else by the date.
// What comes from a clock that is ahead, days after now, has its date too.
func when(at, now time.Time, zone *time.Location) text.Safe {
	if at.IsZero() {
		return ""
	}
	at, now = at.In(zone), now.In(zone)
	switch first := now.AddDate(0, 0, -daysByName); {
	case sameDay(now, at):
		return clock(at)
	case at.Before(now) && (at.After(first) || sameDay(first, at)):
		return weekdays[at.Weekday()]
	}
	date := text.Int(at.Day()) + " " + months[at.Month()-1][:3]
	if at.Year() != now.Year() {
		date += " " + text.Int(at.Year())
	}
	return date
}
