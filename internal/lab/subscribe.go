package lab

import (
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/nameaddr"
	"golync/sipclient/winfo"
)

// dialogKey identifies a subscription's dialog at the notifier.
type dialogKey struct{ callID, local, remote string }

// subscription is one device watching a person (event presence), or reading who watches its user
// (presence.winfo).
type subscription struct {
	key     dialogKey
	event   string
	eventID string // parameter of Event, repeated in NOTIFY (RFC 6665 section 8.2.1)
	watched *person
	watcher string // address of record
	name    string // display name of the watcher
	intro   string // Subject of the SUBSCRIBE that began it
	id      string // in watcher information
	contact sip.Uri
	link    *link
	cseq    uint32 // of our NOTIFYs
	theirs  uint32 // of their SUBSCRIBEs
	expires time.Time
	status  winfo.Status
	hidden  bool   // the policy keeps it from the one who is watched
	reason  string // why it ended

	busy  bool    // a NOTIFY is not answered yet
	stale bool    // and something has changed since
	gone  bool    // nothing more is sent
	told  verdict // what the last NOTIFY was made by

	version uint32          // of the next watcher information document
	full    bool            // the next one carries full state
	changed []winfo.Watcher // what a partial one has to carry
}

// subscribe answers SUBSCRIBE (RFC 6665 section 4.2.1).
func (l *Lab) subscribe(s *serving) {
	event, params, _ := strings.Cut(header(s.req, "Event"), ";")
	event = strings.TrimSpace(event)
	if event != eventState && event != eventWinfo {
		l.badEvent(s)
		return
	}
	lasts, ok := l.lastsFor(s)
	if !ok {
		return
	}
	if tag(s.req.To().Params) != "" {
		l.resubscribe(s, event, lasts)
		return
	}
	sub, code, reason := l.newSubscription(s, event, eventID(params))
	if sub == nil {
		l.refuse(s, code, reason)
		return
	}
	if words := l.words(sub); words != "" {
		res := response(s.req, sip.StatusForbidden, words)
		set(res, "Retry-After", askAgain)
		l.respond(s, res)
		return
	}
	l.begin(s, sub, lasts)
}

// lastsFor is how long a subscription or publication is to last, zero to end it. It answers 423 and reports
// false when that is too short to be worth the traffic (RFC 6665 section 4.2.1.1, RFC 3903 section 6).
func (l *Lab) lastsFor(s *serving) (time.Duration, bool) {
	lasts := min(expiresOf(s.req, l.cfg.MaxExpires), l.cfg.MaxExpires)
	if lasts == 0 || lasts >= l.cfg.MinExpires {
		return lasts, true
	}
	res := response(s.req, sip.StatusIntervalToBrief, "Interval Too Brief")
	set(res, "Min-Expires", wholeSeconds(l.cfg.MinExpires))
	l.respond(s, res)
	return 0, false
}

// newSubscription checks whether somebody may subscribe at all, and makes the subscription if so.
func (l *Lab) newSubscription(s *serving, event, id string) (*subscription, int, string) {
	p, served := l.find(&s.req.Recipient)
	from, contact := s.req.From(), s.req.Contact()
	watcher := aorOf(&from.Address)
	switch {
	case p == nil && !served:
		return nil, sip.StatusNotFound, "No Such Domain"
	case p == nil:
		return nil, sip.StatusNotFound, "Not Found"
	case watcher == "":
		return nil, sip.StatusBadRequest, "From Is No Address of a Person"
	case contact == nil || tag(from.Params) == "":
		return nil, sip.StatusBadRequest, "Contact or Tag Missing"
	case !accepts(s.req, event):
		return nil, sip.StatusNotAcceptable, "Not Acceptable"
	case event == eventWinfo && watcher != p.aor:
		return nil, sip.StatusForbidden, "Not Your Watchers"
	case len(p.watchers)+len(p.readers) >= watcherLimit || s.from.subs >= watcherLimit:
		return nil, sip.StatusServiceUnavailable, "Too Many Subscriptions"
	}
	hidden := event == eventState && l.hides(p, watcher)
	l.branches++
	sub := &subscription{
		key:   dialogKey{s.req.CallID().Value(), l.etag(), tag(from.Params)},
		event: event, eventID: id, watched: p, watcher: watcher,
		name: l.called(from, watcher), intro: clipped(header(s.req, "Subject")),
		contact: *contact.Address.Clone(), link: s.from, theirs: s.req.CSeq().SeqNo, full: true, hidden: hidden,
	}
	sub.id = sub.key.local
	return sub, 0, ""
}

// called is what a watcher is called: as From says, else as the server itself knows the person. A request
// without a name would have to be decided upon by the address alone.
func (l *Lab) called(from *sip.FromHeader, watcher string) string {
	if name := nameaddr.Unquote(from.DisplayName); name != "" {
		return name
	}
	if p := l.people[watcher]; p != nil {
		return p.name
	}
	return ""
}

// begin answers a first SUBSCRIBE and sends what is known. One that asks for no time is a question only
// (RFC 6665 section 4.4.3), and no request of a watcher.
func (l *Lab) begin(s *serving, sub *subscription, lasts time.Duration) {
	sub.status = sub.standing()
	sub.expires = l.now().Add(lasts)
	s.req.To().Params.Add("tag", sub.key.local)
	l.accept2xx(s, lasts)
	if sub.status == winfo.Terminated {
		l.finishWith(sub, "rejected")
		return
	}
	if lasts == 0 {
		l.finishWith(sub, "timeout")
		return
	}
	l.dialogs[sub.key] = sub
	sub.link.subs++
	l.sweepBy(sub.expires)
	if sub.event == eventWinfo {
		sub.watched.readers = append(sub.watched.readers, sub)
	} else {
		l.returned(sub)
		sub.watched.watchers = append(sub.watched.watchers, sub)
		l.watcherChanged(sub, "subscribe")
	}
	l.notify(sub)
}

// resubscribe refreshes or ends a subscription within its dialog.
func (l *Lab) resubscribe(s *serving, event string, lasts time.Duration) {
	key := dialogKey{s.req.CallID().Value(), tag(s.req.To().Params), tag(s.req.From().Params)}
	sub := l.dialogs[key]
	switch {
	case sub == nil || sub.event != event:
		l.refuse(s, sip.StatusCallTransactionDoesNotExists, "Subscription Does Not Exist")
		return
	case aorOf(&s.req.From().Address) != sub.watcher:
		l.refuse(s, sip.StatusForbidden, "Not Your Subscription")
		return
	case s.req.CSeq().SeqNo <= sub.theirs:
		l.refuse(s, sip.StatusInternalServerError, "Out of Order")
		return
	}
	sub.theirs = s.req.CSeq().SeqNo
	if c := s.req.Contact(); c != nil {
		sub.contact = *c.Address.Clone() // target refresh (RFC 6665 section 4.2.1.4)
	}
	sub.link.subs--
	sub.link = s.from
	sub.link.subs++
	l.accept2xx(s, lasts)
	if lasts == 0 {
		l.end(sub, "timeout", true)
		return
	}
	sub.expires = l.now().Add(lasts)
	l.sweepBy(sub.expires)
	sub.full = true // a refresh brings full state (RFC 3857 section 4.6)
	l.notify(sub)
}

// accept2xx answers 200: what the watcher may see comes with the NOTIFY.
func (l *Lab) accept2xx(s *serving, lasts time.Duration) {
	res := response(s.req, sip.StatusOK, "OK")
	set(res, "Expires", wholeSeconds(lasts))
	set(res, "Contact", "<"+l.contact(s.from)+">")
	l.respond(s, res)
}
