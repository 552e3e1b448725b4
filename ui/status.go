package ui

import (
	"golync/internal/app"
	"golync/internal/text"
)

// drawStatus draws the last row of the window: how I stand with the server, in words, and by which way.
func (w *window) drawStatus(c *canvas, area rect) {
	m, p := w.m, c.pen(area, 0)
	now := m.state.Connection()
	way := now.Transport
	if now.Server != "" {
		way += " " + now.Server
	}
	words, s := standingOf(now), m.theme.dim
	if now.State != app.SignedIn {
		s = m.theme.trouble
		if now.State == app.SigningIn && now.Err == nil {
			s = m.theme.text
		}
	}
	at := p.put(s, words)
	if now.State == app.SignedOut || now.State == app.SignInFailed {
		c.onClick(at, func(pointer) { m.signIn.ask() })
		return
	}
	p.skip(2)
	p.end(m.theme.dim, text.From(way).Line())
}

// standingOf says in a few words how the user stands with the server.
func standingOf(now app.Connection) text.Safe {
	switch now.State {
	case app.SigningIn:
		if now.Err != nil {
			return "Cannot sign in: " + brief(now.Err) + ". Trying again…"
		}
		return "Signing in…"
	case app.SignedIn:
		return "Signed in"
	case app.Reconnecting:
		if now.Err != nil {
			return "Not connected: " + brief(now.Err) + ". Trying again…"
		}
		return "Not connected. Trying again…"
	case app.SignInFailed:
		return "Not signed in: " + brief(now.Err) + ". Press s"
	default:
		return "Signed out. Press s to sign in"
	}
}

// notices is how many rows of the list's place notices may take.
const noticeRows = 4

// drawNotices draws what there is to say above the list, and returns what is left for the list.
func (w *window) drawNotices(c *canvas, area rect) rect {
	notices := w.m.state.Notices()
	if len(notices) == 0 {
		return area
	}
	n, s := notices[0], on(w.m.theme.panel, w.m.theme.text)
	var said text.Safe
	if n.Error {
		said, s = "Error: ", on(w.m.theme.panel, w.m.theme.trouble)
	}
	said += n.Text
	lines := wrap(said, area.Dx()-6)
	lines = lines[:min(len(lines), noticeRows)]
	box, rest := cutTop(area, len(lines))
	c.fill(box, s)
	for i, line := range lines {
		p := c.pen(box, i)
		p.skip(1)
		if i == 0 {
			at := p.end(on(w.m.theme.panel, w.m.theme.dim), " x "+signClose+" ")
			c.onClick(at, func(pointer) { w.dismissNotice() })
		}
		p.put(s, line)
	}
	return rest
}

// dismissNotice takes the notice that is shown away.
func (w *window) dismissNotice() {
	if notices := w.m.state.Notices(); len(notices) > 0 {
		w.m.state.DismissNotice(notices[0].ID)
	}
}
