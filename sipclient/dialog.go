package sipclient

import (
	"github.com/emiago/sipgo/sip"
)

// dialog is RFC 3261 section 12 for calls and subscriptions, for either side of one. sipgo's own dialogs know
// INVITE only, and that with mistakes (facts/sipgo.md section 2).
type dialog struct {
	callID              string
	localTag, remoteTag string
	local, remote       sip.Uri // of From and To
	target              sip.Uri // remote target: the peer's Contact, or its address until one is known
	routes              []string
	localSeq, remoteSeq uint32
	heard               bool // remoteSeq is valid
}

// established reports whether the peer has given its tag.
func (d *dialog) established() bool { return d.remoteTag != "" }

// accept takes the next request of the peer in this dialog: it refuses what came too late (RFC 3261
// section 12.2.2) and follows a change of the remote target (section 12.2.1.2).
func (d *dialog) accept(req *sip.Request) *refusal {
	seq := req.CSeq().SeqNo
	if d.heard && seq <= d.remoteSeq {
		return refuse(500, "CSeq Out Of Order")
	}
	d.remoteSeq, d.heard = seq, true
	if contact := req.Contact(); contact != nil && usableTarget(&contact.Address) {
		d.target = *contact.Address.Clone()
	}
	return nil
}

// refresh follows a change of the remote target in an answer to an INVITE or UPDATE within the dialog (RFC 3261
// section 12.2.1.2). The route set stays.
func (d *dialog) refresh(res *sip.Response) {
	if contact := res.Contact(); contact != nil && usableTarget(&contact.Address) {
		d.target = *contact.Address.Clone()
	}
}

// learn completes the dialog from the first message of the peer: a NOTIFY for a subscriber, the SUBSCRIBE
// for a notifier (both requests: the route set is in the order received), or the response to our
// SUBSCRIBE or INVITE (reversed, RFC 3261 section 12.1.2).
func (d *dialog) learn(m interface {
	GetHeaders(string) []sip.Header
	Contact() *sip.ContactHeader
}, tag string, response bool,
) {
	d.remoteTag = tag
	if contact := m.Contact(); contact != nil && usableTarget(&contact.Address) {
		d.target = *contact.Address.Clone()
	}
	d.routes = nil
	for _, h := range m.GetHeaders("record-route") {
		d.routes = append(d.routes, h.Value())
	}
	if response {
		for i, j := 0, len(d.routes)-1; i < j; i, j = i+1, j-1 {
			d.routes[i], d.routes[j] = d.routes[j], d.routes[i]
		}
	}
}

// copy is a dialog of its own that begins like this one.
func (d *dialog) copy() *dialog {
	out := *d
	return &out
}

// draft begins the next request in the dialog.
func (d *dialog) draft(method sip.RequestMethod) draft {
	d.localSeq++
	return draft{
		method: method, target: d.target, to: d.remote, fromTag: d.localTag, toTag: d.remoteTag,
		callID: d.callID, seq: d.localSeq, routes: d.routes,
	}
}

// usableTarget refuses what could not be written into a request line as it is.
func usableTarget(u *sip.Uri) bool {
	return (u.Scheme == "sip" || u.Scheme == "sips") && u.Host != "" && !u.Wildcard
}
