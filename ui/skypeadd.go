package ui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// addContacts is the page Add Contacts: the SIP address of a Lync user, and who was found by it (the
// specification, To add a Lync contact to Skype, steps 2 to 4). It outlives being closed, so that nothing that
// was typed is lost.
type addContacts struct {
	m       *model
	field   field
	refused text.Safe                   // why nothing was looked for
	said    map[contacts.Address]string // introductions that were written and not sent
}

func newAddContacts(m *model) *addContacts {
	return &addContacts{
		m: m, said: map[contacts.Address]string{},
		field: field{placeholder: "SIP address", limit: 1024},
	}
}

// addKeys work on the page.
var addKeys = scope{
	{"search", []text.Safe{"enter"}, "Search; then view the profile of the one found", ""},
	{"profile", []text.Safe{"tab", "down"}, "View the profile of the one found", ""},
	{"leave", []text.Safe{"esc"}, "Back to your contacts; what was typed stays", ""},
}

// openAddContacts opens the page. What was typed elsewhere is looked for at once. An address that was found and added
// is done with: what is typed next is another one.
func openAddContacts(m *model, typed string) {
	a := m.adding
	m.close(a)
	m.open(a)
	if a.current().Already {
		a.field.set("")
	}
	if typed != "" {
		a.field.set(typed)
		a.search()
	}
}

// typed is the address in the field.
func (a *addContacts) typed() string { return strings.TrimSpace(a.field.value()) }

// current is what the search for the address in the field has come to; LookNothing when it is for another one.
func (a *addContacts) current() app.Looked {
	if is := a.m.state.Looked(); is.Typed == a.typed() {
		return is
	}
	return app.Looked{}
}

// search looks for what was typed, or says why that cannot be done.
func (a *addContacts) search() {
	a.refused = ""
	effects, err := a.m.state.LookUp(a.m.now(), a.typed())
	if err != nil {
		a.refused = searchTrouble(err)
		return
	}
	a.m.do(effects)
}

// searchTrouble makes a sentence of why nobody is looked for.
func searchTrouble(err error) text.Safe {
	switch {
	case errors.Is(err, app.ErrOffline):
		return "You are not signed in. Sign in first: without a server nobody can be found."
	case errors.Is(err, app.ErrMicrosoftAccount):
		return needsMicrosoftAccount
	}
	return sentenceOf(err)
}

// needsMicrosoftAccount is what the specification asks of Skype users who want to talk to Lync people.
const needsMicrosoftAccount text.Safe = "Searching for Lync people and adding them needs a Microsoft account. " +
	"Sign out in the status menu, and sign in with one."

// profile goes on to the one who was found.
func (a *addContacts) profile() {
	is := a.current()
	switch {
	case is.State != app.LookFound:
	case is.Already:
		a.m.close(a)
		a.m.window.open(0)
		a.m.window.contacts.reveal(is.Address, 0)
		openCard(a.m, is.Address)
	default:
		openFoundProfile(a.m, is)
	}
}

func (a *addContacts) key(k tea.KeyPressMsg) bool {
	switch addKeys.of(k) {
	case "search":
		switch is := a.current(); {
		case is.State == app.LookFound:
			a.profile()
		case is.State != app.Looking && a.typed() != "":
			a.search()
		}
	case "profile":
		a.profile()
	case "leave":
		a.m.close(a)
	default:
		return a.write(func() bool { return a.field.key(k) })
	}
	return true
}

func (a *addContacts) paste(s string) {
	a.write(func() bool { a.field.insert(strings.TrimSpace(s)); return true })
}

// write changes the address; what was said of the one before is not true of it.
func (a *addContacts) write(change func() bool) bool {
	before := a.typed()
	took := change()
	if a.typed() != before {
		a.refused = ""
	}
	return took
}

func (a *addContacts) light() bool { return false }

func (a *addContacts) keys() []scope { return []scope{addKeys} }
