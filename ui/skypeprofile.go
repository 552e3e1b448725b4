package ui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// foundProfile is the profile of somebody who was found and is no contact, with Add to Contacts in its top right
// corner (the specification, To add a Lync contact to Skype, step 5).
type foundProfile struct {
	m    *model
	is   app.Looked
	form form
}

func openFoundProfile(m *model, is app.Looked) {
	d := &foundProfile{m: m, is: is}
	line := func(label, says text.Safe) fact { return fact{label, func() text.Safe { return says }} }
	name, address := foundName(m, is), text.Safe("Microsoft account")
	if is.Lync {
		address = "SIP address"
	}
	d.form.parts = []part{
		&profileHead{d}, gap(),
		line(address, m.addressOf(is.Address)),
		line("Status", "Not shown before "+name+" has accepted you as a contact"),
		fact{"Between you", d.between},
	}
	d.form.buttons = []formButton{{"Back", func() { m.close(d) }}}
	m.open(d)
}

// add asks for the introduction. Whoever has asked the user needs none.
func (d *foundProfile) add() {
	m := d.m
	if r, ok := m.requestOf(d.is.Address); ok {
		m.close(m.adding)
		acceptRequest(m, r)
		m.window.open(0)
		return
	}
	openIntroduction(m, d)
}

// between says who waits for whom, and what adding takes back.
func (d *foundProfile) between() text.Safe {
	if d.m.state.RelationshipOf(d.is.Address) == contacts.BlockedContacts {
		return "You have blocked " + foundName(d.m, d.is) + ". Adding takes that back."
	}
	return d.m.state.Waits(d.is.Address)
}

func (d *foundProfile) light() bool { return false }

func (d *foundProfile) keys() []scope { return []scope{formKeys} }

// place is that of the page below, which it covers.
func (d *foundProfile) place(within rect) rect { return d.m.adding.place(within) }

func (d *foundProfile) draw(c *canvas, area rect) *tea.Cursor {
	inside := drawPanel(c, d.m.theme, area, "Profile", "enter Add to Contacts", "esc back")
	return d.form.draw(c, d.m.theme, inside)
}

func (d *foundProfile) key(k tea.KeyPressMsg) bool { return d.form.key(k) }

// profileHead is the head of the profile: name, the word Lync below it, and the button at the right.
type profileHead struct{ d *foundProfile }

func (*profileHead) rows(*canvas, int) int { return 2 }

func (h *profileHead) draw(g drawing, area rect) *tea.Cursor {
	m, is := h.d.m, h.d.is
	s := on(g.t.button, g.t.text)
	if g.keys {
		s = g.t.pressed
	}
	words := text.Safe("  Add to Contacts  ")
	if g.t.brackets {
		words = "[ Add to Contacts ]"
	}
	first := g.c.pen(area, 0)
	button := first.end(s, words)
	g.c.onClick(button, func(pointer) { g.take(); h.d.add() })
	first.keep(1)
	first.put(on(g.t.panel, g.t.unknown), "? ")
	first.put(on(g.t.panel, g.t.strong), foundName(m, is))
	second := g.c.pen(area, 1)
	second.skip(2)
	second.put(on(g.t.panel, g.t.accent), foundUses(is))
	if !g.keys {
		return nil
	}
	return cursor(button.Min.X+2, button.Min.Y, tea.CursorBlock)
}

func (h *profileHead) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "enter", "space":
		h.d.add()
		return true
	}
	return false
}

// introduction is the dialog in which a Skype user says who he is to somebody he adds.
type introduction struct {
	m       *model
	profile *foundProfile
	form    form
	words   *textArea
}

// introductionLimit is how much a request carries, in bytes: sipclient sends no more of it.
const introductionLimit = 256

func openIntroduction(m *model, profile *foundProfile) {
	d := &introduction{m: m, profile: profile, words: newTextArea(3, introductionLimit)}
	is := profile.is
	name := foundName(m, is)
	d.words.insert(is.Introduction)
	if before, ok := m.adding.said[is.Address]; ok {
		d.words.editor.set(before)
	}
	d.form.parts = []part{
		label("Introduce yourself to " + name + ", who reads this with your contact request:"),
		d.words, hint(1, d.room), gap(),
		label("Until " + name + " accepts, a question mark stands in your list instead of a status."),
	}
	d.form.buttons = []formButton{{"Send", d.send}, {"Cancel", d.leave}}
	m.open(d)
}

// room says how much more can be written, and what is sent when nothing is.
func (d *introduction) room() text.Safe {
	switch left := d.words.left(); {
	case d.words.full:
		return "There is room for " + text.Int(introductionLimit) + " characters, and no more."
	case d.words.value() == "":
		return "When this is empty, “" + text.From(d.profile.is.Introduction).Line() + "” is sent."
	default:
		return "Room for " + text.Int(left) + " more"
	}
}

// send adds the contact and goes to it in the list.
func (d *introduction) send() {
	m := d.m
	a, effects, err := m.state.AddFound(m.now(), d.words.value())
	if err != nil && !errors.Is(err, app.ErrAlreadyContact) {
		m.complain(sentenceOf(err))
		return
	}
	m.do(effects)
	delete(m.adding.said, a)
	m.adding.field.set("")
	m.close(m.adding) // with everything above it
	m.window.open(0)
	m.window.contacts.reveal(a, 0)
	m.say("Your contact request to " + m.nameOf(a) + " is on its way.")
}

// leave keeps what was written for the next time.
func (d *introduction) leave() {
	d.m.adding.said[d.profile.is.Address] = d.words.value()
	d.m.close(d)
}

func (d *introduction) light() bool { return false }

func (d *introduction) keys() []scope { return []scope{formKeys} }

func (d *introduction) place(within rect) rect { return d.m.adding.place(within) }

func (d *introduction) draw(c *canvas, area rect) *tea.Cursor {
	inside := drawPanel(c, d.m.theme, area, "Add to Contacts", "tab next", "enter Send", "esc cancel")
	return d.form.draw(c, d.m.theme, inside)
}

func (d *introduction) key(k tea.KeyPressMsg) bool {
	if d.form.key(k) {
		return true
	}
	if k.String() != "esc" {
		return false
	}
	d.leave()
	return true
}

func (d *introduction) paste(s string) { d.form.paste(s) }
