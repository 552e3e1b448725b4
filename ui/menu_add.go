package ui

import (
	"slices"

	"golync/contacts"
	"golync/internal/text"
)

// openAddMenu opens the menu of the Add a Contact icon (facts/lync-2013-client.md section 3).
func openAddMenu(m *model, at rect) {
	m.openMenu(at, []menuItem{
		{label: "Add a Contact in My Organization", act: func() { openWizard(m, inMyOrganization, "") }},
		{label: notInMyOrganization, sub: providerItems(m)},
		{label: "Create a New Group", act: func() { openNewGroup(m, nil) }},
		divider(),
		{label: "Display Options", act: func() { openDisplayOptions(m) }},
	})
}

const notInMyOrganization text.Safe = "Add a Contact Not in My Organization"

// providers are those of the menu, in its order.
var providers = [...]contacts.Provider{contacts.ProviderLync, contacts.ProviderSkype, contacts.ProviderOther}

// providerItems is the menu of the providers, each of which has a dialog.
func providerItems(m *model) []menuItem {
	add := func(p contacts.Provider) func() { return func() { openWizard(m, p, "") } }
	return []menuItem{
		{label: "Lync", act: add(providers[0])},
		publicItem(m, add(providers[1])),
		{label: "Other", act: add(providers[2])},
	}
}

// openProviderMenu opens the menu of the providers at one of them, with the menu before it behind it: where Back
// leads to from the dialog.
func openProviderMenu(m *model, at rect, p contacts.Provider) {
	openAddMenu(m, at)
	first := m.dialogs.top().(*menu)
	first.lit = slices.IndexFunc(first.items, func(i menuItem) bool { return i.label == notInMyOrganization })
	first.items[first.lit].lit = max(slices.Index(providers[:], p), 0)
	first.choose(first.row())
}

// openDisplayOptions opens Options in the middle of the page Contacts List.
func openDisplayOptions(m *model) {
	openOptions(m, rect{})
	o := m.dialogs.top().(*options)
	for i, p := range o.pages {
		if page, ok := p.(*contactsListPage); ok {
			o.goTo(i, page.lines)
		}
	}
}

// publicItem is the public provider as it is configured; Lync shows no sign before Skype.
func publicItem(m *model, act func()) menuItem {
	p := m.state.Providers().Skype
	item := menuItem{label: p.Label(), look: m.theme.dim, act: act}
	if p.Glyph != "" {
		item.sign = p.Sign()
	}
	return item
}
