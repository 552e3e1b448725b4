package app

import (
	"time"

	"golync/contacts"
	"golync/sipclient"
)

// session is what is remembered of one stay at the server.
type session struct {
	number        int  // rises with every SignedIn
	leaving       bool // SignOut was asked for and has not ended
	again         *SignIn
	rulesUnderWay int                       // PublishRules without a result yet
	rulesRetries  int                       // after changes elsewhere
	granted       map[contacts.Address]bool // for whom the rules were written once more
}

// maxRulesRetries bounds the writing of rules that others change at the same time.
const maxRulesRetries = 3

// SignIn connects and registers. An empty password means the configured source. It does nothing while the
// user is signed in or about to be.
func (s *State) SignIn(now time.Time, password string) []Effect {
	switch s.connection.State {
	case SignedOut, SignInFailed:
	default:
		return nil
	}
	s.shownAt, s.changedAt = now, now
	s.connection = Connection{State: SigningIn}
	s.changed()
	if s.session.leaving {
		s.session.again = &SignIn{Password: password} // after the leaving, which is still under way
		return nil
	}
	s.do(SignIn{Password: password})
	return s.flush()
}

// SignOut leaves the server. The window shows it at once.
func (s *State) SignOut(now time.Time) []Effect {
	s.session.again = nil
	if s.connection.State == SignedOut {
		return nil
	}
	s.hangUpAll(now)
	s.connection = Connection{State: SignedOut}
	s.forgetPresence()
	if !s.session.leaving {
		s.session.leaving = true
		s.do(SignOut{})
	}
	return s.flush()
}

func (s *State) signedIn(e sipclient.SignedIn) {
	if s.session.leaving {
		return // it crossed with SignOut
	}
	s.connection = Connection{
		State: SignedIn, Server: e.Server, Transport: e.Transport,
		Services: Services{Presence: e.Services.Presence, WatcherInfo: e.Services.WatcherInfo, Rules: e.Services.Rules},
	}
	s.session = session{number: s.session.number + 1, granted: map[contacts.Address]bool{}}
	s.staleRules = true
	s.do(PublishPresence{s.myState()})
	for _, c := range s.list.Contacts() {
		s.do(Watch{Address: c.Address, Introduction: c.Introduction})
	}
	s.explainServices()
	s.explainPlain()
	s.freeAll()
	s.tellOwed()
	s.changed()
}

func (s *State) signInFailed(e sipclient.SignInFailed) {
	if s.session.leaving || s.connection.State == SignedOut {
		return
	}
	c := Connection{State: SignInFailed, Err: e.Err}
	if e.RetryIn > 0 {
		c.State, c.Retries = SigningIn, true
		if s.connection.State == Reconnecting {
			c.State = Reconnecting
		}
	}
	s.lost(c)
}

func (s *State) disconnected(e sipclient.Disconnected) {
	if s.session.leaving || s.connection.State == SignedOut {
		return
	}
	s.lost(Connection{State: Reconnecting, Err: e.Err, Retries: true})
}

// lost makes c the connection and forgets what only a connection keeps true.
func (s *State) lost(c Connection) {
	s.connection = c
	s.watchers = newWatchers()
	s.forgetPresence()
}

// signedOut ends a session as asked, and begins the next one if that was asked meanwhile.
func (s *State) signedOut(now time.Time) {
	if s.connection.State == SigningIn && !s.session.leaving {
		return // of the session before
	}
	again := s.session.again
	s.session.leaving, s.session.again = false, nil
	if again != nil {
		s.do(*again)
		return
	}
	s.hangUpAll(now)
	s.lost(Connection{State: SignedOut})
}
