package app

import (
	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// alert gathers an announcement. What comes in one moment is announced together: one alert for all requests,
// one for all messages of a person, however many there are.
func (s *State) alert(a Alert) {
	for i := range s.alerts {
		o := &s.alerts[i]
		if o.What == a.What && (a.What == alerts.Request || o.From == a.From) {
			if a.What != alerts.StatusChange { // of which only the last one is still true
				a.More = o.More + 1
			}
			*o = a
			return
		}
	}
	s.alerts = append(s.alerts, a)
}

// alertMessage announces a message. Of somebody who is not a contact neither sound nor words come near.
func (s *State) alertMessage(from contacts.Address, m sipclient.Message) {
	a := Alert{What: alerts.Conversation, From: from, Name: s.NameOf(from), Text: m.Body}
	if _, ok := s.list.Get(from); !ok {
		a.Silent = true
		a.Text = text.Peer{}
	}
	s.alert(a)
}

// Rings says whether something that is announced is heard: as the options on sounds say, and the user's own
// presence. Options that are about silence go before those that are about what is heard.
func (s *State) Rings(what alerts.What) bool {
	sounds, mine := s.chosen.Sounds, s.Me().Availability
	if mine.Undisturbed() && sounds.QuietWhenUndisturbed || mine.Occupied() && sounds.QuietWhenBusy {
		return false
	}
	switch what {
	case alerts.Request:
		return sounds.Requests
	case alerts.Conversation:
		return sounds.Messages
	case alerts.StatusChange:
		return sounds.StatusChanges
	case alerts.Call:
		return sounds.Calls
	default:
		return true
	}
}

// maxAlerts bounds how many announcements one moment brings; the window shows the rest all the same.
const maxAlerts = 5

// announce gives out what was gathered.
func (s *State) announce() {
	for i, a := range s.alerts {
		if i == maxAlerts {
			break
		}
		s.do(a)
	}
	s.alerts = nil
}
