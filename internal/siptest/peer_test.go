package siptest

import (
	"bufio"
	"context"
	"crypto/tls"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// client is a client of the barest kind.
type client struct {
	t testing.TB
	c net.Conn
	r *bufio.Reader
}

func (c *client) say(lines ...string) {
	c.t.Helper()
	if _, err := c.c.Write([]byte(strings.Join(lines, "\r\n") + "\r\nContent-Length: 0\r\n\r\n")); err != nil {
		c.t.Error(err)
	}
}

func (c *client) hear() *Message {
	c.t.Helper()
	m, err := read(c.r, func() {})
	if err != nil {
		c.t.Error(err)
		return &Message{}
	}
	return m
}

func connect(t testing.TB, c net.Conn, err error) *client {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return &client{t, c, bufio.NewReader(c)}
}

func register(authorization ...string) []string {
	return append([]string{
		"REGISTER sip:contoso.com SIP/2.0", "v: SIP/2.0/TCP 192.0.2.200;branch=z9hG4bK1", "f: <sip:alice@contoso.com>;tag=a",
		"t: <sip:alice@contoso.com>", "i: 1@alice", "CSeq: 1 REGISTER", "m: <sip:alice@192.0.2.200>",
	}, authorization...)
}

func TestRegistrarChallengesAndGrants(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := NewNet()
		server := Listen(t, network, "192.0.2.1:5060")
		conn, err := network.Dial(t.Context(), "tcp", "192.0.2.1:5060")
		c := connect(t, conn, err)
		peer := server.Accept()
		granted := make(chan *Message)
		go func() {
			c.say(register()...)
			challenge := c.hear()
			if challenge.Code() != 401 || !strings.Contains(challenge.Get("WWW-Authenticate"), `realm="contoso.com"`) {
				t.Errorf("no challenge:\n%s", challenge)
			}
			// The response was computed by hand from RFC 7616 section 3.4 with a cnonce of "c".
			c.say(register(`Authorization: Digest username="alice", realm="contoso.com", nonce="golync-test-nonce", uri="sip:contoso.com", ` +
				`qop=auth, nc=00000001, cnonce="c", response="` + digestOfAlice + `"`)...)
			granted <- c.hear()
		}()
		account := Account{User: "alice", Password: "secret", Realm: "contoso.com"}
		peer.Register(account)
		ok := <-granted
		if ok.Code() != 200 || ok.Tag("To") == "" || ok.Get("Contact") != "<sip:alice@192.0.2.200>;expires=600" || ok.Get("CSeq") != "1 REGISTER" {
			t.Errorf("not granted:\n%s", ok)
		}
		account.Password = "other"
		if account.Authorized(&Message{First: "REGISTER sip:contoso.com SIP/2.0"}) {
			t.Error("no credentials are good ones")
		}
	})
}

// digestOfAlice is MD5(MD5(alice:contoso.com:secret):golync-test-nonce:00000001:c:auth:MD5(REGISTER:sip:contoso.com)).
const digestOfAlice = "0c74a0901eb8f4c0c11231f2289d8ae8"

func TestRequestsWaitUntilTheyAreExpected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := NewNet()
		server := Listen(t, network, "192.0.2.1:5060")
		conn, err := network.Dial(t.Context(), "tcp", "192.0.2.1:5060")
		c := connect(t, conn, err)
		peer := server.Accept()
		peer.Auto("OPTIONS", func(m *Message) { peer.Reply(m, 200) })
		c.say("OPTIONS sip:contoso.com SIP/2.0", "CSeq: 1 OPTIONS")
		c.say("SUBSCRIBE sip:dana@contoso.com SIP/2.0", "From: <sip:alice@contoso.com>;tag=a", "To: <sip:dana@contoso.com>", "Call-ID: s",
			"CSeq: 1 SUBSCRIBE", "o: presence", "Contact: <sip:alice@192.0.2.200>")
		c.say("PUBLISH sip:alice@contoso.com SIP/2.0", "CSeq: 1 PUBLISH")
		peer.Expect("PUBLISH")
		subscribe := peer.Expect("SUBSCRIBE")
		peer.Reply(subscribe, 200, "Expires: 60")
		notify := peer.Notify(subscribe, "active", "application/pidf+xml", "<p/>", "CSeq: 7 NOTIFY")

		if m := c.hear(); m.Get("CSeq") != "1 OPTIONS" || m.Code() != 200 {
			t.Errorf("answered by itself:\n%s", m)
		}
		ok, heard := c.hear(), c.hear()
		if ok.Tag("To") == "" || heard.Tag("From") != ok.Tag("To") || heard.URI() != "sip:alice@192.0.2.200" || heard.Get("CSeq") != "7 NOTIFY" || string(heard.Body) != "<p/>" {
			t.Errorf("NOTIFY is not in the dialog of\n%s\n%s", ok, heard)
		}
		c.say("SIP/2.0 200 OK", "Call-ID: s", "CSeq: 7 NOTIFY")
		if peer.Response(notify).Code() != 200 || len(peer.Waiting()) != 0 {
			t.Error("the response was not taken")
		}
	})
}

