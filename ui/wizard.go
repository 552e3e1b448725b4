package ui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// inMyOrganization is the provider under which the wizard adds somebody of the user's own domain. It is
// Lync to everybody else.
const inMyOrganization contacts.Provider = "My Organization"

// wizard is the dialog that adds a contact: IM address, group, privacy relationship. Whatever has been
// filled in outlives it until OK (wizard_draft.go).
type wizard struct {
	m        *model
	provider contacts.Provider
	form     form
	im       *entry
	group    *dropDown
	groups   []contacts.GroupID
	relation *dropDown
	refused  text.Safe // why OK did not work; until the address changes
	refusal  string    // the address that was refused
}

// openWizard opens the dialog for a provider. What was typed elsewhere replaces the draft's address.
func openWizard(m *model, p contacts.Provider, typed string) {
	w := &wizard{m: m, provider: p, im: &entry{field{limit: maxAddressField}}}
	w.im.placeholder = w.example()
	w.group, w.groups = groupChoice(m)
	w.relation = relationshipChoice()
	w.form.parts = append([]part{
		label("IM Address"), w.im,
		resolution{w},
		label("Add to contact group"), w.group, gap(),
		label("Set privacy relationship"), w.relation,
	}, relationshipHelp(m, w.relationship)...)
	w.form.buttons = []formButton{{"OK", w.accept}, {"Cancel", w.leave}, {"Back", w.back}}
	w.restore()
	if typed != "" {
		w.im.set(typed)
	}
	w.followKind()
	m.open(w)
}

// groupChoice is a drop-down of the groups there are, Other Contacts chosen.
func groupChoice(m *model) (*dropDown, []contacts.GroupID) {
	d := &dropDown{}
	var ids []contacts.GroupID
	for _, g := range m.state.Contacts().Groups() {
		if g.ID == contacts.OtherContacts {
			d.chosen = len(ids)
		}
		ids = append(ids, g.ID)
		d.options = append(d.options, g.Name.Line())
	}
	return d, ids
}

// maxAddressField is how many bytes are kept of what is typed for an address: more than any address may have, so
// that of one that is too long nothing is cut off in silence, and the reason is the true one.
const maxAddressField = 2048

// relationshipChoice is a drop-down of the five relationships.
func relationshipChoice() *dropDown {
	d := &dropDown{}
	for _, r := range contacts.Relationships() {
		d.options = append(d.options, r.Label())
	}
	return d
}

func (w *wizard) relationship() contacts.Relationship {
	return contacts.Relationships()[w.relation.chosen]
}

func (w *wizard) title() text.Safe {
	switch w.provider {
	case inMyOrganization:
		return "Add a Contact in My Organization"
	case contacts.ProviderSkype:
		return "Add " + w.m.state.Providers().Skype.Label() + " Contact"
	case contacts.ProviderLync:
		return "Add Lync Contact"
	default:
		return "Add Contact"
	}
}

// example is what stands in the empty field.
func (w *wizard) example() text.Safe {
	switch w.provider {
	case inMyOrganization:
		return "name, or name@" + text.From(w.m.state.Me().Address.Host()).Line()
	case contacts.ProviderSkype:
		return "the Microsoft account, for example cheri@outlook.com"
	default:
		return "name@domain"
	}
}

// service is the provider as the rest of golync knows it.
func (w *wizard) service() contacts.Provider {
	if w.provider == inMyOrganization {
		return contacts.ProviderLync
	}
	return w.provider
}

// resolve says what would be used if OK were pressed now.
func (w *wizard) resolve() (contacts.Resolved, error) {
	return w.m.state.Providers().Resolve(w.m.state.Me().Address, w.service(), w.im.value())
}

// followKind sets the relationship that people of the address's kind get, as long as the user has not
// chosen one.
func (w *wizard) followKind() {
	if w.relation.touched {
		return
	}
	kind := contacts.External
	if w.provider == inMyOrganization {
		kind = contacts.MyOrganization
	}
	if r, err := w.resolve(); err == nil {
		kind = w.m.state.Providers().KindOf(w.m.state.Me().Address, r.Address)
	}
	w.relation.chosen = slices.Index(contacts.Relationships(), contacts.DefaultRelationship(kind))
}

// accept adds the contact, or says under the field why that cannot be.
func (w *wizard) accept() {
	in := w.groups[w.group.chosen]
	a, effects, err := w.m.state.AddContact(w.m.now(), app.Draft{
		Provider: w.service(), IM: w.im.value(), Group: in, Relationship: w.relationship(),
	})
	switch {
	case err == nil:
		w.m.do(effects)
		w.m.say(w.added(a))
	case errors.Is(err, app.ErrAlreadyContact):
		w.m.say(w.m.nameOf(a) + " is already in your contacts list.")
		in = 0 // wherever that is
	default:
		w.refused, w.refusal = sentenceOf(err), w.im.value()
		w.form.focusOn(w.im)
		return
	}
	delete(w.m.conversation.wizardDrafts, w.provider)
	w.m.close(w)
	w.m.window.open(0)
	w.m.window.contacts.reveal(a, in)
}

// added says what has become of it.
func (w *wizard) added(a contacts.Address) text.Safe {
	if w.relationship() == contacts.BlockedContacts {
		return w.m.nameOf(a) + " was added and is blocked."
	}
	return w.m.nameOf(a) + " was added and has to accept."
}

// sentenceOf makes an error of an address a sentence for the screen.
func sentenceOf(err error) text.Safe {
	var told interface{ Sentence() text.Safe }
	switch {
	case errors.As(err, &told):
		return told.Sentence()
	case errors.Is(err, app.ErrSelf):
		return "This is your own address."
	default:
		return text.From(err.Error()).Line()
	}
}

// leave closes the dialog and keeps what was filled in for the next time.
func (w *wizard) leave() {
	w.save()
	w.m.close(w)
}

// back returns to the choice of the provider.
func (w *wizard) back() {
	w.leave()
	if w.provider == inMyOrganization {
		openAddMenu(w.m, w.m.window.add)
		return
	}
	openProviderMenu(w.m, w.m.window.add, w.provider)
}

func (w *wizard) light() bool { return false }

func (w *wizard) keys() []scope { return []scope{formKeys} }

func (w *wizard) place(within rect) rect { return placeForm(within, w.m.canvas, &w.form, wizardWidth) }

func (w *wizard) draw(c *canvas, area rect) *tea.Cursor {
	inside := drawPanel(c, w.m.theme, area, w.title(), formHints(&w.form)...)
	return w.form.draw(c, w.m.theme, inside)
}

func (w *wizard) key(k tea.KeyPressMsg) bool {
	if !w.form.key(k) {
		if k.String() != "esc" {
			return false
		}
		w.leave()
		return true
	}
	w.followKind()
	return true
}

func (w *wizard) paste(s string) {
	w.form.paste(s)
	w.followKind()
}
