package ui

import (
	"golync/contacts"
	"golync/internal/app"
)

// openPresenceMenu opens the menu of my own status, at the one I have: enter alone changes nothing.
func openPresenceMenu(m *model, at rect) {
	var items []menuItem
	lit, mine := 0, m.guise().is(m.state.Chosen())
	for _, a := range m.state.Choices() {
		if m.guise().is(a) != a {
			continue // a Lync account in a Skype user's window: one of several states of one name
		}
		item := menuItem{
			label: m.guise().choice(a), sign: glyph(a), look: m.theme.presence(a),
			act: func() { m.choosePresence(a) },
		}
		if a == mine {
			lit = len(items)
		}
		items = append(items, item)
	}
	if m.guise().reset {
		items = append(items, menuItem{
			label: "Reset Status", act: func() { m.choosePresence(contacts.PresenceUnknown) },
			hint: "golync decides again: Available while you are here, Inactive and then Away while you are not.",
		})
	}
	items = append(items, divider(), signItem(m), menuItem{label: m.guise().exit, act: func() { m.quit(nil) }})
	m.open(&menu{m: m, items: items, at: at, lit: lit})
}

// choosePresence puts a status in force, and says so where nothing shows it.
func (m *model) choosePresence(a contacts.Availability) {
	effects := m.state.SetPresence(m.now(), a)
	m.do(effects)
	is := m.guise().mine(m.state.Chosen())
	switch {
	case m.state.Connection().State != app.SignedIn:
		m.say("Your status is " + is + " once you are signed in.")
	case len(effects) == 0:
		m.say("Your status is " + is + " already.")
	}
}

// signItem is Sign Out or Sign In, whichever is possible.
func signItem(m *model) menuItem {
	switch m.state.Connection().State {
	case app.SignedOut, app.SignInFailed:
		return menuItem{label: "Sign In", act: func() { m.do(m.state.SignIn(m.now(), "")) }}
	default:
		return menuItem{label: "Sign Out", act: func() { m.do(m.state.SignOut(m.now())) }}
	}
}
