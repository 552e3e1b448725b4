package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/calllog"
	"golync/internal/text"
)

// hasCalls reports whether calls stand in the open tab: all of them in CALLS, the missed ones in MISSED, none in the
// others. A Skype user has one list for everything.
func (p *pastList) hasCalls() bool {
	return p.tab == pastCalls || p.tab == pastMissed || !p.m.guise().views
}

// withCalls puts the calls of the open tab among its conversations, by their time.
func (p *pastList) withCalls(rows []pastRow) []pastRow {
	state := p.m.state
	if !p.hasCalls() {
		return rows
	}
	all := make([]pastRow, 0, len(rows)+state.LoggedCount())
	for i := range state.LoggedCount() {
		e := state.Logged(i)
		if p.tab == pastMissed && !e.Outcome.Missed() {
			continue
		}
		for len(rows) > 0 && state.Past(rows[0].i).Last.At.After(e.Began) {
			all, rows = append(all, rows[0]), rows[1:]
		}
		all = append(all, pastRow{i: i, call: true})
	}
	return append(all, rows...)
}

// loggedKeys act on the selected call of MISSED and CALLS.
var loggedKeys = scope{
	{"open", []text.Safe{"enter", "alt+p", "ctrl+enter"}, "Call back", "call back"},
	{"menu", []text.Safe{"m", "menu", "shift+f10"}, "Menu of the call", "menu"},
	{"card", []text.Safe{"c", "alt+enter"}, "See Contact Card", ""},
	{"delete", []text.Safe{"delete"}, "Delete Conversation, and its calls", ""},
}

// currentCall is the selected call, false when it is none.
func (p *pastList) currentCall() (calllog.Entry, bool) {
	if p.list.selected >= len(p.at) || !p.at[p.list.selected].call {
		return calllog.Entry{}, false
	}
	return p.m.state.Logged(p.at[p.list.selected].i), true
}

// doToCall does what a key means to the selected call.
func (p *pastList) doToCall(e calllog.Entry, does action) {
	switch does {
	case "open":
		p.m.call(e.Peer)
	case "menu":
		openLoggedMenu(p.m, e, p.list.place(p.body, p))
	case "card":
		openCard(p.m, e.Peer)
	case "delete":
		p.m.askDeleteHistory(e.Peer)
	}
}

// openLoggedMenu opens the menu of a call of the log.
func openLoggedMenu(m *model, e calllog.Entry, at rect) {
	a := e.Peer
	call := callItem(m, a)
	call.label = "Call Back"
	items := []menuItem{
		call,
		{label: "Send an IM", act: func() { m.talkTo(a) }},
		divider(),
		{label: m.guise().seeCard, act: func() { openCard(m, a) }},
	}
	if _, ok := m.state.Contacts().Get(a); !ok {
		items = append(items, menuItem{label: m.guise().addTo, act: func() { m.guise().addPerson(m, a) }})
	}
	m.openMenu(at, append(items, divider(),
		menuItem{label: "Delete Conversation", act: func() { m.askDeleteHistory(a) }}))
}

// looksAtCalls reports whether the user has missed calls before their eyes.
func (p *pastList) looksAtCalls() bool {
	m := p.m
	w := m.window
	return w.view == viewConversations && p.hasCalls() && !w.find.active() && !m.away &&
		m.dialogs.top() == nil && !m.help.open && !m.signIn.open && !arrange(m.width, m.height, m.talking).window.Empty() &&
		m.width >= leastWidth && m.height >= leastHeight
}

// updated runs after every Update: what is looked at is not counted any more, but stays marked for as long as the tab
// is open, and older calls are fetched before they are needed.
func (p *pastList) updated() {
	m := p.m
	if m.window.view != viewConversations {
		p.fresh = nil
		return
	}
	if !p.looksAtCalls() {
		return
	}
	if m.state.MissedCalls() > 0 {
		for i := range m.state.LoggedCount() {
			if e := m.state.Logged(i); e.Unseen() {
				if p.fresh == nil {
					p.fresh = map[string]bool{}
				}
				p.fresh[e.ID] = true
			}
		}
		m.do(m.state.SeeCalls())
	}
	if low := max(p.list.selected, p.list.top+p.list.visible); m.state.MoreLogged() && low+nearEnd >= len(p.at) && (p.tab == pastCalls || low > p.list.visible) {
		m.do(m.state.EarlierCalls())
	}
}

// drawCall draws one call: who and when, and below it which way it went, how, and for how long.
func (p *pastList) drawCall(c *canvas, area rect, e calllog.Entry, chosen bool) *tea.Cursor {
	m := p.m
	t := m.theme
	first, second := c.pen(area, 0), c.pen(area, 1)
	first.end(t.dim, "  "+when(e.Began, m.now(), m.zone()))
	first = p.drawPresence(c, area, first, e.Peer)
	name, look := t.text, t.dim
	if e.Outcome.Missed() {
		look = t.trouble
		if e.Unseen() || p.fresh[e.ID] {
			name = t.strong
		}
	}
	words, address := m.loggedName(e)
	first.put(name, c.shortened(words, max(first.room()-c.width(address), first.room()/3)))
	first.put(t.dim, address)
	second.skip(personIndent)
	second.end(t.dim, "  "+m.loggedLength(e))
	second.put(look, loggedWords(e))
	return m.mark(c, area, chosen, onList)
}

// loggedName is what somebody is called in the log: as the user calls them, else as they did, and then with the address
// that nobody can choose.
func (m *model) loggedName(e calllog.Entry) (name, address text.Safe) {
	if m.state.NameOf(e.Peer).Line() != "" || e.Name.Line() == "" {
		return m.nameOf(e.Peer), ""
	}
	return e.Name.Line(), " (" + m.addressOf(e.Peer) + ")"
}

// loggedWords say which way a call went, with a sign and in words, and how.
func loggedWords(e calllog.Entry) text.Safe {
	sign, way := text.Safe("→ "), text.Safe("Dialled")
	if e.Incoming {
		sign, way = "← ", "Received"
	}
	words := e.Words()
	switch e.Outcome {
	case calllog.Missed, calllog.KeptAway:
		sign = signClose + " "
	case calllog.Talked:
	case calllog.Declined, calllog.Forwarded, calllog.Elsewhere: // of which there is one way only
	default:
		words = way + " - " + words
	}
	if reason := e.Reason.Line(); reason != "" && e.Outcome == calllog.Refused {
		words += " (" + reason + ")"
	}
	return sign + words
}

// loggedLength is for how long people have talked, "" when they have not.
func (m *model) loggedLength(e calllog.Entry) text.Safe {
	if e.Answered.IsZero() {
		return ""
	}
	if e.Outcome == calllog.Going {
		return "now"
	}
	return lasted(e.Lasted())
}

// waitingIn is how much waits in the view of conversations.
func waitingIn(s *app.State) int { return s.Unread() + s.MissedCalls() }
