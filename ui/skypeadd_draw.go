package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// addRows are those of the page: what to do, the field, what came of it, and air between.
const addRows = 13

func (a *addContacts) place(within rect) rect {
	return centred(within, min(within.Dx()-2, wizardWidth), panelHeight(within, addRows))
}

// draw draws what to do, the field with the button behind it, and what came of the search.
func (a *addContacts) draw(c *canvas, area rect) *tea.Cursor {
	t := a.m.theme
	hints := []text.Safe{"enter search", "esc back"}
	if a.current().State == app.LookFound {
		hints = []text.Safe{"enter view profile", "esc back"}
	}
	inside := drawPanel(c, t, area, "Add Contacts", hints...)
	if inside.Dy() >= addRows+airRows {
		_, inside = cutTop(inside, 1)
	}
	words := wrap("Enter the SIP address of a Lync user, such as bob@contoso.com.", inside.Dx())
	told, rest := cutTop(inside, len(words))
	drawLines(c, told, on(t.panel, t.text), words)
	box, rest := cutTop(rest, 1)
	at := a.drawBox(c, box)
	_, rest = cutTop(rest, 1)
	if a.current().State == app.LookFound && a.refused == "" {
		a.drawFound(c, rest)
		return at
	}
	said, look := a.says()
	lines := wrap(said, rest.Dx())
	drawLines(c, rest, on(t.panel, look), lines)
	if a.refused == "" && a.unprovisioned() {
		_, rest = cutTop(rest, len(lines)+1)
		drawLines(c, rest, on(t.panel, t.dim), wrap(a.whatToDo(), rest.Dx()))
	}
	return at
}

// drawBox draws the field and the button that searches.
func (a *addContacts) drawBox(c *canvas, area rect) *tea.Cursor {
	t := a.m.theme
	words := text.Safe("  Search  ")
	if t.brackets {
		words = "[ Search ]"
	}
	p := c.pen(area, 0)
	at := p.end(t.pressed, words)
	c.onClick(at, func(pointer) { a.search() })
	box := area
	box.Max.X = at.Min.X - 1
	ground := drawing{t: t, keys: true}.ground()
	c.fill(box, ground)
	box.Min.X, box.Max.X = box.Min.X+1, box.Max.X-1
	return a.field.draw(c, box, ground, t.dim, true)
}

// says is what there is to say when nobody has been found: what stands in the way, how far it is, or what this
// page is for.
func (a *addContacts) says() (text.Safe, style) {
	m, is := a.m, a.current()
	t := m.theme
	switch {
	case a.refused != "":
		return a.refused, t.trouble
	case m.state.Me().Kind != contacts.Skype:
		return needsMicrosoftAccount, t.trouble
	case is.State == app.Looking:
		return "Searching…", t.dim
	case is.State == app.LookNotFound:
		return is.Trouble, t.text
	case is.State == app.LookFailed:
		return is.Trouble, t.trouble
	case m.state.Connection().State != app.SignedIn:
		return searchTrouble(app.ErrOffline), t.trouble
	}
	return "The SIP address of Lync people looks like an e-mail address; they know it as their sign-in address. " +
		"Look for the word Lync below the name: it says that a Lync user has been found.", t.dim
}

// unprovisioned says that zero results may be the administrator's to mend: not of a Microsoft account, the user's
// own among them.
func (a *addContacts) unprovisioned() bool {
	is := a.current()
	return is.State == app.LookNotFound && is.Lync && a.m.state.Providers().Account(a.m.state.Me().Address) != is.Address.IM()
}

// whatToDo is said below zero results: neither reason is in the hands of the Skype user.
func (a *addContacts) whatToDo() text.Safe {
	domain := text.From(a.current().Address.Host()).Line()
	return "Ask the Lync user to tell the administrator of " + domain + ", and search again later: enter does."
}

// drawFound draws the one who was found: the name, and below it the word Lync.
func (a *addContacts) drawFound(c *canvas, area rect) {
	m, t, is := a.m, a.m.theme, a.current()
	head, rest := cutTop(area, 1)
	c.pen(head, 0).put(on(t.panel, t.dim), "1 result")
	row, rest := cutTop(rest, 3)
	ground := on(t.selected, t.text)
	c.fill(row, ground)
	c.point(t, row.Min, ground)
	c.onClick(row, func(pointer) { a.profile() })
	line := func(i int) *pen {
		p := c.pen(row, i)
		p.put(on(ground, t.accent), signBar)
		p.skip(1)
		return p
	}
	line(0).put(on(ground, t.strong), foundName(m, is))
	uses := line(1)
	uses.put(on(ground, t.accent), foundUses(is))
	if is.Already {
		uses.put(on(ground, t.text), " "+signDot+" in your contacts already")
	}
	line(2).put(on(ground, t.dim), m.addressOf(is.Address))
	_, rest = cutTop(rest, 1)
	drawLines(c, rest, on(t.panel, t.dim), wrap(a.next(is), rest.Dx()))
}

// next says what to do with the one who was found.
func (a *addContacts) next(is app.Looked) text.Safe {
	switch {
	case is.Already:
		return "Press enter to view the profile."
	case !is.Lync:
		return "This is a Skype user. Press enter to view the profile and to add the contact."
	}
	return "The word Lync says that this is the SIP address of a Lync user. Press enter to view the profile and to add the contact."
}

// foundName is what somebody who was found is called.
func foundName(m *model, is app.Looked) text.Safe {
	if name := is.Name.Line(); name != "" {
		return name
	}
	return m.nameOf(is.Address)
}

// foundUses says where somebody who was found is: the word that the specification tells users to look for.
func foundUses(is app.Looked) text.Safe {
	if is.Lync {
		return "Lync"
	}
	return "Skype"
}
