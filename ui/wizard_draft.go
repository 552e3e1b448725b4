package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// wizardDraft is what somebody filled in and did not confirm.
type wizardDraft struct {
	im       string
	group    contacts.GroupID
	relation int
	touched  bool
}

// save keeps what is filled in for the next time the dialog opens for this provider.
func (w *wizard) save() {
	w.m.conversation.wizardDrafts[w.provider] = wizardDraft{
		w.im.value(), w.groups[w.group.chosen], w.relation.chosen, w.relation.touched,
	}
}

// restore fills in what was left.
func (w *wizard) restore() {
	d, ok := w.m.conversation.wizardDrafts[w.provider]
	if !ok {
		return
	}
	w.im.set(d.im)
	w.relation.touched, w.relation.chosen = d.touched, d.relation
	if i := slices.Index(w.groups, d.group); i >= 0 {
		w.group.chosen = i
	}
}

// resolution is the place under the IM address where is said what will become of it, as it is typed.
type resolution struct{ w *wizard }

// resolutionRows is how many rows it keeps, so that nothing jumps while somebody types.
const resolutionRows = 2

func (resolution) rows(*canvas, int) int { return resolutionRows }

func (r resolution) draw(d drawing, area rect) *tea.Cursor {
	words, trouble := r.w.verdict()
	s := on(d.t.panel, d.t.dim)
	if trouble {
		s = on(d.t.panel, d.t.trouble)
	}
	drawLines(d.c, area, s, wrap(words, area.Dx()))
	return nil
}

// verdict says what would be added, or what is wrong, and whether that was said to somebody who pressed OK.
func (w *wizard) verdict() (words text.Safe, trouble bool) {
	if w.refused != "" && w.refusal == w.im.value() {
		return w.refused, true
	}
	w.refused = ""
	if w.im.value() == "" {
		return "", false
	}
	r, err := w.resolve()
	if err != nil {
		return sentenceOf(err), false
	}
	m := w.m
	if m.state.Me().Address.Same(r.Address) {
		return "This is your own address.", false
	}
	if c, ok := m.state.Contacts().Get(r.Address); ok {
		return m.nameAndAddress(c.Address) + " is already in your contacts list; OK goes there.", false
	}
	words = "Will be added as " + m.imOf(r.Address)
	if w.provider == inMyOrganization && m.state.Providers().KindOf(m.state.Me().Address, r.Address) != contacts.MyOrganization {
		words += ", which is not in your organization"
	}
	return words, false
}
