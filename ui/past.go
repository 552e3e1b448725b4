package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// pastList is the Conversations view: every conversation there ever was, the newest first. Only the rows in
// sight are drawn, so that five thousand conversations cost what a screenful costs.
type pastList struct {
	m       *model
	list    list
	tab     pastTab
	at      []int  // which of State's conversations the tab shows
	version uint64 // of State when at was made
	chosen  contacts.Address
	body    rect // where the rows were drawn last
}

// pastTab is a filter of the Conversations view.
type pastTab uint8

// The tabs, in Lync's order and capitals (facts/lync-2013-client.md section 8). CALLS is not among them
// because golync makes none; UNREAD is golync's own.
const (
	pastAll pastTab = iota
	pastMissed
	pastUnread
)

// pastTabs are their labels, and what is said when nothing is in them.
var pastTabs = [...]struct{ label, empty text.Safe }{
	pastAll:    {"ALL", "No conversations yet. To begin one, choose somebody in Contacts and press enter."},
	pastMissed: {"MISSED", "No missed conversations: you have answered everybody."},
	pastUnread: {"UNREAD", "No unread messages."},
}

// pastKeys act on the selected conversation of the Conversations view.
var pastKeys = scope{
	{"open", []text.Safe{"enter"}, "Continue Conversation", "continue"},
	{"menu", []text.Safe{"m", "menu", "shift+f10"}, "Menu of the conversation", "menu"},
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
	chosen := state.PastPlace(p.chosen)
	for i := range state.PastCount() {
		if !p.shows(i) {
			continue
		}
		if i == chosen {
			p.list.selected = len(p.at)
		}
		p.at = append(p.at, i)
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

// choose remembers who stands in row i, so that the selection can follow.
func (p *pastList) choose(i int) {
	p.list.selected = max(min(i, len(p.at)-1), 0)
	p.chosen = ""
	if past, ok := p.current(); ok {
		p.chosen = past.Peer
	}
}

// current is the selected conversation, if there is one.
func (p *pastList) current() (app.Past, bool) {
	if p.list.selected >= len(p.at) {
		return app.Past{}, false
	}
	return p.m.state.Past(p.at[p.list.selected]), true
}

// turn shows another tab.
func (p *pastList) turn(t pastTab) {
	p.m.window.turn(viewConversations)
	if t != p.tab {
		p.tab, p.version, p.list = t, 0, list{}
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
		return p.keyOn(pastKeys.of(k))
	}
	switch windowKeys.of(k) { // the first tabs have the same keys in each view
	case "groups":
		p.turn(pastAll)
	case "status":
		p.turn(pastMissed)
	case "relationships":
		p.turn(pastUnread)
	default:
		return p.keyOn(pastKeys.of(k))
	}
	return true
}

// keyOn does what a key means to the selected conversation; false when it means nothing.
func (p *pastList) keyOn(does action) bool {
	past, ok := p.current()
	if !ok || does == "" {
		return does != ""
	}
	a := past.Peer
	switch does {
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

// click selects; a second click continues the conversation, the right button opens its menu.
func (p *pastList) click(i int, _ rect, at pointer) {
	p.refresh()
	p.m.focus = onList
	p.choose(i)
	past, ok := p.current()
	switch {
	case !ok:
	case at.menu:
		openPastMenu(p.m, past, rect{Min: at.at, Max: at.at.Add(pt(1, 1))})
	case at.again:
		p.m.talkTo(past.Peer)
	}
}
