package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// pastList is the Conversations view: every conversation and every call there ever was, the newest first. Only the
// rows in sight are drawn, so that five thousand conversations cost what a screenful costs.
type pastList struct {
	m       *model
	list    list
	tab     pastTab
	at      []pastRow // what the tab shows
	version uint64    // of State when at was made
	chosen  pastChoice
	fresh   map[string]bool // missed calls that nobody had looked at when the tab was opened, by ID
	body    rect            // where the rows were drawn last
}

// pastRow is one of State's past conversations, or one of its calls.
type pastRow struct {
	i    int
	call bool
}

// pastChoice is what is selected, wherever it stands: a conversation by its person, or a call by its ID.
type pastChoice struct {
	peer contacts.Address
	call string
}

// pastTab is a filter of the Conversations view.
type pastTab uint8

// The tabs, in Lync's order and capitals (facts/lync-2013-client.md section 8). UNREAD is golync's own.
const (
	pastAll pastTab = iota
	pastMissed
	pastUnread
	pastCalls
)

// pastTabs are their labels, and what is said when nothing is in them.
var pastTabs = [...]struct{ label, empty text.Safe }{
	pastAll:    {"ALL", "No conversations yet. To begin one, choose somebody in Contacts and press enter."},
	pastMissed: {"MISSED", "No missed conversations and calls: you have answered everybody."},
	pastUnread: {"UNREAD", "No unread messages."},
	pastCalls:  {"CALLS", "No calls yet. To call somebody, choose them in Contacts, or type an address or a number into the Find box."},
}

// pastKeys act on the selected conversation of the Conversations view.
var pastKeys = scope{
	{"open", []text.Safe{"enter"}, "Continue Conversation", "continue"},
	{"menu", []text.Safe{"m", "menu", "shift+f10"}, "Menu of the conversation", "menu"},
	{"call", []text.Safe{"alt+p", "ctrl+enter"}, "Call the person", ""},
	{"card", []text.Safe{"c", "alt+enter"}, "See Contact Card", ""},
	{"delete", []text.Safe{"delete"}, "Delete Conversation", ""},
}

func newPastList(m *model) *pastList { return &pastList{m: m} }

// refresh takes over what State knows now. The selection stays with the person, wherever that conversation
// stands now; when it has left the tab, the one that took its place is selected.
func (p *pastList) refresh() {
	state := p.m.state
	version := state.Version()
	if p.version == version {
		return
	}
	p.version = version
	p.at = p.at[:0]
	if p.tab != pastCalls {
		for i := range state.PastCount() {
			if p.shows(i) {
				p.at = append(p.at, pastRow{i: i})
			}
		}
	}
	p.at = p.withCalls(p.at)
	for i, row := range p.at {
		if p.choiceOf(row) == p.chosen {
			p.list.selected = i
		}
	}
	p.choose(p.list.selected)
}

// shows says that the i-th conversation of State's stands in the open tab.
func (p *pastList) shows(i int) bool {
	switch p.tab {
	case pastMissed:
		return p.m.state.Past(i).Missed
	case pastUnread:
		return p.m.state.Past(i).Unread > 0
	default:
		return true
	}
}

// choiceOf is what a row is remembered by.
func (p *pastList) choiceOf(row pastRow) pastChoice {
	if row.call {
		return pastChoice{call: p.m.state.Logged(row.i).ID}
	}
	return pastChoice{peer: p.m.state.Past(row.i).Peer}
}

// choose remembers what stands in row i, so that the selection can follow.
func (p *pastList) choose(i int) {
	p.list.selected = max(min(i, len(p.at)-1), 0)
	p.chosen = pastChoice{}
	if p.list.selected < len(p.at) {
		p.chosen = p.choiceOf(p.at[p.list.selected])
	}
}

// current is the selected conversation, false when it is none.
func (p *pastList) current() (app.Past, bool) {
	if p.list.selected >= len(p.at) || p.at[p.list.selected].call {
		return app.Past{}, false
	}
	return p.m.state.Past(p.at[p.list.selected].i), true
}

// turn shows another tab.
func (p *pastList) turn(t pastTab) {
	p.m.window.turn(viewConversations)
	if t != p.tab {
		p.tab, p.version, p.list, p.fresh = t, 0, list{}, nil
	}
}

// step goes to a neighbour of the open tab, around the ends.
func (p *pastList) step(by int) { p.turn(pastTab((int(p.tab) + by + len(pastTabs)) % len(pastTabs))) }

// key does what a key means in the list. Up from the first row goes to the Find box above it.
func (p *pastList) key(k tea.KeyPressMsg) bool {
	p.refresh()
	if p.list.selected == 0 && listKeys.of(k) == "up" && k.Text == "" {
		p.m.focus = onFind
		return true
	}
	if p.list.key(k, len(p.at)) {
		p.choose(p.list.selected)
		return true
	}
	if !p.m.guise().views { // it is a tab itself
		return p.keyOn(k)
	}
	switch windowKeys.of(k) { // the first tabs have the same keys in each view
	case "groups":
		p.turn(pastAll)
	case "status":
		p.turn(pastMissed)
	case "relationships":
		p.turn(pastUnread)
	default:
		return p.keyOn(k)
	}
	return true
}

// keys are those of what is selected.
func (p *pastList) keys() scope {
	if _, ok := p.currentCall(); ok {
		return loggedKeys
	}
	return pastKeys
}

// keyOn does what a key means to the selected conversation or call; false when it means nothing.
func (p *pastList) keyOn(k tea.KeyPressMsg) bool {
	does := p.keys().of(k)
	if call, ok := p.currentCall(); ok {
		p.doToCall(call, does)
		return does != ""
	}
	past, ok := p.current()
	if !ok || does == "" {
		return does != ""
	}
	a := past.Peer
	switch does {
	case "call":
		p.m.call(a)
	case "open":
		p.m.talkTo(a)
	case "menu":
		openPastMenu(p.m, past, p.list.place(p.body, p))
	case "card":
		openCard(p.m, a)
	case "delete":
		p.m.askDeleteHistory(a)
	}
	return true
}

func (p *pastList) len() int { return len(p.at) }

// height is name and time in the first row, the last words in the second.
func (*pastList) height(int) int { return 2 }

// click selects; a second click continues the conversation or calls back, the right button opens the menu.
func (p *pastList) click(i int, _ rect, at pointer) {
	p.refresh()
	p.m.focus = onList
	p.choose(i)
	past, ok := p.current()
	call, calls := p.currentCall()
	switch {
	case calls && at.menu:
		openLoggedMenu(p.m, call, rect{Min: at.at, Max: at.at.Add(pt(1, 1))})
	case calls && at.again:
		p.m.call(call.Peer)
	case !ok:
	case at.menu:
		openPastMenu(p.m, past, rect{Min: at.at, Max: at.at.Add(pt(1, 1))})
	case at.again:
		p.m.talkTo(past.Peer)
	}
}
