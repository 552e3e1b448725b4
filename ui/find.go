package ui

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// find is the Find box: as it is typed into, the list below shows who is meant, and what can be done with
// an address that is nobody's yet.
type find struct {
	m     *model
	field field
	list  list
	found []foundRow
	made  struct { // what found was made from
		query   string
		version uint64
	}
	nobody bool      // was found
	why    text.Safe // and what to type therefore
}

// foundRow is a contact, or something offered.
type foundRow struct {
	who   *contacts.Contact
	sign  text.Safe // of an offer; "" is that of adding
	label text.Safe // of an offer
	hint  text.Safe // its second half, in quiet letters
	do    func()
	not   bool // it cannot be done: hint is why
}

// foundLimit bounds how many contacts are shown; whoever wants others types another letter.
const foundLimit = 200

func newFind(m *model) *find {
	return &find{m: m, field: field{placeholder: m.guise().find, limit: maxAddressField}}
}

// active says that something has been typed, so that the list shows what was found, whoever has the keys.
func (f *find) active() bool { return len(f.field.letters) > 0 }

// leave empties the box and gives the keys back to the list.
func (f *find) leave() {
	f.field.set("")
	f.list = list{}
	if f.m.focus == onFind {
		f.m.focus = onList
	}
}

// toWindow gives the keys to the window's list, or to the Find box where the list shows what was found.
func (m *model) toWindow() {
	m.focus, m.talking = onList, false
	if m.window.find.active() {
		m.focus = onFind
	}
}

// paste takes an address as it is copied from elsewhere, blanks and line break around it included.
func (f *find) paste(s string) {
	f.field.insert(strings.TrimSpace(s))
	f.list.choose(0, 1)
}

// draw draws the box itself.
func (f *find) draw(c *canvas, area rect) *tea.Cursor {
	m := f.m
	c.fill(area, m.theme.field)
	p := c.pen(area, 0)
	p.skip(1)
	p.end(on(m.theme.field, m.theme.dim), signFind+" ")
	at := f.field.draw(c, p.rest(), m.theme.field, m.theme.dim, m.focus == onFind)
	c.onClick(area, func(pointer) { m.focus = onFind })
	return at
}

// drawFound draws what was found.
func (f *find) drawFound(c *canvas, area rect) *tea.Cursor {
	f.refresh()
	if f.nobody {
		lines := wrap(f.why, area.Dx())
		drawLines(c, area, f.m.theme.dim, lines)
		_, area = cutTop(area, len(lines)+1)
	}
	f.list.draw(c, area, f, f.m.theme.line)
	return nil // the cursor stays in the box
}

// refresh looks again when what was typed or anything to be seen has changed.
func (f *find) refresh() {
	query, version := strings.TrimSpace(f.field.value()), f.m.state.Version()
	if query == f.made.query && version == f.made.version && f.found != nil {
		return
	}
	if query != f.made.query {
		f.list = list{}
	}
	f.made.query, f.made.version = query, version
	f.found = f.found[:0]
	for _, who := range f.m.state.Contacts().Find(query, foundLimit) {
		f.found = append(f.found, foundRow{who: who})
	}
	// People of an address book will stand here: after those whom the user knows, before those of the past.
	f.found = append(f.found, pastRows(f.m, query)...)
	f.offer(query)
	f.nobody = len(f.found) == 0
	if query != "" {
		f.found = append(f.found, searchRow(f.m, query))
	}
}

// key does what a key means in the box; what is neither a move nor a deed is written.
func (f *find) key(k tea.KeyPressMsg) bool {
	switch findKeys.of(k) {
	case "leave":
		f.leave()
	case "up":
		f.list.choose(f.list.selected-1, len(f.found))
	case "down":
		f.down()
	case "open":
		f.chooseRow(f.list.selected)
	case "call":
		f.callRow(f.list.selected)
	case "menu":
		f.menu(f.list.selected, f.place())
	default:
		return f.field.key(k)
	}
	return true
}

// down goes to the next one found; from the empty box it goes back to the list.
func (f *find) down() {
	if !f.active() {
		f.leave()
		return
	}
	f.list.choose(f.list.selected+1, len(f.found))
}

