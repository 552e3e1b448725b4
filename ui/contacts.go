package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// contactList is the GROUPS tab: groups with their people, a row or two each.
type contactList struct {
	m       *model
	list    list
	flat    []contactRow
	version uint64 // of the contact list that flat was made from
	width   int    // of the rows at the last draw
}

// contactRow is one row: a group's heading, a person in it, or the hint in an empty group.
type contactRow struct {
	group contacts.Group
	who   *contacts.Contact // nil in a heading
	empty bool              // the hint
}

func newContactList(m *model) *contactList { return &contactList{m: m} }

// refresh makes the rows anew when the contact list has changed, and keeps the same one selected.
func (l *contactList) refresh() {
	people := l.m.state.Contacts()
	if l.version == people.Version() && l.flat != nil {
		return
	}
	l.version = people.Version()
	before, _ := l.current()
	l.flat = l.flat[:0]
	for _, g := range people.Groups() {
		l.flat = append(l.flat, contactRow{group: g})
		if g.Collapsed {
			continue
		}
		in := people.In(g.ID)
		for _, who := range in {
			l.flat = append(l.flat, contactRow{group: g, who: who})
		}
		if len(in) == 0 {
			l.flat = append(l.flat, contactRow{group: g, empty: true})
		}
	}
	l.keep(before)
}

// keep selects the row that means the same as before, or leaves the selection where it stood.
func (l *contactList) keep(before contactRow) {
	if now, ok := l.current(); ok && same(now, before) {
		return
	}
	for i := range l.flat {
		if same(l.flat[i], before) {
			l.list.selected = i
			return
		}
	}
}

// same says that two rows stand for the same thing, whatever is in them now.
func same(a, b contactRow) bool {
	if a.group.ID != b.group.ID || a.empty != b.empty || (a.who == nil) != (b.who == nil) {
		return false
	}
	return a.who == nil || a.who.Address == b.who.Address
}

// current is the selected row.
func (l *contactList) current() (contactRow, bool) {
	if l.list.selected >= len(l.flat) {
		return contactRow{}, false
	}
	return l.flat[l.list.selected], true
}

// reveal selects a person, in the group given or the first one, opening it when it is closed.
func (l *contactList) reveal(a contacts.Address, in contacts.GroupID) {
	people := l.m.state.Contacts()
	who, ok := people.Get(a)
	if !ok {
		return
	}
	if in == 0 {
		in = who.Groups[0]
	}
	for _, g := range people.Groups() {
		if g.ID == in && g.Collapsed {
			l.m.do(l.m.state.ToggleGroup(l.m.now(), g.ID))
		}
	}
	l.refresh()
	l.keep(contactRow{group: contacts.Group{ID: in}, who: who})
	l.list.free = false
}

func (l *contactList) draw(c *canvas, area rect) *tea.Cursor {
	l.refresh()
	l.width = area.Dx()
	return l.list.draw(c, area, l, l.m.theme.line)
}

// key does what a key means in the list. Up from the first row goes to the Find box above it.
func (l *contactList) key(k tea.KeyPressMsg) bool {
	l.refresh()
	if l.list.selected == 0 && listKeys.of(k) == "up" {
		l.m.focus = onFind
		return true
	}
	if l.list.key(k, len(l.flat)) {
		return true
	}
	row, ok := l.current()
	if !ok {
		return false
	}
	does := contactKeys.of(k)
	if row.who == nil {
		return l.keyOnGroup(row.group, does)
	}
	switch does {
	case "open":
		l.m.talkTo(row.who.Address)
	case "menu":
		openContactMenu(l.m, row.who.Address, row.group.ID, l.place())
	case "card":
		openCard(l.m, row.who.Address)
	case "remove":
		l.m.askRemove(row.who.Address)
	case "fold":
		l.fold(row.group)
	default:
		return false
	}
	return true
}

// keyOnGroup does what a key means on a heading; keys for a person do nothing there.
func (l *contactList) keyOnGroup(g contacts.Group, does action) bool {
	switch does {
	case "open", "fold":
		l.fold(g)
	case "":
		return false
	}
	return true
}

