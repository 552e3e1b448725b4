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
type talkParts struct{ head, tabs, said, bar, others, picture, top, log, bottom, written rect }

// divide gives the rows of a conversation their places; the editor has as many as its text needs, calls have what
// they need, and tabs have one when they are wanted.
func (t *talk) divide(area rect, tabs bool, calls callParts) talkParts {
	var p talkParts
	area.Min.X, area.Max.X = area.Min.X+1, area.Max.X-1
	p.head, area = cutTop(area, 1)
	if tabs {
		p.tabs, area = cutTop(area, 1)
	}
	p.said, area = cutTop(area, calls.said)
	p.bar, area = cutTop(area, calls.bar)
	p.others, area = cutTop(area, calls.others)
	if calls.picture != nil {
		p.picture, area = cutTop(area, calls.picture(area))
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
	p := t.divide(area, v.tabbed(), v.callParts(talk.Peer, area.Dx()-2))
	v.drawHead(c, p.head, talk)
	v.drawTabs(c, p.tabs)
	v.drawCallNotice(c, p.said, talk.Peer)
	if is, ok := v.m.barOf(talk.Peer); ok {
		v.drawBar(c, p.bar, is)
	}
	v.m.drawOthers(c, p.others, v.m.otherCalls())
	v.drawPicture(c, p.picture)
	v.drawTop(c, p.top, talk)
	v.drawLog(c, p.log, talk, t)
	v.drawOffered(c, p.log, t)
	v.drawNotice(c, p.log, t)
	v.m.window.drawNews(c, p.log)
	v.drawBottom(c, p.bottom, talk, t)
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
	v.drawReach(p, a)
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
	p.put(m.theme.dim, m.strangerWords(a))
}

// strangerWords say who somebody is who is not in the list: the name is what that person says, the address is not.
func (m *model) strangerWords(a contacts.Address) text.Safe {
	return m.addressOf(a) + " " + signDot + " " + m.where(m.kindOf(a)) + " " + signDot + " not in your list"
}

// drawReach draws the ways to reach a person besides writing, where who it is leaves room for them.
func (v *conversation) drawReach(p *pen, a contacts.Address) {
	m := v.m
	words := m.strangerWords(a)
	if who, ok := m.state.Contacts().Get(a); ok {
		_, words = m.standing(who)
		words += "  " // its sign
	}
	room := p.room() - p.c.width(m.nameOf(a)) - p.c.width(words) - 3
	for _, way := range []struct {
		room  int
		label text.Safe
		look  style
		do    func()
	}{
		{13, " video ", m.videoLook(a), func() { m.videoCall(a) }},
		{6, " call ", m.callLook(a), func() { m.call(a) }},
	} {
		if _, calling := m.state.CallWith(a); room >= way.room && !calling {
			p.c.onClick(p.end(way.look, way.label), func(pointer) { way.do() })
		}
	}
	p.keep(1)
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
func (v *conversation) drawBottom(c *canvas, area rect, talk *app.Conversation, t *talk) {
	th := v.m.theme
	if t.important {
		p := c.pen(area, 0)
		p.end(th.line, "─")
		at := p.end(th.trouble, " "+urgentWords+" ")
		c.onClick(at, func(pointer) { t.important = false })
		area.Max.X = p.right
	}
	words, s, click := v.bottomWords(c, area, talk, t)
	c.rule(area, area.Min.Y, th.line, s, words)
	if click != nil {
		c.onClick(area, func(pointer) { click() })
	}
}

// bottomWords is what the line above the editor says, most urgent first.
func (v *conversation) bottomWords(c *canvas, area rect, talk *app.Conversation, t *talk) (words text.Safe, s style, click func()) {
	m := v.m
	th := m.theme
	switch {
	case t.editor.notice != "" && c.width(t.editor.notice)+2 <= area.Dx():
		return t.editor.notice, th.trouble, nil
	case t.picked.on:
		return text.Int(len(t.picked.all)) + " selected", th.accent, nil
	case !t.log.atEnd():
		return v.newerWords(talk, t), th.accent, func() { v.latest(talk, t) }
	case m.state.Connection().State != app.SignedIn:
		return "not signed in: messages wait here", th.dim, nil
	case m.state.RelationshipOf(v.shown) == contacts.BlockedContacts:
		return "blocked: you do not get what this person writes", th.dim, nil
	case m.state.Typing(v.shown):
		const types = " is typing a message."
		name := c.shortened(m.nameOf(v.shown), area.Dx()-len(types)-4)
		return name + types, th.text, nil
	default:
		return v.lastReceived(talk), th.dim, nil
	}
}

// drawNotice draws what is to be said of the editor over the lower end of the log, when there is more of it
// than the line above the editor holds.
func (v *conversation) drawNotice(c *canvas, log rect, t *talk) {
	if c.width(t.editor.notice)+2 <= log.Dx() {
		return
	}
	lines := wrap(t.editor.notice, log.Dx()-2)
	area, _ := cutBottom(log, len(lines))
	th := v.m.theme
	c.fill(area, th.panel)
	area.Min.X, area.Max.X = area.Min.X+1, area.Max.X-1
	drawLines(c, area, on(th.panel, th.trouble), lines)
}

// lastReceived is Lync's line on the newest message of the other side (facts/lync-2013-client.md section 8).
func (v *conversation) lastReceived(talk *app.Conversation) text.Safe {
	for i := len(talk.Messages) - 1; i >= 0; i-- {
		if m := &talk.Messages[i]; !m.Outgoing {
			at := m.At.In(v.m.zone())
			return "Last message received on " + dateOf(at) + " at " + clock(at) + "."
		}
	}
	return ""
}

// commandsWords lead a newcomer to the commands, in the empty editor.
const commandsWords text.Safe = "  (/ for commands)"

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
		p := c.pen(rect{Min: area.Min, Max: pt(area.Max.X, area.Min.Y+1)}, 0)
		p.before(commandsWords, m.theme.dim, "Write to "+m.nameOf(talk.Peer))
		p.put(m.theme.dim, commandsWords)
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
