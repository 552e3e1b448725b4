package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
)

// newTab is the NEW tab: a row for each person who added me and is not decided upon, and, when the Alerts
// options hold requests back, a row that says so and leads to the option.
type newTab struct {
	m        *model
	list     list
	requests []contacts.Request
	hint     text.Safe       // why requests may be missing; the last row when not empty
	buttons  []requestButton // of the last draw
}

func newNewTab(m *model) *newTab { return &newTab{m: m} }

// refresh takes over what State knows now and keeps the same person selected.
func (n *newTab) refresh() {
	var before contacts.Address
	if n.list.selected < len(n.requests) {
		before = n.requests[n.list.selected].Address
	}
	n.requests = n.m.state.Requests()
	n.hint = ""
	if n.m.guise().heldBack {
		n.hint = heldBack(n.m.state.AlertOptions(), n.m.state.HiddenRequests())
	}
	for i := range n.requests {
		if n.requests[i].Address == before {
			n.list.selected = i
		}
	}
}

// reveal selects a person's request, when it is there.
func (n *newTab) reveal(a contacts.Address) {
	n.refresh()
	for i := range n.requests {
		if n.requests[i].Address.Same(a) {
			n.list.choose(i, n.len())
		}
	}
}

// heldBack says which requests the Alerts options keep from showing.
func heldBack(o alerts.Options, hidden int) text.Safe {
	var what text.Safe = "Requests of people who do not use Lync"
	switch {
	case hidden == 1:
		what = "1 request"
	case hidden > 1:
		what = text.Int(hidden) + " requests"
	case !o.TellMe:
		what = "Requests"
	}
	do, them := text.Safe(" do"), text.Safe("them")
	if hidden == 1 {
		do, them = " does", "it"
	}
	switch {
	case !o.TellMe:
		return what + do + " not show up here: in Options ▸ Alerts, \"Tell me when someone adds me to his or her contact list\" is not checked. Press enter here to change that."
	case o.Outside == alerts.BlockAll:
		return what + do + " not show up here: Options ▸ Alerts blocks " + them + ", under \"Contacts not using Lync\". Press enter here to change that."
	default:
		return ""
	}
}

// draw draws the requests, and says so when there is none.
func (n *newTab) draw(c *canvas, area rect) *tea.Cursor {
	n.refresh()
	n.buttons = n.buttons[:0]
	if len(n.requests) == 0 {
		says := wrap(n.m.guise().nobody[0], area.Dx())
		if n.hint == "" {
			drawLines(c, area, n.m.theme.dim, append(says, wrap(n.m.guise().nobody[1], area.Dx())...))
			return nil
		}
		var told rect
		told, area = cutTop(area, len(says)+1)
		drawLines(c, told, n.m.theme.dim, says)
	}
	return n.list.draw(c, area, n, n.m.theme.line)
}

// keys are those of the selected row: a request's, or the hint's.
func (n *newTab) keys() scope {
	if n.onRequest() {
		return newKeys
	}
	if n.hint != "" {
		return hintKeys
	}
	return nil
}

// onRequest says that a request is selected, not the hint.
func (n *newTab) onRequest() bool { return n.list.selected < len(n.requests) }

func (n *newTab) key(k tea.KeyPressMsg) bool {
	n.refresh()
	if n.list.key(k, n.len()) {
		return true
	}
	if !n.onRequest() {
		if hintKeys.of(k) == "" || n.hint == "" {
			return false
		}
		openAlertOptions(n.m)
		return true
	}
	r := n.requests[n.list.selected]
	switch newKeys.of(k) {
	case "accept":
		n.m.guise().answer(n.m, r)
	case "block":
		n.m.guise().block(n.m, r.Address)
	case "dismiss":
		n.m.guise().dismiss(n.m, r.Address)
	case "menu":
		openContactMenu(n.m, r.Address, 0, n.list.place(n.m.layout.parts().list, n))
	default:
		return false
	}
	return true
}

func (n *newTab) len() int {
	if n.hint != "" {
		return len(n.requests) + 1
	}
	return len(n.requests)
}

// width is the room that rows have, for wrapping the hint.
func (n *newTab) width() int { return n.m.layout.parts().list.Dx() }

// height is name, address, introduction when there is one, the decisions where they stand below it, and a blank
// row that parts people.
func (n *newTab) height(i int) int {
	if i == len(n.requests) {
		return len(wrap(n.hint, n.width()-2))
	}
	rows := 3 + len(n.introduction(i))
	if len(n.m.guise().decisions) > 0 {
		rows++
	}
	return rows
}

// introductionRows is how many rows an introduction may take; the dialog that answers has all of it.
const introductionRows = 2

// introduction is what somebody has said with a request, in rows. The last one may be too long: it is cut
// where it is drawn.
func (n *newTab) introduction(i int) []text.Safe {
	said := n.requests[i].Introduction.Line()
	if said == "" {
		return nil
	}
	rows := wrap(said, n.width()-2)
	if len(rows) > introductionRows {
		rows = append(rows[:introductionRows-1:introductionRows-1], text.Join(rows[introductionRows-1:], " "))
	}
	return rows
}

func (n *newTab) click(i int, _ rect, p pointer) {
	n.m.focus = onList
	switch {
	case i == len(n.requests):
		openAlertOptions(n.m)
	case n.pressed(i, p):
	case p.menu:
		openContactMenu(n.m, n.requests[i].Address, 0, rect{Min: p.at, Max: p.at.Add(pt(1, 1))})
	case p.again:
		n.m.guise().answer(n.m, n.requests[i])
	}
}

// drawRow draws who asks, where the person is, since when and by which address. An address without a name
// has the first line for itself.
func (n *newTab) drawRow(c *canvas, area rect, i int, chosen bool) *tea.Cursor {
	m := n.m
	if i == len(n.requests) {
		for j, line := range wrap(n.hint, area.Dx()-2) {
			p := c.pen(area, j)
			p.skip(1)
			p.put(m.theme.text, line)
		}
		return m.mark(c, area, chosen, onList)
	}
	r := n.requests[i]
	line := func(i int) *pen {
		p := c.pen(area, i)
		p.put(m.theme.accent, signBar)
		p.skip(1)
		return p
	}
	first, second := line(0), line(1)
	where, below := first, m.addressOf(r.Address)
	if r.Name.Line() == "" {
		where, below = second, "No name was given."
	}
	where.end(m.theme.dim, " "+ago(r.Since, m.now()))
	where.end(m.theme.text, "  "+m.where(r.Kind)+" "+signDot)
	first.put(m.theme.strong, m.nameOf(r.Address))
	second.put(m.theme.dim, below)
	next := 2
	for _, said := range n.introduction(i) {
		if area.Dy() > next {
			line(next).put(m.theme.text, said)
			next++
		}
	}
	said := area
	said.Max.Y = min(area.Min.Y+next, area.Max.Y)
	at := m.mark(c, said, chosen, onList)
	if len(m.guise().decisions) > 0 && area.Dy() > next {
		n.drawDecisions(line(next), i, chosen)
	}
	return at
}
