package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/option"
)

// contactList is the contacts in a tab: sections with their people, a row or two each.
type contactList struct {
	m       *model
	list    list
	tab     tab                // GROUPS, STATUS or RELATIONSHIPS
	left    [tabNew]contactRow // what was selected in each tab when it was left
	flat    []contactRow
	version uint64 // of the people that flat was made from; 0 when it has to be made anew
	width   int    // of the rows at the last draw
	area    rect   // where they were drawn then
	drag    drag
	picked  map[contacts.Address]bool // selected together, of any tab
	begun   bool                      // something has been selected, by the user or by begin
}

// contactRow is one row: a heading, a person below it, or the hint in an empty group.
type contactRow struct {
	section section
	who     *contacts.Contact // nil in a heading
	empty   bool              // the hint
}

func newContactList(m *model) *contactList {
	return &contactList{m: m}
}

// refresh makes the rows anew when the contact list has changed, and keeps the same one selected.
func (l *contactList) refresh() {
	version := l.m.state.PeopleVersion()
	if l.version == version {
		return
	}
	l.version = version
	before, _ := l.current()
	l.flat = l.flat[:0]
	for _, s := range l.sections() {
		if s.tab != tabEverybody {
			l.flat = append(l.flat, contactRow{section: s})
		}
		if s.folded {
			continue
		}
		in := l.in(s.sectionKey)
		for _, who := range in {
			l.flat = append(l.flat, contactRow{section: s, who: who})
		}
		if _, group := s.group(); (group || s.tab == tabEverybody) && len(in) == 0 {
			l.flat = append(l.flat, contactRow{section: s, empty: true})
		}
	}
	l.keep(before)
	l.begin()
}

// begin selects the first contact to be seen, so that the first enter writes to somebody and folds no group.
// It does so once, and not after the user has gone anywhere.
func (l *contactList) begin() {
	if l.begun {
		return
	}
	if i := slices.IndexFunc(l.flat, func(r contactRow) bool { return r.who != nil }); i >= 0 {
		l.list.selected, l.begun = i, true
	}
}

// turn shows another tab. The selection stays on the person, whose section may be closed there; from a
// heading it goes to what was selected in that tab before.
func (l *contactList) turn(t tab) {
	if t == l.tab {
		return
	}
	l.refresh()
	from, _ := l.current()
	l.left[l.tab] = from
	l.tab, l.version, l.list, l.flat = t, 0, list{}, nil
	l.refresh()
	to := l.left[t]
	if from.who == nil || to.who != nil && to.who.Address == from.who.Address {
		l.keep(to)
		return
	}
	if who, ok := l.m.state.Contacts().Get(from.who.Address); ok {
		to = contactRow{section: section{sectionKey: l.home(who)}, who: who}
		if !l.keep(to) {
			l.keep(contactRow{section: to.section})
		}
	}
}

// keep selects the row that means the same as before, or the same person elsewhere, or else leaves the
// selection where it stood.
func (l *contactList) keep(before contactRow) bool {
	if now, ok := l.current(); ok && same(now, before) {
		return true
	}
	elsewhere := -1
	for i, row := range l.flat {
		if same(row, before) {
			l.list.selected = i
			return true
		}
		if elsewhere < 0 && before.who != nil && row.who != nil && row.who.Address == before.who.Address {
			elsewhere = i
		}
	}
	if elsewhere >= 0 {
		l.list.selected = elsewhere
	}
	return elsewhere >= 0
}

