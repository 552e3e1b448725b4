package lab

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/presrules"
)

// says sends a text and returns the final response.
func (d *device) says(to, body string, headers ...string) *sip.Response {
	d.t.Helper()
	return d.do("MESSAGE", to, body, append(headers, "Content-Type: text/plain")...)
}

func TestMessagesReachTheirReceiver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, d := l.signedIn(t, alice), l.signedIn(t, dana)
		status(t, a.says(dana, "Hello\r\n\x00 é😀", `From: "Al \"x\"" <`+alice+`>;tag=1`, "Authorization: Digest secret"), 200)
		m := d.next(sip.MESSAGE)
		if string(m.Body()) != "Hello\r\n\x00 é😀" || m.From().DisplayName != `Al \"x\"` {
			t.Errorf("got %q from %q", m.Body(), m.From().DisplayName)
		}
		if m.Recipient.String() != d.contact || m.MaxForwards().Val() != 69 || len(m.GetHeaders("Via")) != 2 {
			t.Errorf("not relayed as a proxy does:\n%s", m)
		}
	})
}

func TestMessagesThatCannotArrive(t *testing.T) {
	for name, tc := range map[string]struct {
		to      string
		headers []string
		want    int
	}{
		"nobody":               {"sip:zoe@contoso.com", nil, 404},
		"a domain not served":  {"sip:zoe@nowhere.example", nil, 404},
		"not signed in":        {gina, nil, 480},
		"refused there":        {dana, nil, 486},
		"from somebody else":   {dana, []string{"From: <" + gina + ">;tag=1"}, 407},
		"another scheme":       {"tel:+15551234", []string{"To: <tel:+15551234>"}, 416},
		"no hops left":         {dana, []string{"Max-Forwards: 0"}, 483},
		"an extension unknown": {dana, []string{"Proxy-Require: magic"}, 420},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{})
				d, a := l.signedIn(t, dana), l.signedIn(t, alice)
				d.answer = func(*sip.Request) int { return 486 }
				status(t, a.says(tc.to, "Hello", tc.headers...), tc.want)
			})
		})
	}
}

func TestMessagesKeepTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, d := l.signedIn(t, alice), l.signedIn(t, dana)
		const n = 500
		for i := range n {
			a.write(a.message("MESSAGE", dana, fmt.Sprint(i), "Content-Type: text/plain"))
		}
		for i := range n {
			if got := string(d.next(sip.MESSAGE).Body()); got != fmt.Sprint(i) {
				t.Fatalf("message %d is %s", i, got)
			}
		}
		for range n {
			status(t, a.final(), 200)
		}
	})
}

// A typing notice (RFC 3994) goes the way of messages, and nobody gets one that is over.
func TestTypingNoticesKeepTheirPlaceAndAreNotKept(t *testing.T) {
	const notice = "application/im-iscomposing+xml"
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a := l.signedIn(t, alice)
		status(t, a.do("MESSAGE", dana, "typing", "Content-Type: "+notice), 480)
		d := l.signedIn(t, dana)
		d.nothing()
		for range 100 {
			a.write(a.message("MESSAGE", dana, "typing", "Content-Type: "+notice))
			a.write(a.message("MESSAGE", dana, "Hello", "Content-Type: text/plain"))
		}
		for range 100 {
			first, second := d.next(sip.MESSAGE), d.next(sip.MESSAGE)
			if string(first.Body()) != "typing" || first.ContentType().Value() != notice || string(second.Body()) != "Hello" {
				t.Fatalf("got %q, then %q", first.Body(), second.Body())
			}
		}
		for range 200 {
			status(t, a.final(), 200)
		}
	})
}

func TestAMessageForksAndTheFirstSuccessCounts(t *testing.T) {
	for name, tc := range map[string]struct {
		codes [2]int // 0 is silence
		want  int
	}{
		"both take it":             {[2]int{200, 200}, 200},
		"one takes it":             {[2]int{486, 200}, 200},
		"both refuse":              {[2]int{486, 403}, 403},
		"one refuses for all":      {[2]int{415, 603}, 603},
		"one is silent":            {[2]int{0, 486}, 486},
		"one is silent, one takes": {[2]int{0, 200}, 200},
		"both are silent":          {[2]int{0, 0}, 408},
		"a timeout says least":     {[2]int{408, 488}, 488},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{})
				a := l.signedIn(t, alice)
				for _, code := range tc.codes {
					l.signedIn(t, dana).answer = func(*sip.Request) int { return code }
				}
				a.write(a.message("MESSAGE", dana, "Hello", "Content-Type: text/plain"))
				time.Sleep(33 * time.Second)
				status(t, a.final(), tc.want)
				synctest.Wait()
				if len(a.responses) != 0 {
					t.Error("answered twice")
				}
			})
		})
	}
}

func TestADeviceCutOffInMidMessageIsATimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, d := l.signedIn(t, alice), l.signedIn(t, dana)
		d.answer = func(*sip.Request) int { return 0 }
		a.write(a.message("MESSAGE", dana, "Hello", "Content-Type: text/plain"))
		d.next(sip.MESSAGE)
		_ = d.c.Close()
		status(t, a.final(), 408)
	})
}

func TestEveryRequestIsChallengedWhenTheLabIsToldTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{ChallengeAll: true})
		a, d := l.signedIn(t, alice), l.signedIn(t, dana)
		status(t, a.says(dana, "Hello"), 407)
		proof := a.auth.Authorize("MESSAGE", dana, nil, "alice", "secret")
		status(t, a.says(dana, "Hello", "Proxy-Authorization: "+proof), 200)
		if m := d.next(sip.MESSAGE); header(m, "Proxy-Authorization") != "" {
			t.Error("the sender's credentials were passed on")
		}
		status(t, a.says(dana, "Hello", "Proxy-Authorization: "+proof), 407) // the nonce count was used
	})
}

