package ui

import (
	"golync/internal/app"
	"golync/internal/text"
)

// callDeed is a button of a call's bar.
type callDeed struct {
	label text.Safe
	do    func()
	why   text.Safe // it cannot be done now
}

// callDeeds are what can be done in a call now, the most wanted first. Hanging up has its own place.
func (m *model) callDeeds(c app.Call) []callDeed {
	talks := text.Safe("")
	if !c.Talking() {
		talks = unanswered
	}
	mute := callDeed{label: "Mute", do: func() { m.do(m.state.MuteCall(m.now(), c.ID, !c.Muted)) }}
	if c.Muted {
		mute.label = "Unmute"
	}
	hold := callDeed{label: "Hold", why: talks, do: func() { m.holdOrResume(c) }}
	if c.Held != c.Holding { // held, or about to be
		hold.label = "Resume"
	}
	deeds := []callDeed{mute, hold}
	if len(m.ownCalls()) > 1 {
		deeds = append(deeds, callDeed{label: "Swap", why: talks, do: func() { m.do(m.state.SwapCalls(m.now())) }})
	}
	return append(deeds,
		callDeed{label: "Dial Pad", do: func() { m.openDialPad(c) }},
		callDeed{label: "Transfer", why: talks, do: func() { m.openTransfer(c) }},
		callDeed{label: "Devices", do: func() { openPage(m, audioTitle) }},
	)
}

// drawDeeds draws the buttons of a call; those for which there is no room stand in the menu at the end.
func (m *model) drawDeeds(c *canvas, area rect, is app.Call) {
	t, p := m.theme, c.pen(area, 0)
	ends := p.end(on(t.button, t.trouble), m.buttonWords(m.guise().hangUp))
	c.onClick(ends, func(pointer) { m.do(m.state.HangUp(m.now(), is.ID)) })
	p.keep(1)
	deeds := m.callDeeds(is)
	need := -1
	for _, d := range deeds {
		need += c.width(m.buttonWords(d.label)) + 1
	}
	if video := m.videoDeeds(is); need <= p.room() {
		wide := need
		for _, d := range video {
			wide += c.width(m.buttonWords(d.label)) + 1
		}
		if wide <= p.room() {
			deeds = append(deeds, video...)
		}
	} else {
		deeds = append(deeds, video...)
	}
	if need > p.room() {
		more := p.end(on(t.button, t.text), m.buttonWords("⋯"))
		c.onClick(more, func(pointer) { m.openMenu(more, deedItems(deeds)) })
		p.keep(1)
	}
	for _, d := range deeds {
		words, look := m.buttonWords(d.label), t.text
		if c.width(words) > p.room() {
			return
		}
		if d.why != "" {
			look = t.dim
		}
		p.button(on(t.button, look), words, func() { m.pressDeed(d) })
		p.skip(1)
	}
}

// pressDeed does what a button of a call's bar says, or says why not.
func (m *model) pressDeed(d callDeed) {
	if d.why != "" {
		m.say(d.why)
		return
	}
	d.do()
}

// deedItems are the same things as a menu.
func deedItems(deeds []callDeed) []menuItem {
	items := make([]menuItem, len(deeds))
	for i, d := range deeds {
		items[i] = menuItem{label: d.label, why: d.why}
		if d.why == "" {
			items[i].act = d.do
		}
	}
	return items
}