func TestKeepAlivesAreAnsweredAndCounted(t *testing.T) {
	server := ListenTCP(t)
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Addr())
	c := connect(t, conn, err)
	peer := server.Accept()
	if _, err := conn.Write([]byte("\r\n\r\n\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	c.say("OPTIONS sip:contoso.com SIP/2.0", "CSeq: 1 OPTIONS")
	peer.Expect("OPTIONS")
	if line, err := c.r.ReadString('\n'); line != "\r\n" || err != nil || peer.Pings() != 2 {
		t.Errorf("%q, %v after %d pings", line, err, peer.Pings())
	}
	_ = conn.Close()
	peer.Gone()
}

func TestTLSInMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network, ca := NewNet(), NewCA(t)
		server := ListenTLS(t, network, "192.0.2.1:5061", ca.Issue("contoso.com", "192.0.2.1"))
		plain, err := network.Dial(t.Context(), "tcp", "192.0.2.1:5061")
		if err != nil {
			t.Fatal(err)
		}
		c := connect(t, tls.Client(plain, &tls.Config{RootCAs: ca.Pool(), ServerName: "contoso.com"}), nil)
		peer := server.Accept()
		go c.say("OPTIONS sip:contoso.com SIP/2.0", "CSeq: 1 OPTIONS")
		peer.Expect("OPTIONS")
		if m := peer.Send("MESSAGE", "sip:dana@contoso.com", "sip:alice@contoso.com", "text/plain", "hello"); !strings.Contains(m.Get("Via"), "/TLS ") {
			t.Errorf("%s", m)
		}
		if m := c.hear(); string(m.Body) != "hello" || m.Address("From") != "sip:dana@contoso.com" {
			t.Errorf("%s", m)
		}
	})
}

func TestDatagramsKeepTheirBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := NewNet()
		server := Listen(t, network, "192.0.2.1:5060")
		conn, err := network.Dial(t.Context(), "udp", "192.0.2.1:5060")
		c := connect(t, conn, err)
		peer := server.Accept()
		c.say("OPTIONS sip:contoso.com SIP/2.0", "CSeq: 1 OPTIONS")
		peer.Raw([]byte("one"))
		peer.Raw([]byte("two"))
		buf := make([]byte, 100)
		if n, err := conn.Read(buf); err != nil || string(buf[:n]) != "one" {
			t.Errorf("%q, %v", buf[:n], err)
		}
		if m := peer.Send("MESSAGE", "sip:a@h", "sip:b@h", "", "", "Via: mine"); m.Get("Via") != "mine" {
			t.Errorf("%s", m)
		}
	})
}

func TestTheNetworkRefusesAndSwallows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := NewNet()
		if _, err := network.Dial(t.Context(), "tcp", "192.0.2.1:5060"); err == nil || !strings.Contains(err.Error(), "refused") {
			t.Errorf("got %v", err)
		}
		network.Silence("192.0.2.1:5060", true)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		begin := time.Now()
		if _, err := network.Dial(ctx, "tcp", "192.0.2.1:5060"); err == nil || time.Since(begin) != 5*time.Second {
			t.Errorf("got %v after %v", err, time.Since(begin))
		}
		network.Silence("192.0.2.1:5060", false)
		server := Listen(t, network, "192.0.2.1:5060")
		if _, err := network.Listen("192.0.2.1:5060"); err == nil {
			t.Error("two listen in one place")
		}
		server.Close()
		if _, err := network.Dial(t.Context(), "tcp", "192.0.2.1:5060"); err == nil {
			t.Error("connected to a server that has gone")
		}
	})
}