// A Skype user finds people by name, and does not learn whether they are there.
func TestOptions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		c := l.signedIn(t, cheri)
		l.signedIn(t, alice)
		for uri, want := range map[string]int{
			alice: 480, dana: 480, bob: 480, "sip:zoe@contoso.com": 404, "sip:zoe@nowhere.example": 404, "sip:contoso.com": 200,
		} {
			res := c.do("OPTIONS", uri, "")
			status(t, res, want)
			if uri == alice && header(res, "P-Asserted-Identity") != `"Alice" <`+alice+`>` {
				t.Errorf("found %q", header(res, "P-Asserted-Identity"))
			}
		}
	})
}

// What a person's program can do is for the program to say, to whoever may write to that person.
func TestOptionsAreAnsweredByTheProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, d, c := l.signedIn(t, alice), l.signedIn(t, dana), l.signedIn(t, cheri)
		d.answer = func(*sip.Request) int { return 200 }
		status(t, a.do("OPTIONS", dana, ""), 200)
		d.next(sip.OPTIONS)
		status(t, a.do("OPTIONS", dana, "", "Max-Forwards: 0"), 200)
		d.nothing()
		d.answer = func(*sip.Request) int { return 403 }
		if res := a.do("OPTIONS", dana, ""); res.StatusCode != 480 || header(res, "P-Asserted-Identity") != `"Dana" <`+dana+`>` {
			t.Errorf("somebody who refuses is found as %s", res)
		}
		d.next(sip.OPTIONS)
		status(t, a.do("OPTIONS", cheri, ""), 480) // they have not accepted each other: found, and no more
		c.nothing()
		l.decide(t, alice, cheri, presrules.External, nil)
		l.decide(t, cheri, alice, presrules.External, nil)
		status(t, a.do("OPTIONS", cheri, ""), 200)
		c.next(sip.OPTIONS)
	})
}

func TestImportanceCrossesTheGateway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.decide(t, alice, cheri, presrules.External, nil)
		l.decide(t, cheri, alice, presrules.External, nil)
		a, c := l.signedIn(t, alice), l.signedIn(t, cheri)
		status(t, a.says(cheri, "fire", "Priority: urgent"), 200)
		if got := c.next(sip.MESSAGE).GetHeader("Priority"); got == nil || got.Value() != "urgent" {
			t.Errorf("it came with %v", got)
		}
	})
}

func TestBadInputIsAnsweredOrDroppedAndHarmsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a := l.signedIn(t, alice)
		good := a.message("OPTIONS", "sip:contoso.com", "")
		for _, bad := range []string{
			strings.Replace(good, "From:", "Frm:", 1),
			strings.Replace(good, "CSeq:", "CSq:", 1),
			strings.Replace(good, "SIP/2.0\r\nVia", "SIP/7.0\r\nVia", 1),
			strings.Replace(good, "OPTIONS sip", "DANCE sip", 1),
			strings.Replace(good, "sip:contoso.com SIP", "mailto:x SIP", 1),
			strings.Replace(good, "Via:", "Vai:", 1),
			"SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
			"SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP x;branch=z9hG4bKno\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
			"ACK sip:alice@contoso.com SIP/2.0\r\nContent-Length: 0\r\n\r\n",
			"nonsense\r\nContent-Length: 0\r\n\r\n",
		} {
			a.write(bad)
		}
		synctest.Wait()
		for len(a.responses) > 0 {
			<-a.responses
		}
		status(t, a.do("OPTIONS", "sip:contoso.com", ""), 200)
	})
}

func TestInjectedMessagesAreOrderedAndBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		if _, err := l.Inject(t.Context(), dana, alice, "x"); err != ErrNobody {
			t.Errorf("to somebody away: %v", err)
		}
		a := l.signedIn(t, alice)
		a.answer = func(*sip.Request) int { return 0 }
		var results []<-chan int
		for i := range injectWindow {
			res, err := l.Inject(t.Context(), dana, alice, fmt.Sprint(i))
			if err != nil {
				t.Fatal(err)
			}
			results = append(results, res)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.Inject(short, dana, alice, "one too many"); err != context.DeadlineExceeded {
			t.Errorf("a full window: %v", err)
		}
		for i, res := range results {
			m := a.next(sip.MESSAGE)
			if string(m.Body()) != fmt.Sprint(i) {
				t.Fatalf("message %d is %s", i, m.Body())
			}
			a.reply(m, 200)
			if code := <-res; code != 200 {
				t.Fatalf("message %d: %d", i, code)
			}
		}
	})
}

// Whoever is blocked sees Offline, so that messages and calls must end as with somebody who is offline, inside an
// organisation and between two.
func TestWhoeverIsBlockedFindsNobodyThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a := l.signedIn(t, alice)
		for _, who := range []string{dana, gina} {
			d := l.signedIn(t, who)
			status(t, d.says(alice, "Hello"), 200)
			a.next(sip.MESSAGE)
			l.decide(t, alice, who, presrules.Blocked, nil)
			blocked := d.says(alice, "Are you there?")
			status(t, blocked, 480)
			status(t, d.do("INVITE", alice, sdpCall), 480)
			l.decide(t, alice, who, 0, nil)
			status(t, a.register("secret", "Expires: 0"), 200)
			away := d.says(alice, "Are you there?")
			if blocked.Reason != away.Reason || len(blocked.Headers()) != len(away.Headers()) {
				t.Errorf("%s is told\n%s of somebody who has blocked, and\n%s of somebody who is not there", who, blocked, away)
			}
			status(t, a.register("secret"), 200)
		}
	})
}
