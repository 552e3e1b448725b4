package ui

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// signIn is the sign-in page of a window whose account is known: it comes by itself when signing in has
// failed in a way that only the user can mend, and when the user has signed out.
type signIn struct {
	m    *model
	open bool
	form signInForm
	seen app.ConnectionState // at the last look
	was  bool                // signed in since the window opened: the password was right
}

func newSignIn(m *model) *signIn {
	s := &signIn{m: m, form: newSignInForm(m.guise().signIn)}
	s.form.fixed = m.addressOf(m.state.Me().Address)
	s.form.at = 1
	s.seen = m.state.Connection().State
	s.open = s.seen == app.SignedOut || s.seen == app.SignInFailed
	return s
}

// connectionChanged opens the page when the user has to do something, and closes it when it is done.
func (s *signIn) connectionChanged() {
	now := s.m.state.Connection().State
	if now == s.seen {
		return
	}
	s.seen = now
	switch now {
	case app.SignInFailed:
		s.was = false
		if !s.open {
			s.m.interrupt()
		}
		s.ask()
	case app.SignedOut:
		s.ask()
	case app.SignedIn:
		s.open, s.was = false, true
	}
}

// out says what to do while signed out, and what an empty password stands for.
func (s *signIn) out() text.Safe {
	switch {
	case s.was:
		return "You are signed out. Leave the password empty to sign in with the same as before."
	case s.m.deps.Password:
		return "You are signed out. Leave the password empty to use the one from your configuration."
	}
	return "You are signed out. Type your password to sign in."
}

// ask shows the page, unless there is nothing to be asked: a mistyped address is tried again and again, so
// there is while signing in fails. A connection that broke is tried again at once.
func (s *signIn) ask() {
	now := s.m.state.Connection()
	if now.State == app.SignedIn || trying(now.State) && now.Err == nil {
		s.m.say("You are signed in already, or about to be. Sign out in the presence menu.")
		return
	}
	s.form.password.set("")
	if now.Broken() { // address and password were right
		s.submit()
		return
	}
	s.open = true
}

func (s *signIn) keys() []scope { return []scope{signInKeys} }

func (s *signIn) paste(text string) { s.form.paste(text) }

// draw draws the form with how the connection stands now, so that waiting and failing are seen at once.
func (s *signIn) draw(c *canvas, area rect) *tea.Cursor {
	now := s.m.state.Connection()
	form := &s.form
	switch now.State {
	case app.SigningIn, app.Reconnecting:
		form.trouble, form.says = trouble{}, "Signing in…"
		if now.Err != nil {
			form.trouble = explain(now.Err)
			form.says = "Trying again…"
		}
	case app.SignInFailed:
		form.trouble, form.says = explain(now.Err), ""
	default:
		form.trouble, form.says = trouble{}, cmp.Or(s.m.deps.Demo, s.out())
	}
	at := form.draw(c, s.m.theme, area, s.submit)
	if s.m.deps.Demo != "" {
		drawHintsAt(c, s.m.theme, area, s.keys(), "other")
	} else {
		drawHintsAt(c, s.m.theme, area, s.keys())
	}
	return at
}

func (s *signIn) key(k tea.KeyPressMsg) bool {
	switch signInKeys.of(k) {
	case "sign in":
		s.submit()
	case "other":
		if s.m.deps.Demo != "" {
			return true // it has one account; Demo says where others sign in
		}
		s.m.quit(ErrOtherAccount)
	case "leave":
		s.open = false
	case "quit":
		s.m.quit(nil)
	default:
		return s.form.password.key(k)
	}
	return true
}

// trying says that golync signs in by itself as soon as it can.
func trying(is app.ConnectionState) bool { return is == app.SigningIn || is == app.Reconnecting }

// submit signs in with what was typed, instead of what golync tries by itself.
func (s *signIn) submit() {
	password := s.form.password.value()
	s.form.password.set("")
	if trying(s.m.state.Connection().State) {
		s.m.do(s.m.state.SignOut(s.m.now()))
	}
	s.m.do(s.m.state.SignIn(s.m.now(), password))
}
