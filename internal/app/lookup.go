package app

import (
	"cmp"
	"errors"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

type (
	// LookUp asks the server for the person with an address. Result: LookedUp, with the same Number.
	LookUp struct {
		Address contacts.Address
		Number  int
	}
	// LookedUp says what came of it. Found and an Err are never both set; with neither there is nobody.
	LookedUp struct {
		Address contacts.Address
		Number  int
		Name    text.Peer // display name, may be empty
		Found   bool
		Err     error
	}
)

func (LookUp) effect()   {}
func (LookedUp) result() {}

// Looked is what a Skype user's search for somebody has come to.
type Looked struct {
	Typed        string
	Address      contacts.Address // what Typed means
	Name         text.Peer        // display name, may be empty
	Lync         bool             // the person found uses Lync, otherwise Skype
	Already      bool             // and is a contact of the user's
	State        LookState
	Trouble      text.Safe // of LookNotFound and LookFailed: what is the matter, and what may help
	Introduction string    // of LookFound: what the person is told unless the user writes something else
}

// LookState is how far a search has come.
type LookState uint8

// The states of a search.
const (
	LookNothing  LookState = iota // nothing was looked for
	Looking                       // the server has been asked
	LookFound                     // there is such a person
	LookNotFound                  // there is not
	LookFailed                    // nobody knows
)

// Why nobody can be looked for or added. Errors of the address itself are contacts.AddressError.
var (
	ErrOffline          = errors.New("you are not signed in, so nobody can be looked for")
	ErrMicrosoftAccount = errors.New("searching for Lync people and adding them needs a Microsoft account: sign out, and sign in with one")
	ErrNobodyFound      = errors.New("nobody has been found who could be added")
)

// lookUp is the search of now.
type lookUp struct {
	number int              // rises with every question, so that a late answer does not count
	asked  contacts.Address // of whom: the address typed, or what it is as a Microsoft account
	looked Looked
}

// Looked returns what the latest LookUp has come to.
func (s *State) Looked() Looked {
	is := s.lookUp.looked
	if is.State == LookFound {
		_, is.Already = s.list.Get(is.Address)
	}
	return is
}

// LookUp looks for the person whose SIP address a Skype user has typed, and when nobody has that, for the one whose
// Microsoft account it is. It takes the place of an earlier search; nothing typed ends that. Somebody who is in the list is found without asking. The errors
// are contacts.AddressError, ErrSelf, ErrOffline and ErrMicrosoftAccount; with each nothing is looked for.
func (s *State) LookUp(now time.Time, typed string) ([]Effect, error) {
	s.lookUp.number++
	s.lookUp.looked = Looked{}
	s.changed()
	if typed == "" {
		return nil, nil
	}
	if s.me.Kind != contacts.Skype {
		return nil, ErrMicrosoftAccount
	}
	a, err := contacts.ParseAddress(typed)
	if err != nil {
		return nil, err
	}
	if a.Same(s.me.Address) {
		return nil, ErrSelf
	}
	is := Looked{Typed: typed, Address: a, Lync: s.kindOf(a) != contacts.Skype, State: Looking}
	s.lookUp.looked = is
	if s.foundInList(a) {
		return nil, nil
	}
	if s.connection.State != SignedIn {
		s.lookUp.looked = Looked{}
		return nil, ErrOffline
	}
	s.ask(a)
	return s.flush(), nil
}

// ask asks the server for the person with an address.
func (s *State) ask(a contacts.Address) {
	s.lookUp.number++
	s.lookUp.asked = a
	s.do(LookUp{Address: a, Number: s.lookUp.number})
}

// found notes who was found.
func (s *State) found(a contacts.Address, name text.Peer) {
	is := &s.lookUp.looked
	is.Address, is.Name, is.State, is.Lync = a, name, LookFound, s.kindOf(a) != contacts.Skype
	is.Introduction = introductionTo(name, a)
}

// foundInList finds somebody who is a contact.
func (s *State) foundInList(a contacts.Address) bool {
	c, ok := s.list.Get(a)
	if ok {
		s.found(c.Address, c.Name)
	}
	return ok
}

// asAccount looks for the one whose Microsoft account was typed: nobody has it for a SIP address, and an e-mail
// address of any domain can be an account. It reports whether there is more to find out, or found.
func (s *State) asAccount() bool {
	to, err := s.providers.Resolve("", contacts.ProviderSkype, s.lookUp.asked.IM())
	if err != nil || to.Address == s.lookUp.asked || to.Address.Same(s.me.Address) {
		return false
	}
	if !s.foundInList(to.Address) {
		s.ask(to.Address)
	}
	return true
}

// lookedUp folds what the server knows of somebody.
func (s *State) lookedUp(r LookedUp) {
	is := &s.lookUp.looked
	if r.Number != s.lookUp.number || is.State != Looking {
		return // the user has gone on to something else
	}
	switch {
	case r.Err != nil:
		is.State, is.Trouble = LookFailed, lookTrouble(r.Err)
	case r.Found:
		s.found(s.lookUp.asked, r.Name)
	case !s.asAccount():
		is.State, is.Trouble = LookNotFound, s.nobodyAt(is.Address)
	}
	s.changed()
}

// AddFound adds the person who was found, who is asked with the introduction; an empty one means that of
// Looked. It returns the contact's address. On ErrAlreadyContact that is the one there is; otherwise the error is
// ErrNobodyFound.
func (s *State) AddFound(now time.Time, introduction string) (contacts.Address, []Effect, error) {
	is := &s.lookUp.looked
	if is.State != LookFound {
		return "", nil, ErrNobodyFound
	}
	if c, ok := s.list.Get(is.Address); ok {
		return c.Address, nil, ErrAlreadyContact
	}
	name := is.Name
	if name.Line() == "" {
		name = s.NameOf(is.Address)
	}
	s.addIntroduced(contacts.Contact{
		Address: is.Address, Name: name, Provider: s.providerOf(is.Address), Added: now,
		Relationship: s.orDefault(is.Address, contacts.NoRelationship), Groups: []contacts.GroupID{contacts.OtherContacts},
	}, cmp.Or(introduction, is.Introduction))
	return is.Address, s.flush(), nil
}

// introductionTo is what a Skype user says who adds somebody and writes nothing else.
func introductionTo(name text.Peer, a contacts.Address) string {
	who := cmp.Or(string(name.Line()), a.IM())
	return "Hi " + who + ", I'd like to add you as a contact."
}

// nobodyAt says, in the specification's words, what it may mean that there is nobody with the address.
func (s *State) nobodyAt(a contacts.Address) text.Safe {
	if s.providers.Account(s.me.Address) == a.IM() {
		return "This is your own Microsoft account, and no Lync user has it for a SIP address."
	}
	if s.kindOf(a) == contacts.Skype {
		return text.From("Nobody has the Microsoft account " + s.providers.Account(a) + ". Check how it is spelt.").Line()
	}
	return text.From("No results for " + a.IM() + ". Check how it is spelt. If it is right, the provisioning process for " +
		a.Host() + " may not have completed, or the Lync domain has not yet been set up.").Line()
}

// lookTrouble says what kept the server from answering.
func lookTrouble(err error) text.Safe {
	switch {
	case errors.Is(err, sipclient.ErrNotAllowed):
		return "Your server does not allow looking for this person."
	case errors.Is(err, sipclient.ErrNotSignedIn):
		return "The connection to the server was lost. Search again when you are signed in."
	case errors.Is(err, sipclient.ErrNoAnswer):
		return "The server did not answer in time. Try again in a moment."
	}
	return "The search did not work: " + text.From(err.Error()).Line()
}
