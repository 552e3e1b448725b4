package ui

import (
	"image"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// drag is a contact on its way to another group, as Lync's empty groups say: the left button is held since it
// was pressed on the contact's row in GROUPS.
type drag struct {
	who  contacts.Address // empty while nothing is dragged
	from contacts.GroupID
	over contacts.GroupID // the group under the pointer, 0 for none
}

// pick begins to drag the person of a row.
func (l *contactList) pick(row contactRow) {
	l.drag = drag{}
	if id, ok := row.section.group(); ok && row.who != nil {
		l.drag = drag{who: row.who.Address, from: id, over: id}
	}
}

// under is the group at a point of the screen, 0 for none.
func (l *contactList) under(at image.Point) contacts.GroupID {
	if l.tab != tabGroups || !at.In(l.area) {
		return 0
	}
	y := l.area.Min.Y
	for i := l.list.top; i < len(l.flat); i++ {
		if y += l.height(i); at.Y < y {
			return l.flat[i].groupID()
		}
	}
	return 0
}

// dragTo says what letting go here would do, when that has changed.
func (m *model) dragTo(msg tea.MouseMotionMsg) {
	l := m.window.contacts
	over := l.under(image.Pt(msg.X, msg.Y))
	if l.drag.who == "" || over == l.drag.over {
		return
	}
	l.drag.over = over
	words, ok := l.dropping()
	switch {
	case !ok:
	case msg.Mod.Contains(tea.ModCtrl):
		m.say("Copy " + words + "?")
	default:
		m.say("Move " + words + "?")
	}
}

// drop ends it: the contact moves to the group under the pointer, or is copied while ctrl is held.
func (m *model) drop(msg tea.MouseReleaseMsg) {
	l := m.window.contacts
	l.drag.over = l.under(image.Pt(msg.X, msg.Y))
	d := l.drag
	words, ok := l.dropping()
	l.drag = drag{}
	if !ok || m.dialogs.top() != nil {
		return
	}
	if msg.Mod.Contains(tea.ModCtrl) {
		m.do(m.state.CopyTo(m.now(), d.who, d.over))
		m.say("Copied " + words + ".")
	} else {
		m.do(m.state.MoveTo(m.now(), d.who, d.from, d.over))
		m.say("Moved " + words + ".")
	}
	l.reveal(d.who, d.over)
}

// dropping is who would go where by letting go; false when nobody would.
func (l *contactList) dropping() (text.Safe, bool) {
	g, _, ok := l.m.state.Contacts().Group(l.drag.over)
	if !ok || l.drag.who == "" || l.drag.over == l.drag.from {
		return "", false
	}
	return l.m.nameOf(l.drag.who) + " to " + g.Name.Line(), true
}
