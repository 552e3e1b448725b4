package sipclient

import (
	"time"

	"golync/internal/text"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// setDirectRules takes new rules for watchers who asked us ourselves, and tells those whom they touch.
func (c *Client) setDirectRules(r presrules.Rules) {
	doc, err := presrules.Parse(presrules.Build(r))
	if err != nil {
		c.log.Error("own presence rules cannot be read", "error", err)
		return
	}
	c.direct.rules = doc
	for _, w := range c.direct.watchers {
		allowed, level := doc.Decide(w.aor)
		if allowed == w.allowed && level == w.level {
			continue
		}
		approved := w.allowed == presrules.Confirm && allowed != presrules.Confirm
		w.allowed, w.level = allowed, level
		switch {
		case allowed == presrules.Block:
			w.end("terminated;reason=rejected")
			continue
		case approved:
			w.tell("approved")
		default:
			w.tell("subscribe")
		}
		w.notify()
	}
}

// stateChanged tells everybody who may know.
func (n *notifier) stateChanged() {
	for _, w := range n.watchers {
		if w.allowed == presrules.Allow {
			w.notify()
		}
	}
}

// directOffline is called when the flow is gone: what was under way will not be answered.
func (c *Client) directOffline() {
	for _, w := range c.direct.watchers {
		w.inFlight = false
	}
}

// directOnline tells every watcher our new Contact, so that their next request finds us (RFC 6665 section
// 4.4.3: a NOTIFY is a target refresh).
func (c *Client) directOnline() {
	for _, w := range c.direct.watchers {
		w.notify()
	}
}

// document is what the watcher may see: nothing while pending, Offline when politely blocked.
func (w *directWatcher) document() []byte {
	pub := &w.c.pub
	switch {
	case w.allowed == presrules.PoliteBlock:
		return pidf.Build(w.c.me.aor, pidf.State{})
	case w.allowed != presrules.Allow || !pub.has:
		return nil
	}
	return pidf.Build(w.c.me.aor, seenBy(w.level, pub.state))
}

// seenBy leaves out what a level may not see (facts/lync-2013-client.md section 4). External Contacts get
// availability and note, not what exactly the user is doing, since when, where, or with what. Workgroup may
// interrupt Do Not Disturb and is told so.
func seenBy(level presrules.Level, s pidf.State) pidf.State {
	switch level {
	case presrules.Workgroup:
		if s.Activity == pidf.ActivityDoNotDisturb {
			s.Activity = pidf.ActivityUrgentOnly
		}
		return s
	case presrules.External:
	default:
		return s
	}
	s.Since, s.Changed, s.Location, s.Mobile = time.Time{}, time.Time{}, text.Peer{}, false
	switch s.Activity {
	case pidf.ActivityOnThePhone, pidf.ActivityMeeting, pidf.ActivityConference:
		s.Activity = pidf.ActivityBusy
	case pidf.ActivityPresentation, pidf.ActivityUrgentOnly: // of the range of Do Not Disturb (section 6)
		s.Activity = pidf.ActivityDoNotDisturb
	case pidf.ActivityOffWork, pidf.ActivityOutOfOffice, pidf.ActivityVacation, pidf.ActivityHoliday, pidf.ActivityPermanent:
		s.Activity = pidf.ActivityAway
	}
	return s
}
