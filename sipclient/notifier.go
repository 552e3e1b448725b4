package sipclient

import (
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// Bounds of the subscriptions that others have with us.
const (
	directLeast = time.Minute
	directMost  = time.Hour
	directLimit = 1000 // dialogs; more are asked to come again later
	directEach  = 20   // of them, those of one person, who has that many devices at most
)

// notifier answers watchers who subscribe to us directly, because the server has no presence service
// (RFC 6665 section 4.2, RFC 3856). Who may see what is decided by the rules that XCAP would have carried.
type notifier struct {
	rules    presrules.Document
	watchers map[string]*directWatcher // by our tag, which is unique
}

// of counts the subscriptions of one person.
func (n *notifier) of(aor string) int {
	count := 0
	for _, w := range n.watchers {
		if w.aor == aor {
			count++
		}
	}
	return count
}

// directWatcher is one subscription to us.
type directWatcher struct {
	c       *Client
	dialog  dialog
	event   string // as it was asked for, with its id
	aor     string
	name    text.Peer
	intro   text.Peer
	allowed presrules.Handling
	level   presrules.Level

	until    time.Time
	expiry   *timer
	inFlight bool   // a NOTIFY is under way
	dirty    bool   // another one is due
	ending   string // Subscription-State of the last NOTIFY, when it is due
	left     func() // called once when it is forgotten; may be nil
}

// takeSubscribe answers a SUBSCRIBE from somebody.
func (c *Client) takeSubscribe(in *incoming) {
	if event, _, _ := strings.Cut(headerValue(in.req, "event"), ";"); !strings.EqualFold(strings.TrimSpace(event), "presence") {
		in.refuse(refuse(489, "Bad Event", sip.NewHeader("Allow-Events", "presence")))
		return
	}
	lasts, r := subscriptionTime(in.req)
	if r != nil {
		in.refuse(r)
		return
	}
	if tag, ok := in.req.To().Params.Get("tag"); ok {
		c.takeResubscribe(in, tag, lasts)
		return
	}
	w, r := c.newDirectWatcher(in.req)
	if r != nil {
		in.refuse(r)
		return
	}
	if lasts > 0 {
		c.direct.watchers[w.dialog.localTag] = w
	}
	w.answer(in, lasts)
	if lasts > 0 {
		w.tell("subscribe")
	}
}

// subscriptionTime reads Expires: an hour when there is none, 423 when it is too short.
func subscriptionTime(req *sip.Request) (time.Duration, *refusal) {
	value := headerValue(req, "expires")
	if value == "" {
		return directMost, nil
	}
	d := seconds(value)
	if d > 0 && d < directLeast {
		return 0, refuse(423, "Interval Too Brief", sip.NewHeader("Min-Expires", wholeSeconds(directLeast)))
	}
	return min(d, directMost), nil
}

// newDirectWatcher decides on somebody new. A SUBSCRIBE that reaches us although the server has a presence
// service went astray.
func (c *Client) newDirectWatcher(req *sip.Request) (*directWatcher, *refusal) {
	aor, ok := nameaddr.AOR(&req.From().Address)
	if !ok {
		return nil, refuse(400, "From Is No SIP Address")
	}
	if code := c.o.Admit(Incoming{Method: "SUBSCRIBE", From: aor}).Refuse; code != 0 {
		return nil, refuse(code, phraseFor(code))
	}
	switch {
	case c.services.presence.known && c.services.presence.there:
		return nil, refuse(489, "Bad Event")
	case !accepts(req, pidfType):
		return nil, refuse(406, "Not Acceptable", sip.NewHeader("Accept", pidfType))
	case len(c.direct.watchers) >= directLimit, c.direct.of(aor) >= directEach:
		return nil, refuse(503, "Too Many Watchers", sip.NewHeader("Retry-After", "300"))
	}
	tag, _ := req.From().Params.Get("tag")
	w := &directWatcher{
		c: c, event: headerText(headerValue(req, "event"), 128), aor: aor,
		name:  text.From(nameaddr.Unquote(req.From().DisplayName)),
		intro: text.From(headerValue(req, "subject")),
		dialog: dialog{
			callID: req.CallID().Value(), localTag: newToken(), local: c.me.uri,
			remote: req.From().Address, target: req.From().Address,
		},
	}
	w.dialog.learn(req, tag, false)
	w.dialog.remoteSeq, w.dialog.heard = req.CSeq().SeqNo, true
	w.allowed, w.level = c.direct.rules.Decide(aor)
	if w.allowed == presrules.Block {
		return nil, refuse(403, "Forbidden")
	}
	return w, nil
}

// takeResubscribe renews a subscription or ends it.
func (c *Client) takeResubscribe(in *incoming, tag string, lasts time.Duration) {
	w := c.direct.watchers[tag]
	from, _ := in.req.From().Params.Get("tag")
	if w == nil || w.dialog.callID != in.req.CallID().Value() || w.dialog.remoteTag != from {
		in.refuse(refuse(481, "Subscription Does Not Exist"))
		return
	}
	if r := w.dialog.accept(in.req); r != nil {
		in.refuse(r)
		return
	}
	w.answer(in, lasts)
}

// answer accepts for lasts, and sends the NOTIFY that every SUBSCRIBE gets once the answer has left.
// Zero ends the subscription, or fetches the state once.
func (w *directWatcher) answer(in *incoming, lasts time.Duration) {
	c := w.c
	w.expiry.stop()
	w.until = time.Now().Add(lasts)
	if lasts > 0 {
		w.expiry = c.loop.after(lasts, func() { w.end("terminated;reason=timeout") })
	} else {
		w.ending = "terminated;reason=timeout"
	}
	in.then = w.notify
	in.tag = w.dialog.localTag
	headers := []sip.Header{sip.NewHeader("Expires", wholeSeconds(lasts))}
	if l := c.net.link; l != nil {
		headers = append(headers, sip.NewHeader("Contact", "<"+l.contact+">"))
	}
	in.accept(headers...)
}

// end sends the last NOTIFY.
func (w *directWatcher) end(state string) {
	w.expiry.stop()
	w.ending = state
	w.notify()
}

// notify sends the present state; one NOTIFY is under way at a time.
func (w *directWatcher) notify() {
	l := w.c.net.link
	if w.dirty = w.inFlight || l == nil || w.c.net.phase != online; w.dirty {
		return
	}
	w.inFlight = true
	last := w.ending != ""
	epoch := w.c.net.epoch
	w.c.exchange(l, w.draft(l), func(r reply) {
		w.dialog.localSeq = max(w.dialog.localSeq, r.seq)
		if epoch != w.c.net.epoch {
			return
		}
		w.inFlight = false
		switch {
		case last, gone(r):
			w.forget()
		case w.dirty:
			w.notify()
		}
	})
}

// gone reports whether the answer to a NOTIFY says that nobody listens any more (RFC 6665 section 4.2.2).
func gone(r reply) bool {
	switch r.code() {
	case 404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604:
		return true
	}
	return r.err == ErrNoAnswer
}

func (w *directWatcher) draft(l *link) draft {
	d := w.dialog.draft(sip.NOTIFY)
	state := w.ending
	if state == "" {
		word := "active"
		if w.allowed == presrules.Confirm {
			word = "pending"
		}
		state = word + ";expires=" + wholeSeconds(max(time.Until(w.until), time.Second))
	}
	d.headers = []sip.Header{
		sip.NewHeader("Event", w.event), sip.NewHeader("Subscription-State", state),
		sip.NewHeader("Contact", "<"+l.contact+">"),
	}
	if body := w.document(); body != nil {
		d.contentType, d.body = pidfType, body
	}
	return d
}

func (w *directWatcher) forget() {
	w.expiry.stop()
	tag := w.dialog.localTag
	if w.c.direct.watchers[tag] == w {
		delete(w.c.direct.watchers, tag)
		w.emit(winfo.Terminated, "timeout")
	}
	if left := w.left; left != nil {
		w.left = nil
		left()
	}
}

// tell says how somebody stands with us now.
func (w *directWatcher) tell(event string) {
	status := winfo.Active
	if w.allowed == presrules.Confirm {
		status = winfo.Pending
	}
	w.emit(status, event)
}

func (w *directWatcher) emit(status winfo.Status, event string) {
	w.c.emit(WatchersChanged{Watchers: []winfo.Watcher{{
		ID: w.dialog.localTag, URI: w.aor, Name: w.name, Status: status, Event: event, Introduction: w.intro,
	}}})
}

// accepts reports whether a request takes bodies of that type; no Accept means the package's default.
func accepts(req *sip.Request, kind string) bool {
	all := req.GetHeaders("accept")
	return len(all) == 0 || named(all, kind)
}

// named reports whether Accept header fields name a media type, or all of its kind.
func named(accept []sip.Header, kind string) bool {
	family, _, _ := strings.Cut(kind, "/")
	for _, h := range accept {
		for one := range strings.SplitSeq(h.Value(), ",") {
			switch k, _ := mediaType(one); k {
			case kind, "*/*", family + "/*":
				return true
			}
		}
	}
	return false
}
