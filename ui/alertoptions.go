package ui

import (
	"slices"

	"golync/alerts"
	"golync/internal/option"
	"golync/internal/text"
)

// alertsPage is Options ▸ Alerts. The labels are those of facts/lync-2013-client.md section 5.1.
type alertsPage struct {
	m       *model
	tellMe  *checkBox
	dnd     *radio
	outside *radio
	words   *checkBox
	desktop *checkBox
	corner  *dropDown
}

// dndChoices and outsideChoices are the radio buttons in the order of the page.
var (
	dndChoices     = []alerts.DNDChoice{alerts.ShowNone, alerts.ShowWorkgroupOnly, alerts.ShowAllButConversations}
	outsideChoices = []alerts.OutsideChoice{alerts.AllowAnyone, alerts.AllowInvites, alerts.BlockAll}
)

func newAlertsPage(m *model) *alertsPage {
	o, toasts := m.state.AlertOptions(), m.state.Options().Toasts
	return &alertsPage{
		m:      m,
		tellMe: &checkBox{label: "Tell me when someone adds me to his or her contact list", on: o.TellMe},
		dnd: &radio{chosen: slices.Index(dndChoices, o.DND), options: []text.Safe{
			"Don't show alerts",
			"Show only conversation alerts from people in my Workgroup privacy relationship",
			"Show all alerts, but only conversation alerts from people in my Workgroup privacy relationship",
		}},
		outside: &radio{chosen: slices.Index(outsideChoices, o.Outside), options: []text.Safe{
			"Allow anyone to contact me",
			"Allow invites but block all other communications",
			"Block all invites and communications",
		}},
		words:   &checkBox{label: "Show the words of a message in its alert", on: toasts.Words},
		desktop: &checkBox{label: "Show alerts on the desktop while golync is not in front", on: toasts.Desktop},
		corner: &dropDown{chosen: isOneOf(corners, toasts.Corner), options: []text.Safe{
			"Upper right", "Lower right", "Upper left", "Lower left",
		}},
	}
}

// corners are the choices under Position.
var corners = []option.Corner{option.TopRight, option.BottomRight, option.TopLeft, option.BottomLeft}

func (p *alertsPage) title() text.Safe { return "Alerts" }

func (p *alertsPage) parts() []part {
	return []part{
		heading("General alerts"), p.tellMe, p.words, p.desktop,
		label("Position"), p.corner, gap(),
		heading("When my status is Do Not Disturb"), p.dnd, gap(),
		heading("Contacts not using Lync"), p.outside,
		hint(3, p.meaning),
	}
}

// meaning says what the choice under Contacts not using Lync does.
func (p *alertsPage) meaning() text.Safe {
	skype := p.m.state.Providers().Skype.Label()
	switch outsideChoices[p.outside.chosen] {
	case alerts.AllowAnyone:
		return skype + " users who are not your contacts may send you messages and see your status."
	case alerts.AllowInvites:
		return skype + " users who add you appear in New. Until you add them they see a question mark and cannot reach you."
	default:
		return skype + " users who add you wait at the server and do not appear in New."
	}
}

// save puts what decides over other people in force by itself, and leaves how alerts look to the set.
func (p *alertsPage) save(set *option.Set) {
	set.Toasts = option.Toasts{Words: p.words.on, Desktop: p.desktop.on, Corner: corners[p.corner.chosen]}
	p.m.do(p.m.state.SetAlerts(p.m.now(), alerts.Options{
		TellMe: p.tellMe.on, DND: dndChoices[p.dnd.chosen], Outside: outsideChoices[p.outside.chosen],
	}))
}
