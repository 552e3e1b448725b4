package ui

import (
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// palette is what the coloured themes differ in.
type palette struct {
	dim, line, accent, selected, resting, field, panel, trouble uint32
	available, busy, away, offline                              uint32
	onAccent, onPaper, ground                                   uint32
}

// The Lync palettes keep a contrast of at least 4.5 (WCAG 2.1, 1.4.3) on the terminal's background and on
// their own ones, those of high contrast 7 (1.4.6) and for lines 3 (1.4.11); a test computes it.
var (
	lyncDark = palette{
		dim: 0xa3a9b0, line: 0x4c5258, accent: 0x5cb6f2, selected: 0x1d3b53, resting: 0x2c3136, field: 0x262a2e, panel: 0x212529,
		trouble: 0xff8f86, available: 0x7fce4b, busy: 0xff8080, away: 0xf3c64a, offline: 0xa3a9b0,
		onAccent: 0x0b1a26, onPaper: 0xf2f4f6, ground: 0x16191c,
	}
	lyncLight = palette{
		dim: 0x595f66, line: 0xc3c8cd, accent: 0x005a9e, selected: 0xcfe6f7, resting: 0xe8eaed, field: 0xf0f2f4, panel: 0xf5f7f9,
		trouble: 0xa80f1c, available: 0x23690d, busy: 0xb10e1e, away: 0x735100, offline: 0x595f66,
		onAccent: 0xffffff, onPaper: 0x16191c, ground: 0xffffff,
	}
	contrastDark = palette{
		dim: 0xe4e4e4, line: 0xb0b0b0, accent: 0x8fdcff, selected: 0x00386a, resting: 0x2e2e2e, field: 0x1c1c1c, panel: 0x000000,
		trouble: 0xffc0bc, available: 0x98ff8a, busy: 0xffc0bc, away: 0xffe14d, offline: 0xe4e4e4,
		onAccent: 0x000000, onPaper: 0xffffff, ground: 0x000000,
	}
	contrastLight = palette{
		dim: 0x242424, line: 0x565656, accent: 0x003a6b, selected: 0xb8dcff, resting: 0xe4e4e4, field: 0xf2f2f2, panel: 0xffffff,
		trouble: 0x6e0009, available: 0x0c3d00, busy: 0x6e0009, away: 0x452f00, offline: 0x242424,
		onAccent: 0xffffff, onPaper: 0x000000, ground: 0xffffff,
	}
)

// lyncTheme makes the styles of a palette, on the terminal's own background.
func lyncTheme(p palette) *theme {
	// Whoever sets a background sets the text on it too: the guess of the terminal's may be wrong.
	paper := func(hex uint32) style { return style{Fg: rgb(p.onPaper), Bg: rgb(hex)} }
	pressed := style{Fg: rgb(p.onAccent), Bg: rgb(p.accent)}
	return &theme{
		strong: bold(style{}), dim: ink(p.dim), line: ink(p.line), accent: ink(p.accent),
		selected: paper(p.selected), resting: paper(p.resting), field: paper(p.field), panel: paper(p.panel),
		button: paper(p.resting), pressed: pressed, trouble: ink(p.trouble), mine: bold(ink(p.dim)),
		available: ink(p.available), busy: ink(p.busy), away: ink(p.away), offline: ink(p.offline), unknown: ink(p.offline),
	}
}

// painted puts a theme on its palette's own background, for whoever chose it in spite of the terminal's.
func painted(p palette, t *theme) *theme {
	t.ground = style{Fg: rgb(p.onPaper), Bg: rgb(p.ground)}
	return t
}

// contrastTheme is for those who see little: full contrast on a background of its own, and shape besides
// colour wherever a place is marked.
func contrastTheme(p palette) *theme {
	t := painted(p, lyncTheme(p))
	t.selected.Attrs |= uv.AttrBold
	t.field.Underline = uv.UnderlineSingle
	t.points, t.brackets = true, true
	return t
}

// plainTheme has no colour at all: NO_COLOR, and terminals that have none. What a colour says elsewhere is
// said by a glyph, a word or an attribute here.
func plainTheme() *theme {
	reverse, faint, underline := style{Attrs: uv.AttrReverse}, style{Attrs: uv.AttrFaint}, style{Underline: uv.UnderlineSingle}
	return &theme{
		strong: bold(style{}), dim: faint, line: faint, accent: bold(style{}),
		selected: reverse, resting: bold(style{}), field: underline, button: style{}, pressed: reverse,
		trouble: bold(style{}), mine: faint, points: true, brackets: true,
	}
}

// sixteenTheme is for terminals with sixteen colours, which are the user's own: no palette can know how they
// look beside each other, so none is a background, and each is one that stands for its meaning everywhere.
func sixteenTheme() *theme {
	t := plainTheme()
	t.dim, t.mine = style{}, style{}
	t.line = style{}
	t.available, t.away = style{Fg: ansi.Green}, style{Fg: ansi.Yellow}
	t.busy, t.trouble = style{Fg: ansi.Red}, bold(style{Fg: ansi.Red})
	return t
}
