package ui

import (
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// skypeGuise is the Skype user's: one list of contacts instead of groups and relationships, contact requests
// instead of NEW, and Skype's words.
func skypeGuise() *guise {
	g := &guise{
		product: "Skype",
		themes:  [2]text.Safe{"Skype, light", "Skype, dark"},
		light:   skypeLight, dark: skypeDark,
		signIn: skypeSignIn,

		note: ownWords{
			empty:   "Tell your friends what you're up to",
			tooLong: "A mood message has at most " + text.Int(app.MaxNote) + " characters.",
		},
		find:       "Search",
		findNobody: "Nobody of your contacts. Type a whole SIP address, such as alice@contoso.com, to look for a Lync user.",
		tabs: []windowTab{
			{label: "CONTACTS", view: viewContacts, tab: tabEverybody},
			{label: "REQUESTS", view: viewContacts, tab: tabNew},
			{label: "RECENT", view: viewConversations},
		},
		add:    []text.Safe{signAdd + " Add Contacts", signAdd + " Add", signAdd},
		empty:  "You have no contacts yet. Add Contacts finds Lync users by their SIP address.",
		nobody: [2]text.Safe{"No contact requests.", "People who want to add you as a contact appear here."},
		parts:  divideForSkype,

		is: skypeState, label: contacts.Availability.SkypeLabel,
		mine: contacts.Availability.SkypeChoice, choice: contacts.Availability.SkypeChoice,
		exit: "Quit", list: "contacts", remove: "Remove from Contacts",
		kind: skypeKind, beyond: skypeBeyond,
		card: "Profile", seeCard: "View Profile", facts: (*card).skypeFacts,
		asked: " wants to add you as a contact.", newTab: "REQUESTS", addTo: "Add to Contacts",

		noneWords: "Select a contact and press enter to send an IM.",
		noneSteps: []noneStep{
			{"find", "Search your contacts"},
			{"add", "Add Contacts: find a Lync user"},
			{"status", "See who wants to add you"},
			{"note", "Tell your friends what you're up to"},
			{"presence", "Change your status"},
			{"options", "Options"},
			{"help", "Every key"},
		},
		reply: "Send IM", hangUp: "End Call",
		keys: skypeKeys, chapter: skypeChapter, command: skypeCommand,
	}
	g.openAdd = func(m *model, _ rect) { openAddContacts(m, "") }
	g.addPerson, g.menu, g.offer, g.pages = addSkypePerson, skypeItems, (*find).offerLookUp, skypePages
	g.number = func(f *find, _ string) { f.why = noNumbers }
	g.answer, g.block, g.dismiss = acceptRequest, askSkypeBlock, askDecline
	g.decisions = []decision{
		{"Accept", acceptRequest},
		{"Decline", func(m *model, r contacts.Request) { askDecline(m, r.Address) }},
		{"Block", func(m *model, r contacts.Request) { askSkypeBlock(m, r.Address) }},
	}
	return g
}

// divideForSkype gives the rows of the Skype window their places: name and status first, with the way to
// Options at the end, then the mood message.
func divideForSkype(area rect) windowParts {
	var p windowParts
	area.Min.X, area.Max.X = area.Min.X+1, area.Max.X-1
	air := 0
	if area.Dy() >= roomy {
		air = 1
	}
	_, area = cutTop(area, air)
	p.name, area = cutTop(area, 1)
	p.presence, area = cutTop(area, 1)
	p.presence, p.views = cutLeft(p.presence, p.presence.Dx()-cellsOf(viewLooks[0].gear))
	p.note, area = cutTop(area, 1)
	_, p.note = cutLeft(p.note, 2) // below the name
	_, area = cutTop(area, air)
	p.find, area = cutTop(area, 1)
	_, area = cutTop(area, air)
	p.tabs, area = cutTop(area, 1)
	p.status, area = cutBottom(area, 1)
	p.list = area
	return p
}

// skypeState is the state that a Skype user sees: Lync's many are four (contacts.Availability.SkypeLabel), so that
// sign and colour must say the same as the word.
func skypeState(a contacts.Availability) contacts.Availability {
	switch lookOf(a) {
	case lookBusy, lookDoNotDisturb:
		return contacts.DoNotDisturb
	case lookAway:
		return contacts.Away
	default:
		return a
	}
}

// skypeKind says where somebody is, seen from a Skype user: whoever has no Microsoft account uses Lync.
func skypeKind(k contacts.Kind) text.Safe {
	if k == contacts.External {
		return "Lync"
	}
	return "Skype"
}

// skypeBeyond marks the Lync people among the contacts.
func skypeBeyond(k contacts.Kind) (words, short text.Safe) {
	if k == contacts.External {
		return " - Lync", " - Lync"
	}
	return "", ""
}

// skypeCommand is a command in Skype's words, without what a Skype user has not: a location, and tags.
func skypeCommand(c command) (command, bool) {
	switch c.name {
	case "/location", "/tag":
		return c, false
	case "/add":
		c.words = "Add to Contacts"
	case "/block":
		c.words = "Block the person for good"
	case "/card":
		c.words = "View Profile"
	case "/note":
		c.words = "Tell your friends what you're up to"
	case "/status":
		c.words = "Change your status"
	}
	return c, true
}
