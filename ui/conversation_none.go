package ui

import "golync/internal/text"

// noneStep is something that can be done while no conversation is open.
type noneStep struct {
	does  action
	words text.Safe
}

// noneSteps are what else a newcomer can do, by the keys of the window.
var noneSteps = []noneStep{
	{"find", "Find someone"},
	{"add", "Add a Contact, in your organization or not"},
	{"new", "See who added you"},
	{"note", "Say what's happening today"},
	{"presence", "Change your presence"},
	{"options", "Whom you hear of, in Options ▸ Alerts"},
	{"help", "Every key"},
}

// drawNone fills the place of the conversation when none is open: how one begins and, where there is room,
// what else can be done.
func (v *conversation) drawNone(c *canvas, area rect) {
	t, g := v.m.theme, v.m.guise()
	rows := 1
	if area.Dy() >= roomy/2 {
		rows += 1 + len(g.noneSteps)
	}
	body := centred(area, min(cellsOf(g.noneWords), area.Dx()-2), rows)
	c.pen(body, 0).put(t.text, g.noneWords)
	for i, step := range g.noneSteps {
		p := c.pen(body, 2+i)
		row := p.rest()
		key := p.put(t.text, c.keys.shown(windowKeys, step.does))
		p.skip(max(4-key.Dx(), 1))
		p.put(t.dim, step.words)
		c.onClick(row, func(pointer) { v.m.window.command(step.does) })
	}
}
