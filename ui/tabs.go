package ui

import (
	"slices"

	"golync/internal/text"
)

// tab is a view of the window's list.
type tab uint8

// The lists behind the tabs, in Lync's order (facts/lync-2013-client.md section 1). All but NEW show the
// contacts; Everybody is Skype's, without headings.
const (
	tabGroups tab = iota
	tabStatus
	tabRelationships
	tabEverybody
	tabNew
)

// drawTabs draws the tabs and the way to Add a Contact.
func (w *window) drawTabs(c *canvas, area rect) {
	p, gap := c.pen(area, 0), 2
	if area.Dx() >= leastWidth-2 {
		gap = 3
	}
	for i, t := range w.m.guise().tabs {
		waiting := w.waiting(t)
		if waiting > 0 {
			t.label += " (" + text.Int(waiting) + ")"
		}
		if i > 0 {
			p.skip(gap)
		}
		w.drawTab(p, t, waiting > 0)
	}
	for _, label := range w.m.guise().add {
		if c.width(label) < p.room() {
			w.add = p.end(w.m.theme.accent, label)
			break
		}
	}
	c.onClick(w.add, func(pointer) { w.command("add") })
}

// waiting is how much in a tab waits for the user.
func (w *window) waiting(t windowTab) int {
	switch {
	case t.view == viewConversations:
		return waitingIn(w.m.state)
	case t.tab == tabNew:
		return len(w.m.state.Requests())
	}
	return 0
}

// drawTab draws one tab: the open one in the accent, one that waits for the user in strong letters.
func (w *window) drawTab(p *pen, t windowTab, waits bool) {
	s := w.m.theme.dim
	switch {
	case w.isOpen(t) && !w.find.active():
		s = bold(w.m.theme.accent)
	case waits:
		s = w.m.theme.strong
	}
	p.button(s, t.label, func() { w.turnTo(t) })
}

// isOpen says that a tab is the one that is shown.
func (w *window) isOpen(t windowTab) bool {
	return w.view == t.view && (w.view == viewConversations || w.tab == t.tab)
}

// turnTo brings a tab to the front, with the keys.
func (w *window) turnTo(t windowTab) {
	if t.view == viewContacts {
		w.show(t.tab)
		return
	}
	w.turn(t.view)
}

// open brings the i-th tab to the front, when there are as many.
func (w *window) open(i int) {
	if all := w.m.guise().tabs; i < len(all) {
		w.turnTo(all[i])
	}
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
	g := w.m.guise()
	if w.view == viewConversations && g.views {
		w.past.step(by)
		return
	}
	at := slices.IndexFunc(g.tabs, w.isOpen)
	w.open((at + by + len(g.tabs)) % len(g.tabs))
}
