package lab

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/pidf"
)

const (
	pidfType    = "application/pidf+xml"
	winfoType   = "application/watcherinfo+xml"
	eventState  = "presence"
	eventWinfo  = "presence.winfo"
	allowEvents = eventState + ", " + eventWinfo
)

// publication is one device's word on its user's presence (RFC 3903).
type publication struct {
	etag    string
	from    *link // over which it came last
	state   pidf.State
	expires time.Time
}

// publish answers PUBLISH (RFC 3903 section 6).
func (l *Lab) publish(s *serving) {
	p, _ := l.find(&s.req.Recipient)
	event, _, _ := strings.Cut(header(s.req, "Event"), ";")
	switch {
	case strings.TrimSpace(event) != eventState:
		l.badEvent(s)
		return
	case p == nil:
		l.refuse(s, sip.StatusNotFound, "Not Found")
		return
	case aorOf(&s.req.From().Address) != p.aor:
		l.refuse(s, sip.StatusForbidden, "Not Your Presence")
		return
	}
	lasts, ok := l.lastsFor(s)
	if !ok {
		return
	}
	etag, code, reason := l.republish(s, p, lasts)
	res := response(s.req, code, reason)
	switch code {
	case sip.StatusOK:
		set(res, "SIP-ETag", etag)
		set(res, "Expires", wholeSeconds(lasts))
	case sip.StatusUnsupportedMediaType:
		set(res, "Accept", pidfType)
	}
	l.respond(s, res)
}

// republish makes, refreshes, changes or removes one publication; the entity tag changes each time.
func (l *Lab) republish(s *serving, p *person, lasts time.Duration) (string, int, string) {
	match, body := header(s.req, "SIP-If-Match"), s.req.Body()
	at := slices.IndexFunc(p.pubs, func(o *publication) bool { return o.etag == match })
	switch {
	case match != "" && at < 0:
		return "", 412, "Conditional Request Failed"
	case match == "" && len(body) == 0:
		return "", sip.StatusBadRequest, "Nothing Published"
	case match == "" && len(p.pubs) >= deviceLimit:
		return "", sip.StatusServiceUnavailable, "Too Many Publications"
	}
	pub := &publication{etag: l.etag(), from: s.from, expires: l.now().Add(lasts)}
	if len(body) > 0 {
		if ct := s.req.ContentType(); ct == nil || !strings.EqualFold(mediaType(ct.Value()), pidfType) {
			return "", sip.StatusUnsupportedMediaType, "Unsupported Media Type"
		}
		var err error
		if pub.state, err = pidf.Parse(body); err != nil {
			return "", sip.StatusBadRequest, "Not a Presence Document"
		}
	} else {
		pub.state = p.pubs[at].state
	}
	if at >= 0 {
		p.pubs = slices.Delete(p.pubs, at, at+1)
	}
	if lasts > 0 {
		p.pubs = slices.Insert(p.pubs, 0, pub)
		l.sweepBy(pub.expires)
	}
	if len(body) > 0 || lasts == 0 {
		l.presenceChanged(p)
	}
	return pub.etag, sip.StatusOK, "OK"
}

// etag makes a new entity tag.
func (l *Lab) etag() string {
	l.branches++
	return l.salt + "." + strconv.FormatUint(l.branches, 36)
}

// expirePublications drops what was not refreshed.
func (l *Lab) expirePublications(p *person, due func(time.Time) bool) {
	before := len(p.pubs)
	p.pubs = slices.DeleteFunc(p.pubs, func(o *publication) bool { return due(o.expires) })
	if len(p.pubs) != before {
		l.presenceChanged(p)
	}
}

// state is what the person's devices say together, those that spoke last first. The name is the account's when
// no device gives one.
func (p *person) state() pidf.State {
	devices := make([]pidf.State, len(p.pubs))
	for i, pub := range p.pubs {
		devices[i] = pub.state
	}
	s := pidf.Aggregate(devices)
	if s.Name.Empty() {
		s.Name = peer(p.name)
	}
	return s
}

// mediaType returns a content type without its parameters.
func mediaType(contentType string) string {
	media, _, _ := strings.Cut(contentType, ";")
	return strings.TrimSpace(media)
}
