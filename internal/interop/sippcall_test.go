//go:build linux

package interop

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golync/internal/app"
	"golync/sipclient"
)

// bye is how most scenarios end: alice hangs up.
func (s *script) isLeft() *script { return s.receives("BYE").answersWithin("200 OK") }

func (s *script) leaves(seq int) *script { return s.within("BYE", seq).receives("200") }

// Whoever is called without a description makes the offer, and takes the answer from the ACK.
func TestACallWithoutAnOffer(t *testing.T) {
	k := Start(t, alice, fred)
	a := signIn(t, k, alice, "tls")
	s := startSipp(t, k, freePorts(t, 1)[0], new(script).invites().receives("180").receives("200", `rrs="true"`).
		within("ACK", 2, description()).isLeft())
	call := a.answers(true)
	call.becomes("active", active)
	s.hearsSound()
	a.HangUp(call.id)
	call.ends(sipclient.EndedHere)
	s.succeeds()
}

// Nobody acknowledges the answer: golync says it for 32 seconds, and then hangs up.
func TestAnAnswerThatNobodyAcknowledges(t *testing.T) {
	t.Parallel()
	k := Start(t, alice, fred)
	a := signIn(t, k, alice, "tcp")
	s := startSipp(t, k, freePorts(t, 1)[0], new(script).invites(description()).receives("180").receives("200", `rrs="true"`).isLeft())
	call := a.answers(false)
	a.longer = 32 * time.Second
	call.ends(sipclient.EndedFailed)
	s.succeeds()
}

// The other side holds the call by a re-INVITE, takes it back by UPDATE, and hangs up.
func TestTheOtherSideChangesTheCall(t *testing.T) {
	k := Start(t, alice, fred)
	a := signIn(t, k, alice, "tls")
	s := startSipp(t, k, freePorts(t, 1)[0], new(script).invites(description()).receives("180").receives("200", `rrs="true"`).within("ACK", 2).
		pauses(300).
		within("INVITE", 3, description("a=sendonly")).receives("100", `optional="true"`).receives("200").within("ACK", 3).
		pauses(300).
		within("UPDATE", 4, description("a=sendrecv")).receives("100", `optional="true"`).receives("200").
		pauses(300).
		within("INVITE", 5, strings.ReplaceAll(description(), "c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0")).receives("100", `optional="true"`).receives("200").within("ACK", 5).
		pauses(300).
		within("INVITE", 6, "Content-Type: application/sdp\nContent-Length: [len]\n\nv=0\no=fred 1 9 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio [ear] RTP/AVP 3\n").
		receives("100", `optional="true"`).receives("488").within("ACK", 6).
		within("INVITE", 7, description()).receives("100", `optional="true"`).receives("200").within("ACK", 7).
		pauses(300).leaves(8))
	call := a.answers(true)
	call.becomes("active", active)
	s.hearsSound()
	call.becomes("held", waits)
	call.becomes("back", resumed)
	call.becomes("held by the address 0.0.0.0", waits)
	call.becomes("back", resumed)
	s.hearsSound()
	call.ends(sipclient.EndedByPeer)
	s.succeeds()
}

func (s *script) pauses(ms int) *script {
	fmt.Fprintf(&s.b, "<pause milliseconds=\"%d\"/>\n", ms)
	return s
}

// A session that ends is refreshed by golync when the other side wants so, and one that is too short is refused first.
func TestSessionsAreRefreshed(t *testing.T) {
	t.Parallel()
	k := Start(t, alice, fred)
	a := signIn(t, k, alice, "tls")
	short := startSipp(t, k, freePorts(t, 1)[0], new(script).invites("Supported: timer", "Session-Expires: 30", description()).receives("422"))
	short.succeeds()
	s := startSipp(t, k, freePorts(t, 1)[0], new(script).invites("Supported: timer", "Session-Expires: 90;refresher=uas", description()).receives("180").
		receives("200", `rrs="true"`).within("ACK", 2).receives("UPDATE", `timeout="60000"`).answersWithin("200 OK", "Session-Expires: 90;refresher=uac").isLeft())
	call := a.answers(true)
	call.becomes("active", active)
	a.longer = 45 * time.Second
	call.becomes("refreshed", active)
	a.HangUp(call.id)
	call.ends(sipclient.EndedHere)
	s.succeeds()
}

