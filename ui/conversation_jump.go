package ui

import (
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// talkAt opens the conversation with a person at one of its messages, which is shown in the middle and marked.
func (m *model) talkAt(a contacts.Address, seq int64) {
	m.do(m.state.OpenAt(m.now(), a, seq))
	m.conversation.talk(a).jumped = 0
	m.conversation.show(a)
	m.focus, m.talking = onTalk, true
}

// arrive brings the message that was jumped to into sight, once it is loaded.
func (v *conversation) arrive(c *app.Conversation, t *talk) {
	if c.At == 0 {
		t.jumped = 0
		return
	}
	if t.jumped != c.At && t.log.centre(c.At) {
		t.jumped = c.At
	}
}

// fetch asks for what will be needed when the user scrolls on, in both directions.
func (v *conversation) fetch(c *app.Conversation, t *talk) {
	m := v.m
	if c.Loading {
		return
	}
	switch {
	case c.More && t.log.nearStart():
		m.do(m.state.Earlier(m.now(), c.Peer))
	case c.Later && t.log.nearEnd():
		m.do(m.state.Later(m.now(), c.Peer))
	}
}

// latest goes to the newest message.
func (v *conversation) latest(c *app.Conversation, t *talk) {
	v.m.do(v.m.state.Latest(v.m.now(), c.Peer))
	t.log.later = c.Later
	t.log.follow()
}

// newerWords say that there is more below what is on the screen, how much of it is unread, and the key to it.
func (v *conversation) newerWords(c *app.Conversation, t *talk) text.Safe {
	words := "newer messages " + signOpen
	if c.Unread > 0 {
		words += " (" + text.Int(c.Unread) + " unread)"
	}
	if v.m.focus != onTalk {
		return words // the key is another one's now; a click goes there
	}
	key := v.m.canvas.keyName(v.m.canvas.keys.shown(editorKeys, "latest"))
	if t.editor.empty() {
		key = "end"
	}
	return words + " " + signDot + " " + key
}
