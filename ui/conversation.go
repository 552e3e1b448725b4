package ui

import (
	"slices"
	"time"

	"golync/contacts"
	"golync/internal/app"
)

// conversation is the right half of the window: a tab per person, what was said, and the editor. It also
// keeps what was written and not sent or confirmed, for as long as the program runs.
type conversation struct {
	m       *model
	talks   map[contacts.Address]*talk
	shown   contacts.Address   // the person in front
	watched bool               // the user was looking at the end of it when the last Update ended
	rows    []logRow           // kept for drawing
	logEnd  int                // the row of the screen below the last of them
	closed  []contacts.Address // last closed at the end
	strip   tabStrip
	resting bool // a timer runs that stores the draft when typing rests
	pausing bool // a timer runs that ends what is not being written any more

	wizardDrafts map[contacts.Provider]wizardDraft
	groupDraft   string
}

// talk is what the window keeps of one conversation, open or not.
type talk struct {
	log       messageLog
	editor    *editor
	typed     int       // edits of the editor that State knows of
	stored    int       // edits of the editor that are in State's draft
	changed   time.Time // when the text changed last
	important bool      // the next message is sent with high importance
	picked    picked
	complete  completion
	face      func(command) (as command, has bool)
	calling   func() bool // the user is in a call
	jumped    int64       // Seq of the message that was jumped to and has been shown
}

func newConversation(m *model) *conversation {
	return &conversation{
		m: m, talks: map[contacts.Address]*talk{}, wizardDrafts: map[contacts.Provider]wizardDraft{},
	}
}

// any reports whether a conversation is open.
func (v *conversation) any() bool { return len(v.m.state.Conversations()) > 0 }

// tabbed reports whether there is more than one, and so something to choose between.
func (v *conversation) tabbed() bool { return len(v.m.state.Conversations()) > 1 }

// show brings the conversation with a person to the front.
func (v *conversation) show(a contacts.Address) {
	if a == v.shown {
		return
	}
	if t := v.talks[v.shown]; t != nil {
		t.log.newFrom = 0
		t.log.wraps.reset()
		t.leavePicking()
		v.store(v.shown)
	}
	v.shown, v.watched = a, false
}

// showUnread brings the first conversation with something unread to the front, when the one in front has
// nothing.
func (v *conversation) showUnread() {
	if front := v.front(); front != nil && front.Unread > 0 {
		return
	}
	for _, c := range v.m.state.Conversations() {
		if c.Unread > 0 {
			v.show(c.Peer)
			return
		}
	}
}

// front is the conversation in front, nil when none is open. When the one that was in front has been
// closed it is the first.
func (v *conversation) front() *app.Conversation {
	if c := v.m.state.Conversation(v.shown); c != nil {
		return c
	}
	all := v.m.state.Conversations()
	if len(all) == 0 {
		return nil
	}
	v.show(all[0].Peer)
	return all[0]
}

// talk returns what is kept of the conversation with a person. The first time it brings back what was written
// there when the program ended.
func (v *conversation) talk(a contacts.Address) *talk {
	t := v.talks[a]
	if t == nil {
		t = &talk{editor: newEditor(), face: v.m.guise().command, calling: func() bool { return len(v.m.ownCalls()) > 0 }}
		if draft := v.m.state.Draft(a); draft != "" {
			t.editor.set(draft)
			t.typed, t.stored = t.editor.edits, t.editor.edits
		}
		v.talks[a] = t
	}
	return t
}

// sync gives the log what State knows now.
func (v *conversation) sync(c *app.Conversation) *talk {
	t, m := v.talk(c.Peer), v.m
	me := m.state.Me()
	mine := me.Name.Line()
	if mine == "" {
		mine = m.addressOf(me.Address)
	}
	words := logWords{me: mine, them: m.nameOf(c.Peer), zone: m.zone()}
	if old := t.log.words; old.me != words.me || old.them != words.them || old.zone != words.zone {
		t.log.wraps.reset()
	}
	words.why = v.why
	words.again = " (" + m.canvas.keys.shown(editorKeys, "again") + ")"
	t.log.words = words
	t.log.set(c.Messages, c.Later)
	return t
}

// updated runs after every Update: it tells who is being written to, fetches older messages before they are
// needed, notes where the unread part begins, and marks read what is being looked at.
func (v *conversation) updated() {
	m := v.m
	v.typed()
	c := v.front()
	area := v.area()
	if c == nil || area.Empty() {
		v.watched = false
		return
	}
	t := v.sync(c)
	log := t.divide(area, v.tabbed(), v.callParts(c.Peer, area.Dx()-2)).log
	t.log.resize(log.Dx(), log.Dy())
	v.arrive(c, t)
	if t.log.newFrom == 0 && c.FirstUnread != 0 && !v.watched {
		t.log.newFrom = c.FirstUnread
		if c.At == 0 {
			t.log.reveal(c.FirstUnread)
		}
	}
	v.fetch(c, t)
	v.watched = !m.away && t.log.atEnd()
	if v.watched && c.Unread > 0 {
		m.do(m.state.MarkRead(m.now(), c.Peer))
	}
}

// area is where the conversation in front will be seen in the next frame; empty when it will not.
func (v *conversation) area() rect {
	m := v.m
	if m.dialogs.top() != nil || m.help.open || m.signIn.open {
		return rect{}
	}
	return arrange(m.width, m.height, m.talking).talk
}

// watching reports whether the user sees what a person writes the moment it comes.
func (v *conversation) watching(a contacts.Address) bool {
	return v.watched && v.shown.Same(a) && !v.m.away
}

// step goes to the next or previous tab, around the ends.
func (v *conversation) step(by int) {
	all := v.m.state.Conversations()
	for i, c := range all {
		if c.Peer == v.shown {
			v.show(all[(i+by+len(all))%len(all)].Peer)
			return
		}
	}
}

// close closes a tab. What was written there and not sent is kept.
func (v *conversation) close(a contacts.Address) {
	m := v.m
	if a == v.shown {
		v.step(1)
	}
	v.store(a)
	v.closed = append(slices.DeleteFunc(v.closed, func(c contacts.Address) bool { return c == a }), a)
	m.do(m.state.Close(m.now(), a))
	if !v.any() && m.focus == onTalk {
		m.toWindow()
	}
}

func (v *conversation) paste(s string) {
	if c := v.front(); c != nil {
		t := v.talk(c.Peer)
		t.leavePicking()
		t.editor.paste(s)
	}
}
