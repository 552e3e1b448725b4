package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// openContactMenu opens the menu of a person below at (facts/lync-2013-client.md section 7). in is the group
// whose row was meant; somebody who is not in the list has a shorter menu.
func openContactMenu(m *model, a contacts.Address, in contacts.GroupID, at rect) {
	m.openMenu(at, m.guise().menu(m, a, in))
}

// contactItems is Lync's menu of a person.
func contactItems(m *model, a contacts.Address, in contacts.GroupID) []menuItem {
	c, ok := m.state.Contacts().Get(a)
	if !ok {
		return strangerItems(m, a)
	}
	a = c.Address
	return slices.Concat(reachInLync(m, a), oneToOneItems(m, a), []menuItem{
		divider(),
		favoriteItem(m, c),
		copyItem(m, c),
		moveItem(m, c, in),
		removeFromGroupItem(m, c, in),
		{label: "Remove from Contacts List", act: func() { m.askRemove(a) }},
		divider(),
		tagItem(m, c),
		{label: "Change Privacy Relationship", sub: relationshipItems(m, a, c.Relationship), lit: relationshipAt(c.Relationship)},
		{label: "See Contact Card", act: func() { openCard(m, a) }},
	})
}

// strangerItems is the menu of somebody who is not in the list: a request, a sender, an address found.
func strangerItems(m *model, a contacts.Address) []menuItem {
	return slices.Concat(requestItems(m, a), reachInLync(m, a), oneToOneItems(m, a), []menuItem{
		divider(),
		addToListItem(m, a),
		divider(),
		{label: "Tag for Status Change Alerts", why: "Only the status of contacts is known: add the person to your contacts list first."},
		{label: "Change Privacy Relationship", sub: relationshipItems(m, a, m.state.RelationshipOf(a)), lit: relationshipAt(m.state.RelationshipOf(a))},
		{label: "See Contact Card", act: func() { openCard(m, a) }},
	})
}

// requestItems are what can be decided on somebody whose request stands in NEW, or nothing.
func requestItems(m *model, a contacts.Address) []menuItem {
	for _, r := range m.state.Requests() {
		if !r.Address.Same(a) {
			continue
		}
		return []menuItem{
			{label: "Accept", act: func() { m.guise().answer(m, r) }},
			{label: "Block", act: func() { m.guise().block(m, a) }},
			{label: "Dismiss", act: func() { m.guise().dismiss(m, a) }},
			divider(),
		}
	}
	return nil
}

// reachInLync are reachItems with those of Lync's that golync does not have, in their places after the calls.
func reachInLync(m *model, a contacts.Address) []menuItem {
	const afterCalls = 3
	return slices.Insert(reachItems(m, a), afterCalls,
		menuItem{label: "Start Presenting", why: "golync shares no screen and no programs."},
		menuItem{label: "Schedule a Meeting", why: "golync has no calendar."},
		menuItem{label: "Send an Email Message", why: "golync sends no mail. Copy takes the address to a program that does."},
	)
}

// reachItems are the ways to a person, and to what was said before.
func reachItems(m *model, a contacts.Address) []menuItem {
	im := menuItem{label: "Send an IM", act: func() { m.talkTo(a) }}
	switch {
	case m.state.Connection().State != app.SignedIn:
		im.hint = "You are not signed in: what you write waits and goes by itself when you are."
	case m.state.RelationshipOf(a) == contacts.BlockedContacts:
		im.hint = "You have blocked this person: an answer would be refused."
	}
	return []menuItem{
		im,
		callItem(m, a),
		videoItem(m, a),
		{label: "Copy", act: func() { m.copyAddress(a) }, hint: "Copies " + text.From(a.IM()).Line() + "."},
		previousItem(m, a),
	}
}

// oneToOneItems are what the gateway to a public provider does not carry (facts/lync-2013-client.md section 9):
// they stand in the menu of its people so that nobody looks for them in vain.
func oneToOneItems(m *model, a contacts.Address) []menuItem {
	if m.kindOf(a) != contacts.Skype {
		return nil
	}
	people := m.state.Providers().Skype.Label() + " contacts"
	return []menuItem{
		{label: "Send a File", why: people + " take no files from Lync, and send none to it."},
		{label: "Invite More People", why: "Conversations with " + people + " are one to one."},
	}
}

// copyAddress gives a person's address, as every other program takes it, to the terminal's clipboard.
func (m *model) copyAddress(a contacts.Address) {
	m.start(tea.SetClipboard(a.IM()))
	m.say(text.From(a.IM()).Line() + " copied.")
}

