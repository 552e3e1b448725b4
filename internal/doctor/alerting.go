package doctor

import (
	"context"

	"golync/alerts"
	"golync/contacts"
)

// outside are the choices under "Contacts not using Lync" (facts/lync-2013-client.md section 5.1).
var outside = map[alerts.OutsideChoice]string{
	alerts.BlockAll:     "Block all invites and communications",
	alerts.AllowInvites: "Allow invites but block all other communications",
	alerts.AllowAnyone:  "Allow anyone to contact me",
}

// alerting looks whether the user's Alerts options keep requests out of New, by the same decision as the
// window's.
func alerting(_ context.Context, w *walk, f *Finding) {
	f.tried("the Alerts options of this account")
	if w.skype() {
		f.came("a Skype user gets every request")
		return
	}
	o := w.saved.Alerts
	f.came("Contacts not using Lync: %s", outside[o.Outside])
	if o.TellMe {
		f.came("Tell me when someone adds me to his or her contact list: on")
	} else {
		f.came("Tell me when someone adds me to his or her contact list: off")
	}
	if w.Address == "" || w.self() {
		return
	}
	if p := w.finding(Policy); p != nil && p.Fault == NotFound {
		f.came("nobody has this address, so that no request can come from it")
		return
	}
	if w.contact() != nil || w.relationship() != contacts.NoRelationship {
		f.came("on %s I have decided: that goes before the options", w.them())
		return
	}
	if !w.hidden() {
		f.came("a request of %s shows in New", w.them())
		return
	}
	f.came("a request of %s does not show in New", w.them())
	if w.kind() == contacts.Skype && o.Outside == alerts.BlockAll {
		f.fault(AlertsHideRequests, "Options, Alerts, Contacts not using Lync: choose %q.", outside[alerts.AllowInvites])
		return
	}
	f.fault(AlertsHideRequests, "Options, Alerts: tick %q.", "Tell me when someone adds me to his or her contact list")
}

// hidden reports whether the options keep a request of the other person out of the window.
func (w *walk) hidden() bool {
	v := alerts.Decide(w.saved.Alerts, alerts.Incoming{
		What: alerts.Request, Kind: w.kind(), Contact: w.contact() != nil, Relationship: w.relationship(),
		Mine: w.saved.Me.Availability,
	})
	return !v.Show && !v.Accept
}
