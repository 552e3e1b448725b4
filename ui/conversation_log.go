package ui

import (
	"golync/internal/app"
	"golync/internal/text"
)

// drawLog draws what was said, the newest at the bottom.
func (v *conversation) drawLog(c *canvas, area rect, talk *app.Conversation, t *talk) {
	t.log.resize(area.Dx(), area.Dy())
	v.logEnd = area.Max.Y
	v.rows = t.log.visible(v.rows[:0])
	top := area.Max.Y - len(v.rows)
	c.onClick(area, func(p pointer) {
		v.m.focus, v.m.talking = onTalk, true
		v.clickLog(talk, t, p, p.at.Y-top)
	})
	c.onWheel(area, func(lines int) { t.log.scroll(lines) })
	if len(v.rows) == 0 && !talk.Loading {
		c.print(area.Min.X, area.Max.Y-1, area.Dx(), v.m.theme.dim, "Nothing has been said yet.")
	}
	for i := range v.rows {
		row, _ := cutTop(rect{Min: pt(area.Min.X, top+i), Max: area.Max}, 1)
		v.drawLogRow(c, row, &v.rows[i], talk)
		v.markRow(c, row, &v.rows[i], talk, t)
	}
}

// drawLogRow draws one row as what it is.
func (v *conversation) drawLogRow(c *canvas, area rect, r *logRow, talk *app.Conversation) {
	th := v.m.theme
	switch r.kind {
	case rowDay:
		day := talk.Messages[r.message].At.In(v.m.zone())
		c.rule(area, area.Min.Y, th.line, th.dim, dayName(day, v.m.now().In(v.m.zone())))
		return
	case rowNew:
		c.rule(area, area.Min.Y, th.accent, th.accent, "new")
		return
	}
	p := c.pen(area, 0)
	v.drawMark(p, r)
	if r.kind == rowHead {
		v.drawWho(p, r)
		return
	}
	p.skip(bodyIndent)
	switch {
	case r.kind == rowBody && r.dim, r.kind == rowWait:
		p.put(th.dim, r.text)
	case r.kind == rowBody:
		at := p.put(th.text, r.text)
		c.drawLinks(at, r.text, r.links, th.link())
	case r.kind == rowWhy:
		p.put(th.trouble, r.text)
	case r.kind == rowAgain:
		id := talk.Messages[r.message].ID
		p.button(th.accent, r.text, func() { v.resendOne(talk, id) })
	}
}

// drawWho draws who wrote, and that it matters to that person.
func (v *conversation) drawWho(p *pen, r *logRow) {
	s := v.m.theme.strong
	if r.outgoing {
		s = v.m.theme.mine
	}
	if !r.urgent {
		p.put(s, r.text)
		return
	}
	p.before("  "+urgentWords, s, r.text)
	p.skip(2)
	p.put(v.m.theme.trouble, urgentWords)
}

// urgentWords say that a message is of high importance, with Lync's sign for it.
const urgentWords text.Safe = "! high importance"

// markRow shows on what the keys act while messages are selected, and which message was jumped to.
func (v *conversation) markRow(c *canvas, row rect, r *logRow, talk *app.Conversation, t *talk) {
	if r.kind == rowDay || r.kind == rowNew {
		return
	}
	m := &talk.Messages[r.message]
	th := v.m.theme
	switch {
	case t.picked.on && t.picked.has(idOf(m)):
		c.tint(row, th.selected)
	case t.picked.on && t.picked.at == idOf(m), talk.At != 0 && m.Seq == talk.At:
		c.tint(row, th.resting)
	}
}

// drawMark draws time and state at the right end of a row.
func (v *conversation) drawMark(p *pen, r *logRow) {
	th := v.m.theme
	if r.state != "" {
		s := th.dim
		if r.failed {
			s = th.trouble
		}
		p.end(s, r.state)
	}
	if r.time == "" {
		return
	}
	gap := text.Safe("  ")
	if r.state == "" {
		gap = ""
	}
	p.end(th.dim, r.time+gap)
}
