package app

import (
	"time"

	"golync/contacts"
)

// AddressToCall reads what was typed to be called: an address of any form that Add a Contact takes, or a phone
// number, which is reached in the user's own domain. The errors are ErrSelf and contacts.AddressError.
func (s *State) AddressToCall(typed string) (contacts.Address, error) { return "", ErrSelf }

// PlaceCall calls a person. A call that is being talked in is put on hold. The errors are ErrNotSignedIn, ErrSelf,
// ErrBlocked, ErrUnanswered and ErrTwoCalls.
func (s *State) PlaceCall(now time.Time, a contacts.Address) ([]Effect, error) {
	return nil, ErrNotSignedIn
}

// FollowRedirect calls where the notice of a person's call asks to be called (CallNotice.Target). The errors are
// those of PlaceCall, and ErrNoCall when there is no such question.
func (s *State) FollowRedirect(now time.Time, peer contacts.Address) ([]Effect, error) {
	return nil, ErrNoCall
}

// AnswerCall answers a call that rings, and puts the one that is being talked in on hold. The errors are ErrNoCall
// and ErrTwoCalls.
func (s *State) AnswerCall(now time.Time, id string) ([]Effect, error) { return nil, ErrNoCall }

// DeclineCall refuses a call that rings, on all devices of the user's. Alt+I, Lync's Ignore.
func (s *State) DeclineCall(now time.Time, id string) []Effect { return nil }

// ReplyByIM refuses a call that rings and opens the conversation with the caller, to be written in.
func (s *State) ReplyByIM(now time.Time, id string) []Effect { return nil }

// RedirectCall sends the caller of a call that rings to another address. The errors are ErrNoCall, and ErrSelf for
// the user's own address and the caller's.
func (s *State) RedirectCall(now time.Time, id string, to contacts.Address) ([]Effect, error) {
	return nil, ErrNoCall
}

// HangUp ends a call in whatever state it is; one that rings here is declined.
func (s *State) HangUp(now time.Time, id string) []Effect { return nil }

// HoldCall puts a call on hold or takes it back, which puts the other one on hold.
func (s *State) HoldCall(now time.Time, id string, on bool) []Effect { return nil }

// SwapCalls takes the held one of two calls back and puts the other one on hold.
func (s *State) SwapCalls(now time.Time) []Effect { return nil }

// MuteCall makes the user unheard in a call, or heard again.
func (s *State) MuteCall(now time.Time, id string, on bool) []Effect { return nil }

// SendDigits presses keys of a telephone in a call. The errors are ErrNoCall, ErrNotTalking and ErrDigit.
func (s *State) SendDigits(now time.Time, id, digits string) ([]Effect, error) {
	return nil, ErrNoCall
}

// TransferCall hands the other side of a call over to somebody else, whom they then call (blind). The call goes on
// when that fails. The errors are ErrNoCall, ErrNotTalking and ErrSelf.
func (s *State) TransferCall(now time.Time, id string, to contacts.Address) ([]Effect, error) {
	return nil, ErrNoCall
}

// JoinCalls connects the other side of a call with that of the user's other call (attended transfer). Both end
// here. The errors are ErrNoCall, ErrNotTalking and ErrOneCall.
func (s *State) JoinCalls(now time.Time, id string) ([]Effect, error) { return nil, ErrNoCall }

// DismissCallNotice takes the notice about a call with a person away.
func (s *State) DismissCallNotice(now time.Time, peer contacts.Address) []Effect { return nil }
