//go:build linux

package interop

import (
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/digest"
)

var (
	alice = User{"alice@contoso.com", "correct horse"}
	dana  = User{"dana@contoso.com", "battery: \"staple\""}
	eve   = User{"eve@contoso.com", "tr0ub4dor&3"}
)

// raw is a user agent without any mind of its own, to say what golync never would.
type raw struct {
	*siptest.Peer
	t    *testing.T
	user User
}

func connectRaw(t *testing.T, k *Kamailio, u User, transport string) *raw {
	t.Helper()
	var c net.Conn
	var err error
	switch transport {
	case "tls":
		c, err = tls.Dial("tcp", k.TLS, &tls.Config{RootCAs: k.CA, ServerName: "contoso.com"})
	case "tcp":
		c, err = net.Dial("tcp", k.TCP)
	case "udp":
		c, err = net.Dial("udp", k.UDP)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &raw{siptest.Connect(t, c), t, u}
}

// do sends a request as the user, answers the challenge, and returns the final response.
func (r *raw) do(method, to, contentType, body string, headers ...string) *siptest.Message {
	r.t.Helper()
	return r.as(r.user.Address, method, to, contentType, body, headers...)
}

// as is do with an address in From that need not be the user's.
func (r *raw) as(from, method, to, contentType, body string, headers ...string) *siptest.Message {
	r.t.Helper()
	uri := to
	if method == "REGISTER" {
		headers = append(headers, "To: <sip:"+from+">")
	}
	request := r.Send(method, "sip:"+from, uri, contentType, body, headers...)
	answer := r.Response(request)
	name, value := "Authorization", answer.All("WWW-Authenticate")
	if answer.Code() == 407 {
		name, value = "Proxy-Authorization", answer.All("Proxy-Authenticate")
	} else if answer.Code() != 401 {
		r.t.Fatalf("%s was not challenged:\n%s", method, answer)
	}
	challenge, err := digest.Choose(value)
	if err != nil {
		r.t.Fatal(err)
	}
	user, _, _ := strings.Cut(r.user.Address, "@")
	credentials := digest.NewSession(challenge).Authorize(method, uri, []byte(body), user, r.user.Password)
	return r.Response(r.Send(method, "sip:"+from, uri, contentType, body, append(headers, name+": "+credentials)...))
}

func (r *raw) register() {
	r.t.Helper()
	if m := r.do("REGISTER", "sip:contoso.com", "", "", "Expires: 600"); m.Code() != 200 {
		r.t.Fatalf("not registered:\n%s", m)
	}
}

func TestNobodyActsForSomebodyElse(t *testing.T) {
	k := Start(t, alice, dana)
	r := connectRaw(t, k, dana, "tcp")
	r.register()
	document := siptest.Document("sip:alice@contoso.com", "forged")
	for name, c := range map[string]struct {
		method, from, to string
		headers          []string
		want             int
	}{
		"registers for alice":       {"REGISTER", alice.Address, "sip:contoso.com", nil, 403},
		"writes as alice":           {"MESSAGE", alice.Address, "sip:dana@contoso.com", nil, 403},
		"publishes for alice":       {"PUBLISH", dana.Address, "sip:alice@contoso.com", []string{"Event: presence"}, 403},
		"reads alice's watchers":    {"SUBSCRIBE", dana.Address, "sip:alice@contoso.com", []string{"Event: presence.winfo"}, 403},
		"relays to another domain":  {"MESSAGE", dana.Address, "sip:gina@fabrikam.com", nil, 403},
		"watches nobody":            {"SUBSCRIBE", dana.Address, "sip:nobody@contoso.com", []string{"Event: presence"}, 404},
		"calls nobody":              {"INVITE", dana.Address, "sip:nobody@contoso.com", nil, 404},
		"writes to nobody":          {"MESSAGE", dana.Address, "sip:nobody@contoso.com", nil, 404},
		"calls somebody who's away": {"INVITE", dana.Address, "sip:alice@contoso.com", nil, 480},
	} {
		contentType, body := "text/plain", "hello"
		if c.method == "PUBLISH" {
			contentType, body = "application/pidf+xml", document
		}
		if m := r.as(c.from, c.method, c.to, contentType, body, c.headers...); m.Code() != c.want {
			t.Errorf("dana %s: got\n%s", name, m)
		}
	}
}

func TestWithoutThePasswordNothingIsDone(t *testing.T) {
	k := Start(t, alice, dana)
	r := connectRaw(t, k, User{dana.Address, "guess"}, "tls")
	if m := r.do("REGISTER", "sip:contoso.com", "", "", "Expires: 600"); m.Code() != 401 {
		t.Errorf("registered:\n%s", m)
	}
	if m := r.do("MESSAGE", "sip:alice@contoso.com", "text/plain", "hello"); m.Code() != 407 {
		t.Errorf("relayed:\n%s", m)
	}
}

func TestTheInnerPortTakesNothingFromOutside(t *testing.T) {
	k := Start(t, alice, dana)
	receiver := connectRaw(t, k, alice, "tcp")
	receiver.register()
	c, err := net.Dial("udp", "127.0.0.1:"+k.inner)
	if err != nil {
		t.Fatal(err)
	}
	siptest.Connect(t, c).Send("MESSAGE", "sip:dana@contoso.com", "sip:alice@contoso.com", "text/plain", "forged")
	// A message on the regular way afterwards shows that the forged one would have had its time.
	sender := connectRaw(t, k, dana, "tcp")
	go func() { receiver.Reply(receiver.Expect("MESSAGE"), 200) }()
	if m := sender.do("MESSAGE", "sip:alice@contoso.com", "text/plain", "real"); m.Code() != 200 {
		t.Errorf("got\n%s", m)
	}
	for _, m := range receiver.Waiting() {
		t.Errorf("alice got\n%s", m)
	}
}

func TestTypingNoticesAreNotStored(t *testing.T) {
	k := Start(t, alice, dana)
	r := connectRaw(t, k, dana, "tls")
	if m := r.do("MESSAGE", "sip:alice@contoso.com", "application/im-iscomposing+xml", "<isComposing/>"); m.Code() != 480 {
		t.Errorf("got\n%s", m)
	}
	if m := r.do("MESSAGE", "sip:alice@contoso.com", "text/plain", "call me"); m.Code() != 202 {
		t.Errorf("got\n%s", m)
	}
	if n := k.SQL("offline", "SELECT count(*) FROM silo;"); n != "1" {
		t.Errorf("%s messages are stored", n)
	}
}

func TestRefusedMessagesAreNotStored(t *testing.T) {
	k := Start(t, alice, dana)
	receiver, sender := connectRaw(t, k, alice, "tcp"), connectRaw(t, k, dana, "tcp")
	receiver.register()
	for _, code := range []int{403, 603} {
		receiver.Auto("MESSAGE", func(m *siptest.Message) { receiver.Reply(m, code) })
		if m := sender.do("MESSAGE", "sip:alice@contoso.com", "text/plain", "hello"); m.Code() != code {
			t.Errorf("got\n%s", m)
		}
	}
	if n := k.SQL("offline", "SELECT count(*) FROM silo;"); n != "0" {
		t.Errorf("%s messages are stored", n)
	}
}

func TestAMessageToABrokenConnectionIsStored(t *testing.T) {
	k := Start(t, alice, dana)
	sender := connectRaw(t, k, dana, "tls")
	for _, transport := range []string{"tls", "tcp"} {
		receiver := connectRaw(t, k, alice, transport)
		receiver.register()
		receiver.Close()
		began := time.Now()
		m := sender.do("MESSAGE", "sip:alice@contoso.com", "text/plain", "hello")
		if m.Code() != 202 {
			t.Errorf("%s: got\n%s", transport, m)
		}
		t.Logf("%s: stored after %v", transport, time.Since(began).Round(time.Millisecond))
	}
}

// Two processes of the server that write at once are common; SQLite refuses the second one unless it is told
// to wait.
func TestRequestsWaitForTheDatabase(t *testing.T) {
	k := Start(t, alice, dana)
	r := connectRaw(t, k, alice, "tcp")
	for _, database := range []string{"presence", "offline"} {
		unlock := k.Lock(database)
		time.AfterFunc(300*time.Millisecond, unlock)
		var m *siptest.Message
		if database == "presence" {
			m = r.do("PUBLISH", "sip:alice@contoso.com", "application/pidf+xml", siptest.Document("sip:alice@contoso.com", "x"), "Event: presence", "Expires: 600")
		} else {
			m = r.do("MESSAGE", "sip:dana@contoso.com", "text/plain", "later")
		}
		if m.Code()/100 != 2 {
			t.Errorf("while %s was being written:\n%s", database, m)
		}
	}
}

func TestManyWhoWriteAtOnceAreAllAnswered(t *testing.T) {
	const people, each = 8, 25
	var users []User
	for i := range people {
		users = append(users, User{fmt.Sprintf("user%d@contoso.com", i), "secret"})
	}
	k := Start(t, users...)
	var refused atomic.Int32
	var wg sync.WaitGroup
	for i, u := range users {
		r := connectRaw(t, k, u, transports[i%len(transports)])
		wg.Go(func() {
			for n := range each {
				m := r.do("PUBLISH", "sip:"+u.Address, "application/pidf+xml", siptest.Document("sip:"+u.Address, fmt.Sprint(n)), "Event: presence", "Expires: 600")
				if m.Code() != 200 {
					refused.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if n := refused.Load(); n > 0 {
		t.Errorf("%d of %d were refused", n, people*each)
	}
}
