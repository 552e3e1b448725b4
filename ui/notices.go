package ui

import (
	"golync/internal/app"
	"golync/internal/text"
)

// noticeRows is how many rows of the list's place one of State's notices may take.
const noticeRows = 6

// drawNotices draws what there is to say above the list, and returns what is left for the list: why there
// is no connection, for as long as there is none, and the first of State's notices.
func (w *window) drawNotices(c *canvas, area rect) rect {
	t := w.m.theme
	width := area.Dx() - noticeMargins
	why := explain(w.m.state.Connection().Err)
	if why.what != "" {
		said := styled(nil, on(t.panel, t.trouble), wrap("Error: "+why.what, width))
		said = styled(said, on(t.panel, t.text), wrap(why.next, width))
		if w.m.state.Connection().State == app.SigningIn {
			key := c.keys.shown(windowKeys, "sign in")
			said = styled(said, on(t.panel, t.text), wrap(key+": another address or password.", width))
		}
		_, area = w.drawNotice(c, area, said[:min(len(said), area.Dy()/2)])
	}
	notices := w.m.state.Notices()
	if len(notices) == 0 || why.what != "" && !notices[0].Error {
		return area // what a server cannot do matters while there is one
	}
	w.noticed = notices[0]
	return w.drawDismissable(c, area, notices[0], " x "+signClose+" ")
}

// drawDismissable draws one of State's notices, with the way to take it away.
func (w *window) drawDismissable(c *canvas, area rect, n app.Notice, sign text.Safe) (rest rect) {
	t, words, look := w.m.theme, n.Text, w.m.theme.text
	if n.Error {
		words, look = "Error: "+n.Text, t.trouble
	}
	said := styled(nil, on(t.panel, look), wrap(words, area.Dx()-noticeMargins))
	box, rest := w.drawNotice(c, area, said[:min(len(said), noticeRows)])
	at := c.pen(box, 0).end(on(t.panel, t.dim), sign)
	c.onClick(at, func(pointer) { w.dismissNotice() })
	return rest
}

// drawNews draws a notice above a conversation that hides the window, until it has been seen in the window:
// what failed is not to be learnt only after the last message was written.
func (w *window) drawNews(c *canvas, area rect) {
	if notices := w.m.state.Notices(); !w.m.layout.two && len(notices) > 0 && notices[0] != w.noticed {
		w.drawDismissable(c, area, notices[0], " "+signClose+" ")
	}
}

// noticeMargins is what a notice leaves free beside its text, for the way to take it away.
const noticeMargins = 6

// styledLine is a line and how it looks.
type styledLine struct {
	look style
	text text.Safe
}

// styled appends lines of one look.
func styled(all []styledLine, look style, lines []text.Safe) []styledLine {
	for _, line := range lines {
		all = append(all, styledLine{look, line})
	}
	return all
}

// drawNotice draws lines on a ground of their own into the top of an area.
func (w *window) drawNotice(c *canvas, area rect, lines []styledLine) (box, rest rect) {
	box, rest = cutTop(area, len(lines))
	c.fill(box, on(w.m.theme.panel, w.m.theme.text))
	for i, line := range lines {
		p := c.pen(box, i)
		p.skip(1)
		p.put(line.look, line.text)
	}
	return box, rest
}

// dismissNotice takes the notice that is shown away.
func (w *window) dismissNotice() {
	if notices := w.m.state.Notices(); len(notices) > 0 {
		w.m.state.DismissNotice(notices[0].ID)
	}
}