// addStranger opens the dialog that fits: that of New for somebody who has asked, else the wizard.
func addStranger(m *model, a contacts.Address) {
	if r, ok := m.requestOf(a); ok {
		openAccept(m, r)
		return
	}
	provider := contacts.ProviderLync
	switch m.kindOf(a) {
	case contacts.Skype:
		provider = contacts.ProviderSkype
	case contacts.MyOrganization:
		provider = inMyOrganization
	}
	openWizard(m, provider, contacts.Readable(a.IM()))
}

// requestOf is the row of New of somebody who has asked.
func (m *model) requestOf(a contacts.Address) (contacts.Request, bool) {
	requests := m.state.Requests()
	i := slices.IndexFunc(requests, func(r contacts.Request) bool { return r.Address.Same(a) })
	if i < 0 {
		return contacts.Request{}, false
	}
	return requests[i], true
}

// addToListItem adds somebody to a group at once, with the relationship that such people get.
func addToListItem(m *model, a contacts.Address) menuItem {
	item := menuItem{label: "Add to Contacts List"}
	switch {
	case a.Same(m.state.Me().Address):
		item.why = "This is your own address."
	case m.state.RelationshipOf(a) == contacts.BlockedContacts:
		item.why = "You have blocked this person. Choose another privacy relationship first."
	default:
		item.sub = groupItems(m, nil, func(to contacts.GroupID) { m.addTo(a, to) })
	}
	return item
}

// addTo puts somebody who is not in the list into a group: it accepts who has asked, and asks the others.
func (m *model) addTo(a contacts.Address, to contacts.GroupID) {
	if _, asked := m.requestOf(a); asked {
		m.do(m.state.Accept(m.now(), a, to, contacts.DefaultRelationship(m.kindOf(a))))
		m.say(m.nameOf(a) + " is now in your contacts list.")
		return
	}
	provider := contacts.ProviderLync
	if m.kindOf(a) == contacts.Skype {
		provider = contacts.ProviderSkype
	}
	_, effects, err := m.state.AddContact(m.now(), app.Draft{
		Provider: provider, IM: a.IM(), Group: to, Relationship: m.state.RelationshipOf(a),
	})
	if err != nil {
		m.complain(sentenceOf(err))
		return
	}
	m.do(effects)
	m.say(m.nameOf(a) + " was added and has to accept.")
}

// tagItem turns Tag for Status Change Alerts on and off; a tick shows that it is on.
func tagItem(m *model, c *contacts.Contact) menuItem {
	a := c.Address
	item := menuItem{
		label: "Tag for Status Change Alerts", look: m.theme.accent,
		hint: "Tells you when " + m.nameOf(a) + " becomes Available or Offline.",
		act:  func() { m.do(m.state.Tag(m.now(), a)) },
	}
	if c.Tagged {
		item.sign = "✓"
	} else if c.Relationship == contacts.BlockedContacts {
		item.act, item.why = nil, "You have blocked this person, and no status of theirs is shown."
	}
	return item
}

// relationshipItems are the five relationships, the present one ticked, each with what it shows, and the way
// back to the default.
func relationshipItems(m *model, a contacts.Address, now contacts.Relationship) []menuItem {
	var items []menuItem
	for _, r := range contacts.Relationships() {
		hint := []text.Safe{r.Explain()}
		if more := m.upToTheServer(r); more != "" {
			hint = append(hint, more)
		}
		item := menuItem{label: r.Label(), look: m.theme.accent, hint: text.Join(hint, " ")}
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
	auto := contacts.NoRelationship
	is := menuItem{label: auto.Label(), hint: auto.Explain(), act: func() { changeRelationship(m, a, auto) }}
	if _, contact := m.state.Contacts().Get(a); !contact {
		is.hint = undecided
		if now == auto {
			is.act, is.why = nil, "Nothing is decided on this person, who is no contact."
		}
	}
	return append(items, divider(), is)
}

// relationshipAt is the place in that menu of the relationship there is, so that enter alone changes nothing.
func relationshipAt(now contacts.Relationship) int {
	return max(slices.Index(contacts.Relationships(), now), 0)
}

// undecided is what Auto-assign Relationship means to somebody who is no contact.
const undecided text.Safe = "Nothing is decided then: the person sees nothing of you and may ask again."

func changeRelationship(m *model, a contacts.Address, r contacts.Relationship) {
	name := m.nameOf(a)
	m.do(m.state.SetRelationship(m.now(), a, r))
	is := m.state.RelationshipOf(a)
	if is == contacts.NoRelationship {
		m.say(name + ": " + undecided)
		return
	}
	m.say(name + ": " + is.Label() + ". " + is.Explain())
}
