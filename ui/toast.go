package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/alerts"
	"golync/internal/app"
	"golync/internal/text"
)

// toasts are announcements in the upper right corner, which go by themselves. When the terminal has not
// the focus they also ring its bell and ask it for a notification.
type toasts struct {
	m     *model
	shown []toast
}

// toast is one announcement.
type toast struct {
	alert app.Alert
	until time.Time
}

const (
	toastStays = 7 * time.Second
	toastMost  = 3 // at once; an older one makes room
	toastWidth = 46
)

func newToasts(m *model) *toasts { return &toasts{m: m} }

// announce shows an alert, unless the user is looking at that very conversation.
func (s *toasts) announce(a app.Alert) {
	m := s.m
	if a.What == alerts.Conversation && m.conversation.watching(a.From) {
		return
	}
	s.shown = append(s.shown, toast{a, m.now().Add(toastStays)})
	if over := len(s.shown) - toastMost; over > 0 {
		s.shown = append(s.shown[:0], s.shown[over:]...)
	}
	m.after(toastStays, s.expire)
	if m.away && !a.Silent {
		m.start(tea.Raw(notification(s.headline(a), s.body(a))))
	}
}

// expire takes away what has been shown long enough.
func (s *toasts) expire() {
	now := s.m.now()
	kept := s.shown[:0]
	for _, t := range s.shown {
		if now.Before(t.until) {
			kept = append(kept, t)
		}
	}
	s.shown = kept
}

// notificationCells bounds what is sent to the terminal for a notification.
const notificationCells = 160

// notification is the bell and an OSC 9 sequence (iTerm2's, which most terminals take). It holds only what
// text.Peer has cleaned, so that nothing in it can end the sequence; and it begins with a word of golync's
// own, because OSC 9 followed by a digit and a semicolon is a command to some terminals.
func notification(headline, body text.Safe) string {
	words := "golync: " + headline
	if body != "" {
		words += ": " + body
	}
	words = wrap(words, notificationCells)[0]
	return "\a\x1b]9;" + string(words) + "\x1b\\"
}

// headline says who it is and, of a request, what that person did.
func (s *toasts) headline(a app.Alert) text.Safe {
	who := a.Name.Line()
	address := s.m.addressOf(a.From)
	switch {
	case who == "" || who == address:
		who = address
	default:
		who += " (" + address + ")"
	}
	switch a.What {
	case alerts.Request:
		return who + " added you to his or her contacts list."
	default:
		return who
	}
}

// body is what was said, and how much more there is.
func (s *toasts) body(a app.Alert) text.Safe {
	words := text.From(a.Text.Raw()).Line()
	if a.Text.Empty() && a.What == alerts.Conversation {
		words = "sent you a message."
	}
	if a.More > 0 {
		more := "and " + text.Int(a.More) + " more"
		if words != "" {
			more = " (" + more + ")"
		}
		words += more
	}
	return words
}

// open goes to what a toast is about.
func (s *toasts) open(a app.Alert) {
	for i := range s.shown {
		if s.shown[i].alert == a {
			s.shown = append(s.shown[:i], s.shown[i+1:]...)
			break
		}
	}
	switch a.What {
	case alerts.Request:
		s.m.talking = false
		s.m.window.show(tabNew)
		s.m.window.requests.reveal(a.From)
	default:
		s.m.talkTo(a.From)
	}
}

// openNewest goes to what was announced last.
func (s *toasts) openNewest() {
	if len(s.shown) == 0 {
		s.m.say("Nothing has been announced just now.")
		return
	}
	s.open(s.shown[len(s.shown)-1].alert)
}

// draw draws the toasts one below the other; the newest, which the key opens, says by which key.
func (s *toasts) draw(c *canvas, area rect) {
	t := s.m.theme
	width := min(toastWidth, area.Dx()-2)
	top := area.Min.Y + 1
	for i, shown := range s.shown {
		head := wrap(s.headline(shown.alert), width-4)
		body := wrap(s.body(shown.alert), width-4)
		head, body = head[:min(len(head), 2)], body[:min(len(body), 2)]
		at := rect{Min: pt(area.Max.X-1-width, top), Max: pt(area.Max.X-1, top+len(head)+len(body)+2)}
		if at.Max.Y > area.Max.Y {
			return
		}
		inside := c.box(at, on(t.panel, t.accent), on(t.panel, t.text))
		inside.Min.X, inside.Max.X = inside.Min.X+1, inside.Max.X-1
		heads, rest := cutTop(inside, len(head))
		drawLines(c, heads, on(t.panel, t.strong), head)
		drawLines(c, rest, on(t.panel, t.text), body)
		if i == len(s.shown)-1 {
			edge, _ := cutBottom(at, 1)
			p := c.pen(edge, 0)
			p.keep(2)
			p.end(on(t.panel, t.dim), " "+windowKeys.shown("announcement")+" open ")
		}
		c.onClick(at, func(pointer) { s.open(shown.alert) })
		top = at.Max.Y
	}
}
