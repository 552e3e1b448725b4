package ui

import "golync/internal/text"

// view is what the window shows below its head.
type view uint8

// The views, in Lync's order (facts/lync-2013-client.md section 1). Phone is not among them, because the Find box
// dials and CALLS has the calls, nor Meetings, because golync has none.
const (
	viewContacts view = iota
	viewConversations
)

// views are their labels.
var views = [...]text.Safe{viewContacts: "Contacts", viewConversations: "Conversations"}

// viewLooks are the ways in which the row of views is written, the first that fits.
var viewLooks = [...]struct {
	gap  int
	gear text.Safe
}{{3, signGear + " Options"}, {2, signGear + " Options"}, {2, signGear}, {1, ""}}

// drawViews draws the views from the left and the way to Options at the right. How much is unread or
// missed stands at Conversations, whichever view is open.
func (w *window) drawViews(c *canvas, area rect) {
	labels := views
	if unread := waitingIn(w.m.state); unread > 0 {
		labels[viewConversations] += " (" + text.Int(unread) + ")"
	}
	width := 0
	for _, label := range labels {
		width += c.width(label)
	}
	look := viewLooks[len(viewLooks)-1]
	for _, l := range viewLooks {
		if width+l.gap*len(labels)+c.width(l.gear) <= area.Dx() {
			look = l
			break
		}
	}
	if !w.m.guise().views {
		look.gear = viewLooks[0].gear
	}
	p := c.pen(area, 0)
	w.gear = p.end(w.m.theme.accent, look.gear)
	c.onClick(w.gear, func(pointer) { openOptions(w.m, w.gear) })
	if !w.m.guise().views {
		return
	}
	for v, label := range labels {
		if v > 0 {
			p.skip(look.gap)
		}
		w.drawView(p, view(v), label)
	}
}

// drawView draws one view: the open one in the accent, one with something unread in strong letters.
func (w *window) drawView(p *pen, v view, label text.Safe) {
	s := w.m.theme.dim
	switch {
	case w.view == v && !w.find.active():
		s = bold(w.m.theme.accent)
	case label != views[v]:
		s = w.m.theme.strong
	}
	p.button(s, label, func() { w.turn(v) })
}

// turn opens a view and gives it the keys.
func (w *window) turn(v view) {
	w.find.leave()
	w.view, w.m.focus, w.m.talking = v, onList, false
}

// otherView opens the view that is not open.
func (w *window) otherView() { w.turn((w.view + 1) % view(len(views))) }
