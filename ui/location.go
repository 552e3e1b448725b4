package ui

import (
	"golync/internal/app"
	"golync/internal/text"
)

// newLocation is the line "Set Your Location" (facts/lync-2013-client.md section 1). Lync's has a menu of
// places that the network is known by; here the user says where he is.
func newLocation(m *model) *own {
	return &own{
		m: m, focus: onLocation, most: app.MaxLocation, tooLong: "A location has at most " + text.Int(app.MaxLocation) + " characters.",
		field:   field{placeholder: "Set Your Location", limit: ownRoom},
		now:     func() text.Peer { return m.state.Me().Location },
		publish: func(s string) []app.Effect { return m.state.SetLocation(m.now(), s) },
	}
}

// locationPlace is where the location stands: in its own row, or at the end of the name's where rows are few.
func (h *me) locationPlace(c *canvas, p windowParts, name *pen) rect {
	if p.location.Dy() > 0 {
		row := c.pen(p.location, 0)
		row.put(h.m.theme.presence(h.m.state.Mine()), signBar)
		row.skip(1)
		return row.rest()
	}
	name.skip(2)
	at := name.rest()
	words := h.location.now().Line()
	if words == "" {
		words = h.location.field.placeholder
	}
	if !h.location.writing() {
		at.Min.X = max(at.Min.X, at.Max.X-c.width(words)-2)
	}
	return at
}
