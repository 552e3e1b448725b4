package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// Face says whose window it is: the Lync user's or the Skype user's (design section 7). Everything in which
// they differ stands in a guise; what they share does not ask.
type Face uint8

// The faces. The zero value is Lync's.
const (
	FaceLync Face = iota
	FaceSkype
)

// guise is what a window of one face says and shows where the other one's says something else.
type guise struct {
	product     text.Safe // behind the address in the terminal's title
	themes      [2]text.Safe
	light, dark palette
	signIn      signInText

	// The window, from top to bottom.
	note       ownWords
	place      bool      // the user says where he is
	find       text.Safe // in the empty Find box, and when nobody is found
	findNobody text.Safe
	tabs       []windowTab
	views      bool        // Contacts and Conversations have a row of their own; otherwise they are tabs
	add        []text.Safe // the way to add somebody, the first that has room
	empty      text.Safe   // in a part of the list that has nobody
	nobody     [2]text.Safe
	parts      func(window rect) windowParts

	// People.
	is      func(contacts.Availability) contacts.Availability // a state as it is shown
	label   func(contacts.Availability) text.Safe             // of somebody else
	mine    func(contacts.Availability) text.Safe             // of the user himself
	lasting bool                                              // a state says since when
	kind    func(contacts.Kind) text.Safe                     // where somebody is
	beyond  func(contacts.Kind) (words, short text.Safe)      // the same behind a state, "" for most people
	choice  func(contacts.Availability) text.Safe             // in the menu of those that he can choose
	reset   bool                                              // he can go back to what his keys say of him
	exit    text.Safe                                         // leaving, in the same menu
	list    text.Safe                                         // what the contacts are called
	remove  text.Safe                                         // taking somebody out of them
	card    text.Safe                                         // what the contact card is called
	seeCard text.Safe                                         // the way to it
	facts   func(d *card) []part                              // of the card, below its head
	asked   text.Safe                                         // behind the name of somebody who has added the user
	newTab  text.Safe                                         // where that can be answered
	addTo   text.Safe                                         // the way to add somebody who is known by address

	// What can be done.
	noneWords  text.Safe // in the place of the conversation when none is open, and below it by keys
	noneSteps  []noneStep
	openAdd    func(m *model, at rect)
	addPerson  func(m *model, a contacts.Address)
	menu       func(m *model, a contacts.Address, in contacts.GroupID) []menuItem
	offer      func(f *find, a contacts.Address) // when an address is found nowhere
	number     func(f *find, number string)      // the same with a phone number
	answer     func(m *model, r contacts.Request)
	heldBack   bool       // Alerts options may keep requests back
	decisions  []decision // drawn below a request; none where its dialog has them
	block      func(m *model, a contacts.Address)
	dismiss    func(m *model, a contacts.Address)
	reply      text.Safe // declining a call to write instead
	hangUp     text.Safe // ending one
	forwarding bool      // the bottom of the window says where calls go
	pages      func(m *model, o *options) []optionsPage
	keys       func(of scope, b binding) (as binding, has bool) // a key as help has it, and whether it does anything
	chapter    func(text.Safe) (as text.Safe, has bool)         // a title of the help page
	command    func(command) (as command, has bool)             // as the list of commands has it
}

// windowTab is a tab of the window: a list of the view Contacts, or that of the conversations.
type windowTab struct {
	label text.Safe
	view  view
	tab   tab // of Contacts
}

// decision is an answer to a request.
type decision struct {
	label text.Safe
	do    func(m *model, r contacts.Request)
}

// newGuise is the guise of a face.
func newGuise(f Face) *guise {
	if f == FaceSkype {
		return skypeGuise()
	}
	return lyncGuise()
}

// guise is what this window wears.
func (m *model) guise() *guise {
	if m.wears == nil {
		m.wears = newGuise(m.deps.Face)
	}
	return m.wears
}

// in is a scope, with the user's keys in bound, as a face has it: in its own words, and without what it has not.
func (g *guise) in(s, bound scope) scope {
	var all scope
	for _, b := range bound {
		if as, has := g.keys(s, b); has {
			all = append(all, as)
		}
	}
	return all
}

// without says that a key means something in one of the scopes which this face has not.
func (g *guise) without(k tea.KeyPressMsg, scopes []scope) bool {
	for _, s := range scopes {
		does := s.of(k)
		if i := slices.IndexFunc(s, func(b binding) bool { return b.does == does }); i >= 0 {
			_, has := g.keys(s, s[i])
			return !has
		}
	}
	return false
}