// The user gives up while the other side answers: the answers cross, and nobody is left in a call.
func TestAnAnswerThatCrossesTheCancel(t *testing.T) {
	k := Start(t, alice, fred)
	a := signIn(t, k, alice, "tls")
	s := startSipp(t, k, sippPort(t, k), new(script).keeps("INVITE", "way", "((Record-Route|Via): .*)Max-Forwards").answers("180 Ringing").
		receives("CANCEL").answersWithin("200 OK").
		sends("SIP/2.0 200 OK", "[$way]", "[last_From:]", "[last_To:];tag=[pid]t[call_number]", "[last_Call-ID:]", "CSeq: [cseq] INVITE",
			"Contact: <sip:fred@[local_ip]:[local_port]>", description()).
		receives("ACK").isLeft())
	call := a.calls("sip:"+fred.Address, true)
	call.becomes("rings", func(c sipclient.Call) bool { return c.State == sipclient.CallRinging })
	a.HangUp(call.id)
	call.ends(sipclient.EndedHere)
	s.succeeds()
}

// Two devices answer at once: one has the call, and the other is told that it has not.
func TestTwoDevicesAnswerAtOnce(t *testing.T) {
	k := Start(t, alice, fred)
	a := signIn(t, k, alice, "tls")
	device := func() *script {
		return new(script).receives("INVITE").answers("200 OK", description()).receives("CANCEL", `optional="true"`).receives("ACK").
			receives("CANCEL", `optional="true"`).isLeft()
	}
	both := []*sipp{startSipp(t, k, sippPort(t, k), device()), startSipp(t, k, sippPort(t, k), device())}
	call := a.calls("sip:"+fred.Address, true)
	call.becomes("active", active)
	var first, second *sipp
	select {
	case <-both[0].done:
		first, second = both[0], both[1]
	case <-both[1].done:
		first, second = both[1], both[0]
	}
	first.succeeds()
	second.hearsSound()
	a.HangUp(call.id)
	call.ends(sipclient.EndedHere)
	second.succeeds()
}

// codes are the final answers there are, as sipp gives them.
var codes = []string{
	"300 Multiple Choices", "301 Moved Permanently", "302 Moved Temporarily", "305 Use Proxy", "380 Alternative Service",
	"400 Bad Request", "401 Unauthorized", "402 Payment Required", "403 Forbidden", "404 Not Found", "405 Method Not Allowed", "406 Not Acceptable",
	"407 Proxy Authentication Required", "408 Request Timeout", "410 Gone", "413 Request Entity Too Large", "414 Request-URI Too Long", "415 Unsupported Media Type",
	"416 Unsupported URI Scheme", "420 Bad Extension", "421 Extension Required", "422 Session Interval Too Small", "423 Interval Too Brief",
	"428 Use Identity Header", "429 Provide Referrer Identity", "433 Anonymity Disallowed", "436 Bad Identity-Info", "437 Unsupported Certificate", "438 Invalid Identity Header",
	"480 Temporarily Unavailable", "481 Call Does Not Exist", "482 Loop Detected", "483 Too Many Hops", "484 Address Incomplete", "485 Ambiguous", "486 Busy Here",
	"487 Request Terminated", "488 Not Acceptable Here", "489 Bad Event", "491 Request Pending", "493 Undecipherable", "494 Security Agreement Required",
	"500 Server Internal Error", "501 Not Implemented", "502 Bad Gateway", "503 Service Unavailable", "504 Server Time-out", "505 Version Not Supported",
	"513 Message Too Large", "580 Precondition Failure", "600 Busy Everywhere", "603 Decline", "604 Does Not Exist Anywhere", "606 Not Acceptable", "607 Unwanted", "608 Rejected",
}

// refuses answers a call with a status line. Over TLS an offer that cannot be taken is followed by another one.
func refuses(status string) *script {
	s := new(script)
	for range 1 + strings.Count(status, "488 ") {
		s.receives("INVITE").answers(status, "Contact: <sip:dana@contoso.com>").receives("ACK")
	}
	return s
}

// Of every final answer the caller is told what it means. What a proxy makes of one is its own affair: Kamailio has 500
// in place of 503 (RFC 3261 section 16.7), and takes challenges together.
func TestEveryRefusalHasWords(t *testing.T) {
	k := Start(t, alice, fred)
	a := signIn(t, k, alice, "tls")
	port := sippPort(t, k)
	for _, line := range codes {
		s := startSipp(t, k, port, refuses(line))
		call := a.calls("sip:"+fred.Address, true)
		c := call.becomes("over", ended)
		s.succeeds()
		want := strings.Replace(line, "503 Service Unavailable", "500 Service Unavailable", 1)
		if got := fmt.Sprintf("%d %s", c.Code, c.Reason.Raw()); got != want {
			t.Errorf("%s arrives as %q", line, got)
		}
		if strings.HasPrefix(line, "3") {
			if c.Target != "sip:dana@contoso.com" {
				t.Errorf("%s leads to %q", line, c.Target)
			}
			continue
		}
		words := app.RefusalText(c.Code, c.Reason, "Fred")
		if words == "" {
			t.Errorf("no words for %s", line)
		}
		t.Logf("%s: %s", line, words)
	}
}
