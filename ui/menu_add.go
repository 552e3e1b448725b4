package ui

import "golync/contacts"

// openAddMenu opens the menu of the Add a Contact icon (facts/lync-2013-client.md section 3).
func openAddMenu(m *model, at rect) {
	add := func(p contacts.Provider) func() { return func() { openWizard(m, p, "") } }
	m.openMenu(at, []menuItem{
		{label: "Add a Contact in My Organization", act: add(inMyOrganization)},
		{label: "Add a Contact Not in My Organization", sub: []menuItem{
			{label: "Lync", act: add(contacts.ProviderLync)},
			publicItem(m, add(contacts.ProviderSkype)),
			{label: "Other", act: add(contacts.ProviderOther)},
		}},
		{label: "Create a New Group", act: func() { openNewGroup(m, nil) }},
		divider(),
		{label: "Display Options", act: func() { openDisplayOptions(m) }},
	})
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
