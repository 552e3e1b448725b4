package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/sipclient"
)

// picked is the messages that were selected in a log, to be copied. It knows them by their IDs: pages come
// in front and behind while they are selected.
type picked struct {
	on  bool
	at  logID          // on which the keys act
	all map[logID]bool // those selected; at need not be one of them
}

// has reports whether a message is selected.
func (p *picked) has(id logID) bool { return p.all[id] }

// only selects one message and nothing else.
func (p *picked) only(id logID) { *p = picked{on: true, at: id, all: map[logID]bool{id: true}} }

// toggle selects a message, or takes it out again.
func (p *picked) toggle(id logID) {
	p.at = id
	if p.all[id] {
		delete(p.all, id)
		return
	}
	p.all[id] = true
}

// pick starts to select messages, from the lowest one on the screen.
func (v *conversation) pick(c *app.Conversation, t *talk) {
	if len(c.Messages) == 0 {
		v.m.say("There is nothing to select yet.")
		return
	}
	t.picked.only(idOf(&c.Messages[t.log.from().message]))
}

// leavePicking ends the selecting; nothing is selected any more.
func (t *talk) leavePicking() { t.picked = picked{} }

// place is the index of the message that the keys act on; when it is gone, of the newest.
func (t *talk) place(c *app.Conversation) int {
	i := slices.IndexFunc(c.Messages, func(m sipclient.Message) bool { return idOf(&m) == t.picked.at })
	if i < 0 {
		i = len(c.Messages) - 1
	}
	return i
}

// pickKey does what a key means while messages are selected. Letters begin to write again.
func (v *conversation) pickKey(k tea.KeyPressMsg, c *app.Conversation, t *talk) bool {
	if len(c.Messages) == 0 {
		t.leavePicking()
		return false
	}
	t.editor.notice = ""
	switch pickKeys.of(k) {
	case "up":
		v.pickStep(c, t, -1, false)
	case "down":
		v.pickStep(c, t, 1, false)
	case "more up":
		v.pickStep(c, t, -1, true)
	case "more down":
		v.pickStep(c, t, 1, true)
	case "page up":
		v.pickStep(c, t, -max(t.log.height/4, 1), false)
	case "page down":
		v.pickStep(c, t, max(t.log.height/4, 1), false)
	case "toggle":
		t.picked.toggle(idOf(&c.Messages[t.place(c)]))
	case "all":
		for i := range c.Messages {
			t.picked.all[idOf(&c.Messages[i])] = true
		}
	case "copy":
		v.copyPicked(c, t)
	case "copy link":
		v.copyLinks(&c.Messages[t.place(c)])
	case "again":
		v.resendPicked(c, t)
	case "cancel":
		v.cancelPicked(c, t)
	case "menu":
		v.openMessageMenu(c, t, v.rowOf(t.place(c)))
	case "leave":
		t.leavePicking()
	default:
		return false
	}
	return true
}

// pickStep goes to another message, and takes those on the way along when more is to be selected.
func (v *conversation) pickStep(c *app.Conversation, t *talk, by int, more bool) {
	from := t.place(c)
	to := min(max(from+by, 0), len(c.Messages)-1)
	if more {
		t.picked.at = idOf(&c.Messages[to])
		t.picked.all[t.picked.at] = true
	} else {
		t.picked.only(idOf(&c.Messages[to]))
	}
	t.log.show(to)
}

// clickLog selects the message that was clicked; the right button opens its menu. A click beside the messages
// ends the selecting.
func (v *conversation) clickLog(c *app.Conversation, t *talk, p pointer, row int) {
	if row < 0 || row >= len(v.rows) || v.rows[row].kind == rowDay || v.rows[row].kind == rowNew {
		t.leavePicking()
		return
	}
	i := v.rows[row].message
	if i >= len(c.Messages) {
		return // it went between the frame and the click
	}
	id := idOf(&c.Messages[i])
	switch {
	case p.menu:
		if !t.picked.on || !t.picked.has(id) {
			t.picked.only(id)
		}
		t.picked.at = id
		v.openMessageMenu(c, t, rect{Min: p.at, Max: p.at.Add(pt(1, 1))})
	case p.again:
		t.picked.only(id)
		v.copyPicked(c, t)
	case t.picked.on && len(t.picked.all) == 1 && t.picked.has(id):
		t.leavePicking()
	default:
		t.picked.only(id)
	}
}

// rowOf is where the first row of a message was drawn last, for its menu; the corner of the conversation when
// it was not.
func (v *conversation) rowOf(message int) rect {
	area := v.m.layout.talk
	for i := range v.rows {
		if v.rows[i].message == message && v.rows[i].kind != rowDay && v.rows[i].kind != rowNew {
			y := v.logEnd - len(v.rows) + i
			return rect{Min: pt(area.Min.X+3, y), Max: pt(area.Min.X+4, y+1)}
		}
	}
	return rect{Min: area.Min, Max: area.Min.Add(pt(1, 1))}
}

// openMessageMenu opens the menu of the selected messages.
func (v *conversation) openMessageMenu(c *app.Conversation, t *talk, at rect) {
	m := &c.Messages[t.place(c)]
	copies := menuItem{label: "Copy", act: func() { v.copyPicked(c, t) }}
	links := menuItem{label: "Copy Link", act: func() { v.copyLinks(m) }}
	if len(linksOf(m)) == 0 {
		links.act, links.why = nil, "There is no link in this message."
	}
	again := menuItem{label: "Send Again", act: func() { v.resendPicked(c, t) }}
	if !canResend(m) && !m.Waiting {
		again.act, again.why = nil, whyNotAgain(m)
	}
	cancel := menuItem{label: "Cancel Sending", act: func() { v.cancelPicked(c, t) }}
	if !canCancel(m) {
		cancel.act, cancel.why = nil, whyNotCancelled(m)
	}
	all := menuItem{label: "Select All", act: func() {
		for i := range c.Messages {
			t.picked.all[idOf(&c.Messages[i])] = true
		}
	}}
	if len(t.picked.all) == len(c.Messages) {
		all.act, all.why = nil, "All messages that are loaded are selected already."
	}
	v.m.openMenu(at, []menuItem{copies, links, again, cancel, divider(), all})
}
