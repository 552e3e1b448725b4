package lab

import (
	"slices"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// labUser is the user part of the lab's own Contact.
const labUser = "lab"

// comeBack is after how many seconds somebody subscribes again who is to be told why not. With "deactivated" a watcher
// does so at once the first time and, after several changes of a policy, later and later: golync knew no reason
// meanwhile.
const comeBack = "1"

// dialogOver are the answers to a NOTIFY that end its subscription (RFC 5057 section 5.1, table 1); no answer
// at all does the same.
var dialogOver = []int{404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604}

// notify sends what a subscription now amounts to. One NOTIFY at a time is on its way: what changes meanwhile
// is gathered and goes with the next one, so that a slow watcher costs one state and not a queue, and the
// order cannot be lost.
func (l *Lab) notify(sub *subscription) {
	if sub.gone {
		return
	}
	if sub.busy {
		sub.stale = true
		return
	}
	sub.busy, sub.stale = true, false
	last := sub.status == winfo.Terminated
	l.ask(sub.link, l.notice(sub), func(res *sip.Response) {
		if res != nil && res.IsProvisional() {
			return
		}
		sub.busy = false
		switch {
		case last:
			sub.gone = true
		case res == nil || slices.Contains(dialogOver, res.StatusCode):
			sub.gone = true
			l.end(sub, "timeout", false)
		case sub.stale:
			l.notify(sub)
		}
	})
}

// notice builds the NOTIFY (RFC 6665 section 4.2.2).
func (l *Lab) notice(sub *subscription) *sip.Request {
	sub.cseq++
	req := sip.NewRequest(sip.NOTIFY, sub.contact)
	from, to := sip.NewParams(), sip.NewParams()
	from.Add("tag", sub.key.local)
	to.Add("tag", sub.key.remote)
	req.AppendHeader(&sip.FromHeader{Address: uriOf(sub.watched.aor), Params: from})
	req.AppendHeader(&sip.ToHeader{Address: uriOf(sub.watcher), Params: to})
	id := sip.CallIDHeader(sub.key.callID)
	req.AppendHeader(&id)
	req.AppendHeader(&sip.CSeqHeader{SeqNo: sub.cseq, MethodName: sip.NOTIFY})
	hops := sip.MaxForwardsHeader(70)
	req.AppendHeader(&hops)
	event := sub.event
	if sub.eventID != "" {
		event += ";id=" + sub.eventID
	}
	set(req, "Event", event)
	set(req, "Contact", "<"+l.contact(sub.link)+">")
	state, contentType, body := l.content(sub)
	set(req, "Subscription-State", state)
	if len(body) > 0 {
		set(req, "Content-Type", contentType)
	}
	req.SetBody(body)
	return req
}

// content is the state of a subscription and the document that goes with it.
func (l *Lab) content(sub *subscription) (state, contentType string, body []byte) {
	if sub.status == winfo.Terminated {
		state := "terminated;reason=" + sub.reason
		if sub.reason == "probation" {
			state += ";retry-after=" + comeBack
		}
		return state, "", nil
	}
	left := ";expires=" + wholeSeconds(sub.expires.Sub(l.now()))
	if sub.event == eventWinfo {
		return "active" + left, winfoType, winfo.Build(sub.document())
	}
	sub.told = l.verdictFor(sub.watched, sub.watcher)
	if sub.told.handling == presrules.Confirm {
		return "pending" + left, "", nil
	}
	return "active" + left, pidfType, pidf.Build(sub.watched.aor, l.seen(sub))
}

// seen is the watched person's presence as this watcher may see it.
func (l *Lab) seen(sub *subscription) pidf.State {
	s := sub.watched.state()
	if sub.told.handling == presrules.PoliteBlock {
		return offline(s)
	}
	if other := l.people[sub.watcher]; other != nil && across(sub.watched, other) {
		return acrossGateway(s)
	}
	return forLevel(s, sub.told.level)
}

// presenceChanged tells everybody who sees it.
func (l *Lab) presenceChanged(p *person) {
	for _, sub := range slices.Clone(p.watchers) {
		if sub.told.handling == presrules.Allow {
			l.notify(sub)
		}
	}
}

// rulesChanged decides anew on everybody the person's rules are about: who watches the person, who waits,
// and, because the gateway asks for both consents, whom the person watches across it or has asked there.
func (l *Lab) rulesChanged(p *person) {
	for _, sub := range slices.Clone(p.watchers) {
		l.redecide(sub)
	}
	l.resettle(p)
	for _, q := range l.sorted() {
		if !across(p, q) {
			continue
		}
		for _, sub := range slices.Clone(q.watchers) {
			if sub.watcher == p.aor {
				l.redecide(sub)
			}
		}
		l.withdraw(q, p.aor)
	}
}

// redecide applies policy and rules to one subscription, and tells the watcher and the readers what changed for
// each. A watcher whose own policy refuses has to subscribe again, and is then told why.
func (l *Lab) redecide(sub *subscription) {
	was, hidden := sub.status, sub.hidden
	if now := l.hides(sub.watched, sub.watcher); now && !hidden {
		sub.status = winfo.Terminated
		l.watcherChanged(sub, "noresource")
		sub.hidden = true
	} else {
		sub.hidden = now
	}
	if l.words(sub) != "" {
		l.end(sub, "probation", true) // the words are in what the next SUBSCRIBE is answered
		return
	}
	now := sub.standing()
	if now == winfo.Terminated {
		l.end(sub, "rejected", true)
		return
	}
	sub.status = now
	if now != was || hidden != sub.hidden {
		event := "approved"
		if now == winfo.Pending {
			event = "subscribe"
		}
		l.watcherChanged(sub, event)
	}
	if l.verdictFor(sub.watched, sub.watcher) != sub.told {
		l.notify(sub)
	}
}

// contact is where the lab takes requests within a dialog, over the same link.
func (l *Lab) contact(k *link) string {
	return "sip:" + labUser + "@" + k.local + ";transport=" + lower(k.transport)
}

// peer marks text that somebody else chose.
func peer(s string) text.Peer { return text.From(s) }
