package sipclient

import (
	"strings"

	"github.com/emiago/sipgo/sip"
)

// takeNotify answers a NOTIFY: it belongs to a subscription of ours, or to a transfer, or nobody asked for it.
func (c *Client) takeNotify(in *incoming) {
	if event, _, _ := strings.Cut(headerValue(in.req, "event"), ";"); strings.EqualFold(strings.TrimSpace(event), "refer") {
		c.takeProgress(in)
		return
	}
	s := c.subs[in.req.CallID().Value()]
	if s == nil {
		in.refuse(refuse(481, "Subscription Does Not Exist"))
		return
	}
	if r := s.take(in.req, in.accept); r != nil {
		in.refuse(r)
	}
}

// take checks a NOTIFY, lets accepted answer it, and then acts on it. The order matters to nobody but the
// reader: the answer leaves from another goroutine.
func (s *subscription) take(req *sip.Request, accepted func(...sip.Header)) *refusal {
	event, _, _ := strings.Cut(headerValue(req, "event"), ";")
	toTag, _ := req.To().Params.Get("tag")
	fromTag, _ := req.From().Params.Get("tag")
	switch {
	case !strings.EqualFold(strings.TrimSpace(event), s.event):
		return refuse(489, "Bad Event", sip.NewHeader("Allow-Events", acceptedEvents))
	case toTag != s.dialog.localTag || fromTag == "":
		return refuse(481, "Subscription Does Not Exist")
	case s.dialog.established() && fromTag != s.dialog.remoteTag:
		// Another branch of a forked SUBSCRIBE: one subscription is enough (RFC 6665 section 4.1.2.4).
		return refuse(481, "Subscription Does Not Exist")
	}
	state := parseSubscriptionState(headerValue(req, "subscription-state"))
	if state.state == "" {
		return refuse(400, "Missing Subscription-State")
	}
	var kind string
	if t := req.ContentType(); t != nil {
		kind, _ = mediaType(t.Value())
	}
	if len(req.Body()) > 0 && kind != s.accept {
		return refuse(415, "Unsupported Media Type", sip.NewHeader("Accept", s.accept))
	}
	if !s.dialog.established() {
		s.dialog.learn(req, fromTag, false)
	}
	if r := s.dialog.accept(req); r != nil {
		return r
	}
	accepted()
	s.heard(state, notice{active: state.state == "active", contentType: kind, body: req.Body()})
	return nil
}

// heard acts on an accepted NOTIFY.
func (s *subscription) heard(state subscriptionState, n notice) {
	s.silence.stop()
	if state.state == "terminated" {
		s.finish(outcome{reason: state.reason, advice: state.advice})
		return
	}
	if s.stopping {
		// It was on its way when we unsubscribed, or the notifier answers the unsubscribe like this.
		s.awaitNotify()
		if !s.inFlight {
			s.leave()
		}
		return
	}
	if state.expires > 0 {
		s.lasts(state.expires)
	}
	s.notified(n)
}
