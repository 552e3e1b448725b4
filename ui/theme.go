package ui

import (
	"image/color"

	"github.com/charmbracelet/colorprofile"
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
	ground   style // what lies under everything; nothing leaves it to the terminal

	points   bool // a ">" stands before the selected row
	brackets bool // buttons stand in brackets

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
	sixteen      bool           // it has no more colours than that
	deep         bool           // it has all there are
	narrow       bool           // the locale is not one of UTF-8
	onlyASCII    bool           // the command line or the configuration says so
	face         Face           // whose palettes they are
	chosen       option.General // by the user, on the page of that name
}

// appearanceOf is what is known before the terminal has said anything.
func appearanceOf(o Options) appearance {
	return appearance{dark: true, colour: !o.NoColour, narrow: o.Narrow, onlyASCII: o.ASCII, face: o.Face}
}

// sees takes what the terminal can show.
func (a *appearance) sees(p colorprofile.Profile, colourless bool) {
	a.colour = !colourless && p > colorprofile.ASCII
	a.sixteen, a.deep = p == colorprofile.ANSI, p == colorprofile.TrueColor
}

// theme makes the styles, once per change and never while drawing.
func (a appearance) theme() *theme {
	t := a.coloured()
	t.points = t.points || a.ascii()
	return t
}

// coloured is the theme that was chosen, as far as the terminal can show it.
func (a appearance) coloured() *theme {
	g := newGuise(a.face)
	own, contrast := g.light, contrastLight
	if a.dark {
		own, contrast = g.dark, contrastDark
	}
	switch chosen := a.chosen.Theme; {
	case !a.colour || chosen == option.ThemePlain:
		return plainTheme()
	case a.sixteen:
		return sixteenTheme()
	case chosen == option.ThemeHighContrast:
		return contrastTheme(contrast)
	case chosen == option.ThemeLight:
		return painted(g.light, lyncTheme(g.light))
	case chosen == option.ThemeDark:
		return painted(g.dark, lyncTheme(g.dark))
	}
	return lyncTheme(own)
}
