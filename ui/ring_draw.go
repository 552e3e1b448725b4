package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
)

// ringBox is a call that rings as it is drawn.
type ringBox struct {
	call app.Call
	head []text.Safe // who it is
	from []text.Safe // by which address, and what the caller is to the user
}

// rows is the height of the box: what it says, its buttons, and the frame.
func (b ringBox) rows() int { return len(b.head) + len(b.from) + 1 + panelRows }

// addressLines is how many lines an address may take: whoever calls themselves by somebody's name is known by it.
const addressLines = 3

func (r *rings) boxOf(c app.Call, width int) ringBox {
	m := r.m
	inside := width - panelColumns
	name, address := m.calleeName(c), m.addressOf(c.Peer)
	b := ringBox{call: c, head: wrap(name, inside)}
	b.head = b.head[:min(len(b.head), toastLines)]
	if name != address {
		b.from = wrap(address, inside)
		b.from = b.from[:min(len(b.from), addressLines)]
	}
	b.from = append(b.from, wrap(r.who(c.Peer), inside)...)
	return b
}

// place is where they lie: as wide as toasts, in the same corner.
func (r *rings) place() (area rect, below bool) {
	m := r.m
	l := m.layout
	if m.help.open || m.signIn.open { // they cover both halves
		l = arrange(m.width, m.height, false)
		l.divide = m.guise().parts
	}
	return m.toasts.corner(m.toasts.place(l))
}

// corner is the part of an area in which toasts lie, and whether they begin at its lower edge.
func (s *toasts) corner(area rect) (free rect, below bool) {
	corner := s.m.state.Options().Toasts.Corner
	width := min(toastWidth, area.Dx()-2)
	x := area.Max.X - 1 - width
	if corner == option.TopLeft || corner == option.BottomLeft {
		x = area.Min.X + 1
	}
	below = corner == option.BottomRight || corner == option.BottomLeft
	return rect{Min: pt(x, area.Min.Y+1), Max: pt(x+width, area.Max.Y)}, below
}

// takeRows cuts the place of a box off, at the edge where boxes begin.
func takeRows(free rect, rows int, below bool) (at, rest rect) {
	if below {
		return cutBottom(free, rows)
	}
	return cutTop(free, rows)
}

// boxes are the calls for which there is room and where each stands, how many have none, and what room is left.
func (r *rings) boxes() (boxes []ringBox, at []rect, hidden int, rest rect) {
	rest, below := r.place()
	all := r.ringing()
	for i, c := range all {
		b := r.boxOf(c, rest.Dx())
		if b.rows() > rest.Dy() && i > 0 {
			return boxes, at, len(all) - i, rest
		}
		var here rect
		here, rest = takeRows(rest, b.rows(), below)
		boxes, at = append(boxes, b), append(at, here)
	}
	return boxes, at, 0, rest
}

// draw draws the calls that ring over everything else, and leaves the cursor where it is unless they cover it.
func (r *rings) draw(c *canvas, under *tea.Cursor) *tea.Cursor {
	boxes, at, hidden, _ := r.boxes()
	r.areas = at
	for i, b := range boxes {
		more := 0
		if i == len(boxes)-1 {
			more = hidden
		}
		r.drawBox(c, at[i], b, i == 0, more)
		if under != nil && pt(under.X, under.Y).In(at[i]) {
			under = nil
		}
	}
	return under
}

func (r *rings) drawBox(c *canvas, at rect, b ringBox, first bool, more int) {
	m := r.m
	t, call := m.theme, b.call
	inside := c.box(at, on(t.panel, t.accent), on(t.panel, t.text))
	inside.Min.X, inside.Max.X = inside.Min.X+1, inside.Max.X-1
	c.onClick(at, func(p pointer) {
		if p.menu {
			r.openMenu(call)
		}
	})
	top, _ := cutTop(at, 1)
	p := c.pen(top, 0)
	p.skip(2)
	p.keep(2)
	head := text.Safe(" Incoming call ")
	if call.Offers {
		head = " Incoming video call "
	}
	p.put(on(t.panel, bold(t.accent)), head)
	if more > 0 {
		p.end(on(t.panel, t.dim), " and "+text.Int(more)+" more ")
	}
	heads, rest := cutTop(inside, len(b.head))
	drawLines(c, heads, on(t.panel, t.strong), b.head)
	froms, rest := cutTop(rest, len(b.from))
	drawLines(c, froms, on(t.panel, t.dim), b.from)
	r.drawButtons(c, rest, call, first)
	if first {
		r.drawKeys(c, at)
	}
}

// drawButtons draws what can be done with a call that rings.
func (r *rings) drawButtons(c *canvas, area rect, call app.Call, first bool) {
	m := r.m
	t, p := m.theme, c.pen(area, 0)
	answer := on(t.button, t.text)
	if first {
		answer = t.pressed
	}
	for i, b := range []struct {
		look  style
		label text.Safe
		press func()
	}{
		{answer, "Answer", func() { m.answer(call) }},
		{on(t.button, t.text), "Decline", func() { m.do(m.state.DeclineCall(m.now(), call.ID)) }},
		{on(t.button, t.text), m.guise().reply, func() { m.replyByIM(call) }},
		{on(t.button, t.text), signOpen, func() { r.openMenu(call) }},
	} {
		if i > 0 {
			p.skip(1)
		}
		p.button(b.look, m.buttonWords(b.label), b.press)
	}
}

// buttonWords is the label of a button as it is written: in brackets where colours do not say that it is one.
func (m *model) buttonWords(label text.Safe) text.Safe {
	if m.theme.brackets {
		return "[" + label + "]"
	}
	return " " + label + " "
}

// drawKeys says in the lower edge by which keys the call is answered.
func (r *rings) drawKeys(c *canvas, at rect) {
	edge, _ := cutBottom(at, 1)
	p := c.pen(edge, 0)
	p.keep(2)
	look := on(r.m.theme.panel, r.m.theme.dim)
	words := text.Safe(" ")
	for i, hint := range []struct {
		does action
		says text.Safe
	}{{"answer", "answer"}, {"decline", "decline"}, {"reply", "IM"}} {
		if i > 0 {
			words += " " + signDot + " "
		}
		words += c.keyName(c.keys.shown(callKeys, hint.does)) + " " + hint.says
	}
	p.end(look, words+" ")
}
