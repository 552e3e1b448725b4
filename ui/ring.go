package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// rings are the calls that wait for an answer. They lie over everything, dialogs too, and never have the keys: what
// is being typed goes on, and callKeys and the mouse answer. Each stays until it is answered or over.
type rings struct {
	m     *model
	first string    // the call that callKeys mean
	since time.Time // it has been that since then
	taken bool      // the same keys meant something else a moment before
	areas []rect    // where they were drawn
	bells int       // which timer of the bell counts
}

// bellAgain is how long the bell of the terminal is silent between two rings.
const bellAgain = 4 * time.Second

// updated runs after every Update: it notes which call the keys mean, and rings the bell while one rings.
func (r *rings) updated() {
	ring, ok := r.m.state.Ringing()
	if !ok {
		r.first = ""
		return
	}
	if ring.ID == r.first {
		return
	}
	r.taken = r.first != "" || len(r.m.toasts.shown) > 0
	r.first, r.since = ring.ID, r.m.now()
	r.bells++
	turn := r.bells
	r.m.after(bellAgain, func() { r.bell(turn) })
}

// bell rings the bell once more; the first time it rang with the alert.
func (r *rings) bell(turn int) {
	ring, ok := r.m.state.Ringing()
	if !ok || turn != r.bells || !ring.Alert || !r.m.state.Rings(alerts.Call) {
		return
	}
	r.m.start(tea.Raw("\a"))
	r.m.after(bellAgain, func() { r.bell(turn) })
}

// handle does an action of callKeys. A key that meant something else a moment ago answers nobody: it was pressed
// before its user could see that another call has come in between.
func (r *rings) handle(does action) {
	switch does {
	case "answer", "decline", "reply", "ring menu":
		if r.taken && r.m.now().Sub(r.since) < grace {
			return
		}
	}
	r.m.callDo(does)
}

// openMenu opens what else can be done with a call that rings.
func (r *rings) openMenu(c app.Call) {
	m := r.m
	at := rect{}
	for i, other := range r.ringing() {
		if other.ID == c.ID && i < len(r.areas) {
			at = rect{Min: pt(r.areas[i].Min.X+2, r.areas[i].Max.Y-1), Max: pt(r.areas[i].Max.X, r.areas[i].Max.Y)}
		}
	}
	undisturbed := menuItem{
		label: contacts.DoNotDisturb.Label(), sign: glyph(contacts.DoNotDisturb), look: m.theme.busy,
		hint: "Declines the call and lets nobody ring but your Workgroup.",
		act: func() {
			m.do(m.state.DeclineCall(m.now(), c.ID))
			m.do(m.state.SetPresence(m.now(), contacts.DoNotDisturb))
		},
	}
	if m.deps.Face == FaceSkype {
		undisturbed.hint = "Declines the call and lets nobody ring."
	}
	items := []menuItem{
		{label: "Answer", act: func() { m.answer(c) }},
		{label: "Decline", act: func() { m.do(m.state.DeclineCall(m.now(), c.ID)) }},
		{label: m.guise().reply, act: func() { m.replyByIM(c) }},
	}
	if c.Offers { // those stand on the buttons, and for all of them a small terminal has no room
		items = m.answerItems(c)
	}
	m.openMenu(at, append(items,
		menuItem{label: "Redirect…", act: func() { m.openRedirect(c) }, hint: "Lets the caller call somebody else instead."},
		divider(),
		undisturbed,
		menuItem{label: m.guise().seeCard, act: func() { openCard(m, c.Peer) }},
	))
}

// ringing are the calls that ring and may say so (Alerts), the one that waits longest first. The others have a line
// beside the user's own.
func (r *rings) ringing() (all []app.Call) {
	for _, c := range r.m.state.Calls() {
		if c.Rings() && c.Alert {
			all = append(all, c)
		}
	}
	return all
}

// who says where a caller is and what they are to the user. The name is what the caller chose; this is not.
func (r *rings) who(a contacts.Address) text.Safe {
	m := r.m
	kind := m.where(m.kindOf(a))
	switch _, contact := m.state.Contacts().Get(a); {
	case !contact:
		return kind + " " + signDot + " not in your list"
	case m.deps.Face == FaceSkype:
		return kind
	}
	return kind + " " + signDot + " " + m.state.RelationshipOf(a).Label()
}
