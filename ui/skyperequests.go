package ui

import (
	"golync/contacts"
	"golync/internal/text"
)

// acceptRequest makes somebody who has asked a contact. Skype asks nothing more: there is no group to choose and
// no relationship.
func acceptRequest(m *model, r contacts.Request) {
	name := m.nameOf(r.Address)
	m.do(m.state.Accept(m.now(), r.Address, contacts.OtherContacts, contacts.NoRelationship))
	m.say(name + " is now one of your contacts.")
	if len(m.state.Requests()) == 0 {
		m.window.open(0)
	}
	m.window.contacts.reveal(r.Address, 0)
}

// askDecline puts a request away after a question.
func askDecline(m *model, a contacts.Address) {
	name := m.nameOf(a)
	m.ask("Decline Contact Request", "Decline the contact request of "+m.nameAndAddress(a)+"? The person is told nothing, goes on "+
		"seeing a question mark, and may ask again with a new introduction. To be asked no more, choose Block.",
		"Decline", func() {
			m.do(m.state.Dismiss(m.now(), a))
			m.say("The contact request of " + name + " is declined.")
		})
}

// drawDecisions draws the answers to a request in one line, and keeps where, for clicks. The first one is what
// enter does to the selected request.
func (n *newTab) drawDecisions(p *pen, i int, chosen bool) {
	t := n.m.theme
	for j, d := range n.m.guise().decisions {
		s := on(t.button, t.text)
		if chosen && j == 0 && n.m.focus == onList && n.m.dialogs.top() == nil {
			s = t.pressed
		}
		words := text.Safe("  ") + d.label + "  "
		if t.brackets {
			words = "[ " + d.label + " ]"
		}
		n.buttons = append(n.buttons, requestButton{p.put(s, words), i, d})
		p.skip(2)
	}
}

// requestButton is a decision as it was drawn below request i.
type requestButton struct {
	at rect
	i  int
	decision
}

// pressed does the decision that lies under the pointer, and says whether there is one.
func (n *newTab) pressed(i int, p pointer) bool {
	for _, b := range n.buttons {
		if b.i == i && p.at.In(b.at) && !p.menu {
			b.do(n.m, n.requests[i])
			return true
		}
	}
	return false
}
