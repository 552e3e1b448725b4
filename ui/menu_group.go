package ui

import (
	"golync/contacts"
	"golync/internal/text"
)

// openGroupMenu opens the menu of a group below at.
func openGroupMenu(m *model, id contacts.GroupID, at rect) {
	_, place, ok := m.state.Contacts().Group(id)
	if !ok {
		return
	}
	rename := menuItem{label: "Rename Group", act: func() { openRenameGroup(m, id) }}
	remove := menuItem{label: "Delete Group", act: func() { m.askDeleteGroup(id) }}
	if id.BuiltIn() {
		rename.act, rename.why = nil, contacts.ErrGroupBuiltIn.Sentence()
		remove.act, remove.why = nil, contacts.ErrGroupBuiltIn.Sentence()
	}
	up := menuItem{label: "Move Group Up", act: func() { m.moveGroup(id, -1) }}
	if place == 0 {
		up.act, up.why = nil, firstGroup
	}
	down := menuItem{label: "Move Group Down", act: func() { m.moveGroup(id, 1) }}
	if place == len(m.state.Contacts().Groups())-1 {
		down.act, down.why = nil, lastGroup
	}
	m.openMenu(at, []menuItem{
		rename, remove,
		divider(),
		up, down,
		divider(),
		{label: "Create a New Group", act: func() { openNewGroup(m, nil) }},
	})
}

// Why a group cannot be moved further.
const (
	firstGroup text.Safe = "This is the first group already."
	lastGroup  text.Safe = "This is the last group already."
)

// moveGroup moves a group up, for by < 0, or down, or says why that cannot be.
func (m *model) moveGroup(id contacts.GroupID, by int) {
	effects := m.state.MoveGroup(m.now(), id, by)
	switch {
	case len(effects) > 0:
		m.do(effects)
	case by < 0:
		m.say(firstGroup)
	default:
		m.say(lastGroup)
	}
}

// askDeleteGroup deletes a group after a question, or says why it stays.
func (m *model) askDeleteGroup(id contacts.GroupID) {
	g, _, ok := m.state.Contacts().Group(id)
	if !ok {
		return
	}
	if id.BuiltIn() {
		m.say(contacts.ErrGroupBuiltIn.Sentence())
		return
	}
	m.ask("Delete Group", "Delete the group "+g.Name.Line()+"? "+m.whoStays(id), "Delete", func() {
		effects, err := m.state.DeleteGroup(m.now(), id)
		if err != nil {
			m.complain(sentenceOf(err))
			return
		}
		m.do(effects)
	})
}

// whoStays says what becomes of the people in a group that goes.
func (m *model) whoStays(id contacts.GroupID) text.Safe {
	people := m.state.Contacts()
	alone := people.OnlyIn(id)
	switch {
	case len(people.In(id)) == 0:
		return "Nobody is in it."
	case alone == 0:
		return "Its contacts are in other groups too and stay there."
	case alone == 1:
		return "Its contacts stay in your list: 1 who is in no other group goes to Other Contacts."
	default:
		return "Its contacts stay in your list: " + text.Int(alone) + " who are in no other group go to Other Contacts."
	}
}
