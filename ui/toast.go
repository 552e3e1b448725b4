package ui

import (
	"slices"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// toasts are announcements in a corner, which go by themselves once they could be read: while the terminal is
// not looked at they stay. What reaches the user beyond the window is outside's.
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

// announce shows an alert and lets it out, unless the user is looking at that very conversation.
func (s *toasts) announce(a app.Alert) {
	m := s.m
	if a.What == alerts.Call { // which rings shows for as long as it rings
		m.outside.announce(a)
		return
	}
	if a.What == alerts.Conversation && m.conversation.watching(a.From) {
		return
	}
	m.outside.announce(a)
	s.shown = put(s.shown, toast{a, m.now().Add(toastStays)})
	m.after(toastStays, s.expire)
}

// put adds an announcement, in the place of an earlier one of the same kind and person, whose messages it
// counts. The oldest of too many goes.
func put(all []toast, t toast) []toast {
	same := func(o toast) bool { return o.alert.What == t.alert.What && o.alert.From.Same(t.alert.From) }
	if i := slices.IndexFunc(all, same); i >= 0 {
		if t.alert.What == alerts.Conversation {
			t.alert.More += all[i].alert.More + 1
		}
		all = slices.Delete(all, i, i+1)
	}
	all = append(all, t)
	return all[max(len(all)-toastMost, 0):]
}

// expire takes away what has been shown long enough to somebody who was there.
func (s *toasts) expire() {
	if s.m.away {
		return
	}
	now := s.m.now()
	s.shown = slices.DeleteFunc(s.shown, func(t toast) bool { return !now.Before(t.until) })
}

// back gives the user who comes back the time to read what came meanwhile.
func (s *toasts) back() {
	if len(s.shown) == 0 {
		return
	}
	until := s.m.now().Add(toastStays)
	for i := range s.shown {
		s.shown[i].until = until
	}
	s.m.after(toastStays, s.expire)
}

// dismiss takes an announcement away; what it was about stays where it is.
func (s *toasts) dismiss(a app.Alert) {
	s.shown = slices.DeleteFunc(s.shown, func(t toast) bool { return t.alert == a })
}

// dismissNewest does so with the last one.
func (s *toasts) dismissNewest() {
	if n := len(s.shown); n > 0 {
		s.dismiss(s.shown[n-1].alert)
	}
}

// settled says that the user has done what an announcement asks for, or is about to: the request is decided on
// or before his eyes in NEW, or he is in the conversation.
func (s *toasts) settled(a app.Alert) bool {
	w := s.m.window
	switch a.What {
	case alerts.Request:
		seen := s.m.focus == onList && w.view == viewContacts && w.tab == tabNew && !s.m.away && s.m.dialogs.top() == nil
		return seen || !slices.ContainsFunc(s.m.state.Requests(), func(r contacts.Request) bool { return r.Address.Same(a.From) })
	case alerts.Conversation:
		return s.m.focus == onTalk && s.m.conversation.watching(a.From)
	default:
		return false
	}
}

// headline says who it is and, of a request, what that person did.
func (s *toasts) headline(a app.Alert) text.Safe {
	if a.What == alerts.StatusChange { // of a contact, so that nobody need be told who that is
		return s.m.nameOf(a.From) + " is now " + s.m.guise().label(a.Is) + "."
	}
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
		return who + s.m.guise().asked
	default:
		return who
	}
}

// body is what was said, and how much more there is. Somebody who looks over the user's shoulder, or at a
// desktop, reads the words only where the user wants them shown.
func (s *toasts) body(a app.Alert) text.Safe {
	words := text.From(a.Text.Raw()).Line()
	if !s.m.state.Options().Toasts.Words && a.What != alerts.StatusChange {
		words = ""
	}
	switch {
	case a.What == alerts.Call:
		words = "is calling you."
	case words == "" && a.What == alerts.Conversation:
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
	s.shown = slices.DeleteFunc(s.shown, func(t toast) bool { return t.alert.What == a.What && t.alert.From.Same(a.From) })
	switch a.What {
	case alerts.Request:
		s.m.talking = false
		s.m.window.show(tabNew)
		s.m.window.requests.reveal(a.From)
	default:
		s.m.talkTo(a.From)
	}
}

// accept opens the dialog that decides on a request, with its row of NEW behind it.
func (s *toasts) accept(a app.Alert) {
	s.open(a)
	for _, r := range s.m.state.Requests() {
		if r.Address.Same(a.From) {
			s.m.guise().answer(s.m, r)
			return
		}
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
