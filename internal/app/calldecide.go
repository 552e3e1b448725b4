package app

import (
	"slices"
	"time"

	"golync/contacts"
	"golync/internal/calllog"
	"golync/sipclient"
)

// AddressToCall reads what was typed to be called: an address of any form that Add a Contact takes, or a phone
// number, which is reached in the user's own domain. The errors are ErrSelf and contacts.AddressError.
func (s *State) AddressToCall(typed string) (contacts.Address, error) {
	a, err := s.addressOf(typed)
	if err == nil && a.Same(s.me.Address) {
		err = ErrSelf
	}
	return a, err
}

func (s *State) addressOf(typed string) (contacts.Address, error) {
	if number, ok := contacts.Number(typed); ok {
		return contacts.AtDomain(number, s.me.Address)
	}
	to, err := s.providers.Resolve(s.me.Address, contacts.ProviderLync, typed)
	return to.Address, err
}

// PlaceCall calls a person. A call that is being talked in is put on hold; a call with that person is left as it is,
// and one of theirs that rings is answered. The errors are ErrNotSignedIn, ErrSelf, ErrBlocked, ErrUnanswered,
// ErrTwoCalls and contacts.AddressError.
func (s *State) PlaceCall(now time.Time, a contacts.Address) ([]Effect, error) {
	return s.placeCall(now, a, PicturesIfOffered)
}

func (s *State) placeCall(now time.Time, a contacts.Address, want Pictures) ([]Effect, error) {
	a, err := contacts.ParseAddress(string(a))
	if err != nil {
		return nil, err
	}
	if c := s.callWith(a); c != nil {
		if c.Rings() {
			return s.AnswerCallWith(now, c.ID, want)
		}
		return nil, nil
	}
	if err := s.mayCall(a); err != nil {
		return nil, err
	}
	s.place(now, a, want)
	return s.flush(), nil
}

// mayCall says why a person cannot be called now.
func (s *State) mayCall(a contacts.Address) error {
	own := s.calls.own()
	switch {
	case a.Same(s.me.Address):
		return ErrSelf
	case s.connection.State != SignedIn:
		return ErrNotSignedIn
	case s.RelationshipOf(a) == contacts.BlockedContacts:
		return ErrBlocked
	case len(own) >= maxOwn:
		return ErrTwoCalls
	case slices.ContainsFunc(own, func(c *call) bool { return !c.Talking() }):
		return ErrUnanswered // it cannot be put on hold, and would be answered in the middle of the other
	}
	return nil
}

func (s *State) place(now time.Time, a contacts.Address, want Pictures) {
	s.dropCallNotice(a)
	c := s.begin(now, Call{ID: s.newID(now), Peer: a, Name: s.NameOf(a), State: sipclient.CallPlaced})
	s.talkIn(now, c.ID)
	s.do(PlaceCall{ID: c.ID, Peer: a, Pictures: want})
	s.changed()
}

// FollowRedirect calls where the notice of a person's call asks to be called (CallNotice.Target). The errors are
// those of PlaceCall, and ErrNoCall when there is no such question.
func (s *State) FollowRedirect(now time.Time, peer contacts.Address) ([]Effect, error) {
	n, ok := s.CallNotice(peer)
	if !ok || n.Target == "" {
		return nil, ErrNoCall
	}
	effects, err := s.PlaceCall(now, n.Target)
	if err == nil {
		s.dropCallNotice(peer)
	}
	return effects, err
}

// AnswerCall answers a call that rings, and puts the one that is being talked in on hold. The errors are ErrNoCall
// and ErrTwoCalls.
func (s *State) AnswerCall(now time.Time, id string) ([]Effect, error) {
	return s.AnswerCallWith(now, id, PicturesIfOffered)
}

// What an incoming call is refused with (RFC 3261 section 21).
const (
	codeUnavailable = 480
	codeBusy        = 486
	codeDecline     = 603
)

// DeclineCall refuses a call that rings, on all devices of the user's. Alt+I, Lync's Ignore.
func (s *State) DeclineCall(now time.Time, id string) []Effect {
	if c := s.calls.find(id); c != nil && c.Rings() {
		s.leaveCall(now, c, calllog.Declined, DeclineCall{ID: id, Code: codeDecline})
	}
	return s.flush()
}

// ReplyByIM refuses a call that rings and opens the conversation with the caller, to be written in.
func (s *State) ReplyByIM(now time.Time, id string) []Effect {
	c := s.calls.find(id)
	if c == nil || !c.Rings() {
		return nil
	}
	s.leaveCall(now, c, calllog.Declined, DeclineCall{ID: id, Code: codeDecline})
	if open := s.Conversation(c.Peer); open == nil {
		s.open(c.Peer)
	} else {
		s.toTheEnd(open)
	}
	return s.flush()
}

// RedirectCall sends the caller of a call that rings to another address. The errors are ErrNoCall, ErrSelf,
// ErrSamePerson and contacts.AddressError.
func (s *State) RedirectCall(now time.Time, id string, to contacts.Address) ([]Effect, error) {
	c := s.calls.find(id)
	if c == nil || !c.Rings() {
		return nil, ErrNoCall
	}
	to, err := s.elsewhere(c, to)
	if err != nil {
		return nil, err
	}
	s.leaveCall(now, c, calllog.Forwarded, RedirectCall{ID: id, To: to})
	return s.flush(), nil
}

// elsewhere is an address to which the other side of a call may be sent.
func (s *State) elsewhere(c *call, to contacts.Address) (contacts.Address, error) {
	to, err := contacts.ParseAddress(string(to))
	switch {
	case err != nil:
		return "", err
	case to.Same(s.me.Address):
		return "", ErrSelf
	case to.Same(c.Peer):
		return "", ErrSamePerson
	}
	return to, nil
}

// HangUp ends a call in whatever state it is; one that rings here is declined.
func (s *State) HangUp(now time.Time, id string) []Effect {
	if c := s.calls.find(id); c != nil {
		s.leaveCall(now, c, left(c), HangUp{id})
	}
	return s.flush()
}

// HangUpAll ends all calls. It is for the end of the program: without it they are on record as cut off.
func (s *State) HangUpAll(now time.Time) []Effect {
	s.hangUpAll(now)
	return s.flush()
}

func (s *State) hangUpAll(now time.Time) {
	for _, c := range s.calls.now {
		s.leaveCall(now, c, left(c), HangUp{c.ID})
	}
}

// left is what a call was that the user hangs up.
func left(c *call) calllog.Outcome {
	switch {
	case !c.Answered.IsZero():
		return calllog.Talked
	case c.Incoming:
		return calllog.Declined
	}
	return calllog.GivenUp
}
