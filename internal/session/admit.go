package session

import (
	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
)

// SIP statuses (RFC 3261 section 21).
const (
	forbidden   = 403
	busy        = 486 // what Do Not Disturb answers a call with, and nothing else does
	unavailable = 503
)

// arrives says what a SIP method is to the user.
var arrives = map[string]alerts.What{
	"MESSAGE":   alerts.Conversation,
	"INVITE":    alerts.Call,
	"SUBSCRIBE": alerts.Request,
}

// admit decides on a request from somebody by the latest snapshot. Before there is one nobody is let in:
// 503 makes the sender try again. A sender who cannot be named cannot be talked to either.
func (s *Session) admit(in sipclient.Incoming) sipclient.Verdict {
	admission := s.admission.Load()
	what, known := arrives[in.Method]
	if admission == nil || !known {
		return sipclient.Verdict{Refuse: unavailable}
	}
	from, err := contacts.ParseAddress(in.From)
	if err != nil {
		return sipclient.Verdict{Refuse: forbidden}
	}
	refuse := admission.Admit(what, from).Refuse
	if what == alerts.Call && refuse == busy {
		s.put(app.Input{Result: app.CallKeptAway{Peer: from}}) // which is to be found among the missed ones
	}
	return sipclient.Verdict{Refuse: refuse}
}
