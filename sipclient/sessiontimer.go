package sipclient

import (
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
)

// Lengths of a session (RFC 4028).
const (
	sessionLasts = 30 * time.Minute // section 4 recommends it
	sessionLeast = 90 * time.Second // section 5: less is refused
	// sessionGrace is how much earlier than its end a session is given up that nobody refreshes (section 10).
	sessionGrace = 32 * time.Second
)

// sessionTimer keeps calls from outliving their people: one side asks now and then whether the other is there.
type sessionTimer struct {
	ask     time.Duration // what we ask for
	lasts   time.Duration // what both have agreed on, 0 for no end
	ours    bool          // we refresh
	refresh *timer
	expiry  *timer
}

// asked is what a request of ours asks for. Whoever refreshes goes on doing so.
func (t *sessionTimer) asked() []sip.Header {
	value := wholeSeconds(t.ask)
	switch {
	case t.lasts > 0 && t.ours:
		value += ";refresher=uac"
	case t.lasts > 0:
		value += ";refresher=uas"
	}
	h := []sip.Header{sip.NewHeader("Session-Expires", value)}
	if t.ask != sessionLasts {
		h = append(h, sip.NewHeader("Min-SE", wholeSeconds(t.ask)))
	}
	return h
}

// askLonger obeys the Min-SE of a 422, once for each length, up to a day.
func (t *sessionTimer) askLonger(res *sip.Response) bool {
	least := seconds(headerValue(res, "min-se"))
	if least <= t.ask || least > longestAsked {
		return false
	}
	t.ask = least
	return true
}

// sessionExpires reads Session-Expires, 0 when there is none.
func sessionExpires(m interface{ GetHeader(string) sip.Header }) (lasts time.Duration, refresher string) {
	value, params, _ := strings.Cut(headerValue(m, "session-expires"), ";")
	for p := range strings.SplitSeq(params, ";") {
		if name, v, _ := strings.Cut(p, "="); strings.EqualFold(strings.TrimSpace(name), "refresher") {
			refresher = strings.ToLower(strings.TrimSpace(v))
		}
	}
	return seconds(strings.TrimSpace(value)), refresher
}

// tooBrief refuses a session that would have to be refreshed all the time (section 6), when the caller understands.
func tooBrief(req *sip.Request) *refusal {
	if lasts, _ := sessionExpires(req); lasts > 0 && lasts < sessionLeast && names(req, "supported", "timer") {
		return refuse(422, "Session Interval Too Small", sip.NewHeader("Min-SE", wholeSeconds(sessionLeast)))
	}
	return nil
}

// agreed takes what the answer to a request of ours says (section 7.2).
func (t *sessionTimer) agreed(s *session, res *sip.Response) {
	lasts, refresher := sessionExpires(res)
	t.start(s, lasts, refresher != "uas")
}

// answered takes what a request asks for and says what it gets (section 9).
func (t *sessionTimer) answered(s *session, req *sip.Request) []sip.Header {
	lasts, refresher := sessionExpires(req)
	if lasts == 0 {
		t.start(s, 0, false)
		return nil
	}
	understood := names(req, "supported", "timer")
	if refresher != "uas" && understood {
		refresher = "uac"
	} else {
		refresher = "uas"
	}
	lasts = max(lasts, sessionLeast)
	t.start(s, lasts, refresher == "uas")
	h := []sip.Header{sip.NewHeader("Session-Expires", wholeSeconds(lasts)+";refresher="+refresher)}
	if refresher == "uac" {
		h = append(h, sip.NewHeader("Require", "timer"))
	}
	return h
}

// start begins a new length (section 10): whoever refreshes does so at half of it; the other one hangs up a little
// before the end.
func (t *sessionTimer) start(s *session, lasts time.Duration, ours bool) {
	t.refresh.stop()
	t.expiry.stop()
	t.lasts, t.ours = lasts, ours
	if lasts <= 0 {
		return
	}
	t.expiry = s.c.loop.after(lasts-min(sessionGrace, lasts/3), func() { s.fail(0, text.Peer{}) })
	if ours {
		t.refresh = s.c.loop.after(lasts/2, func() {
			s.change.refresh = true
			s.settle()
		})
	}
}
