package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// help is the page of all keys, made from the table of keys.
type help struct {
	m    *model
	open bool
	top  int
	size int // rows of the page at the last draw
}

func (h *help) show() { h.open, h.top = true, 0 }

func (h *help) keys() []scope { return []scope{helpKeys} }

// helpRow is a heading or one binding; both empty is a blank row.
type helpRow struct{ title, keys, help text.Safe }

// page is every row of the help page.
func (h *help) page(c *canvas) (rows []helpRow) {
	for i, ch := range chapters() {
		if i > 0 {
			rows = append(rows, helpRow{})
		}
		rows = append(rows, helpRow{title: ch.title})
		for _, s := range ch.scopes {
			for _, b := range c.keys.of(s) {
				names := make([]text.Safe, len(b.keys))
				for j, k := range b.keys {
					names[j] = c.keyName(k)
				}
				rows = append(rows, helpRow{keys: text.Join(names, "  "), help: b.help})
			}
		}
	}
	return append(rows, commandRows()...)
}

// The columns of the page: each is wide enough for most explanations to stand in one line.
const helpColumn = 55 // the least width of one, in cells

// helpLines is the page in a column of some width: rows that do not fit go on in the next line.
func helpLines(page []helpRow, width int) (lines []helpRow) {
	keysWidth := helpKeysWidth(width)
	for _, row := range page {
		if row.keys == "" {
			lines = append(lines, row)
			continue
		}
		keys, said := wrap(row.keys, keysWidth-2), wrap(row.help, width-2-keysWidth)
		for i := range max(len(keys), len(said)) {
			var line helpRow
			if i < len(keys) {
				line.keys = keys[i]
			}
			if i < len(said) {
				line.help = said[i]
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// helpKeysWidth is what the keys take in a column of some width.
func helpKeysWidth(width int) int {
	if width < 72 {
		return 16
	}
	return 24
}

// draw draws the page in as many columns as there is room for; it is read down the first and on in the next.
func (h *help) draw(c *canvas, area rect) *tea.Cursor {
	t := h.m.theme
	head, body := cutTop(area, 2)
	_, body = cutBottom(body, 1)
	body = rect{Min: body.Min.Add(pt(2, 0)), Max: body.Max.Sub(pt(2, 0))}
	p := c.pen(head, 0)
	p.skip(2)
	p.put(bold(t.accent), "Keys")
	p.skip(3)
	if mouse := text.Safe("The mouse works as well: click, double-click, right-click, wheel."); c.width(mouse) <= p.room() {
		p.put(t.dim, mouse)
	}
	columns := max(body.Dx()/helpColumn, 1)
	width := body.Dx()/columns - 2
	lines := helpLines(h.page(c), width)
	h.size = max(body.Dy(), 1)
	h.top = max(min(h.top, len(lines)-h.size*columns), 0)
	for i, line := range lines[h.top:min(h.top+h.size*columns, len(lines))] {
		at := body.Min.Add(pt(i/h.size*(width+2), i%h.size))
		h.drawLine(c, rect{Min: at, Max: at.Add(pt(width, 1))}, line)
	}
	c.onWheel(body, func(lines int) { h.top += lines })
	h.m.hintsAt(c, area, h.keys())
	if h.top+h.size*columns < len(lines) {
		foot, _ := cutBottom(area, 1)
		p := c.pen(foot, 0)
		p.keep(2)
		p.end(t.accent, c.keyName("down")+" more")
	}
	return nil
}

func (h *help) drawLine(c *canvas, area rect, line helpRow) {
	t, p := h.m.theme, c.pen(area, 0)
	if line.title != "" {
		p.put(t.strong, line.title)
		return
	}
	p.skip(2)
	keys := p.put(t.text, line.keys)
	p.skip(helpKeysWidth(area.Dx()) - keys.Dx())
	p.put(t.dim, line.help)
}

func (h *help) key(k tea.KeyPressMsg) bool {
	switch helpKeys.of(k) {
	case "up":
		h.top--
	case "down":
		h.top++
	case "page up":
		h.top -= h.size
	case "page down":
		h.top += h.size
	case "leave":
		h.open = false
	case "quit":
		h.m.quit(nil)
	}
	return true
}
