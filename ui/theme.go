package ui

import (
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"

	"golync/contacts"
	"golync/internal/option"
)

// theme names what things look like by what they mean. There is one accent; presence has the only
// strong colours. Text and background are the terminal's own wherever nothing else is said.
type theme struct {
	text     style // what is read
	strong   style // names of headings, the person talked to
	dim      style // what is read second: explanations, times, placeholders
	line     style // rules and frames
	accent   style // the one accent: the open tab, links, what can be pressed
	selected style // background of the row the keys act on
	resting  style // background of the selected row of a list that has not the keys
	field    style // background of a place to write
	panel    style // background of dialogs and menus
	button   style // a button of a dialog
	pressed  style // the button that enter presses
	trouble  style // something went wrong
	mine     style // my own name in a conversation

	available, busy, away, offline, unknown style
}

// rgb makes a colour of 0xRRGGBB.
func rgb(hex uint32) color.Color {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func ink(hex uint32) style { return style{Fg: rgb(hex)} }

// bold makes a style heavier, which plain terminals show too.
func bold(s style) style {
	s.Attrs |= uv.AttrBold
	return s
}

// palette is what the two Lync themes differ in.
type palette struct {
	dim, line, accent, selected, resting, field, panel, trouble uint32
	available, busy, away, offline                              uint32
	onAccent, onPaper                                           uint32
}

// lyncDark and lyncLight keep a contrast of at least 4.5 (WCAG 2.1, 1.4.3) on the terminal's background
// and on their own ones; a test computes it.
var (
	lyncDark = palette{
		dim: 0xa3a9b0, line: 0x4c5258, accent: 0x5cb6f2, selected: 0x1d3b53, resting: 0x2c3136, field: 0x262a2e, panel: 0x212529,
		trouble: 0xff8f86, available: 0x7fce4b, busy: 0xff8080, away: 0xf3c64a, offline: 0xa3a9b0, onAccent: 0x0b1a26, onPaper: 0xf2f4f6,
	}
	lyncLight = palette{
		dim: 0x595f66, line: 0xc3c8cd, accent: 0x005a9e, selected: 0xcfe6f7, resting: 0xe8eaed, field: 0xf0f2f4, panel: 0xf5f7f9,
		trouble: 0xa80f1c, available: 0x23690d, busy: 0xb10e1e, away: 0x735100, offline: 0x595f66, onAccent: 0xffffff, onPaper: 0x16191c,
	}
)

// lyncTheme makes the styles of a palette.
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

// plainTheme has no colour at all: NO_COLOR, and terminals that have none. What a colour says elsewhere is
// said by a glyph, a word or an attribute here.
func plainTheme() *theme {
	reverse, faint, underline := style{Attrs: uv.AttrReverse}, style{Attrs: uv.AttrFaint}, style{Underline: uv.UnderlineSingle}
	return &theme{
		strong: bold(style{}), dim: faint, line: faint, accent: bold(style{}),
		selected: reverse, resting: bold(style{}), field: underline, button: style{}, pressed: reverse,
		trouble: bold(style{}), mine: faint,
	}
}

// presence is the colour of a presence state.
func (t *theme) presence(a contacts.Availability) style {
	switch lookOf(a) {
	case lookAvailable:
		return t.available
	case lookBusy, lookDoNotDisturb:
		return t.busy
	case lookAway:
		return t.away
	case lookOffline:
		return t.offline
	default:
		return t.unknown
	}
}

// on puts a style on the background of another one.
func on(background, s style) style {
	s.Bg = background.Bg
	if s.Fg == nil {
		s.Fg = background.Fg
	}
	if s.Underline == uv.UnderlineNone {
		s.Underline = background.Underline
	}
	s.Attrs |= background.Attrs
	return s
}

// appearance is what decides on the theme and on the signs.
type appearance struct {
	dark, colour bool           // what the terminal is and can
	narrow       bool           // the locale is not one of UTF-8
	onlyASCII    bool           // the command line or the configuration says so
	chosen       option.General // by the user, on the page of that name
}

// appearanceOf is what is known before the terminal has said anything.
func appearanceOf(o Options) appearance {
	return appearance{dark: true, colour: !o.NoColour, narrow: o.Narrow, onlyASCII: o.ASCII}
}

// theme makes the styles, once per change and never while drawing.
func (a appearance) theme() *theme {
	switch {
	case !a.colour:
		return plainTheme()
	case a.dark:
		return lyncTheme(lyncDark)
	default:
		return lyncTheme(lyncLight)
	}
}
