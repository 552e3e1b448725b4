package ui

import (
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"golync/contacts"
	"golync/internal/option"
)

// contrast is the contrast ratio of two colours (WCAG 2.1, section 1.4.3).
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	part := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func TestTextHasContrastOnEveryBackground(t *testing.T) {
	for _, tc := range []struct {
		name    string
		palette palette
		make    func(palette) *theme
		ground  uint32 // the lightest dark, or the darkest light, terminal background
		least   float64
	}{
		{"dark", lyncDark, lyncTheme, 0x1e1e2e, 4.5},
		{"light", lyncLight, lyncTheme, 0xf7f7f7, 4.5},
		{"dark, painted", lyncDark, lyncTheme, lyncDark.ground, 4.5},
		{"light, painted", lyncLight, lyncTheme, lyncLight.ground, 4.5},
		{"Skype, dark", skypeDark, lyncTheme, 0x1e1e2e, 4.5},
		{"Skype, light", skypeLight, lyncTheme, 0xf7f7f7, 4.5},
		{"Skype, dark, painted", skypeDark, lyncTheme, skypeDark.ground, 4.5},
		{"Skype, light, painted", skypeLight, lyncTheme, skypeLight.ground, 4.5},
		{"high contrast, dark", contrastDark, contrastTheme, contrastDark.ground, 7},
		{"high contrast, light", contrastLight, contrastTheme, contrastLight.ground, 7},
	} {
		th := tc.make(tc.palette)
		for where, ground := range grounds(th, rgb(tc.ground)) {
			for what, ink := range inks(th) {
				s := on(ground, ink)
				if ratio := contrast(s.Fg, s.Bg); ratio < tc.least {
					t.Errorf("%s: %s on %s has a contrast of %.2f", tc.name, what, where, ratio)
				}
			}
			if ratio := contrast(th.line.Fg, ground.Bg); tc.least == 7 && ratio < 3 {
				t.Errorf("%s: lines on %s have a contrast of %.2f", tc.name, where, ratio)
			}
		}
		if ratio := contrast(th.pressed.Fg, th.pressed.Bg); ratio < tc.least {
			t.Errorf("%s: a pressed button has a contrast of %.2f", tc.name, ratio)
		}
	}
}

// grounds are the backgrounds on which a theme writes.
func grounds(th *theme, terminal color.Color) map[string]style {
	return map[string]style{
		"terminal": {Bg: terminal, Fg: th.panel.Fg}, "selected": th.selected, "resting": th.resting,
		"field": th.field, "panel": th.panel, "button": th.button,
	}
}

// inks are what it writes with.
func inks(th *theme) map[string]style {
	return map[string]style{
		"text": th.text, "strong": th.strong, "dim": th.dim, "accent": th.accent, "trouble": th.trouble, "mine": th.mine,
		"available": th.available, "busy": th.busy, "away": th.away, "offline": th.offline, "unknown": th.unknown,
	}
}

func TestTheThemeIsTheOneThatWasChosenAsFarAsTheTerminalCan(t *testing.T) {
	for _, tc := range []struct {
		name string
		look appearance
		want *theme
	}{
		{"by itself on dark", appearance{dark: true, colour: true}, lyncTheme(lyncDark)},
		{"by itself on light", appearance{colour: true}, lyncTheme(lyncLight)},
		{"light on dark", appearance{dark: true, colour: true, chosen: choosing(option.ThemeLight)}, painted(lyncLight, lyncTheme(lyncLight))},
		{"dark on light", appearance{colour: true, chosen: choosing(option.ThemeDark)}, painted(lyncDark, lyncTheme(lyncDark))},
		{"high contrast on dark", appearance{dark: true, colour: true, chosen: choosing(option.ThemeHighContrast)}, contrastTheme(contrastDark)},
		{"high contrast on light", appearance{colour: true, chosen: choosing(option.ThemeHighContrast)}, contrastTheme(contrastLight)},
		{"plain", appearance{colour: true, chosen: choosing(option.ThemePlain)}, plainTheme()},
		{"NO_COLOR whatever was chosen", appearance{dark: true, chosen: choosing(option.ThemeLight)}, plainTheme()},
		{"sixteen colours", appearance{colour: true, sixteen: true}, sixteenTheme()},
		{"Skype on dark", appearance{dark: true, colour: true, face: FaceSkype}, lyncTheme(skypeDark)},
		{"Skype, light on dark", appearance{dark: true, colour: true, face: FaceSkype, chosen: choosing(option.ThemeLight)}, painted(skypeLight, lyncTheme(skypeLight))},
		{"Skype, high contrast", appearance{dark: true, colour: true, face: FaceSkype, chosen: choosing(option.ThemeHighContrast)}, contrastTheme(contrastDark)},
	} {
		if got := tc.look.theme(); !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s: got %+v", tc.name, got)
		}
	}
}

