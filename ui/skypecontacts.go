package ui

import (
	"slices"

	"golync/contacts"
	"golync/internal/text"
)

// everybody are the contacts of the Skype window: who is online stands first, those who have not accepted below
// those who are offline, and whoever is blocked at the end. Within that the order is by name.
func (m *model) everybody() []*contacts.Contact {
	var by [len(skypeOrder) + 2][]*contacts.Contact
	for _, who := range m.state.Contacts().Contacts() {
		rank := skypeRank(who)
		by[rank] = append(by[rank], who)
	}
	return slices.Concat(by[:]...)
}

// skypeRank is where a contact stands in that order.
func skypeRank(who *contacts.Contact) int {
	if who.Relationship == contacts.BlockedContacts {
		return len(skypeOrder) + 1
	}
	if who.Watch != contacts.WatchActive && who.Presence.Availability == contacts.PresenceUnknown {
		return len(skypeOrder)
	}
	return slices.Index(skypeOrder[:], skypeState(who.Presence.Availability))
}

// skypeOrder is that of the states.
var skypeOrder = [...]contacts.Availability{
	contacts.Available, contacts.Away, contacts.DoNotDisturb, contacts.Offline, contacts.PresenceUnknown,
}

// skypeItems is Skype's menu of a person.
func skypeItems(m *model, a contacts.Address, _ contacts.GroupID) []menuItem {
	items := reachItems(m, a)
	items[0].label, items[2].label, items[4].label = "Send IM", "Video Call", "View Old Messages"
	items = append(items, menuItem{label: "View Profile", act: func() { openCard(m, a) }}, divider())
	if c, ok := m.state.Contacts().Get(a); ok {
		a = c.Address
		return append(items, blockItem(m, a), menuItem{label: "Remove from Contacts", act: func() { m.askRemove(a) }})
	}
	if r, ok := m.requestOf(a); ok {
		return append(items,
			menuItem{label: "Accept Contact Request", act: func() { acceptRequest(m, r) }},
			menuItem{label: "Decline Contact Request", act: func() { askDecline(m, a) }},
			blockItem(m, a))
	}
	add := menuItem{label: "Add to Contacts", act: func() { addSkypePerson(m, a) }}
	switch {
	case a.Same(m.state.Me().Address):
		add.act, add.why = nil, "This is your own address."
	case m.state.RelationshipOf(a) == contacts.BlockedContacts:
		add.act, add.why = nil, "You have blocked this person. Unblock first."
	}
	return append(items, add, blockItem(m, a))
}

// blockItem blocks somebody, or takes that back.
func blockItem(m *model, a contacts.Address) menuItem {
	if m.state.RelationshipOf(a) == contacts.BlockedContacts {
		return menuItem{label: "Unblock This Person", act: func() { unblock(m, a) }}
	}
	return menuItem{label: "Block This Person…", act: func() { askSkypeBlock(m, a) }}
}

// askSkypeBlock blocks a person after a question that says what it means.
func askSkypeBlock(m *model, a contacts.Address) {
	name := m.nameOf(a)
	m.ask("Block This Person", "Block "+m.nameAndAddress(a)+" for good? "+name+" can neither reach you nor see your status, "+
		"and you are not asked again: further contact requests of "+name+" do not show. "+
		"Nobody tells "+name+", who sees you as Offline. Options ▸ Privacy has the way back.",
		"Block", func() {
			m.do(m.state.Block(m.now(), a))
			m.say(name + " is blocked.")
		})
}

// unblock takes a block back: a contact is one again, and anybody else may ask again.
func unblock(m *model, a contacts.Address) {
	name := m.nameOf(a)
	m.do(m.state.SetRelationship(m.now(), a, contacts.NoRelationship))
	m.say(name + " is not blocked any more.")
}

// addSkypePerson accepts the request of somebody who has asked, and looks for everybody else in Add Contacts.
func addSkypePerson(m *model, a contacts.Address) {
	if r, ok := m.requestOf(a); ok {
		acceptRequest(m, r)
		return
	}
	openAddContacts(m, contacts.Readable(a.IM()))
}

// offerLookUp offers to look for an address that is nobody's among the contacts.
func (f *find) offerLookUp(a contacts.Address) {
	m := f.m
	if a.Same(m.state.Me().Address) {
		f.why = "This is your own address."
		return
	}
	if _, mine := m.state.Contacts().Get(a); mine {
		return
	}
	typed := f.made.query
	defer f.offerCall(a, m.addressOf(a))
	f.add("Look for "+text.From(typed).Line(), "Add Contacts", func() { openAddContacts(m, typed) })
}

// skypeFacts are what a profile says of a person, below the name.
func (d *card) skypeFacts() []part {
	m, a := d.m, d.who
	lync := m.kindOf(a) == contacts.External
	address := text.Safe("Microsoft account")
	if lync {
		address = "SIP address"
	}
	return []part{
		d.fact(address, func() text.Safe { return m.addressOf(a) }),
		d.fact("Uses", func() text.Safe { return skypeKind(m.kindOf(a)) }),
		d.fact("Mood", func() text.Safe { return d.contact().Presence.Note.Line() }),
		d.fact("Device", func() text.Safe { return d.contact().Presence.Device }),
		d.fact("Between you", d.consent),
		d.fact("Contact since", d.added),
	}
}