// fold opens or closes a group and selects its heading.
func (l *contactList) fold(g contacts.Group) {
	l.m.do(l.m.state.ToggleGroup(l.m.now(), g.ID))
	l.refresh()
	l.keep(contactRow{group: g})
	l.list.free = false
}

// place is where the menu of the selected row hangs.
func (l *contactList) place() rect { return l.list.place(divide(l.m.layout.window).list, l) }

func (l *contactList) len() int { return len(l.flat) }

// height asks what the row will say, because that decides whether it takes one line or two.
func (l *contactList) height(i int) int {
	if who := l.flat[i].who; who != nil {
		if r, _ := l.says(who, l.width); r.below != "" {
			return 2
		}
	}
	return 1
}

// says is what stands in the row of a contact, and at its end how many messages wait to be read.
func (l *contactList) says(who *contacts.Contact, width int) (r personRow, waiting text.Safe) {
	if talk := l.m.state.Conversation(who.Address); talk != nil && talk.Unread > 0 {
		waiting = "  " + text.Int(talk.Unread) + " new"
	}
	return l.m.personRow(who, width-cellsOf(waiting)), waiting
}

// click selects; a second click opens the conversation, the right button the menu. A heading folds at once.
func (l *contactList) click(i int, at rect, p pointer) {
	l.m.focus = onList
	row := l.flat[i]
	switch {
	case row.who == nil && !row.empty:
		l.fold(row.group)
	case row.who != nil && p.menu:
		openContactMenu(l.m, row.who.Address, row.group.ID, rect{Min: p.at, Max: p.at.Add(pt(1, 1))})
	case row.who != nil && p.again:
		l.m.talkTo(row.who.Address)
	}
}

func (l *contactList) drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor {
	row := l.flat[i]
	switch {
	case row.empty:
		p := c.pen(area, 0)
		p.skip(2)
		p.put(l.m.theme.dim, "Nobody here yet. Press a to add someone.")
	case row.who == nil:
		l.drawHeading(c, area, row.group)
	default:
		l.drawContact(c, area, row.who)
	}
	return l.m.mark(c, area, chosen, onList)
}

// drawContact draws a contact, with the messages that wait at the end of the first line.
func (l *contactList) drawContact(c *canvas, area rect, who *contacts.Contact) {
	r, waiting := l.says(who, area.Dx())
	if waiting != "" {
		area.Max.X = c.pen(area, 0).end(bold(l.m.theme.accent), waiting).Min.X
	}
	l.m.drawPerson(c, area, r)
}

// drawHeading draws a group's name and how many of its people are signed in; the numbers are never cut.
func (l *contactList) drawHeading(c *canvas, area rect, g contacts.Group) {
	online, total := l.m.state.Contacts().Online(g.ID)
	sign := signOpen
	if g.Collapsed {
		sign = signClosed
	}
	count := " (" + text.Int(online) + "/" + text.Int(total) + ")"
	p := c.pen(area, 0)
	p.put(l.m.theme.dim, sign)
	p.skip(1)
	p.before(count, l.m.theme.strong, g.Name.Line())
	p.put(l.m.theme.dim, count)
}

// drawPerson draws a contact: presence bar, glyph, name and words, and the second line below.
func (m *model) drawPerson(c *canvas, area rect, r personRow) {
	colour := m.theme.presence(r.presence)
	if r.presence != contacts.PresenceUnknown {
		for y := range area.Dy() {
			c.pen(area, y).put(colour, signBar)
		}
	}
	p := c.pen(area, 0)
	p.skip(2)
	p.put(colour, glyph(r.presence))
	p.skip(1)
	p.put(m.theme.text, r.name)
	if r.words != "" {
		p.put(m.theme.dim, " - "+r.words)
	}
	p = c.pen(area, 1)
	p.skip(personIndent)
	p.put(m.theme.dim, r.below)
}

// mark shows that a row is the selected one, more strongly where the keys are, and puts the cursor on it.
func (m *model) mark(c *canvas, area rect, chosen bool, where focus) *tea.Cursor {
	if !chosen {
		return nil
	}
	if m.focus != where || m.dialogs.top() != nil {
		c.tint(area, m.theme.resting)
		return nil
	}
	c.tint(area, m.theme.selected)
	return cursor(area.Min.X, area.Min.Y, tea.CursorBar)
}
