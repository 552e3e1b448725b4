package ui

import (
	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
)

// skypePages are the pages of the Skype user: Lync's without what decides over Lync's relationships.
func skypePages(m *model, o *options) []optionsPage {
	return []optionsPage{
		newGeneralPage(m), newPersonalPage(m), newSkypeListPage(m), newSkypeStatusPage(m), newNotificationsPage(m),
		newPrivacyPage(m), newIMPage(m), newAudioPage(m), newVideoPage(m), newCallForwardPage(m), newFileSavingPage(m), newNetworkPage(m, o),
	}
}

// skypeListPage is Options ▸ Contacts.
type skypeListPage struct{ lines, double *radio }

func newSkypeListPage(m *model) *skypeListPage {
	o := m.state.Options().List
	p := &skypeListPage{
		lines:  &radio{options: []text.Safe{"Two lines, the mood message on the second", "One line"}},
		double: &radio{options: []text.Safe{"Send an IM", "View Profile"}, chosen: int(o.DoubleClick)},
	}
	if !o.TwoLines {
		p.lines.chosen = 1
	}
	return p
}

func (p *skypeListPage) title() text.Safe { return "Contacts" }

func (p *skypeListPage) parts() []part {
	return []part{
		heading("Show my contacts in"), p.lines, gap(),
		heading("When I double-click a contact"), p.double,
	}
}

func (p *skypeListPage) save(set *option.Set) {
	set.List.TwoLines, set.List.DoubleClick = p.lines.chosen == 0, option.DoubleClick(p.double.chosen)
}

// skypeStatusPage is Options ▸ Status. Skype has one state for somebody who is not there.
type skypeStatusPage struct{ away *numberField }

func newSkypeStatusPage(m *model) *skypeStatusPage {
	return &skypeStatusPage{newNumberField(m.state.Options().Status.InactiveAfter, option.IdleLeast, option.IdleMost, "minutes")}
}

func (p *skypeStatusPage) title() text.Safe { return "Status" }

func (p *skypeStatusPage) parts() []part {
	return []part{
		label("Show me as Away when I have been inactive for this many minutes"), p.away, p.away.troubleBelow(),
		hint(2, func() text.Safe {
			return "Only keys and clicks in this window count. The next one shows you as you were."
		}),
	}
}

// wrong is the field when it holds something else than a number of minutes.
func (p *skypeStatusPage) wrong() control {
	if p.away.trouble() != "" {
		return p.away
	}
	return nil
}

func (p *skypeStatusPage) save(set *option.Set) { set.Status.InactiveAfter, _ = p.away.number() }

// notificationsPage is Options ▸ Notifications: how the user hears of things.
type notificationsPage struct {
	words, desktop            *checkBox
	corner                    *dropDown
	requests, messages, calls *checkBox
	undisturbed               *checkBox
}

func newNotificationsPage(m *model) *notificationsPage {
	shown, heard := m.state.Options().Toasts, m.state.Options().Sounds
	return &notificationsPage{
		words:   &checkBox{label: "Show the words of a message in its notification", on: shown.Words},
		desktop: &checkBox{label: "Show notifications on the desktop while this window is not in front", on: shown.Desktop},
		corner: &dropDown{chosen: isOneOf(corners, shown.Corner), options: []text.Safe{
			"Upper right", "Lower right", "Upper left", "Lower left",
		}},
		requests:    &checkBox{label: "When I receive a contact request", on: heard.Requests},
		messages:    &checkBox{label: "When I receive a message", on: heard.Messages},
		calls:       &checkBox{label: "When somebody calls me", on: heard.Calls},
		undisturbed: &checkBox{label: "Mute all sounds when my status is Do Not Disturb", on: heard.QuietWhenUndisturbed},
	}
}

func (p *notificationsPage) title() text.Safe { return "Notifications" }

func (p *notificationsPage) parts() []part {
	return []part{
		heading("Notifications"), p.words, p.desktop, label("Position"), p.corner, gap(),
		heading("Play a sound"), p.requests, p.messages, p.calls, p.undisturbed,
	}
}

func (p *notificationsPage) save(set *option.Set) {
	set.Toasts = option.Toasts{Words: p.words.on, Desktop: p.desktop.on, Corner: corners[p.corner.chosen]}
	set.Sounds.Requests, set.Sounds.Messages, set.Sounds.Calls = p.requests.on, p.messages.on, p.calls.on
	set.Sounds.QuietWhenUndisturbed = p.undisturbed.on
}

// privacyPage is Options ▸ Privacy: whom the user has blocked, and the way back.
type privacyPage struct {
	m       *model
	blocked []contacts.Address
	choice  *dropDown
	unblock *pushButton
}

func newPrivacyPage(m *model) *privacyPage {
	p := &privacyPage{m: m, choice: &dropDown{}}
	p.unblock = &pushButton{label: "Unblock This Person", press: p.takeBack, why: func() text.Safe {
		if len(p.blocked) == 0 {
			return "nobody is blocked"
		}
		return ""
	}}
	p.read()
	return p
}

// read takes over who is blocked now, contact or not.
func (p *privacyPage) read() {
	p.blocked, p.choice.options, p.choice.chosen = nil, nil, 0
	add := func(c *contacts.Contact) {
		if c.Relationship == contacts.BlockedContacts {
			p.blocked = append(p.blocked, c.Address)
			p.choice.options = append(p.choice.options, p.m.nameAndAddress(c.Address))
		}
	}
	for _, c := range p.m.state.Contacts().Contacts() {
		add(c)
	}
	for _, c := range p.m.state.Strangers() {
		add(c)
	}
	if len(p.blocked) == 0 {
		p.choice.options = []text.Safe{"Nobody"}
	}
}

func (p *privacyPage) takeBack() {
	if len(p.blocked) > 0 {
		unblock(p.m, p.blocked[p.choice.chosen])
		p.read()
	}
}

func (p *privacyPage) title() text.Safe { return "Privacy" }

func (p *privacyPage) parts() []part {
	return []part{
		heading("Who can reach you"),
		label("Only people in your contacts, once both of you have accepted, can see your status and send you messages."), gap(),
		heading("Blocked people"), p.choice, p.unblock,
		hint(2, func() text.Safe {
			return "Whoever is blocked cannot reach you, and nobody tells them. Unblocking takes effect at once."
		}),
	}
}

// save has nothing to write: unblocking does not wait for OK.
func (p *privacyPage) save(*option.Set) {}
