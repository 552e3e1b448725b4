package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// question is a small dialog in front of a deed that cannot be taken back.
type question struct {
	m     *model
	title text.Safe
	form  form
}

// ask asks before doing a deed named yes.
func (m *model) ask(title, words, yes text.Safe, act func()) {
	q := &question{m: m, title: title}
	q.form.parts = []part{label(words)}
	q.form.buttons = []formButton{
		{yes, func() { m.close(q); act() }},
		{"Cancel", func() { m.close(q) }},
	}
	q.form.focus = 1 // an enter pressed too often does no harm
	m.open(q)
}

func (q *question) light() bool { return false }

func (q *question) keys() []scope { return []scope{formKeys} }

func (q *question) place(within rect) rect {
	return placeForm(within, q.m.canvas, &q.form, 56)
}

func (q *question) draw(c *canvas, area rect) *tea.Cursor {
	inside := drawPanel(c, q.m.theme, area, q.title, "←→ choose", "enter press", "esc cancel")
	return q.form.draw(c, q.m.theme, inside)
}

func (q *question) key(k tea.KeyPressMsg) bool { return q.form.key(k) }

// askRemove removes a contact from the list after a question.
func (m *model) askRemove(a contacts.Address) {
	m.ask(m.guise().remove,
		"Remove "+m.nameAndAddress(a)+" from your "+m.guise().list+"? What you said to each other is kept.",
		"Remove", func() { m.do(m.state.Remove(m.now(), a)) })
}

// askBlock blocks a person after a question that says what it means.
func (m *model) askBlock(a contacts.Address) {
	blocked := contacts.BlockedContacts
	words := []text.Safe{"Block " + m.nameAndAddress(a) + "?", "They see you as Offline and cannot reach you: messages and calls are refused."}
	if more := m.upToTheServer(blocked); more != "" {
		words = append(words, more)
	}
	words = append(words, "Nobody tells the person. RELATIONSHIPS has the way back.")
	m.ask("Block", text.Join(words, " "), "Block", func() { m.do(m.state.Block(m.now(), a)) })
}

// askDismiss puts a request away after a question.
func (m *model) askDismiss(a contacts.Address) {
	m.ask("Dismiss", "Dismiss the request of "+m.nameAndAddress(a)+"? It leaves New on all your devices; "+
		"the person is told nothing and goes on seeing a question mark.",
		"Dismiss", func() { m.do(m.state.Dismiss(m.now(), a)) })
}

// nameOf is what a person is called on the screen: the name, or the Microsoft account or address.
func (m *model) nameOf(a contacts.Address) text.Safe {
	if name := m.state.NameOf(a).Line(); name != "" {
		return name
	}
	return m.addressOf(a)
}

// addressOf is a person's address as people write it: the Microsoft account behind a decorated one.
func (m *model) addressOf(a contacts.Address) text.Safe {
	return text.From(contacts.Readable(m.state.Providers().Account(a))).Line()
}

// imOf is a person's SIP address as it is shown, decorated or not.
func (m *model) imOf(a contacts.Address) text.Safe {
	return text.From(contacts.Readable(a.IM())).Line()
}

// nameAndAddress names a person so that nobody can pass for somebody else: the name is what that person
// chose, the address is not.
func (m *model) nameAndAddress(a contacts.Address) text.Safe {
	name, address := m.nameOf(a), m.addressOf(a)
	if name == address {
		return address
	}
	return name + " (" + address + ")"
}
