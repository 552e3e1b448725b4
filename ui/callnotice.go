package ui

import (
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// callNoticeRows is how many rows a notice about a call may take at the top of its conversation, its question apart.
const callNoticeRows = 5

// callNotice is what is to be said of the last call with a person, in lines; one more has the answers of a question.
func (v *conversation) callNotice(a contacts.Address, width int) []text.Safe {
	n, ok := v.m.state.CallNotice(a)
	if !ok {
		return nil
	}
	lines := wrap(n.Text, width-2-cellsOf(v.callNoticeSign()))
	lines = lines[:min(len(lines), callNoticeRows)]
	if n.Target != "" {
		lines = append(lines, "")
	}
	return lines
}

// callNoticeSign is the way to take a notice away.
func (v *conversation) callNoticeSign() text.Safe {
	return " " + v.m.canvas.keyName(v.m.canvas.keys.shown(callKeys, "no")) + " " + signClose + " "
}

// drawCallNotice draws how the last call with the person in front ended, at the top of the conversation as Lync does
// (facts/lync-2013-client.md section 8), with the way to take it away.
func (v *conversation) drawCallNotice(c *canvas, area rect, a contacts.Address) {
	m := v.m
	n, ok := m.state.CallNotice(a)
	if !ok || area.Empty() {
		return
	}
	t := m.theme
	look := t.text
	if n.Error {
		look = t.trouble
	}
	c.fill(area, on(t.panel, t.text))
	lines := styled(nil, on(t.panel, look), v.callNotice(a, area.Dx()))
	for y, line := range lines {
		p := c.pen(area, y)
		p.skip(1)
		p.put(line.look, line.text)
	}
	away := c.pen(area, 0).end(on(t.panel, t.dim), v.callNoticeSign())
	c.onClick(away, func(pointer) { m.state.DismissCallNotice(a) })
	if n.Target == "" {
		return
	}
	p := c.pen(area, len(lines)-1)
	p.skip(1)
	p.button(t.pressed, m.buttonWords("Call "+c.shortened(m.addressOf(n.Target), area.Dx()/2)), m.followRedirect)
	p.skip(1)
	p.button(on(t.button, t.text), m.buttonWords("No"), func() { m.state.DismissCallNotice(a) })
	p.skip(1)
	p.put(on(t.panel, t.dim), c.keyName(c.keys.shown(callKeys, "yes"))+" "+signDot+" "+c.keyName(c.keys.shown(callKeys, "no")))
}

// frontNotice is the notice about a call that is on the screen.
func (m *model) frontNotice() (app.CallNotice, bool) {
	if front := m.frontTalk(); front != nil {
		return m.state.CallNotice(front.Peer)
	}
	return app.CallNotice{}, false
}

// followRedirect calls where the notice on the screen asks to be called.
func (m *model) followRedirect() {
	n, ok := m.frontNotice()
	if !ok {
		return
	}
	effects, err := m.state.FollowRedirect(m.now(), n.Peer)
	if err != nil {
		m.complain(sentenceOf(err))
		return
	}
	m.do(effects)
	m.talkTo(n.Target)
}

// dismissCallNotice takes the notice on the screen away.
func (m *model) dismissCallNotice() {
	if n, ok := m.frontNotice(); ok {
		m.state.DismissCallNotice(n.Peer)
	}
}

// callNews says in the help line what has just happened to a call whose conversation is not on the screen.
type callNews struct {
	m    *model
	last app.CallNotice // seen or told
}

// updated runs after every Update.
func (n *callNews) updated() {
	all := n.m.state.CallNotices()
	if len(all) == 0 {
		n.last = app.CallNotice{}
		return
	}
	newest := all[len(all)-1]
	if newest == n.last {
		return
	}
	n.last = newest
	if front, ok := n.m.frontNotice(); !ok || !front.Peer.Same(newest.Peer) {
		n.m.say(newest.Text)
	}
}
