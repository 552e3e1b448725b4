package lab

import (
	"slices"

	"golync/sipclient/winfo"
)

// end takes a subscription out of the books, and tells the watcher when it still can be told. A watcher who
// was pending stays as waiting, so that a request is not lost because somebody signed off (RFC 3857
// section 4.7.1).
func (l *Lab) end(sub *subscription, reason string, tell bool) {
	if l.dialogs[sub.key] != sub {
		return
	}
	delete(l.dialogs, sub.key)
	sub.link.subs--
	is := func(o *subscription) bool { return o == sub }
	p := sub.watched
	if sub.event == eventWinfo {
		p.readers = slices.DeleteFunc(p.readers, is)
	} else {
		p.watchers = slices.DeleteFunc(p.watchers, is)
		waits := sub.status == winfo.Pending && reason == "timeout" && !l.withdrawn(p, sub.watcher) && l.wait(sub)
		if !waits {
			sub.status = winfo.Terminated
			l.watcherChanged(sub, reason)
		}
	}
	if tell {
		l.finishWith(sub, reason)
		return
	}
	sub.gone = true
}

// finishWith sends the last NOTIFY of a subscription.
func (l *Lab) finishWith(sub *subscription, reason string) {
	sub.status, sub.reason = winfo.Terminated, reason
	l.notify(sub)
}

// unsubscribeLink ends what was subscribed over a link that is gone.
func (l *Lab) unsubscribeLink(k *link) {
	for _, sub := range l.dialogs {
		if sub.link == k {
			l.end(sub, "timeout", false)
		}
	}
}
