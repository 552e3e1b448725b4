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
	w.drawForwarding(p)
	if unread := m.state.Unread(); unread > 0 && !m.layout.two {
		words := text.Int(unread) + " unread " + signDot + " " + c.keys.shown(windowKeys, "conversation")
		c.onClick(p.end(bold(m.theme.accent), words), func(pointer) { m.cross() })
		return
	}
	if now.Plain() && m.state.Options().Network.WarnPlain {
		w.drawPlain(p, text.From(way).Line())
		return
	}
	if at := p.end(m.theme.dim, text.From(way).Line()); at.Empty() { // how the connection is sealed, at least
		p.end(m.theme.dim, text.From(now.Transport).Line())
	}
}

// drawForwarding draws where calls for the user go, as Lync does at the bottom of its window
// (facts/lync-2013-client.md section 1), which leads to where that is chosen.
func (w *window) drawForwarding(p *pen) {
	m := w.m
	if !m.guise().forwarding {
		return
	}
	look := m.theme.dim
	words := m.forwardWords()
	if m.state.Options().Calls.Forward != option.ForwardOff {
		look = m.theme.accent
	}
	p.button(look, p.c.shortened(words, max(p.room(), 1)), func() { openPage(m, forwardTitle) })
	p.skip(2)
}

// drawPlain marks a connection that others can read, with the way only where there is room for both.
func (w *window) drawPlain(p *pen, way text.Safe) {
	words := notEncrypted + " " + signDot + " " + way
	if p.c.width(words) > p.room() {
		words = notEncrypted
	}
	p.end(w.m.theme.trouble, words)
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
