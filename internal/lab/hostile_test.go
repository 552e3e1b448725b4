package lab

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/pidf"
)

// stillThere checks that the lab serves somebody else after whatever a test did to it.
func (l *Lab) stillThere(t testing.TB) {
	t.Helper()
	d := l.signedIn(t, dana)
	status(t, d.do("OPTIONS", "sip:contoso.com", ""), 200)
}

func TestRequestsOfAllMethodsToAllTargetsAreAnsweredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a := l.signedIn(t, alice)
		methods := []string{
			"REGISTER", "OPTIONS", "PUBLISH", "SUBSCRIBE", "NOTIFY", "MESSAGE", "INVITE", "BYE", "CANCEL", "UPDATE",
			"INFO", "PRACK", "REFER", "DANCE",
		}
		for _, method := range methods {
			for _, uri := range []string{dana, "sip:zoe@contoso.com", "sip:contoso.com", "sip:@contoso.com", "tel:+1", "sip:lab@pipe", a.contact} {
				for _, extra := range []string{"X: y", "To: <sip:dana@contoso.com>;tag=x", "Event: presence", "Contact: *", "Expires: -1", "Route: <sip:pipe;lr>"} {
					res := a.do(method, uri, "", extra)
					if res.CSeq().MethodName != sip.RequestMethod(method) {
						t.Fatalf("%s %s %s: answer to %s", method, uri, extra, res.CSeq().MethodName)
					}
				}
			}
		}
		l.stillThere(t)
	})
}

func TestNamesAndTextsOfPeersCannotBreakOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, g := l.signedIn(t, alice), l.signedIn(t, gina)
		a.reads()
		a.expect(`0 full`)
		subject := `</watcher>&<x> "quoted" ` + strings.Repeat("é", 400)
		g.watches(alice, `From: "<b> & \\ \"x\"" <`+gina+`>;tag=g`, "Subject: "+subject)
		g.told()
		want := fmt.Sprintf("1 partial; gina@fabrikam.com pending subscribe %q %q", `<b> & \ "x"`, string([]rune(subject)[:256]))
		a.expect(want)
	})
}

// A device that reads nothing shall not hold up anybody else, nor cost memory without bound.
func TestADeviceThatDoesNotReadIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a, d := l.signedIn(t, alice), l.signedIn(t, dana)
		stop := make(chan struct{})
		defer close(stop)
		d.answer = func(*sip.Request) int { <-stop; return 0 } // its reader stops at the first request
		body := strings.Repeat("x", bodyLimit)
		sent := 0
		for ; l.isOnline(dana) && sent < 2*outboxLimit/bodyLimit; sent++ {
			a.write(a.message("MESSAGE", dana, body, "Content-Type: text/plain"))
			synctest.Wait()
		}
		if l.isOnline(dana) {
			t.Error("the lab still waits for it")
		}
		for range sent {
			status(t, a.final(), 408)
		}
		status(t, a.says(dana, "Hello"), 480)
	})
}

func TestPublicationsOfOnePersonAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := world(t, Config{}).signedIn(t, dana)
		for range deviceLimit {
			status(t, d.publishes(pidf.State{Open: true}), 200)
		}
		status(t, d.publishes(pidf.State{Open: true}), 503)
	})
}

func FuzzRequest(f *testing.F) {
	d := &device{aor: alice, id: "0x1", contact: alice + ":1"}
	for _, m := range []string{"REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE", "INVITE", "CANCEL", "ACK", "BYE", "OPTIONS"} {
		f.Add(d.message(m, dana, "x", "Event: presence", "Content-Type: text/plain"))
	}
	f.Add("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP x;branch=z9hG4bK1\r\nCSeq: 1 NOTIFY\r\nContent-Length: 0\r\n\r\n")
	l := world(f, Config{})
	k := &link{transport: "TCP", remote: "10.0.0.1:1", local: "10.0.0.2:2", out: newOutbox(), close: func() {}, users: map[string]bool{alice: true}}
	f.Fuzz(func(t *testing.T, raw string) {
		l.take(k, []byte(raw))
		k.out.mu.Lock()
		out := slices.Clone(k.out.buf)
		k.out.buf = k.out.buf[:0]
		k.out.mu.Unlock()
		if len(out) > 1<<20 {
			t.Errorf("%d bytes of answer", len(out))
		}
	})
}
