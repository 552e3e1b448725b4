package ui

import (
	"image"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"golync/internal/text"
)

// rect is a part of the screen in cells, the upper left corner within it and the lower right one outside.
type rect = image.Rectangle

// style is how a cell looks: colours and attributes. The theme makes them.
type style = uv.Style

// canvas is the one buffer that every frame is drawn into. Only text.Safe gets on it, and whatever is
// drawn outside an area is cut at the area's edge, so that no name can break a column.
type canvas struct {
	cells   uv.ScreenBuffer
	targets []target
	// whole says that the terminal measures by grapheme cluster (mode 2027), so that clusters which
	// other terminals measure differently can be drawn as they are.
	whole bool
	ascii bool // golync's own signs are drawn in ASCII

	keys  keymap                  // as the user wants them, for what is written of keys
	press func(k tea.KeyPressMsg) // what a key does, for a click on what names the key
	// worded are the bindings of a scope as the window's face has them; nil changes none.
	worded func(of scope, bound scope) scope
}

// target is a part of the screen that does something when it is clicked. Later ones lie on top.
type target struct {
	area  rect
	click func(pointer)
	wheel func(lines int)
}

// pointer is one click of the mouse.
type pointer struct {
	at    image.Point
	menu  bool // the right button: asks for the menu of what lies there
	again bool // the second click of a double one
	more  bool // with ctrl: besides what is selected already
}

// pt is a place on the screen.
func pt(x, y int) image.Point { return image.Pt(x, y) }

func newCanvas() *canvas { return &canvas{cells: uv.NewScreenBuffer(0, 0)} }

// begin makes the canvas blank and of the given size.
func (c *canvas) begin(width, height int) {
	c.cells.Resize(width, height)
	c.cells.Clear()
	c.targets = c.targets[:0]
}

func (c *canvas) bounds() rect { return c.cells.Bounds() }

// onClick makes an area answer to the mouse; nil handlers make it swallow clicks.
func (c *canvas) onClick(area rect, click func(pointer)) {
	c.targets = append(c.targets, target{area: area, click: click})
}

// onWheel makes an area answer to the wheel; lines is negative for up.
func (c *canvas) onWheel(area rect, wheel func(lines int)) {
	c.targets = append(c.targets, target{area: area, wheel: wheel})
}

// cover takes the mouse away from everything drawn so far, for what lies on top.
func (c *canvas) cover() { c.targets = c.targets[:0] }

// click finds what lies under the pointer and does it.
func (c *canvas) click(p pointer) bool {
	for i := len(c.targets) - 1; i >= 0; i-- {
		if t := c.targets[i]; t.click != nil && p.at.In(t.area) {
			t.click(p)
			return true
		}
	}
	return false
}

// wheel turns the wheel over a point.
func (c *canvas) wheel(at image.Point, lines int) bool {
	for i := len(c.targets) - 1; i >= 0; i-- {
		if t := c.targets[i]; t.wheel != nil && at.In(t.area) {
			t.wheel(lines)
			return true
		}
	}
	return false
}

// fill makes an area blank in a style.
func (c *canvas) fill(area rect, s style) {
	cell := uv.Cell{Content: " ", Width: 1, Style: s}
	c.cells.FillArea(&cell, area.Intersect(c.bounds()))
}

// tint puts every cell of an area on the background of s and keeps what stands there.
func (c *canvas) tint(area rect, s style) {
	area = area.Intersect(c.bounds())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		line := c.cells.Line(y)
		for x := area.Min.X; x < area.Max.X; x++ {
			if line[x].IsZero() {
				continue // the second half of a wide character
			}
			line[x].Style = on(s, line[x].Style)
		}
	}
}

// paint puts what has no background of its own on the theme's, when it has one.
func (c *canvas) paint(ground style) {
	if ground.Bg == nil {
		return
	}
	for y := range c.cells.Height() {
		for x, cell := range c.cells.Line(y) {
			if cell.Style.Bg == nil && !cell.IsZero() {
				c.cells.Line(y)[x].Style = on(ground, cell.Style)
			}
		}
	}
}

// point marks the selected row with a sign as well, in the themes that say more than by colour.
func (c *canvas) point(t *theme, at image.Point, s style) {
	if t.points {
		c.print(at.X, at.Y, 1, s, ">")
	}
}

