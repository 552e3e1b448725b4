package app

import (
	"golync/contacts"
	"golync/internal/calllog"
)

// Calls returns the calls of the moment in the order in which they began: the user's own, two at the most, and
// those that ring.
func (s *State) Calls() []Call { return nil }

// Call returns the call with the ID, false when it is over.
func (s *State) Call(id string) (Call, bool) { return Call{}, false }

// CallWith returns the call with a person, false when there is none. Of several it is the one that is talked in,
// then the user's other one, then one that rings.
func (s *State) CallWith(a contacts.Address) (Call, bool) { return Call{}, false }

// Current returns the call that the keys of a call mean: the one that is talked in, else the user's newest one;
// false when the user has none. One that only rings is not meant.
func (s *State) Current() (Call, bool) { return Call{}, false }

// Ringing returns the call that waits longest to be answered, false when none does.
func (s *State) Ringing() (Call, bool) { return Call{}, false }

// CallNotices returns what is to be said of calls that are over, the oldest first, one for each person.
func (s *State) CallNotices() []CallNotice { return nil }

// CallNotice returns what is to be said of the last call with a person.
func (s *State) CallNotice(a contacts.Address) (CallNotice, bool) { return CallNotice{}, false }

// LoggedCount returns how many entries of the log of calls are loaded.
func (s *State) LoggedCount() int { return 0 }

// Logged returns the i-th entry of the log of calls, of which 0 is the newest. A call that goes on is in it.
func (s *State) Logged(i int) calllog.Entry { return calllog.Entry{} }

// MoreLogged reports whether EarlierCalls would bring older entries.
func (s *State) MoreLogged() bool { return false }

// EarlierCalls asks for the page of the log before the oldest entry that is loaded.
func (s *State) EarlierCalls() []Effect { return nil }

// MissedCalls returns how many missed calls there are that the user has not looked at.
func (s *State) MissedCalls() int { return 0 }

// SeeCalls notes that the user looks at the log: what was missed is not counted any more.
func (s *State) SeeCalls() []Effect { return nil }
