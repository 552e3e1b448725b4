package shot

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"os"

	uv "github.com/charmbracelet/ultraviolet"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Where Debian's fonts-dejavu-core puts the fonts that have the presence glyphs; Go's own monospace
// font stands in where they are missing, without those glyphs.
const (
	dejavu     = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
	dejavuBold = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf"
)

// margin is the space around the picture of a screen, in pixels.
const margin = 12

func foreground(dark bool) color.Color {
	if dark {
		return color.RGBA{0xd8, 0xdc, 0xe2, 0xff}
	}
	return color.RGBA{0x1f, 0x23, 0x28, 0xff}
}

func background(dark bool) color.Color {
	if dark {
		return color.RGBA{0x16, 0x1a, 0x20, 0xff}
	}
	return color.RGBA{0xff, 0xff, 0xff, 0xff}
}

// pen draws cells of one size with two faces.
type pen struct {
	img           *image.RGBA
	regular, bold font.Face
	w, h, ascent  int
}

// WritePNG draws the screen. Size is the height of the font in pixels.
func (s Screen) WritePNG(w io.Writer, size float64) error {
	regular, err := face(dejavu, gomono.TTF, size)
	if err != nil {
		return err
	}
	bold, err := face(dejavuBold, gomonobold.TTF, size)
	if err != nil {
		return err
	}
	adv, _ := regular.GlyphAdvance('M')
	m := regular.Metrics()
	p := pen{regular: regular, bold: bold, w: adv.Round(), h: (m.Ascent + m.Descent).Ceil() + 1, ascent: m.Ascent.Ceil()}
	p.img = image.NewRGBA(image.Rect(0, 0, s.Cols*p.w+2*margin, s.Rows*p.h+2*margin))
	draw.Draw(p.img, p.img.Bounds(), image.NewUniform(s.bg), image.Point{}, draw.Src)
	for y := range s.Cells {
		for x := 0; x < s.Cols; {
			c := s.Cells[y][x]
			p.cell(s, x, y, c)
			x += max(c.Width, 1)
		}
	}
	if !s.CursorHidden {
		at := image.Rect(-1, 0, 1, p.h).Add(image.Pt(margin+s.CursorX*p.w, margin+s.CursorY*p.h))
		draw.Draw(p.img, at, image.NewUniform(s.fg), image.Point{}, draw.Src)
	}
	e := png.Encoder{CompressionLevel: png.BestCompression}
	return e.Encode(w, paletted(p.img))
}

func (p pen) cell(s Screen, x, y int, c uv.Cell) {
	fg, bg := c.Style.Fg, c.Style.Bg
	if fg == nil {
		fg = s.fg
	}
	if bg == nil {
		bg = s.bg
	}
	if c.Style.Attrs&uv.AttrReverse != 0 {
		fg, bg = bg, fg
	}
	if c.Style.Attrs&uv.AttrFaint != 0 {
		fg = blend(fg, bg)
	}
	width := max(c.Width, 1)
	at := image.Rect(0, 0, width*p.w, p.h).Add(image.Pt(margin+x*p.w, margin+y*p.h))
	draw.Draw(p.img, at, image.NewUniform(bg), image.Point{}, draw.Src)
	f := p.regular
	if c.Style.Attrs&uv.AttrBold != 0 {
		f = p.bold
	}
	if p.lines(at, c.Content, fg) {
		return
	}
	d := font.Drawer{Dst: p.img, Src: image.NewUniform(fg), Face: f, Dot: fixed.P(at.Min.X, at.Min.Y+p.ascent)}
	d.DrawString(c.Content)
	if c.Style.Underline != 0 {
		line := image.Rect(at.Min.X, at.Max.Y-2, at.Max.X, at.Max.Y-1)
		draw.Draw(p.img, line, image.NewUniform(fg), image.Point{}, draw.Src)
	}
}

// lines draws the characters that join with their neighbours, which a font's glyphs do not when the rows of
// the picture are higher than the font. It reports whether it knows the character.
func (p pen) lines(at image.Rectangle, content string, fg color.Color) bool {
	const thin, thick = 1, 2
	x, y := at.Min.X+p.w/2, at.Min.Y+p.h/2
	bar := func(x0, y0, x1, y1 int) {
		draw.Draw(p.img, image.Rect(x0, y0, x1, y1), image.NewUniform(fg), image.Point{}, draw.Src)
	}
	left := func() { bar(at.Min.X, y, x+thin, y+thin) }
	right := func() { bar(x, y, at.Max.X, y+thin) }
	up := func() { bar(x, at.Min.Y, x+thin, y) }
	down := func() { bar(x, y, x+thin, at.Max.Y) }
	sides := map[string][]func(){
		"─": {left, right}, "│": {up, down},
		"╭": {right, down}, "╮": {left, down}, "╰": {right, up}, "╯": {left, up},
		"▌": {func() { bar(at.Min.X, at.Min.Y, x, at.Max.Y) }},
		"▐": {func() { bar(x, at.Min.Y, at.Max.X, at.Max.Y) }},
		"┃": {func() { bar(x-thick/2, at.Min.Y, x+thick/2, at.Max.Y) }},
	}[content]
	for _, side := range sides {
		side()
	}
	return sides != nil
}

// blend is what faint text looks like: half way to the background.
func blend(a, b color.Color) color.Color {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	mix := func(x, y uint32) uint8 { return uint8((x + y) / 2 >> 8) }
	return color.RGBA{mix(ar, br), mix(ag, bg), mix(ab, bb), 0xff}
}

func face(path string, fallback []byte, size float64) (font.Face, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		data = fallback
	}
	f, err := opentype.Parse(data)
	if err != nil {
		return nil, err
	}
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
}
