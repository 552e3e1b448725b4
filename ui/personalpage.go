package ui

import (
	"golync/internal/option"
	"golync/internal/text"
)

// personalPage is Options ▸ Personal: whose window it is, and what happens when it opens.
type personalPage struct {
	m              *model
	signIn, reopen *checkBox
}

func newPersonalPage(m *model) *personalPage {
	o := m.state.Options().Personal
	return &personalPage{
		m:      m,
		signIn: &checkBox{label: "Sign in when golync starts", on: o.SignIn},
		reopen: &checkBox{label: "Open the conversations again that were open", on: o.Reopen},
	}
}

func (p *personalPage) title() text.Safe { return "Personal" }

func (p *personalPage) parts() []part {
	return []part{
		heading("My account"),
		tell(p.m.guise().signIn.address, func() text.Safe { return p.m.addressOf(p.m.state.Me().Address) }), gap(),
		heading("When golync starts"), p.signIn,
		hint(2, func() text.Safe {
			if p.signIn.on {
				return "With the password of your configuration; without one golync asks for it."
			}
			return "golync opens with its sign-in page, and your contacts behind it."
		}),
		gap(), p.reopen,
	}
}

func (p *personalPage) save(set *option.Set) {
	set.Personal = option.Personal{SignIn: p.signIn.on, Reopen: p.reopen.on}
}