// same says that two rows stand for the same thing, whatever is in them now.
func same(a, b contactRow) bool {
	if a.section.sectionKey != b.section.sectionKey || a.empty != b.empty || (a.who == nil) != (b.who == nil) {
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

// reveal selects a person, in the group given where there are groups, or wherever the person stands first,
// opening what is closed.
func (l *contactList) reveal(a contacts.Address, in contacts.GroupID) {
	who, ok := l.m.state.Contacts().Get(a)
	if !ok {
		return
	}
	at := l.home(who)
	if l.tab == tabGroups && in != 0 {
		at.id = int64(in)
	}
	l.open(at)
	l.refresh()
	l.keep(contactRow{section: section{sectionKey: at}, who: who})
	l.list.free = false
}

// showGroup selects the heading of a group.
func (w *window) showGroup(id contacts.GroupID) {
	w.show(tabGroups)
	l := w.contacts
	l.refresh()
	l.keep(contactRow{section: section{sectionKey: sectionKey{tabGroups, int64(id)}}})
	l.list.free = false
}

func (l *contactList) draw(c *canvas, area rect) *tea.Cursor {
	l.refresh()
	l.width, l.area = area.Dx(), area
	return l.list.draw(c, area, l, l.m.theme.line)
}

// key does what a key means in the list. Up from the first row goes to the Find box above it; a letter that
// means up does not, because the next one would be written there.
func (l *contactList) key(k tea.KeyPressMsg) bool {
	l.refresh()
	l.begun = true
	if l.list.selected == 0 && listKeys.of(k) == "up" && k.Text == "" {
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
	if k.String() == "esc" && len(l.picked) > 0 { // otherwise esc is the window's
		does = "select none"
	}
	if l.keyOnSeveral(row, does) {
		return true
	}
	if l.groupCommand(row.section, does) {
		return true
	}
	if row.who == nil {
		return l.keyOnHeading(row.section, does)
	}
	switch does {
	case "open":
		l.m.talkTo(row.who.Address)
	case "menu":
		openContactMenu(l.m, row.who.Address, row.groupID(), l.place())
	case "call":
		l.m.call(row.who.Address)
	case "card":
		openCard(l.m, row.who.Address)
	case "remove":
		l.m.askRemove(row.who.Address)
	case "fold":
		l.fold(row.section)
	default:
		return false
	}
	return true
}

// groupID is the group that a row of GROUPS is in, 0 elsewhere.
func (r contactRow) groupID() contacts.GroupID {
	id, ok := r.section.group()
	if !ok {
		return 0
	}
	return id
}

// keyOnHeading does what a key means on a heading; keys for a person do nothing there.
func (l *contactList) keyOnHeading(s section, does action) bool {
	if s.tab == tabEverybody { // it has no heading: this is the hint in the empty list
		if does == "open" {
			l.m.window.command("add")
		}
		return does != ""
	}
	switch does {
	case "open", "fold":
		l.fold(s)
	case "menu":
		l.menuOf(s, l.place())
	case "remove":
		l.onGroup(s, l.m.askDeleteGroup)
	case "":
		return false
	}
	return true
}

// groupCommand does what a key means to the group that the selected row is in.
func (l *contactList) groupCommand(s section, does action) bool {
	switch does {
	case "rename group":
		l.onGroup(s, func(id contacts.GroupID) { openRenameGroup(l.m, id) })
	case "group up":
		l.onGroup(s, func(id contacts.GroupID) { l.m.moveGroup(id, -1) })
	case "group down":
		l.onGroup(s, func(id contacts.GroupID) { l.m.moveGroup(id, 1) })
	default:
		return false
	}
	return true
}

// menuOf opens the menu of a group below at.
func (l *contactList) menuOf(s section, at rect) {
	l.onGroup(s, func(id contacts.GroupID) { openGroupMenu(l.m, id, at) })
}

// onGroup does something with the group behind a section, or says where groups are.
func (l *contactList) onGroup(s section, do func(contacts.GroupID)) {
	if id, ok := s.group(); ok {
		do(id)
		return
	}
	l.m.say("Groups are made and changed in GROUPS: press " + l.m.canvas.keys.shown(windowKeys, "groups") + ".")
}

// fold opens or closes a section and selects its heading.
func (l *contactList) fold(s section) {
	l.toggle(s.sectionKey)
	l.refresh()
	l.keep(contactRow{section: s})
	l.list.free = false
}

// place is where the menu of the selected row hangs.
func (l *contactList) place() rect { return l.list.place(l.m.layout.parts().list, l) }

func (l *contactList) len() int { return len(l.flat) }

// height asks what the row will say, because that decides how many lines it takes.
func (l *contactList) height(i int) int {
	switch row := l.flat[i]; {
	case row.empty:
		return len(wrap(l.m.guise().empty, l.width-emptyIndent))
	case row.who != nil:
		r, waiting := l.says(row.who, l.width)
		return 1 + len(r.lines(l.width-cellsOf(waiting)))
	}
	return 1
}

// click selects; a second click opens the conversation or what the options say, the right button the menu of
// the person or the group. A heading folds at once.
func (l *contactList) click(i int, at rect, p pointer) {
	l.m.focus, l.begun = onList, true
	row := l.flat[i]
	l.pick(row)
	if p.more {
		l.togglePicked(row)
		return
	}
	if people := l.several(); p.menu && row.who != nil && l.picked[row.who.Address] && people != nil {
		l.openSeveralMenu(people, row.groupID(), rect{Min: p.at, Max: p.at.Add(pt(1, 1))})
		return
	}
	l.picked = nil
	switch {
	case row.who == nil && p.menu:
		l.menuOf(row.section, rect{Min: p.at, Max: p.at.Add(pt(1, 1))})
	case row.who == nil && !row.empty:
		l.fold(row.section)
	case row.who != nil && p.menu:
		openContactMenu(l.m, row.who.Address, row.groupID(), rect{Min: p.at, Max: p.at.Add(pt(1, 1))})
	case row.who != nil && p.again && l.m.state.Options().List.DoubleClick == option.DoubleClickCard:
		openCard(l.m, row.who.Address)
	case row.who != nil && p.again:
		l.m.talkTo(row.who.Address)
	}
}
