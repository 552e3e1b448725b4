package ui

import (
	"cmp"
	"slices"

	"golync/contacts"
	"golync/internal/text"
)

// togglePicked selects a person among several, or no longer; headings cannot be selected so.
func (l *contactList) togglePicked(row contactRow) {
	if row.who == nil {
		return
	}
	if l.picked[row.who.Address] {
		delete(l.picked, row.who.Address)
		return
	}
	if l.picked == nil {
		l.picked = map[contacts.Address]bool{}
	}
	l.picked[row.who.Address] = true
}

// several are the people selected together who are contacts still, by name; nil when they are not several.
func (l *contactList) several() (all []*contacts.Contact) {
	for a := range l.picked {
		if c, ok := l.m.state.Contacts().Get(a); ok {
			all = append(all, c)
		}
	}
	if len(all) < 2 {
		return nil
	}
	slices.SortFunc(all, func(a, b *contacts.Contact) int {
		return cmp.Or(cmp.Compare(a.Name.Raw(), b.Name.Raw()), cmp.Compare(a.Address, b.Address))
	})
	return all
}

// keyOnSeveral does what a key means to several people: selects one more, or does it to those selected.
func (l *contactList) keyOnSeveral(row contactRow, does action) bool {
	people := l.several()
	switch {
	case does == "select":
		l.togglePicked(row)
		l.list.choose(l.list.selected+1, len(l.flat))
	case does == "select none" && len(l.picked) > 0:
		l.picked = nil
	case does == "menu" && people != nil && row.who != nil:
		l.openSeveralMenu(people, row.groupID(), l.place())
	case does == "remove" && people != nil && row.who != nil:
		l.askRemoveSeveral(people)
	default:
		return false
	}
	return true
}

// forEach does something with all of them at once, after which nobody is selected any more.
func (l *contactList) forEach(people []*contacts.Contact, do func(contacts.Address)) {
	all := make([]contacts.Address, len(people))
	for i, c := range people {
		all[i] = c.Address
	}
	l.m.do(l.m.state.Together(func() {
		for _, a := range all {
			do(a)
		}
	}))
	l.picked = nil
}

// openSeveralMenu opens the menu of several people below at; in is the group whose row was meant.
func (l *contactList) openSeveralMenu(people []*contacts.Contact, in contacts.GroupID, at rect) {
	m := l.m
	now := m.now()
	copyTo := func(to contacts.GroupID) {
		l.forEach(people, func(a contacts.Address) { m.state.CopyTo(now, a, to) })
	}
	moveTo := func(to contacts.GroupID) {
		l.forEach(people, func(a contacts.Address) {
			if c, ok := m.state.Contacts().Get(a); ok && !slices.Contains(c.Groups, to) {
				m.state.MoveTo(now, a, groupMeant(c, in), to)
			}
		})
	}
	m.openMenu(at, []menuItem{
		{label: "Send an IM", why: "golync has no conversations of more than two people."},
		divider(),
		{label: "Copy Contacts To", sub: groupItems(m, nil, copyTo)},
		{label: "Move Contacts To", sub: groupItems(m, nil, moveTo)},
		{label: "Remove from Group", act: func() {
			l.forEach(people, func(a contacts.Address) {
				if c, ok := m.state.Contacts().Get(a); ok {
					m.state.RemoveFromGroup(now, a, groupMeant(c, in))
				}
			})
		}},
		{label: "Remove from Contacts List", act: func() { l.askRemoveSeveral(people) }},
		divider(),
		{label: "Change Privacy Relationship", sub: l.relationshipOfSeveral(people)},
	})
}

// relationshipOfSeveral are the relationships that all of them can get.
func (l *contactList) relationshipOfSeveral(people []*contacts.Contact) []menuItem {
	m := l.m
	items := make([]menuItem, 0, len(contacts.Relationships())+2)
	for _, r := range append(contacts.Relationships(), contacts.NoRelationship) {
		change := func() {
			l.forEach(people, func(a contacts.Address) { m.state.SetRelationship(m.now(), a, r) })
			m.say(text.Int(len(people)) + " contacts: " + r.Label() + ".")
		}
		item := menuItem{label: r.Label(), hint: r.Explain(), act: change}
		if r == contacts.BlockedContacts {
			item.act = func() {
				m.ask("Block", "Block "+namesOf(m, people)+"? "+r.Explain()+" Nobody tells them.", "Block", change)
			}
		}
		if r == contacts.NoRelationship {
			items = append(items, divider())
		}
		items = append(items, item)
	}
	return items
}

// askRemoveSeveral removes people from the list after a question.
func (l *contactList) askRemoveSeveral(people []*contacts.Contact) {
	m := l.m
	m.ask("Remove from Contacts List",
		"Remove "+namesOf(m, people)+" from your contacts list? What you said to each other is kept.",
		"Remove", func() {
			l.forEach(people, func(a contacts.Address) { m.state.Remove(m.now(), a) })
		})
}

// namesOf names people, the first few by name.
func namesOf(m *model, people []*contacts.Contact) text.Safe {
	const most = 5
	names := make([]text.Safe, 0, most)
	for _, c := range people[:min(len(people), most)] {
		names = append(names, m.nameAndAddress(c.Address))
	}
	all := text.Join(names, ", ")
	if more := len(people) - most; more > 0 {
		all += " and " + text.Int(more) + " more"
	}
	return all
}
