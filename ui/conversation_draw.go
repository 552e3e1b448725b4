package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// editorPart is how high the editor grows: to a third of the conversation.
const editorPart = 3

// talkParts are the rows of a conversation, from top to bottom.
type talkParts struct{ head, tabs, top, log, bottom, written rect }

// divide gives the rows of a conversation their places; the editor has as many as its text needs, and tabs
// have one when they are wanted.
func (t *talk) divide(area rect, tabs bool) talkParts {
	var p talkParts
	area.Min.X, area.Max.X = area.Min.X+1, area.Max.X-1
	p.head, area = cutTop(area, 1)
	if tabs {
		p.tabs, area = cutTop(area, 1)
	}
	p.top, area = cutTop(area, 1)
	rows := min(t.editor.rowCount(area.Dx()-2), max(area.Dy()/editorPart, 1))
	p.written, area = cutBottom(area, rows)
	p.bottom, p.log = cutBottom(area, 1)
	return p
}

func (v *conversation) draw(c *canvas, area rect) *tea.Cursor {
	talk := v.front()
	if talk == nil {
		v.drawNone(c, area)
		return nil
	}
	t := v.sync(talk)
	p := t.divide(area, v.tabbed())
	v.drawHead(c, p.head, talk)
	v.drawTabs(c, p.tabs)
	v.drawTop(c, p.top, talk)
	v.drawLog(c, p.log, talk, t)
	v.drawBottom(c, p.bottom, t)
	return v.drawEditor(c, p.written, talk, t)
}

// drawHead draws who it is and how that person is, and the buttons.
func (v *conversation) drawHead(c *canvas, area rect, talk *app.Conversation) {
	m, a := v.m, talk.Peer
	p := c.pen(area, 0)
	closes := p.end(m.theme.dim, " "+signClose)
	c.onClick(closes, func(pointer) { v.close(a) })
	more := p.end(m.theme.dim, " ⋯ ")
	c.onClick(more, func(pointer) { openContactMenu(m, a, 0, more) })
	p.keep(1)
	name := p.put(m.theme.strong, m.nameOf(a))
	c.onClick(name, func(at pointer) {
		if at.menu {
			openContactMenu(m, a, 0, name)
		} else {
			openCard(m, a)
		}
	})
	p.skip(2)
	if who, ok := m.state.Contacts().Get(a); ok {
		availability, words := m.standing(who)
		p.put(m.theme.presence(availability), glyph(availability))
		p.skip(1)
		p.put(m.theme.dim, words)
		return
	}
	// The name of somebody who is not in the list is what that person says it is; the address is not.
	p.put(m.theme.dim, m.addressOf(a)+" "+signDot+" "+kindLabel(m.kindOf(a))+" "+signDot+" not in your list")
}

// drawTabs draws the open conversations, as many as there is room for, the one in front among them.
func (v *conversation) drawTabs(c *canvas, area rect) {
	m, all := v.m, v.m.state.Conversations()
	labels := make([]text.Safe, len(all))
	front, width := 0, 0
	for i, talk := range all {
		labels[i] = m.nameOf(talk.Peer)
		if talk.Unread > 0 {
			labels[i] += " (" + text.Int(talk.Unread) + ")"
		}
		if talk.Peer == v.shown {
			front = i
		}
	}
	first := front
	for ; first >= 0 && width+c.width(labels[first])+3 <= area.Dx(); first-- {
		width += c.width(labels[first]) + 3
	}
	p := c.pen(area, 0)
	for i := min(first+1, front); i < len(all) && p.room() > 0; i++ {
		s := m.theme.dim
		switch {
		case i == front:
			s = bold(m.theme.accent)
		case all[i].Unread > 0:
			s = m.theme.strong
		}
		if p.left > area.Min.X {
			p.put(m.theme.line, " │ ")
		}
		a := all[i].Peer
		p.button(s, labels[i], func() { v.show(a) })
	}
}

// drawTop draws the line above the log, which says when older messages are being fetched.
func (v *conversation) drawTop(c *canvas, area rect, talk *app.Conversation) {
	label := text.Safe("")
	if talk.Loading && len(talk.Messages) > 0 {
		label = "earlier messages are being fetched"
	}
	c.rule(area, area.Min.Y, v.m.theme.line, v.m.theme.dim, label)
}

// drawBottom draws the line above the editor, which says what stands in the way of writing or reading, or that
// the other side is writing. It is always there, so that nothing jumps.
func (v *conversation) drawBottom(c *canvas, area rect, t *talk) {
	m := v.m
	switch {
	case t.editor.notice != "":
		c.rule(area, area.Min.Y, m.theme.line, m.theme.trouble, t.editor.notice)
	case !t.log.atEnd():
		c.rule(area, area.Min.Y, m.theme.line, m.theme.accent, "newer messages below "+signDot+" pgdown")
		c.onClick(area, func(pointer) { t.log.follow() })
	case m.state.Connection().State != app.SignedIn:
		c.rule(area, area.Min.Y, m.theme.line, m.theme.dim, "not signed in: messages wait here")
	case m.state.RelationshipOf(v.shown) == contacts.BlockedContacts:
		c.rule(area, area.Min.Y, m.theme.line, m.theme.dim, "blocked: you do not get what this person writes")
	case m.state.Typing(v.shown):
		const types = " is typing a message."
		name := c.shortened(m.nameOf(v.shown), area.Dx()-len(types)-4)
		c.rule(area, area.Min.Y, m.theme.line, m.theme.text, name+types)
	default:
		c.rule(area, area.Min.Y, m.theme.line, style{}, "")
	}
}

// drawEditor draws what is being written, with the cursor in it when the conversation has the keys.
func (v *conversation) drawEditor(c *canvas, area rect, talk *app.Conversation, t *talk) *tea.Cursor {
	m, e := v.m, t.editor
	bar, area := cutLeft(area, 2)
	hasKeys := m.focus == onTalk
	s := m.theme.line
	if hasKeys {
		s = m.theme.accent
	}
	for y := range bar.Dy() {
		c.pen(bar, y).put(s, "┃")
	}
	c.onClick(bar.Union(area), func(p pointer) {
		m.focus, m.talking = onTalk, true
		e.click(p.at.X-area.Min.X, p.at.Y-area.Min.Y)
	})
	e.resize(area.Dx(), area.Dy())
	if e.empty() {
		c.print(area.Min.X, area.Min.Y, area.Dx(), m.theme.dim, "Write to "+m.nameOf(talk.Peer))
	}
	for y := range area.Dy() {
		c.print(area.Min.X, area.Min.Y+y, area.Dx(), m.theme.text, e.row(y))
	}
	if !hasKeys {
		return nil
	}
	row, _ := e.cursor()
	x := min(c.width(e.beforeCursor()), area.Dx()-1)
	return cursor(area.Min.X+x, area.Min.Y+row-e.topRow, tea.CursorBar)
}
