package ui

import (
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
	why   text.Safe // not possible now, and this is why
	line  bool      // a line between groups of items
}

// divider is a line between groups of items.
func divider() menuItem { return menuItem{line: true} }

// menu is a list of deeds beside what they are about.
type menu struct {
	m     *model
	items []menuItem
	at    rect
	lit   int
	root  *menu // the menu that opened this one, at the end of the chain
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

// size is how much room the menu needs, frame included.
func (n *menu) size() (width, height int) {
	height = len(n.items) + 2
	for _, i := range n.items {
		width = max(width, cellsOf(i.label)+4)
	}
	if n.signs() {
		width += 2
	}
	width += 2
	if why := n.reasons(); why {
		width = max(width, 44)
		height += reasonRows
	}
	return width, height
}

// reasonRows is what a line and a reason of two lines take.
const reasonRows = 3

// reasons reports whether some item cannot be done; there is then room for saying why.
func (n *menu) reasons() bool {
	for _, i := range n.items {
		if i.why != "" {
			return true
		}
	}
	return false
}

func (n *menu) place(within rect) rect {
	width, height := n.size()
	return beside(within, n.at, width, height)
}

func (n *menu) draw(c *canvas, area rect) *tea.Cursor {
	t := n.m.theme
	why := n.items[n.lit].why
	if n.reasons() && why == "" { // the items stay where they are: only the lower edge moves
		area.Max.Y -= reasonRows
	}
	inside := c.box(area, on(t.panel, t.line), on(t.panel, t.text))
	indent := 1
	if n.signs() {
		indent = 3
	}
	var at *tea.Cursor
	for i, item := range n.items {
		row := rect{Min: pt(inside.Min.X, inside.Min.Y+i), Max: pt(inside.Max.X, inside.Min.Y+i+1)}
		if row.Max.Y > inside.Max.Y {
			break
		}
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
	if why != "" {
		foot, _ := cutBottom(inside, reasonRows)
		c.rule(foot, foot.Min.Y, on(t.panel, t.line), style{}, "")
		said := rect{Min: pt(foot.Min.X+1, foot.Min.Y+1), Max: pt(foot.Max.X-1, foot.Max.Y)}
		drawLines(c, said, on(t.panel, t.dim), wrap(why, said.Dx()))
	}
	return at
}

func (n *menu) drawItem(c *canvas, row rect, item menuItem, lit bool, indent int) {
	t := n.m.theme
	s := on(t.panel, t.text)
	if lit {
		s = on(t.selected, t.text)
		c.fill(row, s)
		c.point(t, row.Min, s)
	}
	words := s
	if item.why != "" {
		words = on(s, t.dim)
	}
	if item.sign != "" {
		c.print(row.Min.X+1, row.Min.Y, 1, on(s, item.look), item.sign)
	}
	p := c.pen(row, 0)
	p.skip(indent)
	if item.sub != nil {
		p.end(on(s, t.dim), signClosed+" ")
	}
	p.put(words, item.label)
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
	area := n.place(n.m.canvas.bounds())
	y := area.Min.Y + 1 + n.lit
	return rect{Min: pt(area.Min.X+1, y), Max: pt(area.Max.X-1, y+1)}
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
		n.m.open(&menu{m: n.m, items: item.sub, at: at, root: root})
	case item.act != nil:
		n.m.close(root)
		item.act()
	}
}
