package ui

import (
	"golync/internal/option"
	"golync/internal/text"
)

// generalPage is Options ▸ General: how the window looks.
type generalPage struct {
	theme, signs *dropDown
	mouse        *checkBox
}

// The choices of the page, in its order.
var (
	themes     = []option.Theme{option.ThemeAutomatic, option.ThemeLight, option.ThemeDark, option.ThemeHighContrast, option.ThemePlain}
	signsKinds = []option.Signs{option.SignsAutomatic, option.SignsUnicode, option.SignsASCII}
)

func newGeneralPage(m *model) *generalPage {
	o := m.state.Options().General
	return &generalPage{
		theme: &dropDown{chosen: isOneOf(themes, o.Theme), options: []text.Safe{
			"As the terminal", m.guise().themes[0], m.guise().themes[1], "High contrast", "Plain, without colour",
		}},
		signs: &dropDown{chosen: isOneOf(signsKinds, o.Signs), options: []text.Safe{
			"As the locale", "Unicode", "ASCII",
		}},
		mouse: &checkBox{label: "Leave the mouse to the terminal, for selecting and copying", on: o.NoMouse},
	}
}

func (p *generalPage) title() text.Safe { return "General" }

func (p *generalPage) parts() []part {
	return []part{
		heading("Appearance"),
		label("Theme"), p.theme,
		label("Signs and frames"), p.signs, gap(),
		heading("Mouse"), p.mouse,
		hint(2, func() text.Safe {
			if p.mouse.on {
				return "Clicks and the wheel do nothing in golync; every action has a key, see ?."
			}
			return "Most terminals select text while shift is held."
		}),
	}
}

func (p *generalPage) save(set *option.Set) {
	set.General = option.General{Theme: themes[p.theme.chosen], Signs: signsKinds[p.signs.chosen], NoMouse: p.mouse.on}
}
