package doctor

import (
	"context"

	"golync/contacts"
	"golync/sipclient"
)

// theirs is how the other person, or their server, answered a subscription.
type theirs struct {
	told  bool // anything came
	event sipclient.PresenceChanged
}

// reply subscribes to the other person once, and waits for what comes. It must not be called for anybody who
// is not in the user's list: a SUBSCRIBE is a request.
func (w *walk) reply(ctx context.Context) *theirs {
	if w.theirs != nil {
		return w.theirs
	}
	w.theirs = &theirs{}
	address := string(w.contact().Address)
	w.agent.Watch(address, "")
	w.theirs.told = w.seen.await(ctx, w.Patience, func() bool {
		for uri, e := range w.seen.presence {
			if w.Address.Same(contacts.Address(uri)) {
				w.theirs.event = e
				return true
			}
		}
		return false
	})
	return w.theirs
}

// answer is what they, or their server, say to my SUBSCRIBE.
func answer(ctx context.Context, w *walk, f *Finding) {
	switch {
	case w.contact() == nil:
		f.skip("not tried: %s is not in my list, and a SUBSCRIBE would be a request", w.them())
		return
	case w.faulty(Policy):
		f.State, f.because = Skipped, Policy
		return
	}
	f.tried("SUBSCRIBE to the presence of %s, who is in my list", w.them())
	t := w.reply(ctx)
	switch {
	case !t.told:
		f.came("no NOTIFY within %s", w.Patience)
		f.fault(NoNotify, "Their server took the question and says nothing: look into the logs of both servers.")
	case t.event.Watch == sipclient.WatchActive:
		f.came("active: they let me see them")
		f.came("shown as %s; that I am blocked politely would look like offline", stateOf(t.event))
	case t.event.Watch == sipclient.WatchPending && w.faulty(Decision):
		f.because = Decision
		f.unknown("pending: with my own decision in the way a gateway does not tell theirs")
	case t.event.Watch == sipclient.WatchPending:
		f.came("pending: they have not accepted")
		f.fault(WaitingForThem, "Ask %s to accept the request, or to look into their Alerts options.", w.them())
		if w.kind() != contacts.MyOrganization {
			f.advise("A policy on their side that keeps requests away looks the same: their administrator knows.")
		}
	default:
		refusedBy(f, t.event)
	}
}

// refusedBy names why a subscription ended.
func refusedBy(f *Finding, e sipclient.PresenceChanged) {
	f.came("%s", ended(e))
	switch reason := e.Reason.Raw(); {
	case e.Code == 404, e.Code == 604, e.Code == 0 && reason == "noresource":
		f.fault(NotFound, "Nobody has this address there: correct it.")
	case e.Code == 403 && aboutSetup(e.Reason):
		notProvisioned(f)
	case e.Code == 403:
		f.fault(PolicyBlocks, "A policy forbids it, here or on their side: ask the administrators.")
	case e.Code == 603, e.Code == 0 && reason == "rejected":
		f.fault(RefusedByThem, "They, or their rules, refuse: ask them.")
	case e.Code == 480:
		f.fault(NotThere, "Their server has no presence service, and their program is not running: try later.")
	case e.Code == 489, e.Code == 405, e.Code == 501:
		f.fault(NoPresenceService, "Their server or program knows no presence.")
	case e.Code == 408, e.Code == 0:
		f.fault(NoNotify, "Their server does not answer: look into the logs of both servers.")
	default:
		f.fault(RefusedByThem, "Look into the logs of both servers.")
	}
}
