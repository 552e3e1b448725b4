package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// groupName is the dialog that asks for the name of a group: of one to be made, or of one that there is.
type groupName struct {
	m       *model
	title   text.Safe
	form    form
	name    *entry
	refused text.Safe
	accept  func(name string) error // does it, or says why not
	leave   func()                  // on Cancel
}

// openNewGroup asks for the name of a new group; then gets the group. Without it the group is selected, so that
// the keys for groups mean it.
func openNewGroup(m *model, then func(contacts.GroupID)) {
	g := newGroupName(m, "Create a New Group", m.conversation.groupDraft)
	g.leave = func() { m.conversation.groupDraft = g.name.value() }
	g.accept = func(name string) error {
		id, effects, err := m.state.CreateGroup(m.now(), name)
		if err != nil {
			return err
		}
		m.do(effects)
		m.conversation.groupDraft = ""
		m.close(g)
		if then == nil {
			then = m.window.showGroup
		}
		then(id)
		return nil
	}
	m.open(g)
}

// openRenameGroup asks for another name of a group, or says why it keeps the one it has.
func openRenameGroup(m *model, id contacts.GroupID) {
	is, _, ok := m.state.Contacts().Group(id)
	if !ok {
		return
	}
	if id.BuiltIn() {
		m.say(contacts.ErrGroupBuiltIn.Sentence())
		return
	}
	g := newGroupName(m, "Rename Group", string(is.Name.Line()))
	g.leave = func() {}
	g.accept = func(name string) error {
		effects, err := m.state.RenameGroup(m.now(), id, name)
		if err != nil {
			return err
		}
		m.do(effects)
		m.close(g)
		return nil
	}
	m.open(g)
}

func newGroupName(m *model, title text.Safe, name string) *groupName {
	g := &groupName{m: m, title: title, name: &entry{}}
	g.name.set(name)
	g.form.parts = []part{
		label("Name of the group"), g.name,
		caption{
			say: func() text.Safe { return g.refused }, room: 1,
			look: func(t *theme) style { return t.trouble },
		},
	}
	g.form.buttons = []formButton{{"OK", g.submit}, {"Cancel", g.cancel}}
	return g
}

func (g *groupName) submit() {
	if err := g.accept(g.name.value()); err != nil {
		g.refused = sentenceOf(err)
	}
}

func (g *groupName) cancel() {
	g.leave()
	g.m.close(g)
}

func (g *groupName) light() bool { return false }

func (g *groupName) keys() []scope { return []scope{formKeys} }

func (g *groupName) place(within rect) rect { return placeForm(within, g.m.canvas, &g.form, 48) }

func (g *groupName) draw(c *canvas, area rect) *tea.Cursor {
	inside := drawPanel(c, g.m.theme, area, g.title, formHints(&g.form)...)
	return g.form.draw(c, g.m.theme, inside)
}

func (g *groupName) key(k tea.KeyPressMsg) bool {
	if k.String() == "esc" && !g.form.key(k) {
		g.cancel()
		return true
	}
	return g.form.key(k)
}

func (g *groupName) paste(s string) { g.form.paste(s) }
