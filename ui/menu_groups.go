package ui

import (
	"slices"

	"golync/contacts"
)

// The items of a contact's menu that are about groups.

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

// groupItems is one item for each group, and one for a new group. c, when it is not nil, is the contact
// whose groups do not come into question.
func groupItems(m *model, c *contacts.Contact, act func(contacts.GroupID)) []menuItem {
	var items []menuItem
	for _, g := range m.state.Contacts().Groups() {
		item := menuItem{label: g.Name.Line(), act: func() { act(g.ID) }}
		if c != nil && slices.Contains(c.Groups, g.ID) {
			item.act, item.why = nil, m.nameOf(c.Address)+" is in "+g.Name.Line()+" already."
		}
		items = append(items, item)
	}
	return append(items, divider(), menuItem{label: "Create a New Group", act: func() { openNewGroup(m, act) }})
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
	if g, _, ok := m.state.Contacts().Group(from); ok && len(c.Groups) > 1 {
		item.hint = "Takes " + m.nameOf(a) + " out of " + g.Name.Line() + "."
	}
	item.act = func() { m.do(m.state.RemoveFromGroup(m.now(), a, from)) }
	return item
}
