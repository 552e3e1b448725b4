package ui

import "golync/internal/text"

// tab is a view of the window's list.
type tab uint8

// The tabs, in Lync's order (facts/lync-2013-client.md section 1). All but NEW show the contacts.
const (
	tabGroups tab = iota
	tabStatus
	tabRelationships
	tabNew
)

// tabs are their labels.
var tabs = [...]text.Safe{
	tabGroups: "GROUPS", tabStatus: "STATUS", tabRelationships: "RELATIONSHIPS", tabNew: "NEW",
}

// addLabels is the way to Add a Contact, in as many words as there is room for.
var addLabels = [...]text.Safe{signAdd + " Add a Contact", signAdd + " Add", signAdd}

// drawTabs draws the tabs and the way to Add a Contact.
func (w *window) drawTabs(c *canvas, area rect) {
	p, gap := c.pen(area, 0), 2
	if area.Dx() >= leastWidth-2 {
		gap = 3
	}
	for t, label := range tabs {
		waiting := 0
		if tab(t) == tabNew {
			waiting = len(w.m.state.Requests())
		}
		if waiting > 0 {
			label += " (" + text.Int(waiting) + ")"
		}
		if t > 0 {
			p.skip(gap)
		}
		w.drawTab(p, tab(t), label, waiting > 0)
	}
	for _, label := range addLabels {
		if c.width(label) < p.room() {
			w.add = p.end(w.m.theme.accent, label)
			break
		}
	}
	c.onClick(w.add, func(pointer) { openAddMenu(w.m, w.add) })
}

// drawTab draws one tab: the open one in the accent, one that waits for the user in strong letters.
func (w *window) drawTab(p *pen, t tab, label text.Safe, waits bool) {
	s := w.m.theme.dim
	switch {
	case w.tab == t && !w.find.active():
		s = bold(w.m.theme.accent)
	case waits:
		s = w.m.theme.strong
	}
	p.button(s, label, func() { w.show(t) })
}

// show brings a tab of Contacts to the front, with the keys.
func (w *window) show(t tab) {
	w.turn(viewContacts)
	w.tab = t
	if t != tabNew {
		w.contacts.turn(t)
	}
}

// step goes to a neighbour of the open tab, around the ends.
func (w *window) step(by int) {
	if w.view == viewConversations {
		w.past.step(by)
		return
	}
	w.show(tab((int(w.tab) + by + len(tabs)) % len(tabs)))
}
