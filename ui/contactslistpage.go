package ui

import (
	"golync/internal/option"
	"golync/internal/text"
)

// contactsListPage is Options ▸ Contacts List: how the contacts are shown (facts/lync-2013-client.md section 5.2).
type contactsListPage struct {
	lines, order, name, double *radio
	favorites                  *checkBox
}

func newContactsListPage(m *model) *contactsListPage {
	o := m.state.Options().List
	// choice is a radio of two whose first one stands for yes.
	choice := func(first bool, yes, no text.Safe) *radio {
		r := &radio{options: []text.Safe{yes, no}}
		if !first {
			r.chosen = 1
		}
		return r
	}
	return &contactsListPage{
		lines:     choice(o.TwoLines, "Two lines, the personal note on the second", "One line"),
		order:     choice(o.ByAvailability, "Availability", "Name"),
		name:      choice(!o.Address, "Contact name", "Contact address"),
		favorites: &checkBox{label: "Show the Favorites group", on: o.Favorites},
		double:    &radio{options: []text.Safe{"Send an IM", "See Contact Card"}, chosen: int(o.DoubleClick)},
	}
}

func (p *contactsListPage) title() text.Safe { return "Contacts List" }

func (p *contactsListPage) parts() []part {
	return []part{
		heading("Show my contacts in"), p.lines, gap(),
		heading("Order my contacts by"), p.order, gap(),
		heading("Show my contacts by"), p.name, gap(),
		heading("Groups"), p.favorites, gap(),
		heading("When I double-click a contact"), p.double,
	}
}

func (p *contactsListPage) save(set *option.Set) {
	set.List = option.ContactsList{
		TwoLines: p.lines.chosen == 0, ByAvailability: p.order.chosen == 0, Address: p.name.chosen == 1,
		Favorites: p.favorites.on, DoubleClick: option.DoubleClick(p.double.chosen),
	}
}
