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
func (h *help) page() (rows []helpRow) {
	for i, ch := range chapters() {
		if i > 0 {
			rows = append(rows, helpRow{})
		}
		rows = append(rows, helpRow{title: ch.title})
		for _, s := range ch.scopes {
			for _, b := range s {
				names := make([]text.Safe, len(b.keys))
				for j, k := range b.keys {
					names[j] = keyName(k)
				}
				rows = append(rows, helpRow{keys: text.Join(names, "  "), help: b.help})
			}
		}
	}
	return rows
}

func (h *help) draw(c *canvas, area rect) *tea.Cursor {
	t := h.m.theme
	rows := h.page()
	head, body := cutTop(area, 2)
	_, body = cutBottom(body, 1)
	p := c.pen(head, 0)
	p.skip(2)
	p.put(bold(t.accent), "Keys")
	p.put(t.dim, "   The mouse works as well: click, double-click, right-click and wheel.")
	h.size = max(body.Dy(), 1)
	h.top = max(min(h.top, len(rows)-h.size), 0)
	for y := 0; y < h.size && h.top+y < len(rows); y++ {
		row := rows[h.top+y]
		p := c.pen(body, y)
		p.skip(2)
		if row.title != "" {
			p.put(t.strong, row.title)
			continue
		}
		p.skip(2)
		keys := p.put(t.text, row.keys)
		p.skip(max(26-keys.Dx(), 2))
		p.put(t.dim, row.help)
	}
	c.onWheel(body, func(lines int) { h.top += lines })
	h.m.hintsAt(c, area, h.keys())
	return nil
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
