package app

import (
	"strings"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// activities says what an open presence document with the activity means to a Lync user: RFC 4480 section
// 3.2, and the tokens of facts/lync-2013-client.md section 6.
var activities = map[pidf.Activity]contacts.Availability{
	pidf.ActivityNone:         contacts.Available,
	pidf.ActivityAway:         contacts.Away,
	pidf.ActivityBusy:         contacts.Busy,
	pidf.ActivityOnThePhone:   contacts.InACall,
	pidf.ActivityMeeting:      contacts.InAMeeting,
	pidf.ActivityPresentation: contacts.Presenting,
	pidf.ActivityVacation:     contacts.OutOfOffice,
	pidf.ActivityHoliday:      contacts.OutOfOffice,
	pidf.ActivityPermanent:    contacts.OutOfOffice,
	pidf.ActivityConference:   contacts.InAConferenceCall,
	pidf.ActivityDoNotDisturb: contacts.DoNotDisturb,
	pidf.ActivityBeRightBack:  contacts.BeRightBack,
	pidf.ActivityOffWork:      contacts.OffWork,
	pidf.ActivityOutOfOffice:  contacts.OutOfOffice,
	"appointment":             contacts.InAMeeting,
	"in-a-meeting":            contacts.InAMeeting,
	"in-presentation":         contacts.Presenting,
	pidf.ActivityUrgentOnly:   contacts.UrgentOnly,
	"dnd":                     contacts.DoNotDisturb,
	"idle":                    contacts.Inactive,
	"performance":             contacts.Busy,
	"playing":                 contacts.Busy,
	"spectator":               contacts.Busy,
	"steering":                contacts.Busy,
	"worship":                 contacts.Busy,
	"breakfast":               contacts.BeRightBack,
	"dinner":                  contacts.BeRightBack,
	"meal":                    contacts.BeRightBack,
	"in-transit":              contacts.Away,
	"shopping":                contacts.Away,
	"sleeping":                contacts.Away,
	"travel":                  contacts.Away,
	"tv":                      contacts.Away,
	"working":                 contacts.Available,
	"looking-for-work":        contacts.Available,
	"unknown":                 contacts.Available,
}

// availabilityOf says what a presence document means. Nobody closed is anything but Offline, and an
// activity without a word here is left to the basic status (RFC 4480 section 3.2: "unknown").
func availabilityOf(s pidf.State) contacts.Availability {
	if !s.Open {
		return contacts.Offline
	}
	a, ok := activities[s.Activity]
	if !ok {
		if a, ok = activities[pidf.Activity(strings.ReplaceAll(strings.ToLower(string(s.Activity)), "_", "-"))]; !ok {
			a = contacts.Available
		}
	}
	switch {
	case s.Idle && a == contacts.Available:
		return contacts.Inactive
	case s.Idle && a == contacts.Busy:
		return contacts.BusyIdle
	}
	return a
}

// published says how each state is written. availabilityOf reads each back as it was.
var published = [...]pidf.State{
	contacts.PresenceUnknown:   {},
	contacts.Available:         {Open: true},
	contacts.Inactive:          {Open: true, Idle: true},
	contacts.Busy:              {Open: true, Activity: pidf.ActivityBusy},
	contacts.InACall:           {Open: true, Activity: pidf.ActivityOnThePhone},
	contacts.InAConferenceCall: {Open: true, Activity: pidf.ActivityConference},
	contacts.InAMeeting:        {Open: true, Activity: pidf.ActivityMeeting},
	contacts.DoNotDisturb:      {Open: true, Activity: pidf.ActivityDoNotDisturb},
	contacts.Presenting:        {Open: true, Activity: pidf.ActivityPresentation},
	contacts.BeRightBack:       {Open: true, Activity: pidf.ActivityBeRightBack},
	contacts.Away:              {Open: true, Activity: pidf.ActivityAway},
	contacts.OffWork:           {Open: true, Activity: pidf.ActivityOffWork},
	contacts.OutOfOffice:       {Open: true, Activity: pidf.ActivityOutOfOffice},
	contacts.Offline:           {},
	contacts.BusyIdle:          {Open: true, Activity: pidf.ActivityBusy, Idle: true},
	contacts.UrgentOnly:        {Open: true, Activity: pidf.ActivityUrgentOnly},
}

// myState is the user's presence as it is published.
func (s *State) myState() pidf.State {
	p := published[s.shown()]
	p.Note, p.Name, p.Location = s.me.Note, s.me.Name, s.me.Location
	p.Since, p.Changed = s.shownAt, s.changedAt
	// Away by itself: another device that is in use says more (pidf.Parse).
	p.Idle = p.Idle || p.Activity == pidf.ActivityAway && s.me.Availability == contacts.Available
	return p
}

// publish tells everybody the user's presence, of which something has changed.
func (s *State) publish(now time.Time) {
	s.changedAt = now
	if s.connection.State == SignedIn {
		s.do(PublishPresence{s.myState()})
	}
	s.changed()
}

// presenceChanged folds what is now known of a contact. Of others nothing is kept.
func (s *State) presenceChanged(now time.Time, e sipclient.PresenceChanged) {
	if s.session.leaving || s.connection.State == SignedOut || s.connection.State == SignInFailed {
		return // it crossed with the end, after which nothing is known
	}
	a, err := contacts.ParseAddress(e.URI)
	if err != nil {
		return
	}
	c, ok := s.list.Get(a)
	if !ok {
		return
	}
	watch := watchOf(c.Watch, e)
	before, was := lasting(c.Watch), c.Presence.Availability
	news := s.list.SetPresence(a, presenceOf(now, c.Presence, e))
	var reason text.Peer
	switch watch {
	case contacts.WatchRefused, contacts.WatchUnknown, contacts.WatchForbidden:
		reason = e.Reason
	}
	news = s.list.SetWatch(a, watch, reason) || news
	save := lasting(watch) != before
	if e.Known && c.Name.Empty() && !e.State.Name.Empty() {
		named := *c
		named.Name = e.State.Name
		s.list.Put(named)
		c, _ = s.list.Get(a)
		save, news = true, true
	}
	if c.Introduction != "" && (e.Watch == sipclient.WatchPending || e.Watch == sipclient.WatchActive) {
		introduced := *c // the server has told it, or will
		introduced.Introduction = ""
		s.list.Put(introduced)
		c, _ = s.list.Get(a)
		save = true
	}
	s.alertStatus(c, was)
	switch {
	case !reachable(c.Presence.Availability):
	case !reachable(was):
		s.reachedBy(c.Address)
	default:
		s.free(c.Address) // their program may have crashed and be back before its presence has run out
	}
	if save {
		s.do(SaveContact{*c})
	}
	if news {
		s.changed()
	}
}

// reachable reports whether somebody can be reached, as far as is known.
func reachable(a contacts.Availability) bool {
	return a != contacts.PresenceUnknown && a != contacts.Offline
}

// longest is for how long a state is believed to last. A device whose clock has never been set began in 1970.
const longest = 366 * 24 * time.Hour

// presenceOf says what is known of a person now. A person without a document whom we may watch is not
// signed in anywhere, or wishes to look so (RFC 5025 section 3.2.1, polite-block).
func presenceOf(now time.Time, before contacts.Presence, e sipclient.PresenceChanged) contacts.Presence {
	if e.Watch != sipclient.WatchActive {
		return contacts.Presence{}
	}
	p := contacts.Presence{Availability: contacts.Offline}
	if e.Known {
		p = contacts.Presence{Availability: availabilityOf(e.State), Note: e.State.Note, Location: e.State.Location, Since: e.State.Since}
		if e.State.Mobile {
			p.Device = "Mobile"
		}
	}
	if now.Sub(p.Since) > longest {
		p.Since = time.Time{}
	}
	switch {
	case p.Since.After(now):
		p.Since = now // the other side's clock is ahead
	case !p.Since.IsZero():
	case before.Availability == p.Availability:
		p.Since = before.Since
	case before.Availability != contacts.PresenceUnknown:
		p.Since = now // we saw it happen
	}
	return p
}

// watchOf says how a subscription stands after e. Somebody who has not accepted goes on being waited for
// when a subscription ends for a reason that is not an answer: sipclient subscribes again.
func watchOf(before contacts.Watch, e sipclient.PresenceChanged) contacts.Watch {
	switch e.Watch {
	case sipclient.WatchPending:
		return contacts.WatchWaiting
	case sipclient.WatchActive:
		return contacts.WatchActive
	}
	switch reason := e.Reason.Raw(); {
	case e.Code == 404, e.Code == 604, e.Code == 0 && reason == "noresource":
		return contacts.WatchUnknown
	case e.Code == 403:
		return contacts.WatchForbidden
	case e.Code == 603, e.Code == 0 && reason == "rejected":
		return contacts.WatchRefused
	case e.Code == 0 && reason == "giveup": // nobody decided for long (RFC 6665 section 4.1.3)
		return contacts.WatchWaiting
	}
	if before == contacts.WatchActive {
		return contacts.WatchNone
	}
	return before
}

// lasting is what of a subscription's state is kept on disk: what the other side has answered, or not yet.
func lasting(w contacts.Watch) contacts.Watch {
	if w == contacts.WatchActive {
		return contacts.WatchNone
	}
	return w
}

// forgetPresence makes everybody's presence unknown: without a server nothing is known, and nothing stale
// is shown. Nobody is typing either.
func (s *State) forgetPresence() {
	s.typing = newTyping()
	for _, c := range s.list.Contacts() {
		s.list.SetPresence(c.Address, contacts.Presence{})
		s.list.SetWatch(c.Address, lasting(c.Watch), c.WatchReason)
	}
	s.changed()
}