func choosing(chosen option.Theme) option.General { return option.General{Theme: chosen} }

// Whoever chooses Light on a dark terminal gets dark letters, which need a light ground everywhere.
func TestAChosenThemeLeavesNoCellOnTheTerminalsBackground(t *testing.T) {
	for _, chosen := range []option.Theme{option.ThemeLight, option.ThemeDark, option.ThemeHighContrast} {
		inWindow(t, 100, 30, world, func(x *face) {
			set := x.state.Options()
			set.General.Theme = chosen
			x.state.SetOptions(time.Now(), set)
			for _, key := range []string{"down", "o", "esc", "?"} {
				x.press(key)
				for y := range x.screen.Height() {
					for col := range x.screen.Width() {
						if cell := x.screen.CellAt(col, y); cell.Style.Bg == nil || cell.Style.Fg == nil && strings.TrimSpace(cell.Content) != "" {
							t.Fatalf("theme %d: cell %d,%d is left to the terminal: %+v\n%s", chosen, col, y, cell, x.text())
						}
					}
				}
			}
		})
	}
}

func TestSixteenColoursAreNeverABackground(t *testing.T) {
	th := sixteenTheme()
	for where, ground := range grounds(th, nil) {
		if ground.Bg != nil {
			t.Errorf("%s has a background", where)
		}
	}
	if th.available.Fg == nil || th.busy.Fg == nil || th.away.Fg == nil {
		t.Error("presence has lost its colours")
	}
}

func TestTheSelectedRowHasASignWhereColourDoesNotSay(t *testing.T) {
	for _, tc := range []struct {
		name string
		set  option.General
		sign bool
	}{
		{"by itself", option.General{}, false},
		{"plain", option.General{Theme: option.ThemePlain}, true},
		{"high contrast", option.General{Theme: option.ThemeHighContrast}, true},
		{"ASCII", option.General{Signs: option.SignsASCII}, true},
	} {
		inWindow(t, 80, 24, world, func(x *face) {
			set := x.state.Options()
			set.General = tc.set
			x.state.SetOptions(time.Now(), set)
			x.press("home", "down")
			col, row := x.find("Bob")
			if got := strings.HasPrefix(x.lines()[row], ">"); got != tc.sign {
				t.Errorf("%s: the row of Bob, found at %d, is %q", tc.name, col, x.lines()[row])
			}
			x.press("m")
			if _, row := x.find("Send an IM"); tc.sign != strings.Contains(x.lines()[row], ">Send an IM") {
				t.Errorf("%s: the lit item of the menu is %q", tc.name, x.lines()[row])
			}
		})
	}
}

func TestTheMouseIsLeftToTheTerminalOnRequest(t *testing.T) {
	m := modelOf(world(), 80, 24)
	if m.frame.MouseMode != tea.MouseModeCellMotion {
		t.Error("the mouse is not listened to")
	}
	set := m.state.Options()
	set.General.NoMouse = true
	m.state.SetOptions(time.Now(), set)
	m.Update(pressed("down"))
	m.View()
	if m.frame.MouseMode != tea.MouseModeNone {
		t.Error("the mouse was not given back")
	}
}

func TestPlainThemeHasNoColour(t *testing.T) {
	th := appearance{dark: true, colour: false}.theme()
	for _, s := range []style{
		th.text, th.strong, th.dim, th.line, th.accent, th.selected, th.resting, th.field, th.panel, th.button, th.pressed,
		th.trouble, th.mine, th.available, th.busy, th.away, th.offline, th.unknown,
	} {
		if s.Fg != nil || s.Bg != nil || s.UnderlineColor != nil {
			t.Errorf("a style has a colour: %+v", s)
		}
	}
	if th.selected.Attrs&uv.AttrReverse == 0 {
		t.Error("nothing shows which row is selected")
	}
}

func TestEveryPresenceHasAGlyphOfOneCellAndAWord(t *testing.T) {
	c := onCanvas(2, 1)
	dark := lyncTheme(lyncDark)
	for _, a := range contacts.Availabilities() {
		if w := c.width(glyph(a)); w != 1 {
			t.Errorf("%v has a glyph of %d cells", a, w)
		}
		if a.Label() == "" || dark.presence(a).Fg == nil {
			t.Errorf("%v has no word or no colour", a)
		}
	}
}
