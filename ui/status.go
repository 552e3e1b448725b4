package ui

import (
	"golync/internal/app"
	"golync/internal/option"
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
	again := c.keys.shown(windowKeys, "sign in")
	words, s := standingOf(now, again), m.theme.dim
	if now.Broken() {
		words += triesNow(again)
	}
	if c.width(words) > p.room() {
		words = inShort(now, again) // the notice above the list says why
		if now.Broken() && c.width(words+triesNow(again)) <= p.room() {
			words += triesNow(again)
		}
	}
	if now.State != app.SignedIn {
		s = m.theme.trouble
		if now.State == app.SigningIn && now.Err == nil {
			s = m.theme.text
		}
	}
	at := p.put(s, words)
	if now.State == app.SignedOut || now.State == app.SignInFailed || now.Broken() {
		c.onClick(at, func(pointer) { m.signIn.ask() })
		return
	}
	p.skip(2)
	w.drawRight(p, now, text.From(way).Line())
}

// drawRight draws what waits where the conversation is hidden, else the way to the server; and before it where calls go.
// What is unread or can be read by others goes before everything else, the rest of the way after it.
func (w *window) drawRight(p *pen, now app.Connection, way text.Safe) {
	m, c := w.m, p.c
	look, words, do := m.theme.dim, []text.Safe{way, text.From(now.Transport).Line()}, func() {}
	unread := m.state.Unread()
	switch {
	case unread > 0 && !m.layout.two:
		look, do = bold(m.theme.accent), m.cross
		words = []text.Safe{text.Int(unread) + " unread " + signDot + " " + c.keys.shown(windowKeys, "conversation")}
	case now.Plain() && m.state.Options().Network.WarnPlain:
		look, words = m.theme.trouble, []text.Safe{notEncrypted + " " + signDot + " " + way, notEncrypted}
	}
	forwards := c.width(w.forwarding())
	for i, right := range words {
		if i == len(words)-1 || c.width(right)+2+forwards <= p.room() {
			c.onClick(p.end(look, right), func(pointer) { do() })
			break
		}
	}
	p.keep(2)
	w.drawForwarding(p)
}

const notEncrypted text.Safe = "not encrypted"

// standingOf says in a few words how the user stands with the server; again is the key that signs in.
func standingOf(now app.Connection, again text.Safe) text.Safe {
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
		return "Not signed in: " + brief(now.Err) + ". Press " + again
	default:
		return "Signed out. Press " + again + " to sign in"
	}
}

// triesNow says which key does not wait for the next try.
func triesNow(again text.Safe) text.Safe { return " " + again + " tries now" }

// inShort is standingOf where there is no room for the reason.
func inShort(now app.Connection, again text.Safe) text.Safe {
	switch now.State {
	case app.SigningIn:
		return "Cannot sign in. Trying again…"
	case app.Reconnecting:
		return "Not connected. Trying again…"
	case app.SignInFailed:
		return "Not signed in. Press " + again
	default:
		return standingOf(now, again)
	}
}

// forwarding is what the bottom of the window says of where calls go; nothing in a face that has no such line.
func (w *window) forwarding() text.Safe {
	if !w.m.guise().forwarding {
		return ""
	}
	return w.m.forwardWords()
}

// drawForwarding draws where calls for the user go, as Lync does at the bottom of its window
// (facts/lync-2013-client.md section 1), which leads to where that is chosen.
func (w *window) drawForwarding(p *pen) {
	words := w.forwarding()
	if words == "" || p.room() < 1 {
		return
	}
	m, look := w.m, w.m.theme.dim
	if m.state.Options().Calls.Forward != option.ForwardOff {
		look = m.theme.accent
	}
	p.button(look, p.c.shortened(words, p.room()), func() { openPage(m, forwardTitle) })
}
