package lab

import (
	"slices"

	"github.com/emiago/sipgo/sip"

	"golync/internal/lab/policy"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// askAgain is how long, in seconds, a device waits before it tries again what its user's own policy refuses:
// the administrator may have changed it. Nothing stands by which it could be told.
const askAgain = "15"

// Enforce puts a policy in force at once: presence is withdrawn where it is allowed no more, what rings there stops
// ringing, and requests that were kept back appear where they are allowed. nil allows everything.
func (l *Lab) Enforce(p *policy.Policy) {
	l.locked(func() {
		l.policy = p
		l.refusals = refusals{}
		for _, q := range l.people {
			q.skype = p.Public(q.domain)
		}
		for _, q := range l.sorted() {
			for _, sub := range slices.Clone(q.watchers) {
				l.redecide(sub)
			}
			l.uncover(q)
		}
		for _, s := range l.servings {
			l.silence(s)
		}
	})
}

// silence ends a call that rings where it may not any more. One that was answered is the two devices' own.
func (l *Lab) silence(s *serving) {
	from := l.people[aorOf(&s.req.From().Address)]
	if s.call == nil || s.call.to == nil || s.call.answered || s.call.ended || from == nil {
		return
	}
	if r := l.forbids(from, s.call.to, policy.Call); r.Refused() {
		l.refusals.note(l, policy.Call, from, s.call.to, r)
		s.call.ended = true
		l.hangUp(s.call)
	}
}

func party(p *person) policy.Party { return policy.Party{Address: p.aor, Public: p.skype} }

// forbids asks the policy whether one person may do something with another. On the contacts list is whom the
// rules have decided upon, the blocked included: blocking somebody changes nothing that they could notice.
func (l *Lab) forbids(from, to *person, deed policy.Deed) policy.Refusal {
	if l.policy == nil {
		return policy.Refusal{}
	}
	ask := policy.Ask{From: party(from), To: party(to), Deed: deed}
	if l.policy.Provider.Verification == policy.AlwaysUnverifiable { // the rules are read for nothing else
		ask.Listed = to.decide(from.aor).handling != presrules.Confirm
	}
	return l.policy.Decide(ask)
}

// mayWrite reports whether one person's messages reach another.
func (l *Lab) mayWrite(from, to *person) bool {
	return !l.forbids(from, to, policy.Write).Refused() && consents(from, to)
}

// hides reports whether the policy keeps a watcher from the one who is watched: the watched person is told
// nothing of the request, and the watcher nothing but that it is pending.
func (l *Lab) hides(watched *person, watcher string) bool {
	from := l.people[watcher]
	if from == nil || from == watched {
		return false
	}
	r := l.forbids(from, watched, policy.Watch)
	if r.Refused() {
		l.refusals.note(l, policy.Watch, from, watched, r)
	}
	return r.Refused()
}

// words tell a watcher what its own policy refuses; empty when nothing is to be told.
func (l *Lab) words(sub *subscription) string {
	if !sub.hidden {
		return ""
	}
	return l.forbids(l.people[sub.watcher], sub.watched, policy.Watch).Words()
}

// uncover shows those who wait as far as the policy lets them be seen now, and takes the others back.
func (l *Lab) uncover(p *person) {
	for i := range p.waiting {
		w := &p.waiting[i]
		was := w.hidden
		if w.hidden = l.hides(p, w.Watcher); w.hidden == was {
			continue
		}
		if w.hidden {
			l.tellReaders(p, w.asWatcher(winfo.Terminated, "noresource"))
		} else {
			l.tellReaders(p, w.asWatcher(winfo.Waiting, "timeout"))
		}
	}
}

// stops answers a request that must not pass from one person to another, and reports whether it did. What the
// asker's own account lacks is said to the asker; of the other one's policy nothing is to be learned: it looks as
// if that person had not accepted. Who is blocked politely finds nobody there, whoever is, also inside a domain.
func (l *Lab) stops(s *serving, from, to *person, deed policy.Deed) bool {
	r := l.forbids(from, to, policy.Write)
	if !r.Refused() && to.decide(from.aor).handling == presrules.PoliteBlock {
		l.away(s) // as the presence says: who is blocked must not learn it by another answer
		return true
	}
	if !r.Refused() && !consents(from, to) {
		l.refuseQuietly(s, deed)
		return true
	}
	offered := mediaOf(s.req)
	if !r.Refused() && deed == policy.Call && !onlyCalls(offered) && across(from, to) {
		l.notAcceptable(s, "Only Audio and Video Cross")
		return true
	}
	if !r.Refused() && deed == policy.Call {
		if r = l.forbids(from, to, policy.Call); r.Refused() && r.Words() == "" {
			l.refusals.note(l, deed, from, to, r)
			l.notAcceptable(s, "Not Acceptable Here")
			return true
		}
	}
	if !r.Refused() {
		return false
	}
	l.refusals.note(l, deed, from, to, r)
	switch {
	case r.Words() == "":
		l.refuseQuietly(s, deed)
	case r.Rule == policy.Rule(policy.PublicCloudAudioVideo):
		l.notAcceptable(s, r.Words())
	default:
		l.refuse(s, sip.StatusForbidden, r.Words())
	}
	return true
}

// refuseQuietly says what is said without consent too.
func (l *Lab) refuseQuietly(s *serving, deed policy.Deed) {
	if deed == policy.Call {
		l.refuse(s, sip.StatusGlobalDecline, "Decline")
		return
	}
	l.refuse(s, sip.StatusForbidden, "Not Accepted Yet")
}

// notAcceptable refuses the media of a call and nothing else: messages go on (RFC 3261 sections 21.4.26 and
// 20.43, warning 304: media type not available).
func (l *Lab) notAcceptable(s *serving, words string) {
	res := response(s.req, sip.StatusNotAcceptableHere, words)
	set(res, "Warning", `304 `+labUser+` "`+words+`"`)
	l.respond(s, res)
}

// stopsWithin is stops for a request inside a dialog. What ends a call always passes, whatever has been
// decided meanwhile: a call under way goes between the two devices and is theirs to end.
func (l *Lab) stopsWithin(s *serving, to *person) bool {
	from := l.people[aorOf(&s.req.From().Address)]
	if from == nil || to == nil {
		return false
	}
	switch s.req.Method {
	case sip.MESSAGE:
		return l.stops(s, from, to, policy.Write) || l.stopsBody(s, from, to)
	case sip.INVITE:
		return l.stops(s, from, to, policy.Call)
	case sip.UPDATE:
		return len(s.req.Body()) > 0 && l.stops(s, from, to, policy.Call)
	case sip.INFO, sip.REFER:
		return l.stops(s, from, to, policy.Write)
	}
	return false
}
