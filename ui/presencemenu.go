package ui

import (
	"golync/contacts"
	"golync/internal/app"
)

// openPresenceMenu opens the menu of my own status.
func openPresenceMenu(m *model, at rect) {
	var items []menuItem
	for _, a := range m.state.Choices() {
		item := menuItem{
			label: m.guise().choice(a), sign: glyph(a), look: m.theme.presence(a),
			act: func() { m.do(m.state.SetPresence(m.now(), a)) },
		}
		items = append(items, item)
	}
	if m.guise().reset {
		items = append(items, menuItem{label: "Reset Status", act: func() {
			m.do(m.state.SetPresence(m.now(), contacts.PresenceUnknown))
		}})
	}
	items = append(items, divider(), signItem(m), menuItem{label: m.guise().exit, act: func() { m.quit(nil) }})
	m.openMenu(at, items)
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
