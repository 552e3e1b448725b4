package doctor

import (
	"context"
	"errors"

	"golync/contacts"
	"golync/sipclient"
	"golync/sipclient/presrules"
)

// presence finds out whether the server takes the user's presence and gives it. Nothing is published, since
// others would see it: taking back what was never published tells as much.
func presence(ctx context.Context, w *walk, f *Finding) {
	f.tried("PUBLISH of nothing: taking back a publication that nobody made")
	a, err := w.agent.AskPresence(ctx)
	there := false
	switch {
	case err != nil:
		w.silent(f, err)
		return
	case a.Code == 412 || a.Code/100 == 2:
		f.came("%d: there is a presence service", a.Code)
		there = true
	case absent(a.Code):
		f.came("%d %s: there is none", a.Code, a.Reason.Raw())
		w.noService = true
	default:
		f.came("%d %s", a.Code, a.Reason.Raw())
	}
	w.own(ctx, f)
	switch {
	case w.noService:
		f.fault(NoPresenceService, "golync answers watchers itself while it runs. Otherwise load a presence module.")
	case !there:
		f.fault(PresenceRefused, "Let the account publish its presence: look into the server's log.")
	}
}

// own subscribes to the user's own presence, which shows what others may get. Unless the user's rules allow it
// for certain, the server may take it for a request of the user to the user, and Kamailio keeps that for days.
func (w *walk) own(ctx context.Context, f *Finding) {
	me := string(w.Settings.Account)
	w.read(ctx)
	if handling, _, told := w.handling(w.Settings.Account); !told || handling != presrules.Allow {
		f.came("no SUBSCRIBE to myself: without a rule for that it might count as a request")
		return
	}
	f.tried("SUBSCRIBE to my own presence")
	w.agent.Watch(me, "")
	var got sipclient.PresenceChanged
	passedOn := false
	told := w.seen.await(ctx, w.Patience, func() bool {
		passedOn = w.seen.asked[me]
		for uri, e := range w.seen.presence {
			if w.Settings.Account.Same(contacts.Address(uri)) {
				got = e
				return true
			}
		}
		return passedOn
	})
	if passedOn {
		f.came("the server only passed it on to my own devices: it keeps no presence")
		w.noService = true
	}
	switch {
	case w.noService:
		// Whatever answered is another device of the user's, or nobody.
	case !told:
		f.came("no NOTIFY within %s", w.Patience)
		f.fault(NoNotify, "Look in the server's log for the NOTIFY, and whether it finds its way over the connection.")
	case got.Watch == sipclient.WatchEnded:
		f.came("%s", ended(got))
		f.fault(PresenceRefused, "Let the account see its own presence: look into the server's log.")
	case got.Watch == sipclient.WatchPending:
		f.came("pending: the server asks me for leave to see myself")
	default:
		f.came("at the moment I am shown as %s", stateOf(got))
	}
}

// absent reports whether a final response to PUBLISH says that there is no presence service.
func absent(code int) bool {
	switch code {
	case 404, 405, 482, 483, 489, 501:
		return true
	}
	return false
}

// silent tells why a question got no answer at all.
func (w *walk) silent(f *Finding, err error) {
	if errors.Is(err, sipclient.ErrNoAnswer) {
		f.came("no answer")
		f.fault(NoAnswer, "The server answers REGISTER but not this: look into its log.")
		return
	}
	f.came("%v", err)
	f.fault(ConnectionLost, "The connection did not last: look into the server's log.")
}

// stateOf is a presence document in a few words.
func stateOf(e sipclient.PresenceChanged) string {
	switch {
	case !e.Known:
		return "nothing: the server gave no document"
	case !e.State.Open:
		return "offline"
	case e.State.Activity != "":
		return "there, " + string(say("%s", e.State.Activity))
	}
	return "there"
}

// ended is why a subscription ended, as the other side says it.
func ended(e sipclient.PresenceChanged) string {
	switch {
	case e.Code != 0:
		return string(say("%d %s", e.Code, e.Reason.Raw()))
	case !e.Reason.Empty():
		return string(say("terminated: %s", e.Reason.Raw()))
	}
	return "ended without a reason"
}
