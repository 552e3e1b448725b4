package ui

import (
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// lyncGuise is the Lync user's: the words of facts/lync-2013-client.md.
func lyncGuise() *guise {
	g := &guise{
		product: "golync",
		themes:  [2]text.Safe{"Lync, light", "Lync, dark"},
		light:   lyncLight, dark: lyncDark,
		signIn: lyncSignIn,

		note: ownWords{
			empty:   "What's happening today?",
			tooLong: "A note has at most " + text.Int(app.MaxNote) + " characters.",
		},
		place:      true,
		find:       "Find someone or a room, or dial a number",
		findNobody: "Nobody of your contacts. Type a whole address, such as bob@contoso.com, to add someone or to send an IM.",
		tabs: []windowTab{
			{label: "GROUPS", view: viewContacts, tab: tabGroups},
			{label: "STATUS", view: viewContacts, tab: tabStatus},
			{label: "RELATIONSHIPS", view: viewContacts, tab: tabRelationships},
			{label: "NEW", view: viewContacts, tab: tabNew},
		},
		views:  true,
		add:    []text.Safe{signAdd + " Add a Contact", signAdd + " Add", signAdd},
		empty:  emptyGroup,
		nobody: [2]text.Safe{"Nobody is waiting for your answer.", "People who add you to their contacts appear here."},
		parts:  divide,

		is:    func(a contacts.Availability) contacts.Availability { return a },
		label: contacts.Availability.Label,
		mine:  contacts.Availability.Label,
		choice: func(a contacts.Availability) text.Safe {
			if a == contacts.Away {
				return "Appear Away"
			}
			return a.Label()
		},
		list: "contacts list", remove: "Remove from Contacts List",
		reset: true, exit: "Exit",
		lasting: true,
		kind:    kindLabel,
		card:    "Contact Card", seeCard: "See Contact Card",
		facts: (*card).facts,
		asked: " added you to his or her contacts list.", newTab: "New", addTo: "Add to Contacts List",

		reply: "Reply by IM", hangUp: "Hang Up", forwarding: true,
		heldBack:  true,
		noneWords: "Select a contact and press enter to send an IM.",
		noneSteps: noneSteps,
		command:   func(c command) (command, bool) { return c, true },
	}
	g.beyond = func(k contacts.Kind) (words, short text.Safe) {
		if k == contacts.MyOrganization {
			return "", ""
		}
		return " - External Network", " - External"
	}
	g.openAdd, g.addPerson, g.menu, g.offer = openAddMenu, addStranger, contactItems, (*find).offerAddress
	g.number = (*find).offerNumber
	g.answer, g.block, g.dismiss, g.pages = openAccept, (*model).askBlock, (*model).askDismiss, lyncPages
	g.keys = func(_ scope, b binding) (binding, bool) { return b, true }
	g.chapter = lyncChapter
	return g
}
