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
	if words, ok := l.dropping(msg.Mod.Contains(tea.ModCtrl)); ok {
		m.say(words + "?")
	}
}

// drop ends it: the contact moves to the group under the pointer, or is copied while ctrl is held.
func (m *model) drop(msg tea.MouseReleaseMsg) {
	l := m.window.contacts
	l.drag.over = l.under(image.Pt(msg.X, msg.Y))
	d, duplicate := l.drag, msg.Mod.Contains(tea.ModCtrl)
	words, ok := l.dropping(duplicate)
	l.drag = drag{}
	if !ok || m.dialogs.top() != nil {
		return
	}
	if duplicate {
		m.do(m.state.CopyTo(m.now(), d.who, d.over))
	} else {
		m.do(m.state.MoveTo(m.now(), d.who, d.from, d.over))
	}
	l.reveal(d.who, d.over)
	m.say(words + ".")
}

// dropping is what letting go over the group would do; false when that is nothing.
func (l *contactList) dropping(duplicate bool) (text.Safe, bool) {
	g, _, ok := l.m.state.Contacts().Group(l.drag.over)
	if !ok || l.drag.who == "" || l.drag.over == l.drag.from {
		return "", false
	}
	name := l.m.nameOf(l.drag.who)
	if duplicate {
		return "Copy " + name + " to " + g.Name.Line(), true
	}
	return "Move " + name + " to " + g.Name.Line(), true
}
