package ui

import (
	"golync/internal/app"
	"golync/internal/text"
)

// drawLog draws what was said, the newest at the bottom.
func (v *conversation) drawLog(c *canvas, area rect, talk *app.Conversation, t *talk) {
	t.log.resize(area.Dx(), area.Dy())
	c.onClick(area, func(pointer) { v.m.focus, v.m.talking = onTalk, true })
	c.onWheel(area, func(lines int) { t.log.scroll(lines) })
	v.rows = t.log.visible(v.rows[:0])
	if len(v.rows) == 0 && !talk.Loading {
		c.print(area.Min.X, area.Max.Y-1, area.Dx(), v.m.theme.dim, "Nothing has been said yet.")
	}
	y := area.Max.Y - len(v.rows)
	for i := range v.rows {
		row, _ := cutTop(rect{Min: pt(area.Min.X, y+i), Max: area.Max}, 1)
		v.drawLogRow(c, row, &v.rows[i], talk)
	}
}

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
	switch r.kind {
	case rowHead:
		s := th.strong
		if r.outgoing {
			s = th.mine
		}
		p.put(s, r.text)
	case rowBody:
		p.skip(bodyIndent)
		p.put(th.text, r.text)
	case rowWhy:
		p.skip(bodyIndent)
		p.put(th.trouble, r.text)
	case rowAgain:
		p.skip(bodyIndent)
		id := talk.Messages[r.message].ID
		p.button(th.accent, r.text, func() { v.resendOne(talk, id) })
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
