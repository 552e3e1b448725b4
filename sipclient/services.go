package sipclient

import "github.com/emiago/sipgo/sip"

// finding is what is known of one service of the server.
type finding struct{ known, there bool }

// services is what the server was found to offer. What is not known yet is taken to be there.
type services struct {
	presence, watcherInfo, rules finding
	said                         Services // in the last SignedIn
}

func (f finding) hopeful() bool { return !f.known || f.there }

// found notes whether the server offers a service, and says so when that is news.
func (c *Client) found(f *finding, there bool) {
	*f = finding{known: true, there: there}
	c.announce(false)
}

// announce emits SignedIn: always when afresh, else when what it says of the services has changed.
func (c *Client) announce(afresh bool) {
	if c.net.phase != online {
		return
	}
	s := &c.services
	now := Services{
		Presence: s.presence.hopeful(), WatcherInfo: s.watcherInfo.hopeful(),
		Rules: c.o.Account.XCAP != "" && s.rules.hopeful(),
	}
	if !afresh && now == s.said {
		return
	}
	s.said = now
	c.emit(SignedIn{Server: c.net.link.remote, Transport: c.net.link.network, Services: now})
}

// absent reports whether a final response to PUBLISH says that the server has no presence service at all,
// rather than that it does not like this request: nobody there knows the method or the event package, or
// the request was forwarded to ourselves or in a circle.
func absent(code int) bool {
	switch code {
	case sip.StatusNotFound, sip.StatusMethodNotAllowed, sip.StatusLoopDetected, sip.StatusTooManyHops, 489,
		sip.StatusNotImplemented:
		return true
	}
	return false
}