// chooseRow does what a row offers, or opens the conversation with the person in it.
func (f *find) chooseRow(i int) {
	if !f.active() || i >= len(f.found) {
		return
	}
	row := f.found[i]
	if row.not { // what was typed stays, for something else to be done with it
		f.m.say(row.hint)
		return
	}
	f.leave()
	if row.who == nil {
		row.do()
		return
	}
	if f.m.window.tab == tabNew {
		f.m.window.open(0)
	}
	f.m.window.contacts.reveal(row.who.Address, 0)
	f.m.talkTo(row.who.Address)
}

// callRow calls somebody found, or what was typed when that is an address or a number.
func (f *find) callRow(i int) {
	f.refresh()
	if i < len(f.found) && f.found[i].who != nil {
		a := f.found[i].who.Address
		f.leave()
		f.m.call(a)
		return
	}
	a, err := f.m.state.AddressToCall(strings.TrimSpace(f.field.value()))
	if err != nil {
		f.m.complain(sentenceOf(err))
		return
	}
	f.leave()
	f.m.call(a)
}

// menu opens the menu of somebody found; what is offered has none.
func (f *find) menu(i int, at rect) {
	if i < len(f.found) && f.found[i].who != nil {
		who := f.found[i].who
		openContactMenu(f.m, who.Address, who.Groups[0], at)
	}
}

// place is where the menu of the selected row hangs.
func (f *find) place() rect { return f.list.place(f.m.layout.parts().list, f) }

func (f *find) len() int { return len(f.found) }

func (f *find) height(i int) int {
	if row := f.found[i]; row.who != nil || offerCells+cellsOf(row.label)+cellsOf(row.hint) > f.width() {
		return 2
	}
	return 1
}

// offerCells are what the sign takes in front of an offer, and the dot before its second half.
const offerCells = 5

// width is the room that rows have.
func (f *find) width() int { return f.m.layout.parts().list.Dx() }

// click does what is offered at once; people are selected first, as in the list.
func (f *find) click(i int, at rect, p pointer) {
	f.m.focus = onFind
	switch {
	case p.menu:
		f.menu(i, rect{Min: p.at, Max: p.at.Add(pt(1, 1))})
	case f.found[i].who == nil || p.again:
		f.chooseRow(i)
	}
}

// drawRow draws a person with what was found: the note, or the address, which tells people of one name apart.
// Or it draws an offer.
func (f *find) drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor {
	m, row := f.m, f.found[i]
	if row.who != nil {
		m.drawPerson(c, area, f.personFound(row.who, area.Dx()))
	} else {
		f.drawOffer(c, area, row)
	}
	return m.mark(c, area, chosen, onFind)
}

// personFound is what the row of a person says, who is so found that the reader sees why.
func (f *find) personFound(who *contacts.Contact, width int) personRow {
	m := f.m
	r := m.personRow(who, width)
	if note := who.Presence.Note.Line(); note != "" && contacts.FoundIn(who, f.made.query) == contacts.InNote {
		_, r.words = m.standing(who)
		r.below, r.whole = note, false
	} else if address := m.addressOf(who.Address); address != r.name {
		_, r.words = m.standing(who)
		r.below, r.whole = address, false
		if contacts.FoundIn(who, f.made.query) == contacts.InAddress && !strings.Contains(strings.ToLower(string(address)), strings.ToLower(f.made.query)) {
			r.below = m.imOf(who.Address) // it was the address behind the account that was typed
		}
	}
	return r
}

// drawOffer draws what can be done, with its second half below when there is a line for it.
func (f *find) drawOffer(c *canvas, area rect, row foundRow) {
	t := f.m.theme
	p := c.pen(area, 0)
	p.put(t.accent, cmp.Or(row.sign, signAdd))
	p.skip(1)
	label := t.text
	if row.not {
		label = t.dim
	}
	p.put(label, row.label)
	if area.Dy() > 1 {
		p = c.pen(area, 1)
		p.skip(2)
		p.put(t.dim, row.hint)
	} else if row.hint != "" {
		p.put(t.dim, " "+signDot+" "+row.hint)
	}
}
