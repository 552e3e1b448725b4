package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// help is the page of all keys, made from the table of keys.
type help struct {
	m       *model
	open    bool
	top     int
	size    int // rows of the page at the last draw
	finding bool
	field   field // what is looked for
}

func newHelp(m *model) *help {
	return &help{m: m, field: field{placeholder: "Find a key, or what one does", limit: 64}}
}

func (h *help) show() {
	h.open, h.top, h.finding = true, 0, false
	h.field.set("")
}

func (h *help) keys() []scope {
	if h.finding {
		return []scope{helpFindKeys}
	}
	return []scope{helpKeys}
}

// helpRow is a heading or one binding; both empty is a blank row.
type helpRow struct{ title, keys, help text.Safe }

// page is every row of the help page that is looked for. What moves through every list stands there once.
func (h *help) page(c *canvas) (rows []helpRow) {
	for i, ch := range chapters() {
		title, has := h.m.guise().chapter(ch.title)
		if !has {
			continue
		}
		if i == 1 {
			rows = h.chapter(rows, "Any list", c.helpRows(listKeys))
		}
		var own []helpRow
		for _, s := range ch.scopes {
			if !s.same(listKeys) {
				own = append(own, c.helpRows(s)...)
			}
		}
		rows = h.chapter(rows, title, own)
	}
	commands := commandRows(h.m.guise().command)
	return h.chapter(rows, commands[1].title, commands[2:])
}

// helpRows are the rows of a scope.
func (c *canvas) helpRows(s scope) (rows []helpRow) {
	for _, b := range c.keysOf(s) {
		names := make([]text.Safe, len(b.keys))
		for i, k := range b.keys {
			names[i] = c.keyName(k)
		}
		rows = append(rows, helpRow{keys: text.Join(names, "  "), help: b.help})
	}
	return rows
}

// chapter adds those rows of a chapter that are looked for, with a blank one in front of all but the first.
func (h *help) chapter(rows []helpRow, title text.Safe, own []helpRow) []helpRow {
	own = slices.DeleteFunc(own, func(row helpRow) bool { return !h.wanted(title, row) })
	if len(own) == 0 {
		return rows
	}
	if len(rows) > 0 {
		rows = append(rows, helpRow{})
	}
	return append(append(rows, helpRow{title: title}), own...)
}

// wanted says that every word looked for stands in a row or in its heading.
func (h *help) wanted(title text.Safe, row helpRow) bool {
	in := strings.ToLower(string(title + " " + row.keys + " " + row.help))
	for _, word := range strings.Fields(strings.ToLower(h.field.value())) {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}

// The columns of the page: each is wide enough for most explanations to stand in one line.
const (
	helpColumn    = 55 // the least width of one, in cells
	helpFindWidth = 34 // of the field
)

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
	switch {
	case width < 64:
		return 16
	case width < 72:
		return 22
	default:
		return 24
	}
}

// helpFlow lets lines run down columns of some height: no heading stays behind at the foot of one, and none but
// the first begins with a blank row.
func helpFlow(lines []helpRow, height int) (flow []helpRow) {
	for _, line := range lines {
		at := len(flow) % height
		switch {
		case line == helpRow{} && at == 0 && len(flow) > 0:
			continue
		case line.title != "" && at == height-1 && height > 1:
			flow = append(flow, helpRow{})
		}
		flow = append(flow, line)
	}
	return flow
}

// draw draws the page in as many columns as there is room for; it is read down the first and on in the next.
func (h *help) draw(c *canvas, area rect) *tea.Cursor {
	t := h.m.theme
	head, body := cutTop(area, 2)
	_, body = cutBottom(body, 1)
	body = rect{Min: body.Min.Add(pt(2, 0)), Max: body.Max.Sub(pt(2, 0))}
	at := h.drawHead(c, head)
	columns := max(body.Dx()/helpColumn, 1)
	width := body.Dx()/columns - 2
	lines := helpLines(h.page(c), width)
	h.size = max(body.Dy(), 1)
	room := h.size * columns
	h.top = max(min(h.top, len(lines)-1), 0)
	shown := helpFlow(lines[h.top:], h.size)
	for h.top > 0 && len(helpFlow(lines[h.top-1:], h.size)) <= room { // no empty rows at the end
		h.top--
		shown = helpFlow(lines[h.top:], h.size)
	}
	for i, line := range shown[:min(room, len(shown))] {
		at := body.Min.Add(pt(i/h.size*(width+2), i%h.size))
		h.drawLine(c, rect{Min: at, Max: at.Add(pt(width, 1))}, line)
	}
	c.onWheel(body, func(lines int) { h.top += lines })
	if len(lines) == 0 {
		c.pen(body, 0).put(t.dim, "No key does that.")
	}
	h.m.hintsAt(c, area, h.keys())
	if len(shown) > room {
		foot, _ := cutBottom(area, 1)
		p := c.pen(foot, 0)
		p.keep(2)
		c.onClick(p.end(t.accent, c.keyName("down")+" more"), func(pointer) { h.top += h.size })
	}
	return at
}

// drawHead draws the title, and behind it the field or what else there is to know.
func (h *help) drawHead(c *canvas, area rect) *tea.Cursor {
	t, p := h.m.theme, c.pen(area, 0)
	p.skip(2)
	p.put(bold(t.accent), "Keys")
	p.skip(3)
	if h.finding || h.field.value() != "" {
		box := p.rest()
		box.Max.X = min(box.Max.X-2, box.Min.X+helpFindWidth)
		c.onClick(box, func(pointer) { h.finding = true })
		return h.field.draw(c, box, t.field, t.dim, h.finding)
	}
	if mouse := text.Safe("The mouse works as well: click, double-click, right-click, wheel."); c.width(mouse) <= p.room() {
		p.put(t.dim, mouse)
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
	does := helpKeys.of(k)
	if h.finding {
		if does = helpFindKeys.of(k); does == "" && h.field.key(k) {
			h.top = 0
			return true
		}
	}
	switch does {
	case "up":
		h.top--
	case "down":
		h.top++
	case "page up":
		h.top -= h.size
	case "page down":
		h.top += h.size
	case "find":
		h.finding = true
	case "read":
		h.finding = false
	case "leave":
		h.leave()
	case "quit":
		h.m.leave()
	}
	return true
}

// leave goes one step back: from what was found to the whole page, and from that to the window.
func (h *help) leave() {
	if h.finding || h.field.value() != "" {
		h.finding, h.top = false, 0
		h.field.set("")
		return
	}
	h.open = false
}

func (h *help) paste(s string) {
	if h.finding {
		h.field.insert(s)
		h.top = 0
	}
}
