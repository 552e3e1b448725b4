package ui

import (
	"golync/contacts"
	"golync/internal/app"
)

// openPastMenu opens the menu of a past conversation below at.
func openPastMenu(m *model, past app.Past, at rect) {
	a := past.Peer
	items := []menuItem{
		{label: "Continue Conversation", act: func() { m.talkTo(a) }},
		callItem(m, a),
		{label: "Find in This Conversation", act: func() { openSearch(m, "", a) }},
		divider(),
		{label: m.guise().seeCard, act: func() { openCard(m, a) }},
	}
	if _, ok := m.state.Contacts().Get(a); !ok {
		items = append(items, menuItem{label: m.guise().addTo, act: func() { m.guise().addPerson(m, a) }})
	}
	read := menuItem{label: "Mark as Read", act: func() { m.do(m.state.MarkAllRead(m.now(), a)) }}
	if past.Unread == 0 {
		read.act, read.why = nil, "You have read everything of this conversation."
	}
	m.openMenu(at, append(items,
		divider(),
		menuItem{label: "Save as Text…", act: func() { openExportAs(m, a, app.ExportText) }},
		menuItem{label: "Save as JSON…", act: func() { openExportAs(m, a, app.ExportJSON) }},
		read,
		divider(),
		menuItem{label: "Delete Conversation", act: func() { m.askDeleteHistory(a) }},
	))
}

// previousItem is the line of a person's menu that leads to what was said with that person before.
func previousItem(m *model, a contacts.Address) menuItem {
	item := menuItem{label: "Find Previous Conversations"}
	for i := range m.state.PastCount() {
		if past := m.state.Past(i); past.Peer.Same(a) {
			item.act = func() { openSearch(m, "", past.Peer) }
			return item
		}
	}
	item.why = "You have not talked to " + m.nameOf(a) + " yet."
	return item
}

// askDeleteHistory deletes what was said with a person after a question.
func (m *model) askDeleteHistory(a contacts.Address) {
	m.ask("Delete Conversation",
		"Delete everything that you and "+m.nameAndAddress(a)+" have said to each other, and your calls? It is taken "+
			"off this computer for good; the other side keeps what it has.",
		"Delete", func() { m.do(m.state.DeleteHistory(m.now(), a)) })
}
