package app

import (
	"errors"
	"maps"
	"slices"

	"golync/alerts"
	"golync/contacts"
	"golync/sipclient"
	"golync/sipclient/presrules"
)

// levels are the rule sets of the relationships (design section 6, How decisions reach the server).
var levels = [...]presrules.Level{
	contacts.FriendsAndFamily: presrules.FriendsAndFamily,
	contacts.Workgroup:        presrules.Workgroup,
	contacts.Colleagues:       presrules.Colleagues,
	contacts.ExternalContacts: presrules.External,
	contacts.BlockedContacts:  presrules.Blocked,
}

// rules are all decisions, as the server is told them.
func (s *State) rules() presrules.Rules {
	people := make(map[string]presrules.Level, s.list.Len()+len(s.strangers.of))
	for _, r := range s.newTab.rows {
		if r.Dismissed {
			people[string(r.Address)] = presrules.Dismissed
		}
	}
	for _, st := range s.strangers.of {
		people[string(st.address)] = levels[st.relationship]
	}
	for _, c := range s.list.Contacts() {
		people[string(c.Address)] = levels[c.Relationship]
	}
	rules := presrules.Rules{People: people, Undecided: slices.Sorted(maps.Keys(s.undecided))}
	if s.inForce().Outside == alerts.AllowAnyone {
		rules.OutsideAllowed = s.providers.Skype.Own()
	}
	return rules
}

// takeBack notes that nothing is decided on somebody any more: other devices have to hear it, because what
// golync does not speak of stays as the server has it.
func (s *State) takeBack(a contacts.Address) { s.undecided[string(a)] = true }

// rulesPublished folds how the writing of the rules went.
func (s *State) rulesPublished(err error) {
	s.session.rulesUnderWay = max(0, s.session.rulesUnderWay-1)
	id, sentence := failure(PublishRules{})
	switch {
	case err == nil:
		s.withdraw(id)
	case errors.Is(err, sipclient.ErrNotSignedIn):
		// SignedIn writes them.
	case errors.Is(err, sipclient.ErrNoRules):
		// SignedIn says so.
	case errors.Is(err, sipclient.ErrRulesChanged) && s.session.rulesRetries < maxRulesRetries:
		s.session.rulesRetries++
		s.staleRules = true
	default:
		s.say(failureNotice(id, sentence, err))
	}
}

// grant writes the rules once more for somebody who is in them and still has to wait: they were changed
// elsewhere. Once per person and stay, so that a server which ignores rules is not written to for ever.
func (s *State) grant(a contacts.Address) {
	if s.connection.State != SignedIn || s.session.rulesUnderWay > 0 || s.session.granted[a.Folded()] {
		return
	}
	s.session.granted[a.Folded()] = true
	s.staleRules = true
}

// admission is the snapshot by which sipclient admits requests.
func (s *State) admission() alerts.Admission {
	decided := make(map[contacts.Address]contacts.Relationship, s.list.Len()+len(s.strangers.of))
	isContact := make(map[contacts.Address]bool, s.list.Len())
	for a, st := range s.strangers.of {
		decided[a] = st.relationship
	}
	for _, c := range s.list.Contacts() {
		decided[c.Address.Folded()] = c.Relationship
		isContact[c.Address.Folded()] = true
	}
	providers, me, skype := s.providers, s.me.Address, s.me.Kind == contacts.Skype
	return alerts.Admission{
		Options: s.inForce(), Mine: s.me.Availability, Decided: decided, Contacts: isContact,
		KindOf: func(a contacts.Address) contacts.Kind { // as judgedAs, on another goroutine
			if skype {
				return contacts.Skype
			}
			return providers.KindOf(me, a)
		},
	}
}

// incoming describes something from a person, for alerts.Decide.
func (s *State) incoming(what alerts.What, a contacts.Address) alerts.Incoming {
	_, known := s.list.Get(a)
	return alerts.Incoming{
		What: what, Kind: s.judgedAs(a), Contact: known,
		Relationship: s.RelationshipOf(a), Mine: s.me.Availability,
	}
}
