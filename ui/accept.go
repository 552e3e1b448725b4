package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// acceptance is the dialog that decides on a row of New.
type acceptance struct {
	m        *model
	request  contacts.Request
	form     form
	group    *dropDown
	groups   []contacts.GroupID
	relation *dropDown
}

// openAccept opens the dialog for a request.
func openAccept(m *model, r contacts.Request) {
	d := &acceptance{m: m, request: r}
	d.group, d.groups = groupChoice(m)
	if i := slices.Index(d.groups, contacts.Favorites); i >= 0 {
		d.group.chosen = i
	}
	d.relation = relationshipChoice()
	d.relation.chosen = slices.Index(contacts.Relationships(), contacts.DefaultRelationship(r.Kind))
	d.form.parts = slices.Concat(d.who(), []part{
		label("Add to contact group"), d.group, gap(),
		label("Set privacy relationship"), d.relation,
	}, relationshipHelp(m, d.relationship))
	d.form.buttons = []formButton{
		{"OK", d.accept},
		{"Block", func() { m.close(d); m.askBlock(r.Address) }},
		{"Dismiss", func() { m.close(d); m.askDismiss(r.Address) }},
		{"Cancel", func() { m.close(d) }},
	}
	m.open(d)
}

// relationship is the one chosen.
func (d *acceptance) relationship() contacts.Relationship {
	return contacts.Relationships()[d.relation.chosen]
}

// who says who asks: name and address, since the name is what that person chose; kind; introduction.
func (d *acceptance) who() []part {
	name := d.request.Name.Line()
	address := d.m.addressOf(d.request.Address)
	if name == "" {
		name = address
	}
	parts := []part{
		heading(name + " added you to his or her contacts list."),
		hint(0, func() text.Safe { return address + " " + signDot + " " + d.m.where(d.request.Kind) }),
	}
	if said := d.request.Introduction.Line(); said != "" {
		parts = append(parts, label("“"+said+"”"))
	}
	return append(parts, gap())
}

func (d *acceptance) accept() {
	m, a := d.m, d.request.Address
	m.do(m.state.Accept(m.now(), a, d.groups[d.group.chosen], d.relationship()))
	m.close(d)
	m.say(m.nameOf(a) + " is now in your contacts list.")
}

func (d *acceptance) light() bool { return false }

func (d *acceptance) keys() []scope { return []scope{formKeys} }

func (d *acceptance) place(within rect) rect {
	return placeForm(within, d.m.canvas, &d.form, wizardWidth)
}

func (d *acceptance) draw(c *canvas, area rect) *tea.Cursor {
	inside := drawPanel(c, d.m.theme, area, "Add to Contacts List", formHints(&d.form)...)
	return d.form.draw(c, d.m.theme, inside)
}

func (d *acceptance) key(k tea.KeyPressMsg) bool { return d.form.key(k) }