// print draws one line at (x, y) in at most room cells and returns the column after it. Text that does
// not fit ends in the cut mark.
func (c *canvas) print(x, y, room int, s style, t text.Safe) int {
	b := c.bounds()
	room = min(room, b.Max.X-x)
	if room <= 0 || y < b.Min.Y || y >= b.Max.Y || x < b.Min.X {
		return x
	}
	cut := c.width(t) > room
	if cut {
		room--
	}
	rest := string(t)
	for rest != "" {
		content, width, n := c.cluster(rest)
		if width > room {
			break
		}
		if width > 0 {
			c.cells.SetCell(x, y, &uv.Cell{Content: content, Width: width, Style: s})
		}
		x, room, rest = x+width, room-width, rest[n:]
	}
	if cut {
		c.cells.SetCell(x, y, &uv.Cell{Content: string(c.cutMark()), Width: 1, Style: s})
		x++
	}
	return x
}

// width is the number of cells that print needs.
func (c *canvas) width(t text.Safe) int {
	width := 0
	for rest := string(t); rest != ""; {
		_, w, n := c.cluster(rest)
		width, rest = width+w, rest[n:]
	}
	return width
}

// cluster takes the first grapheme cluster of s: what to draw for it, in how many cells, and how many
// bytes it is. Terminals disagree on the width of joined emoji, of flags and of variation selectors; such
// a cluster is reduced to its first character unless the terminal has said that it measures clusters.
func (c *canvas) cluster(s string) (content string, width, n int) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		if s[0] < ' ' || s[0] == 0x7f {
			return "", 0, 1
		}
		return s[:1], 1, 1
	}
	content, width = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	n = len(content)
	if c.ascii {
		if sign := asciiSign(content); sign != "" {
			return sign, 1, n
		}
	}
	if c.whole || ansi.StringWidthWc(content) == width {
		return content, width, n
	}
	r, size := utf8.DecodeRuneInString(content)
	first := content[:size]
	if width = ansi.StringWidthWc(first); r == utf8.RuneError || width != ansi.StringWidth(first) {
		return "\uFFFD", 1, n
	}
	return first, width, n
}

// shortened is t in at most room cells, for a place in the middle of a sentence.
func (c *canvas) shortened(t text.Safe, room int) text.Safe {
	if c.width(t) <= room {
		return t
	}
	end, left := 0, room-1
	for end < len(t) {
		_, width, n := c.cluster(string(t[end:]))
		if width > left {
			break
		}
		end, left = end+n, left-width
	}
	return t[:end] + c.cutMark()
}

// rule draws a quiet horizontal line, with words in its middle when there are any.
func (c *canvas) rule(area rect, y int, line, words style, label text.Safe) {
	if y < area.Min.Y || y >= area.Max.Y {
		return
	}
	for x := area.Min.X; x < area.Max.X; x++ {
		c.print(x, y, 1, line, "─")
	}
	if label == "" {
		return
	}
	label = " " + label + " "
	x := area.Min.X + max((area.Dx()-c.width(label))/2, 0)
	c.print(x, y, area.Max.X-x, words, label)
}

// column draws a vertical line along the left edge of an area.
func (c *canvas) column(area rect, line style) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		c.print(area.Min.X, y, 1, line, "│")
	}
}

// box draws a frame along the inside of an area, blanks its inside, and returns the inside.
func (c *canvas) box(area rect, line, inside style) rect {
	area = area.Intersect(c.bounds())
	c.fill(area, inside)
	if area.Dx() < 2 || area.Dy() < 2 {
		return area
	}
	last := pt(area.Max.X-1, area.Max.Y-1)
	for x := area.Min.X + 1; x < last.X; x++ {
		c.print(x, area.Min.Y, 1, line, "─")
		c.print(x, last.Y, 1, line, "─")
	}
	for y := area.Min.Y + 1; y < last.Y; y++ {
		c.print(area.Min.X, y, 1, line, "│")
		c.print(last.X, y, 1, line, "│")
	}
	c.print(area.Min.X, area.Min.Y, 1, line, "╭")
	c.print(last.X, area.Min.Y, 1, line, "╮")
	c.print(area.Min.X, last.Y, 1, line, "╰")
	c.print(last.X, last.Y, 1, line, "╯")
	return area.Inset(1)
}

// cursor is the terminal's own cursor at a place, as a bar in fields and a block elsewhere.
func cursor(x, y int, shape tea.CursorShape) *tea.Cursor {
	at := tea.NewCursor(x, y)
	at.Shape, at.Blink = shape, false
	return at
}
