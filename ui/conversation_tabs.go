package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// tabStrip is which part of the tabs is shown when there is no room for all of them.
type tabStrip struct {
	from     int              // the first one shown
	followed contacts.Address // the one in front when the strip moved to it
}

// drawTabs draws the open conversations. Where they do not fit, the strip scrolls by itself to the one in
// front, and its ends say how many there are beyond them.
func (v *conversation) drawTabs(c *canvas, area rect) {
	if area.Empty() {
		return
	}
	m, all := v.m, v.m.state.Conversations()
	c.onWheel(area, func(lines int) { v.scrollTabs(min(max(lines, -1), 1)) })
	labels, front := v.tabLabels(c, area, all)
	to := v.fitTabs(c, area.Dx(), labels, front)
	p := c.pen(area, 0)
	if from := v.strip.from; from > 0 {
		at := p.put(v.hiddenStyle(all[:from]), "‹ "+text.Int(from)+" ")
		c.onClick(at, func(pointer) { v.scrollTabs(-max(to-from-1, 1)) })
	}
	if beyond := len(all) - to; beyond > 0 {
		at := p.end(v.hiddenStyle(all[to:]), " "+text.Int(beyond)+" ›")
		from := v.strip.from
		c.onClick(at, func(pointer) { v.scrollTabs(max(to-from-1, 1)) })
	}
	for i := v.strip.from; i < to; i++ {
		if i > v.strip.from {
			p.put(m.theme.line, " │ ")
		}
		v.drawTab(p, all[i], labels[i], i == front)
	}
}

// drawTab draws one tab; the one in front has the cross that closes it.
func (v *conversation) drawTab(p *pen, talk *app.Conversation, label text.Safe, front bool) {
	th, a := v.m.theme, talk.Peer
	s := th.dim
	switch {
	case front:
		s = bold(th.accent)
	case talk.Unread > 0:
		s = th.strong
	}
	at := p.put(s, label)
	p.c.onClick(at, func(by pointer) {
		if by.menu {
			v.openTabMenu(a, at)
			return
		}
		v.show(a)
		v.m.focus, v.m.talking = onTalk, true
	})
	if front {
		p.button(th.dim, tabCross, func() { v.close(a) })
	}
}

// tabCross closes the tab in front.
const tabCross = " " + signClose

// maxTabName keeps one long name from taking the whole strip.
const maxTabName = 24

// tabLabels are the names and unread counts of the tabs, and which one is in front.
func (v *conversation) tabLabels(c *canvas, area rect, all []*app.Conversation) (labels []text.Safe, front int) {
	labels = make([]text.Safe, len(all))
	for i, talk := range all {
		labels[i] = c.shortened(v.m.nameOf(talk.Peer), min(maxTabName, area.Dx()/2))
		if talk.Unread > 0 {
			labels[i] += " (" + text.Int(talk.Unread) + ")"
		}
		if talk.Peer == v.shown {
			front = i
		}
	}
	return labels, front
}

// fitTabs moves the strip so that the tab in front is on it, if that is another one than before, and returns
// the tab after the last one that fits.
func (v *conversation) fitTabs(c *canvas, room int, labels []text.Safe, front int) (to int) {
	n := len(labels)
	v.strip.from = min(max(v.strip.from, 0), n-1)
	end := func(from int) int {
		left := room
		if from > 0 {
			left -= c.width("‹ " + text.Int(from) + " ")
		}
		for i := from; i < n; i++ {
			need := c.width(labels[i])
			if i == front {
				need += c.width(tabCross)
			}
			if i > from {
				need += 3
			}
			beyond := 0
			if i < n-1 {
				beyond = c.width(" " + text.Int(n-1-i) + " ›")
			}
			if need+beyond > left && i > from {
				return i
			}
			left -= need
		}
		return n
	}
	if end(0) == n {
		v.strip.from = 0
	} else if v.strip.followed != v.shown {
		v.strip.followed = v.shown
		v.strip.from = min(v.strip.from, front)
		for end(v.strip.from) <= front {
			v.strip.from++
		}
	}
	for v.strip.from > 0 && end(v.strip.from-1) == n { // no empty room behind the last one
		v.strip.from--
	}
	return end(v.strip.from)
}

// hiddenStyle draws the eye to the end of the strip beyond which something is unread.
func (v *conversation) hiddenStyle(hidden []*app.Conversation) style {
	if slices.ContainsFunc(hidden, func(c *app.Conversation) bool { return c.Unread > 0 }) {
		return v.m.theme.strong
	}
	return v.m.theme.dim
}

// scrollTabs moves the strip without changing what is in front.
func (v *conversation) scrollTabs(by int) {
	v.strip.from = min(max(v.strip.from+by, 0), max(len(v.m.state.Conversations())-1, 0))
}

// tabNumber is the number of the tab that a key asks for, 1 to 9; 0 when it does not.
func tabNumber(k tea.KeyPressMsg) int {
	name := k.String()
	if len(name) == len("alt+1") && name[:4] == "alt+" && name[4] >= '1' && name[4] <= '9' {
		return int(name[4] - '0')
	}
	return 0
}

// showTab brings a tab to the front by its place.
func (v *conversation) showTab(i int) {
	all := v.m.state.Conversations()
	if i >= len(all) {
		v.m.say("There is no conversation " + text.Int(i+1) + ".")
		return
	}
	v.show(all[i].Peer)
}

// reopen opens the conversation again that was closed last.
func (v *conversation) reopen() {
	for len(v.closed) > 0 {
		last := len(v.closed) - 1
		a := v.closed[last]
		v.closed = v.closed[:last]
		if v.m.state.Conversation(a) == nil {
			v.m.talkTo(a)
			return
		}
	}
	v.m.say("No closed conversation is left to open again.")
}

// openTabMenu opens the menu of a tab.
func (v *conversation) openTabMenu(a contacts.Address, at rect) {
	m := v.m
	others := menuItem{label: "Close Others", act: func() {
		for _, c := range slices.Clone(m.state.Conversations()) {
			if c.Peer != a {
				v.close(c.Peer)
			}
		}
		v.show(a)
	}}
	again := menuItem{label: "Open the Last Closed One", act: v.reopen}
	if len(v.closed) == 0 {
		again.act, again.why = nil, "No closed conversation is left to open again."
	}
	m.openMenu(at, []menuItem{
		{label: "Close", act: func() { v.close(a) }},
		others, again, divider(),
		{label: m.guise().seeCard, act: func() { openCard(m, a) }},
	})
}
