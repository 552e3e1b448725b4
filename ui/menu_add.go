package ui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// openAddMenu opens the menu of the Add a Contact icon.
func openAddMenu(m *model, at rect) {
	add := func(p contacts.Provider) func() { return func() { openWizard(m, p, "") } }
	m.openMenu(at, []menuItem{
		{label: "Add a Contact in My Organization", act: add(inMyOrganization)},
		{label: "Add a Contact Not in My Organization", sub: []menuItem{
			{label: "Lync", act: add(contacts.ProviderLync)},
			{label: "Skype", act: add(contacts.ProviderSkype)},
			{label: "Other", act: add(contacts.ProviderOther)},
		}},
		{label: "Create a New Group", act: func() { openNewGroup(m, nil) }},
	})
}

// newGroup is the dialog that makes a group of the user's own.
type newGroup struct {
	m       *model
	form    form
	name    *entry
	refused text.Safe
	then    func(contacts.GroupID)
}

// openNewGroup asks for the name of a new group; then, when it is not nil, gets the group.
func openNewGroup(m *model, then func(contacts.GroupID)) {
	g := &newGroup{m: m, name: &entry{}, then: then}
	g.name.set(m.conversation.groupDraft)
	g.form.parts = []part{
		label("Name of the group"), g.name,
		caption{
			say: func() text.Safe { return g.refused }, room: 1,
			look: func(t *theme) style { return t.trouble },
		},
	}
	g.form.buttons = []formButton{{"OK", g.accept}, {"Cancel", g.leave}}
	m.open(g)
}

func (g *newGroup) accept() {
	id, effects, err := g.m.state.CreateGroup(g.m.now(), g.name.value())
	var told interface{ Sentence() text.Safe }
	if errors.As(err, &told) {
		g.refused = told.Sentence()
		return
	}
	if err != nil {
		g.refused = text.From(err.Error()).Line()
		return
	}
	g.m.do(effects)
	g.m.conversation.groupDraft = ""
	g.m.close(g)
	if g.then != nil {
		g.then(id)
	}
}

func (g *newGroup) leave() {
	g.m.conversation.groupDraft = g.name.value()
	g.m.close(g)
}

func (g *newGroup) light() bool { return false }

func (g *newGroup) keys() []scope { return []scope{formKeys} }

func (g *newGroup) place(within rect) rect { return placeForm(within, g.m.canvas, &g.form, 48) }

func (g *newGroup) draw(c *canvas, area rect) *tea.Cursor {
	inside := drawPanel(c, g.m.theme, area, "Create a New Group", formHints(&g.form)...)
	return g.form.draw(c, g.m.theme, inside)
}

func (g *newGroup) key(k tea.KeyPressMsg) bool {
	if k.String() == "esc" && !g.form.key(k) {
		g.leave()
		return true
	}
	return g.form.key(k)
}

func (g *newGroup) paste(s string) { g.form.paste(s) }
