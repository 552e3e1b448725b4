package ui

import (
	"image"
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"golync/internal/app"
	"golync/internal/option"
)

// still is a picture made as small as its place: two pixels for each cell, one above the other. It remembers what
// stands there, so that the noise of a camera changes nothing on the screen.
type still struct {
	call   string
	number uint64
	size   image.Point // in pixels
	deep   bool        // the terminal has all colours, not only 256
	rgb    [][3]uint8
	ink    []color.Color
}

// unseen is by how much a colour may differ, in each of its parts, before anybody sees that it does.
const unseen = 10

// fit makes the picture as small as its place. What looks the same as before stays as it was.
func (s *still) fit(call string, p app.Picture, size image.Point, deep bool) {
	if s.call != call || s.size != size || s.deep != deep {
		n := size.X * size.Y
		*s = still{call: call, size: size, deep: deep, rgb: make([][3]uint8, n), ink: make([]color.Color, n)}
	} else if s.number == p.Number {
		return
	}
	s.number = p.Number
	for y := range size.Y {
		top, bottom := y*p.Height/size.Y, max((y+1)*p.Height/size.Y, y*p.Height/size.Y+1)
		for x := range size.X {
			left, right := x*p.Width/size.X, max((x+1)*p.Width/size.X, x*p.Width/size.X+1)
			s.set(y*size.X+x, mean(p, left, top, right, bottom))
		}
	}
}

// mean is the colour of a part of a picture.
func mean(p app.Picture, left, top, right, bottom int) [3]uint8 {
	var r, g, b int
	for y := top; y < bottom; y++ {
		row := p.RGB[3*(y*p.Width+left) : 3*(y*p.Width+right)]
		for ; len(row) >= 3; row = row[3:] {
			r, g, b = r+int(row[0]), g+int(row[1]), b+int(row[2])
		}
	}
	n := (right - left) * (bottom - top)
	return [3]uint8{uint8(r / n), uint8(g / n), uint8(b / n)}
}

func (s *still) set(i int, c [3]uint8) {
	old := s.rgb[i]
	if s.ink[i] != nil && near(old[0], c[0]) && near(old[1], c[1]) && near(old[2], c[2]) {
		return
	}
	s.rgb[i] = c
	if s.deep {
		s.ink[i] = color.RGBA{R: c[0], G: c[1], B: c[2], A: 0xff}
	} else {
		s.ink[i] = indexed(c)
	}
}

func near(a, b uint8) bool { return max(a, b)-min(a, b) <= unseen }

// indexed is the nearest of the 256 colours that nearly every terminal has: a cube of six steps for each part, and 24
// greys.
func indexed(c [3]uint8) ansi.IndexedColor {
	step := func(v uint8) int {
		if v < 48 {
			return 0
		}
		return max((int(v)-35)/40, 1)
	}
	r, g, b := step(c[0]), step(c[1]), step(c[2])
	if r == g && g == b {
		if grey := (int(c[0]) + int(c[1]) + int(c[2])) / 3; grey > 3 && grey < 247 {
			return ansi.IndexedColor(232 + min((grey-3)/10, 23))
		}
	}
	return ansi.IndexedColor(16 + 36*r + 6*g + b)
}

// shades are cells by how bright they are, where there are no colours for a picture.
const shades = " .:-=+*#%@"

// drawPicture draws what the other side shows, in the middle of its place.
func (v *conversation) drawPicture(c *canvas, area rect) {
	m := v.m
	p := m.pictures
	call, picture, ok := p.current()
	p.drawn = 0
	if !ok || area.Empty() {
		return
	}
	p.drawn = picture.Number
	c.onClick(area, func(pointer) { p.large = !p.large })
	columns := min(area.Dx(), max(2*area.Dy()*picture.Width/picture.Height, 1))
	area.Min.X += (area.Dx() - columns) / 2
	p.still.fit(call.ID, picture, pt(columns, 2*area.Dy()), m.look.deep)
	if m.look.pictured(c.ascii) {
		p.still.drawHalves(c, area)
	} else {
		p.still.drawShades(c, area, m.theme.text, m.look.dark)
	}
}

// drawHalves draws two pixels in each cell: the upper half of it in the one's colour, the rest in the other's.
func (s *still) drawHalves(c *canvas, area rect) {
	within := area.Intersect(c.bounds())
	for y := within.Min.Y; y < within.Max.Y; y++ {
		above := 2 * (y - area.Min.Y) * s.size.X
		for x := range min(s.size.X, within.Max.X-area.Min.X) {
			cell := uv.Cell{Content: "▀", Width: 1, Style: style{Fg: s.ink[above+x], Bg: s.ink[above+s.size.X+x]}}
			c.cells.SetCell(area.Min.X+x, y, &cell)
		}
	}
}

// drawShades draws each cell as a sign that is as dense as the cell is bright, or dark where the ground is light.
func (s *still) drawShades(c *canvas, area rect, look style, dark bool) {
	within := area.Intersect(c.bounds())
	for y := within.Min.Y; y < within.Max.Y; y++ {
		above := 2 * (y - area.Min.Y) * s.size.X
		for x := range min(s.size.X, within.Max.X-area.Min.X) {
			light := (brightness(s.rgb[above+x]) + brightness(s.rgb[above+s.size.X+x])) / 2
			if !dark {
				light = 255 - light
			}
			i := light * len(shades) / 256
			c.cells.SetCell(area.Min.X+x, y, &uv.Cell{Content: shades[i : i+1], Width: 1, Style: look})
		}
	}
}

// brightness is how bright a colour looks, 0 to 255 (ITU-R BT.601).
func brightness(c [3]uint8) int { return (299*int(c[0]) + 587*int(c[1]) + 114*int(c[2])) / 1000 }

// pictured reports whether a picture can be drawn in its colours: where there are more than sixteen, and signs.
func (a appearance) pictured(ascii bool) bool {
	return a.colour && !a.sixteen && !ascii && a.chosen.Theme != option.ThemePlain
}
