package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
)

// keys are those of what the keys act on: selected messages, the list of commands, else the editor.
func (v *conversation) keys() []scope {
	switch t := v.talks[v.shown]; {
	case t != nil && t.picked.on:
		return []scope{pickKeys}
	case t != nil && t.completing():
		return []scope{completeKeys}
	default:
		return []scope{editorKeys}
	}
}

func (v *conversation) key(k tea.KeyPressMsg) bool {
	c := v.front()
	if c == nil {
		return false
	}
	t := v.sync(c)
	if t.picked.on {
		if v.pickKey(k, c, t) {
			return true
		}
		t.leavePicking()
	}
	if t.completeKey(k) {
		return true
	}
	does := editorKeys.of(k)
	if t.editor.takes(k) {
		does = ""
	}
	if does != "" && does != "send" && does != "new line" {
		return v.command(does, c, t)
	}
	if n := tabNumber(k); n > 0 {
		v.showTab(n - 1)
		return true
	}
	switch t.editor.key(k) {
	case editorSend:
		v.send(c, t)
	case editorIgnored:
		switch k.String() {
		case "end":
			v.latest(c, t)
		case "up":
			t.log.scroll(-1)
		case "down":
			t.log.scroll(1)
		default:
			return false
		}
	}
	return true
}

// command does what a key of editorKeys asks for; false leaves it to the window.
func (v *conversation) command(does action, c *app.Conversation, t *talk) bool {
	m := v.m
	switch does {
	case "next talk":
		v.step(1)
	case "previous talk":
		v.step(-1)
	case "older":
		t.log.scroll(-max(t.log.height-2, 1))
	case "newer":
		t.log.scroll(max(t.log.height-2, 1))
	case "latest":
		v.latest(c, t)
	case "select":
		v.pick(c, t)
	case "important":
		t.important = !t.important
	case "reopen":
		v.reopen()
	case "again":
		v.resend(c, t)
	case "search":
		openSearch(m, "", c.Peer)
	case "call":
		m.call(c.Peer)
	case "card":
		openCard(m, c.Peer)
	case "menu":
		openContactMenu(m, c.Peer, 0, rect{Min: m.layout.talk.Min, Max: m.layout.talk.Min.Add(pt(1, 1))})
	case "close":
		v.close(c.Peer)
	case "back":
		m.cross()
	case "help":
		m.help.show()
	}
	return true
}
