package sipclient

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
)

// transferWithin is how long the other side may be silent about a transfer.
const transferWithin = 2 * time.Minute

// referral is a transfer of ours under way.
type referral struct {
	patience *timer
	with     *session // the other call of ours that it connects; nil when it only sends the other side away
}

// transfer asks the other side to call somebody else (REFER within the dialog, RFC 3515 and RFC 5589), whom we talk to
// in the call with, if that is not nil.
func (s *session) transfer(to string, with *session) {
	switch {
	case s.call.Transfer == TransferAsked || s.call.Transfer == TransferRinging:
		s.tellAgain()
		return
	case s.call.State != CallActive:
		s.transferred(TransferFailed)
		return
	}
	headers := []sip.Header{sip.NewHeader("Refer-To", to), sip.NewHeader("Referred-By", "<"+s.c.me.aor+">")}
	if l := s.c.net.link; l != nil {
		headers = append(headers, sip.NewHeader("Contact", "<"+l.contact+">"))
	}
	s.refer.with = with
	s.transferred(TransferAsked)
	s.hurry()
	s.request(s.dialog, sip.REFER, headers, func(r reply) {
		switch {
		case s.over || s.call.Transfer == TransferDone:
		case r.code() == 481:
			s.end(EndedFailed, 481, text.Peer{})
		case r.err != nil || r.code()/100 != 2:
			s.transferred(TransferFailed)
		}
	})
}

// hurry waits for the next word about a transfer.
func (s *session) hurry() {
	s.refer.patience.stop()
	s.refer.patience = s.c.loop.after(transferWithin, func() { s.transferred(TransferFailed) })
}

// transferred tells how a transfer goes.
func (s *session) transferred(t TransferState) {
	if t == TransferFailed || t == TransferDone {
		s.refer.patience.stop()
	}
	s.call.Transfer = t
	s.tellAgain()
}

// replacement is the other side of this call as somebody else may call it in our place: by its address, so that
// servers find it, and only the device that talks to us (RFC 3891 section 3, RFC 5589 section 7.3).
func (s *session) replacement() string {
	d := s.dialog
	replaces := d.callID + ";to-tag=" + d.remoteTag + ";from-tag=" + d.localTag
	return "<" + s.call.Peer + "?Replaces=" + url.QueryEscape(replaces) + "&Require=replaces>"
}

// takeProgress takes a NOTIFY about a transfer of ours (RFC 3515 section 2.4.4).
func (c *Client) takeProgress(in *incoming) {
	s, d := c.calls.of(in.req)
	if s == nil || s.over || s.call.Transfer == TransferNone {
		in.refuse(refuse(481, "Subscription Does Not Exist"))
		return
	}
	state := parseSubscriptionState(headerValue(in.req, "subscription-state"))
	if state.state == "" {
		in.refuse(refuse(400, "Missing Subscription-State"))
		return
	}
	if r := d.accept(in.req); r != nil {
		in.refuse(r)
		return
	}
	in.accept()
	s.progress(fragment(in.req), state.state == "terminated")
}

// progress acts on the status of the call that the other side makes.
func (s *session) progress(code int, last bool) {
	if s.call.Transfer != TransferAsked && s.call.Transfer != TransferRinging {
		return // it has come to an end
	}
	switch {
	case code/100 == 2:
		s.transferred(TransferDone)
		s.leave()
		// A device that knows Replaces has hung up with us already; one that does not has taken a second call.
		if with := s.refer.with; with != nil && !with.over {
			with.leave()
		}
	case code >= 300, last:
		s.transferred(TransferFailed)
	case code > 100:
		s.hurry()
		s.transferred(TransferRinging)
	default:
		s.hurry()
	}
}

// fragment is the status in the body (message/sipfrag, RFC 3420), 0 when there is none.
func fragment(req *sip.Request) int {
	line, _, _ := strings.Cut(string(req.Body()), "\n")
	f := strings.Fields(line)
	if len(f) < 2 || !strings.EqualFold(f[0], "SIP/2.0") {
		return 0
	}
	code, err := strconv.Atoi(f[1])
	if err != nil || code < 100 || code > 699 {
		return 0
	}
	return code
}

// replaced finds the call that an INVITE is to take the place of: one of ours that both sides have confirmed (RFC 3891
// section 3). nil without Replaces.
func (cs *calls) replaced(req *sip.Request) (*session, *refusal) {
	all := req.GetHeaders("replaces")
	switch len(all) {
	case 0:
		return nil, nil
	case 1:
	default:
		return nil, refuse(400, "Repeated Header Field")
	}
	part := strings.Split(all[0].Value(), ";")
	params := map[string]string{}
	for _, p := range part[1:] {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		params[strings.ToLower(name)] = value
	}
	s := cs.byTag[params["to-tag"]]
	_, earlyOnly := params["early-only"]
	switch {
	case s == nil || s.dialog.callID != strings.TrimSpace(part[0]) || s.dialogWith(params["from-tag"]) == nil:
		return nil, refuse(481, "Call Does Not Exist")
	case s.over:
		return nil, refuse(603, "Decline")
	case s.call.State != CallActive:
		return nil, refuse(481, "Call Does Not Exist")
	case earlyOnly:
		return nil, refuse(486, "Busy Here")
	}
	return s, nil
}
