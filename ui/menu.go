package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// menuItem is one line of a menu. It has an act, a menu of its own, or a reason why it cannot be done.
type menuItem struct {
	label text.Safe
	sign  text.Safe // one cell in front of the label: a presence glyph, a tick
	look  style     // of the sign
	act   func()
	sub   []menuItem
	lit   int       // which item of sub is lit first
	why   text.Safe // not possible now, and this is why
	hint  text.Safe // what it means, said below the menu
	line  bool      // a line between groups of items
}

// said is what is said below the menu while the item is lit.
func (i menuItem) said() text.Safe {
	if i.why != "" {
		return i.why
	}
	return i.hint
}

// divider is a line between groups of items.
func divider() menuItem { return menuItem{line: true} }

// menu is a list of deeds beside what they are about.
type menu struct {
	m     *model
	items []menuItem
	at    rect
	lit   int
	top   int    // first item shown where not all have room
	root  *menu  // the menu that opened this one, at the end of the chain
	over  dialog // what a choice closes as well and esc leads back to, or nil
}

// openMenu opens a menu beside what was clicked or selected.
func (m *model) openMenu(at rect, items []menuItem) {
	m.open(&menu{m: m, items: items, at: at})
}

func (n *menu) light() bool { return true }

func (n *menu) keys() []scope { return []scope{menuKeys} }

// signs reports whether the menu keeps a column for signs.
func (n *menu) signs() bool {
	for _, i := range n.items {
		if i.sign != "" {
			return true
		}
	}
	return false
}

// footWidth is how wide a menu is at least that says something below its items.
const footWidth = 46

// size is how much room the menu needs, frame included, and how many rows of that are what it says below.
func (n *menu) size() (width, height, foot int) {
	height = len(n.items) + 2
	says := false
	for _, i := range n.items {
		width = max(width, cellsOf(i.label)+4)
		says = says || i.said() != ""
	}
	if n.signs() {
		width += 2
	}
	width += 2
	if says {
		width = max(width, footWidth)
	}
	for _, i := range n.items {
		if said := i.said(); said != "" {
			foot = max(foot, 1+len(wrap(said, width-4)))
		}
	}
	return width, height + foot, foot
}

// place leaves the last row, which says what to press, free where there is room.
func (n *menu) place(within rect) rect {
	width, height, _ := n.size()
	if height < within.Dy() {
		within.Max.Y--
	}
	return beside(within, n.at, width, height)
}

// rows are the items that are shown in so many rows: where not all have room the lines go first, and what
// then has no room is scrolled to.
func (n *menu) rows(room int) []int {
	room = max(room, 1)
	rows := make([]int, 0, len(n.items))
	for i, item := range n.items {
		if !item.line || len(n.items) <= room {
			rows = append(rows, i)
		}
	}
	at := max(slices.Index(rows, n.lit), 0)
	n.top = max(min(n.top, at, len(rows)-room), at-room+1, 0)
	return rows[n.top:min(n.top+room, len(rows))]
}

// within is where the items stand, inside the frame and above what is said; it is the same whatever is lit,
// so that nothing jumps.
func (n *menu) within(area rect) rect {
	_, _, foot := n.size()
	return rect{Min: area.Min.Add(pt(1, 1)), Max: area.Max.Sub(pt(1, 1+foot))}
}

func (n *menu) draw(c *canvas, area rect) *tea.Cursor {
	t, inside, said := n.m.theme, n.within(area), n.items[n.lit].said()
	rows := n.rows(inside.Dy())
	inside.Max.Y = min(inside.Max.Y, inside.Min.Y+len(rows))
	area.Max.Y = inside.Max.Y + 1 // only the lower edge moves
	if said != "" {
		_, _, foot := n.size()
		area.Max.Y += foot
	}
	c.box(area, on(t.panel, t.line), on(t.panel, t.text))
	c.onWheel(area, func(lines int) { n.turn(sign(lines)) })
	indent := 1
	if n.signs() {
		indent = 3
	}
	var at *tea.Cursor
	for y, i := range rows {
		item, row := n.items[i], rect{Min: pt(inside.Min.X, inside.Min.Y+y), Max: pt(inside.Max.X, inside.Min.Y+y+1)}
		if item.line {
			c.rule(row, row.Min.Y, on(t.panel, t.line), style{}, "")
			continue
		}
		n.drawItem(c, row, item, i == n.lit, indent)
		if i == n.lit {
			at = cursor(row.Min.X+indent, row.Min.Y, tea.CursorBlock)
		}
		c.onClick(row, func(pointer) { n.lit = i; n.choose(row) })
	}
	if said != "" {
		foot := rect{Min: pt(inside.Min.X, inside.Max.Y), Max: pt(inside.Max.X, area.Max.Y-1)}
		c.rule(foot, foot.Min.Y, on(t.panel, t.line), style{}, "")
		foot = rect{Min: foot.Min.Add(pt(1, 1)), Max: foot.Max.Sub(pt(1, 0))}
		drawLines(c, foot, on(t.panel, t.dim), wrap(said, foot.Dx()))
	}
	n.drawMore(c, area.Min.Y, inside, rows)
	return at
}

