package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// window is the Lync window: note, presence, views, Find box, tabs, list and status line, one below the other.
type window struct {
	m        *model
	view     view
	tab      tab // of Contacts
	me       *me
	find     *find
	contacts *contactList
	requests *newTab
	past     *pastList
	gear     rect // where Options, Add a Contact and the presence menu were drawn, for their menus
	add      rect
	mine     rect
	noticed  app.Notice // the one that was drawn last
}

func newWindow(m *model) *window {
	w := &window{m: m}
	w.me, w.find = newMe(m), newFind(m)
	w.contacts, w.requests, w.past = newContactList(m), newNewTab(m), newPastList(m)
	w.tab = m.guise().tabs[0].tab
	w.contacts.tab = w.tab
	return w
}

// draw draws the parts from top to bottom. The cursor is where the keys are; in the list while something is
// being found, it stays in the box.
func (w *window) draw(c *canvas, area rect) *tea.Cursor {
	p := w.m.guise().parts(area)
	at := w.me.draw(c, p)
	w.drawViews(c, p.views)
	if here := w.find.draw(c, p.find); here != nil {
		at = here
	}
	if w.view == viewConversations && w.m.guise().views {
		w.past.drawTabs(c, p.tabs)
	} else {
		w.drawTabs(c, p.tabs)
	}
	body := w.drawNotices(c, w.drawCalls(c, p.list))
	if here := w.drawList(c, body); w.m.focus == onList {
		at = here
	}
	w.drawStatus(c, p.status)
	return at
}

// drawList draws what the tab shows, or what was found.
func (w *window) drawList(c *canvas, area rect) *tea.Cursor {
	switch {
	case w.find.active():
		return w.find.drawFound(c, area)
	case w.view == viewConversations:
		return w.past.draw(c, area)
	case w.tab == tabNew:
		return w.requests.draw(c, area)
	default:
		return w.contacts.draw(c, area)
	}
}

// key does what a key means to the part that has the keys.
func (w *window) key(k tea.KeyPressMsg) bool {
	switch w.m.focus {
	case onNote:
		return w.me.note.key(k)
	case onLocation:
		return w.me.location.key(k)
	case onFind:
		return w.find.key(k)
	}
	if w.view == viewConversations {
		return w.past.key(k)
	}
	if w.tab == tabNew {
		return w.requests.key(k)
	}
	return w.contacts.key(k)
}

func (w *window) paste(s string) {
	switch w.m.focus {
	case onNote:
		w.me.note.paste(s)
	case onLocation:
		w.me.location.paste(s)
	case onFind:
		w.find.paste(s)
	}
}

// keys are those of the part that has the keys; what is being written takes letters, so the window's own
// keys are not in force there.
func (w *window) keys() []scope {
	switch {
	case w.m.focus == onNote, w.m.focus == onLocation:
		return []scope{noteKeys}
	case w.m.focus == onFind:
		return []scope{findKeys}
	case w.view == viewConversations && len(w.past.at) == 0:
		return []scope{windowKeys}
	case w.view == viewConversations:
		return []scope{w.past.keys(), windowKeys}
	case w.tab == tabNew:
		return []scope{w.requests.keys(), windowKeys}
	default:
		return []scope{contactKeys, windowKeys}
	}
}

// command does what a key means wherever nobody else takes it.
func (w *window) command(does action) {
	m := w.m
	switch does {
	case "find":
		m.talking, m.focus = false, onFind
	case "view":
		w.otherView()
	case "contacts":
		w.turn(viewContacts)
	case "conversations":
		w.turn(viewConversations)
	case "calls":
		w.past.turn(pastCalls)
	case "search":
		openSearch(m, "", "")
	case "add":
		m.guise().openAdd(m, w.add)
	case "groups":
		w.open(0)
	case "status":
		w.open(1)
	case "relationships":
		w.open(2)
	case "new":
		w.open(3)
	case "previous tab":
		w.step(-1)
	case "next tab":
		w.step(1)
	case "note":
		w.me.note.edit()
	case "location":
		w.me.location.edit()
	case "presence":
		openPresenceMenu(m, w.mine)
	case "options":
		openOptions(m, w.gear)
	case "forwarding":
		openPage(m, forwardTitle)
	case "conversation":
		m.cross()
	case "reopen":
		m.conversation.reopen()
	case "announcement":
		m.toasts.openNewest()
	case "dismiss":
		m.toasts.dismissNewest()
	case "sign in":
		m.signIn.ask()
	case "notice":
		w.dismissNotice()
	case "help":
		m.help.show()
	case "redraw":
		m.start(tea.ClearScreen)
	case "suspend":
		m.start(tea.Suspend)
	case "quit":
		m.leave()
	}
}

// drawCalls draws a line for each call of the user's whose conversation is not in front, below the list, and returns
// what is left for the list.
func (w *window) drawCalls(c *canvas, area rect) (list rect) {
	others := w.m.otherCalls()
	lines, list := cutBottom(area, min(len(others), area.Dy()/2))
	w.m.drawOthers(c, lines, others)
	return list
}

// leave ends the program, after a question when that ends a call. Asked twice, it does not ask.
func (m *model) leave() {
	own := m.ownCalls()
	if q, ok := m.dialogs.top().(*question); len(own) == 0 || ok && q.title == leaveTitle {
		m.quit(nil)
		return
	}
	m.ask(leaveTitle, "You are in a call with "+m.calleeName(own[0])+", which ends when you leave.", "Leave", func() { m.quit(nil) })
}

const leaveTitle text.Safe = "Leave golync"

// cross takes the keys to the conversation, or back to the list.
func (m *model) cross() {
	switch {
	case m.focus == onTalk:
		m.toWindow()
	case m.conversation.any():
		if !m.layout.two { // the one in front was not seen, so it need not be the one that is meant
			m.conversation.showUnread()
		}
		m.focus, m.talking = onTalk, true
	default:
		m.say("No conversation is open. Select a contact and press enter.")
	}
}

// talkTo opens the conversation with a person and gives it the keys.
func (m *model) talkTo(a contacts.Address) {
	m.do(m.state.Open(m.now(), a))
	m.conversation.show(a)
	m.focus, m.talking = onTalk, true
}
