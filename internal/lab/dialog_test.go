package lab

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/presrules"
)

// call is a call between two devices, as each has it.
type testCall struct {
	caller, callee     *device
	byCaller, byCallee []string // headers of requests within the dialog
	invite             *sip.Request
}

// calls lets one device call another as far as it rings reliably, with a description.
func calls(caller, callee *device) *testCall {
	callee.answer = silent
	caller.write(caller.message("INVITE", callee.aor, "v=0\r\nm=audio 1 RTP/AVP 0\r\n", "Content-Type: application/sdp",
		"Supported: 100rel, timer, replaces", "Session-Expires: 1800", "CSeq: 1 INVITE", "Allow: INVITE, UPDATE"))
	caller.response() // 100
	c := &testCall{caller: caller, callee: callee, invite: callee.next(sip.INVITE)}
	return c
}

// answers sends a response of the callee and returns it as the caller gets it.
func (c *testCall) answers(code int, headers ...string) *sip.Response {
	c.callee.t.Helper()
	res := sip.NewResponseFromRequest(c.invite, code, "Reason", []byte("v=0\r\nm=audio 2 RTP/AVP 0\r\n"))
	res.To().Params.Add("tag", "callee")
	for _, h := range append(headers, "Contact: <"+c.callee.contact+">", "Content-Type: application/sdp") {
		name, value, _ := strings.Cut(h, ": ")
		res.AppendHeader(sip.NewHeader(name, value))
	}
	c.callee.write(res.String())
	got := c.caller.response()
	c.byCaller = append(within(got), routeOf(got, false)...)
	c.byCallee = append(routeOf(c.invite, true), "Call-ID: "+c.invite.CallID().Value(),
		"To: "+c.invite.From().Value(), "From: "+res.To().Value())
	return got
}

// passes sends a request within the dialog from one end to the other, checks that it arrives with its headers and
// body, and that its answer comes back.
func (c *testCall) passes(t *testing.T, method sip.RequestMethod, fromCallee bool, body string, headers ...string) {
	t.Helper()
	from, to, dialog := c.caller, c.callee, c.byCaller
	if fromCallee {
		from, to, dialog = c.callee, c.caller, c.byCallee
	}
	to.answer = silent
	from.write(from.message(string(method), to.contact, body, append(headers, dialog...)...))
	if method == sip.INVITE {
		from.response() // 100
	}
	got := to.next(method)
	if string(got.Body()) != body {
		t.Errorf("%s arrives with %q", method, got.Body())
	}
	for _, h := range headers {
		name, want, _ := strings.Cut(h, ": ")
		if header(got, name) != want {
			t.Errorf("%s arrives with %s: %q", method, name, header(got, name))
		}
	}
	to.reply(got, 299, "Contact: <"+to.contact+">")
	if res := from.final(); res.StatusCode != 299 || res.CSeq().MethodName != method {
		t.Errorf("%s is answered %s", method, res.StartLine())
	}
}

// Whatever people do in a call reaches the other end, also through the gateway.
func TestEveryRequestOfACallPassesBothWays(t *testing.T) {
	for _, pair := range [][2]string{{alice, dana}, {alice, cheri}, {cheri, alice}, {alice, Decorate("bob@contoso.com")}} {
		t.Run(pair[0]+" calls "+pair[1], func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{})
				l.decide(t, pair[0], pair[1], presrules.External, nil)
				l.decide(t, pair[1], pair[0], presrules.External, nil)
				c := calls(l.signedIn(t, pair[0]), l.signedIn(t, pair[1]))
				if got := header(c.invite, "Session-Expires"); got != "1800" {
					t.Errorf("the session lasts %q", got)
				}
				if res := c.answers(183, "Require: 100rel", "RSeq: 7"); header(res, "RSeq") != "7" || len(res.Body()) == 0 {
					t.Errorf("%s", res)
				}
				c.passes(t, sip.PRACK, false, "", "RAck: 7 1 INVITE")
				c.passes(t, sip.UPDATE, false, "v=0\r\nm=audio 3 RTP/AVP 0\r\n", "Content-Type: application/sdp")
				c.passes(t, sip.UPDATE, true, "")
				status(t, c.answers(200), 200)
				c.caller.write(c.caller.message("ACK", c.callee.contact, "v=0", append(c.byCaller, "CSeq: 1 ACK")...))
				if ack := c.callee.next(sip.ACK); string(ack.Body()) != "v=0" {
					t.Errorf("%s", ack)
				}
				for _, fromCallee := range []bool{false, true} {
					c.passes(t, sip.INVITE, fromCallee, "v=0\r\nm=audio 4 RTP/AVP 0\r\na=sendonly\r\n", "Content-Type: application/sdp")
					from, to, dialog := c.caller, c.callee, c.byCaller
					if fromCallee {
						from, to, dialog = c.callee, c.caller, c.byCallee
					}
					from.write(from.message("ACK", to.contact, "", dialog...))
					to.next(sip.ACK)
					c.passes(t, sip.UPDATE, fromCallee, "", "Session-Expires: 1800;refresher=uac")
					c.passes(t, sip.INFO, fromCallee, "Signal=5", "Content-Type: application/dtmf-relay")
					c.passes(t, sip.REFER, fromCallee, "", "Refer-To: <sip:gina@fabrikam.com?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>", "Referred-By: <"+from.aor+">")
					c.passes(t, sip.NOTIFY, !fromCallee, "SIP/2.0 180 Ringing", "Event: refer", "Subscription-State: active;expires=60", "Content-Type: message/sipfrag")
				}
				c.passes(t, sip.BYE, true, "", "Reason: SIP;cause=480")
			})
		})
	}
}

// whyNot is the Reason of the next CANCEL that a device gets.
func whyNot(d *device) string { return header(d.next(sip.CANCEL), "Reason") }

// RFC 3326: a device that stops ringing is told why, so that a call which another has taken is not counted as missed.
func TestADeviceIsToldWhyItStopsRinging(t *testing.T) {
	for name, end := range map[string]struct {
		do   func(caller, other *device, invite *sip.Request)
		want string
	}{
		"answered elsewhere": {func(_, other *device, invite *sip.Request) { other.reply(invite, 200, "Contact: <"+other.contact+">") }, `SIP;cause=200;text="Call completed elsewhere"`},
		"declined elsewhere": {func(_, other *device, invite *sip.Request) { other.reply(invite, 603) }, `SIP;cause=603;text="Declined elsewhere"`},
		"cancelled with reason": {func(caller, _ *device, _ *sip.Request) {
			caller.write(caller.message("CANCEL", dana, "", "Via: SIP/2.0/TCP a.invalid;branch=z9hG4bKcall", "CSeq: 7 CANCEL", `Reason: SIP;cause=487;text="Enough"`))
		}, `SIP;cause=487;text="Enough"`},
		"cancelled": {func(caller, _ *device, _ *sip.Request) {
			caller.write(caller.message("CANCEL", dana, "", "Via: SIP/2.0/TCP a.invalid;branch=z9hG4bKcall", "CSeq: 7 CANCEL"))
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{})
				a, one, two := l.signedIn(t, alice), l.signedIn(t, dana), l.signedIn(t, dana)
				one.answer, two.answer = silent, silent
				a.write(a.message("INVITE", dana, "", "Via: SIP/2.0/TCP a.invalid;branch=z9hG4bKcall", "CSeq: 7 INVITE"))
				one.next(sip.INVITE)
				end.do(a, two, two.next(sip.INVITE))
				if got := whyNot(one); got != end.want {
					t.Errorf("Reason %q, want %q", got, end.want)
				}
			})
		})
	}
}
