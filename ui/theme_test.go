package ui

import (
	"image/color"
	"math"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"golync/contacts"
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
		ground  uint32 // the lightest dark, or the darkest light, terminal background
	}{{"dark", lyncDark, 0x1e1e2e}, {"light", lyncLight, 0xf7f7f7}} {
		th := lyncTheme(tc.palette)
		grounds := map[string]style{
			"terminal": {Bg: rgb(tc.ground), Fg: th.panel.Fg}, "selected": th.selected, "resting": th.resting,
			"field": th.field, "panel": th.panel, "button": th.button,
		}
		inks := map[string]style{
			"text": th.text, "strong": th.strong, "dim": th.dim, "accent": th.accent, "trouble": th.trouble, "mine": th.mine,
			"available": th.available, "busy": th.busy, "away": th.away, "offline": th.offline, "unknown": th.unknown,
		}
		for where, ground := range grounds {
			for what, ink := range inks {
				s := on(ground, ink)
				if ratio := contrast(s.Fg, s.Bg); ratio < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", tc.name, what, where, ratio)
				}
			}
		}
		if ratio := contrast(th.pressed.Fg, th.pressed.Bg); ratio < 4.5 {
			t.Errorf("%s: a pressed button has a contrast of %.2f", tc.name, ratio)
		}
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