// drawMore says in the frame how many items there are above and below those in sight.
func (n *menu) drawMore(c *canvas, top int, inside rect, shown []int) {
	more := func(y int, sign text.Safe, items []menuItem) {
		hidden := 0
		for _, i := range items {
			if !i.line {
				hidden++
			}
		}
		if hidden > 0 {
			edge := rect{Min: pt(inside.Min.X, y), Max: pt(inside.Max.X-1, y+1)}
			c.pen(edge, 0).end(on(n.m.theme.panel, n.m.theme.dim), " "+sign+" "+text.Int(hidden)+" more ")
		}
	}
	more(top, "↑", n.items[:shown[0]])
	more(inside.Max.Y, "↓", n.items[shown[len(shown)-1]+1:])
}

func (n *menu) drawItem(c *canvas, row rect, item menuItem, lit bool, indent int) {
	t := n.m.theme
	s := on(t.panel, t.text)
	if lit {
		s = on(t.selected, t.text)
		c.fill(row, s)
		c.point(t, row.Min, s)
	}
	words, label := s, item.label
	if item.why != "" {
		words = on(s, t.dim)
		if t.brackets { // there quiet letters look like others
			label = "(" + label + ")"
		}
	}
	if item.sign != "" {
		c.print(row.Min.X+1, row.Min.Y, 1, on(s, item.look), item.sign)
	}
	p := c.pen(row, 0)
	p.skip(indent)
	if item.sub != nil {
		p.end(on(s, t.dim), signClosed+" ")
	}
	p.put(words, label)
}

func (n *menu) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "up", "k":
		n.step(-1)
	case "down", "j", "tab":
		n.step(1)
	case "home":
		n.lit = len(n.items) - 1
		n.step(1)
	case "end":
		n.lit = 0
		n.step(-1)
	case "enter", "space":
		n.choose(n.row())
	case "right":
		if n.items[n.lit].sub != nil {
			n.choose(n.row())
		}
	case "left":
		if n.root != nil {
			n.m.close(n)
		}
	default:
		return n.jump(k.Text)
	}
	return true
}

// step goes to the next item, around the ends and over lines.
func (n *menu) step(by int) {
	for range n.items {
		n.lit = (n.lit + by + len(n.items)) % len(n.items)
		if !n.items[n.lit].line {
			return
		}
	}
}

// turn is step for the wheel, which stops at the ends.
func (n *menu) turn(by int) {
	before := n.lit
	if n.step(by); (n.lit-before)*by < 0 {
		n.lit = before
	}
}

// jump goes to the next item that begins with a letter.
func (n *menu) jump(letter string) bool {
	if letter == "" {
		return false
	}
	for i := range n.items {
		next := (n.lit + 1 + i) % len(n.items)
		if strings.HasPrefix(strings.ToLower(string(n.items[next].label)), strings.ToLower(letter)) {
			n.lit = next
			break
		}
	}
	return true
}

// row is where the lit item stands.
func (n *menu) row() rect {
	inside := n.within(n.place(n.m.canvas.bounds()))
	y := inside.Min.Y + max(slices.Index(n.rows(inside.Dy()), n.lit), 0)
	return rect{Min: pt(inside.Min.X, y), Max: pt(inside.Max.X, y+1)}
}

// choose does the lit item, or opens its menu.
func (n *menu) choose(row rect) {
	item := n.items[n.lit]
	root := n
	if n.root != nil {
		root = n.root
	}
	switch {
	case item.sub != nil:
		at := rect{Min: pt(row.Max.X, row.Min.Y-1), Max: pt(row.Max.X, row.Min.Y-1)}
		n.m.open(&menu{m: n.m, items: item.sub, at: at, root: root, lit: item.lit})
	case item.act != nil:
		n.m.close(root)
		if root.over != nil {
			n.m.close(root.over)
		}
		item.act()
	}
}
