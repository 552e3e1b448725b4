package ui

import (
	"slices"

	"golync/contacts"
	"golync/internal/text"
)

// openContactMenu opens the menu of a person below at. in is the group whose row was meant; for somebody
// who is not in the list there is a shorter menu.
func openContactMenu(m *model, a contacts.Address, in contacts.GroupID, at rect) {
	c, ok := m.state.Contacts().Get(a)
	if !ok {
		m.openMenu(at, strangerItems(m, a))
		return
	}
	a = c.Address
	m.openMenu(at, []menuItem{
		{label: "Send an IM", act: func() { m.talkTo(a) }},
		previousItem(m, a),
		divider(),
		favoriteItem(m, c),
		copyItem(m, c),
		moveItem(m, c, in),
		removeFromGroupItem(m, c, in),
		{label: "Remove from Contacts List", act: func() { m.askRemove(a) }},
		divider(),
		{label: "Change Privacy Relationship", sub: relationshipItems(m, a, c.Relationship)},
		{label: "See Contact Card", act: func() { openCard(m, a) }},
	})
}

// strangerItems is the menu of somebody who is not in the list: a request, a sender, an address found.
func strangerItems(m *model, a contacts.Address) []menuItem {
	return []menuItem{
		{label: "Send an IM", act: func() { m.talkTo(a) }},
		previousItem(m, a),
		{label: "Add to Contacts List", act: func() { addStranger(m, a) }},
		divider(),
		{label: "Change Privacy Relationship", sub: relationshipItems(m, a, m.state.RelationshipOf(a))},
		{label: "See Contact Card", act: func() { openCard(m, a) }},
	}
}

// addStranger opens the dialog that fits: that of New for somebody who has asked, else the wizard.
func addStranger(m *model, a contacts.Address) {
	requests := m.state.Requests()
	if i := slices.IndexFunc(requests, func(r contacts.Request) bool { return r.Address.Same(a) }); i >= 0 {
		openAccept(m, requests[i])
		return
	}
	provider := contacts.ProviderLync
	switch m.state.Providers().KindOf(m.state.Me().Address, a) {
	case contacts.Skype:
		provider = contacts.ProviderSkype
	case contacts.MyOrganization:
		provider = inMyOrganization
	}
	openWizard(m, provider, a.IM())
}

func favoriteItem(m *model, c *contacts.Contact) menuItem {
	a := c.Address
	if slices.Contains(c.Groups, contacts.Favorites) {
		return menuItem{label: "Remove from Favorites", act: func() {
			m.do(m.state.RemoveFromGroup(m.now(), a, contacts.Favorites))
		}}
	}
	return menuItem{label: "Add to Favorites", act: func() {
		m.do(m.state.CopyTo(m.now(), a, contacts.Favorites))
	}}
}

// groupItems is one item for each group that the contact is not in, and one for a new group.
func groupItems(m *model, c *contacts.Contact, act func(contacts.GroupID)) []menuItem {
	var items []menuItem
	for _, g := range m.state.Contacts().Groups() {
		if !slices.Contains(c.Groups, g.ID) {
			items = append(items, menuItem{label: g.Name.Line(), act: func() { act(g.ID) }})
		}
	}
	if len(items) > 0 {
		items = append(items, divider())
	}
	return append(items, menuItem{label: "Create a New Group", act: func() { openNewGroup(m, act) }})
}

func copyItem(m *model, c *contacts.Contact) menuItem {
	a := c.Address
	return menuItem{label: "Copy Contact To", sub: groupItems(m, c, func(to contacts.GroupID) {
		m.do(m.state.CopyTo(m.now(), a, to))
	})}
}

func moveItem(m *model, c *contacts.Contact, in contacts.GroupID) menuItem {
	a, from := c.Address, groupMeant(c, in)
	return menuItem{label: "Move Contact To", sub: groupItems(m, c, func(to contacts.GroupID) {
		m.do(m.state.MoveTo(m.now(), a, from, to))
	})}
}

// groupMeant is in when the contact is in that group, else the first one it is in: outside the list, in
// Find for one, no group is meant.
func groupMeant(c *contacts.Contact, in contacts.GroupID) contacts.GroupID {
	if slices.Contains(c.Groups, in) || len(c.Groups) == 0 {
		return in
	}
	return c.Groups[0]
}

func removeFromGroupItem(m *model, c *contacts.Contact, in contacts.GroupID) menuItem {
	item := menuItem{label: "Remove from Group"}
	a, from := c.Address, groupMeant(c, in)
	if from == contacts.OtherContacts && len(c.Groups) == 1 {
		item.why = "In no other group. To take the person out of the list, use Remove from Contacts List."
		return item
	}
	item.act = func() { m.do(m.state.RemoveFromGroup(m.now(), a, from)) }
	return item
}

// relationshipItems are the five relationships, the present one ticked, and the way back to the default.
func relationshipItems(m *model, a contacts.Address, now contacts.Relationship) []menuItem {
	var items []menuItem
	for _, r := range contacts.Relationships() {
		item := menuItem{label: r.Label(), look: m.theme.accent}
		if r == now {
			item.sign = "✓"
		}
		if r == contacts.BlockedContacts && r != now {
			item.act = func() { m.askBlock(a) }
		} else {
			item.act = func() { changeRelationship(m, a, r) }
		}
		items = append(items, item)
	}
	return append(items, divider(), menuItem{
		label: contacts.NoRelationship.Label(), act: func() { changeRelationship(m, a, contacts.NoRelationship) },
	})
}

func changeRelationship(m *model, a contacts.Address, r contacts.Relationship) {
	m.do(m.state.SetRelationship(m.now(), a, r))
	is := m.state.RelationshipOf(a)
	words := []text.Safe{m.nameOf(a) + ": " + is.Label() + ".", is.Explain()}
	m.say(text.Join(words, " "))
}
