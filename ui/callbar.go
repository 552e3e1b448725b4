package ui

import (
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// mostTrouble is how many lines a trouble may take: as many as the longest one of internal/sound needs in the narrowest
// window.
const mostTrouble = 4

// barRows is what a call takes in its conversation: how it stands, and what can be done.
const barRows = 2

// shownCall is the call whose bar stands in the conversation on the screen; false when there is none.
func (m *model) shownCall() (app.Call, bool) {
	if front := m.frontTalk(); front != nil {
		return m.barOf(front.Peer)
	}
	return app.Call{}, false
}

// frontTalk is the conversation that the next frame has, below dialogs or not; nil when it has none.
func (m *model) frontTalk() *app.Conversation {
	if m.help.open || m.signIn.open || arrange(m.width, m.height, m.talking).talk.Empty() {
		return nil
	}
	return m.conversation.front()
}

// barOf is the call of the user's own with a person; one that rings has its own place (rings).
func (m *model) barOf(a contacts.Address) (app.Call, bool) {
	c, ok := m.state.CallWith(a)
	return c, ok && !c.Rings()
}

// callParts is how much of a conversation calls take: the notice about the last one, the one with the person, and
// a line for each other one where the window that has them is hidden.
type callParts struct {
	said, bar, others int
	picture           func(area rect) int // rows for the picture of what is left; nil without one
}

func (v *conversation) callParts(a contacts.Address, width int) callParts {
	m := v.m
	p := callParts{said: len(v.callNotice(a, width))}
	if c, ok := m.barOf(a); ok {
		p.bar = barRows + len(m.troubleLines(c, width))
	}
	if !arrange(m.width, m.height, m.talking).two {
		p.others = len(m.otherCalls())
	}
	if _, picture, ok := m.pictures.current(); ok {
		p.picture = func(area rect) int { return m.pictures.rows(pt(picture.Width, picture.Height), area) }
	}
	return p
}

// troubleLines say what is the matter with the user's own devices, and with pictures.
func (m *model) troubleLines(c app.Call, width int) []text.Safe {
	var all []text.Safe
	for _, trouble := range []text.Safe{c.Trouble, c.Pictures.Trouble} {
		if trouble != "" {
			lines := wrap(trouble, width-2)
			all = append(all, lines[:min(len(lines), mostTrouble)]...)
		}
	}
	return all
}

// drawBar draws the call with the person in front.
func (v *conversation) drawBar(c *canvas, area rect, is app.Call) {
	m := v.m
	if area.Empty() {
		return
	}
	c.fill(area, on(m.theme.panel, m.theme.text))
	for y := range area.Dy() {
		c.pen(area, y).put(on(m.theme.panel, m.theme.accent), signBar)
	}
	area.Min.X += 2
	first, rest := cutTop(area, 1)
	m.drawStanding(c, first, is)
	trouble := m.troubleLines(is, area.Dx()+2)
	said, rest := cutTop(rest, len(trouble))
	drawLines(c, said, on(m.theme.panel, m.theme.trouble), trouble)
	m.drawDeeds(c, rest, is)
}

// drawStanding draws how a call stands, and at the right how it sounds, as far as there is room: whether it is muted
// goes before how good it is, that before the levels, and those before how it is sealed.
func (m *model) drawStanding(c *canvas, area rect, is app.Call) {
	t := m.theme
	p := c.pen(area, 0)
	words := m.callWords(is)
	with := c.shortened("Call with "+m.calleeName(is), max(area.Dx()-c.width(words)-3, area.Dx()/3))
	p.put(on(t.panel, t.strong), with+" "+signDot+" ")
	p.put(on(t.panel, t.text), words)
	p.skip(2)
	add := func(s style, words text.Safe) {
		if words != "" && p.end(on(t.panel, s), words) != (rect{}) {
			p.keep(2)
		}
	}
	if is.Muted {
		add(t.trouble, "Muted")
	}
	add(t.accent, m.pictureWords(is))
	if m.deps.Sound == nil {
		return
	}
	s := m.deps.Sound(is.ID)
	look := t.dim
	if poor(s.Quality) {
		look = t.trouble
	}
	add(look, s.Quality.Label())
	if is.Talking() || is.Media {
		add(t.accent, "They "+meterBar(s.In))
		if !is.Muted {
			add(t.accent, "You "+meterBar(s.Out))
		}
	}
	if s.Secure {
		add(t.available, "✓ encrypted")
	} else if s.Codec != "" && m.state.Options().Network.WarnPlain {
		add(t.dim, notEncrypted)
	}
}

// otherCalls are the user's own calls but that whose bar is on the screen, and those that may not ring aloud.
func (m *model) otherCalls() (others []app.Call) {
	shown, _ := m.shownCall()
	for _, c := range m.state.Calls() {
		if c.ID != shown.ID && (!c.Rings() || !c.Alert) {
			others = append(others, c)
		}
	}
	return others
}

// drawOthers draws a line for each call whose conversation is not in front.
func (m *model) drawOthers(c *canvas, area rect, others []app.Call) {
	t := m.theme
	for y, is := range others {
		row := rect{Min: pt(area.Min.X, area.Min.Y+y), Max: pt(area.Max.X, area.Min.Y+y+1)}.Intersect(area)
		if row.Empty() {
			return
		}
		c.fill(row, on(t.panel, t.text))
		c.onClick(row, func(pointer) { m.talkTo(is.Peer) })
		p := c.pen(row, 0)
		p.put(on(t.panel, t.accent), signBar)
		p.skip(1)
		end := m.guise().hangUp
		if is.Rings() {
			end = "Decline"
		}
		ends := p.end(on(t.button, t.text), m.buttonWords(end))
		c.onClick(ends, func(pointer) { m.do(m.state.HangUp(m.now(), is.ID)) })
		p.keep(1)
		if is.Rings() {
			c.onClick(p.end(t.pressed, m.buttonWords("Answer")), func(pointer) { m.answer(is) })
			p.keep(1)
		}
		words := m.callWords(is)
		if is.Muted {
			words += " " + signDot + " muted"
		}
		p.put(on(t.panel, t.strong), c.shortened(m.calleeName(is), max(p.room()-c.width(words)-1, p.room()/3)))
		p.skip(1)
		p.put(on(t.panel, t.text), words)
	}
}
