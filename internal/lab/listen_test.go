package lab

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/pidf"
)

// started is a lab on real sockets.
func started(t testing.TB, cfg Config) *Lab {
	t.Helper()
	if cfg.Users == nil {
		cfg.Users = people()
	}
	l, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// dial connects somebody over a real socket.
func (l *Lab) dial(t testing.TB, transport, aor string) *device {
	t.Helper()
	var c net.Conn
	var err error
	if transport == "TLS" {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(l.CA())
		c, err = tls.Dial("tcp", l.Addr(transport), &tls.Config{RootCAs: roots, ServerName: domainOf(aor)})
	} else {
		c, err = net.Dial(strings.ToLower(transport), l.Addr(transport))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	d := newDevice(t, aor, c)
	if transport == "UDP" {
		d.contact = fmt.Sprintf("sip:x@%s", c.LocalAddr())
	}
	status(t, d.register("secret"), 200)
	return d
}

func TestEveryTransportReachesEveryOther(t *testing.T) {
	l := started(t, Config{})
	devices := map[string]*device{
		"TLS": l.dial(t, "TLS", alice), "TCP": l.dial(t, "TCP", dana), "UDP": l.dial(t, "UDP", gina),
	}
	for from, a := range devices {
		for to, b := range devices {
			if from == to {
				continue
			}
			status(t, a.says(b.aor, "from "+from+" to "+to), 200)
			if m := b.next(sip.MESSAGE); string(m.Body()) != "from "+from+" to "+to {
				t.Errorf("%s got %q", to, m.Body())
			}
		}
	}
}

func TestDocumentsLargerThanADatagramShouldBeArriveOverUDP(t *testing.T) {
	l := started(t, Config{})
	l.rule(t, dana, allows(gina))
	d, g := l.dial(t, "TCP", dana), l.dial(t, "UDP", gina)
	note := strings.Repeat("a long story ", 300)
	status(t, d.publishes(pidf.State{Open: true, Note: peer(note)}), 200)
	status(t, g.watches(dana), 200)
	if _, s := g.told(); strings.TrimSpace(s.Note.Raw()) != strings.TrimSpace(note) {
		t.Errorf("the note came with %d bytes", len(s.Note.Raw()))
	}
}

func TestTheCertificateNamesEveryDomainAndNoOther(t *testing.T) {
	l := started(t, Config{})
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(l.CA())
	for name, want := range map[string]bool{"contoso.com": true, "outlook.com": true, "127.0.0.1": true, "evil.example": false} {
		c, err := tls.Dial("tcp", l.Addr("tls"), &tls.Config{RootCAs: roots, ServerName: name})
		if (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			_ = c.Close()
		}
	}
}

func TestXCAPOverHTTP(t *testing.T) {
	l := started(t, Config{})
	res, err := http.Get(l.XCAP() + "/xcap-caps/global/index")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != 200 {
		t.Error(res.Status)
	}
}

func TestAnAddressThatIsTakenIsAnError(t *testing.T) {
	l := started(t, Config{})
	if _, err := Start(t.Context(), Config{Users: people(), TCP: l.Addr("tcp")}); err == nil {
		t.Error("two labs on one port")
	}
	none := started(t, Config{UDP: "-", XCAP: "-"})
	if none.Addr("udp") != "" || none.XCAP() != "" {
		t.Error("listens where it was told not to")
	}
}

func TestCloseEndsEverything(t *testing.T) {
	l := started(t, Config{})
	d := l.dial(t, "TCP", alice)
	if err := errors.Join(l.Close(), l.Close()); err != nil {
		t.Error(err)
	}
	select {
	case _, open := <-d.requests:
		if open {
			t.Error("a request after the end")
		}
	case <-time.After(patience):
		t.Error("the connection lives on")
	}
}

// udp connects an address that sends datagrams, without a socket: the test sees every one of them.
func (l *Lab) udp(t testing.TB) (*wire, *link) {
	w := &wire{sent: make(chan string, 64)}
	from := &net.UDPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 5070}
	d := l.sender(w, from)
	t.Cleanup(func() { _ = d.Close() })
	l.mu.Lock()
	defer l.mu.Unlock()
	return w, l.remote[from.String()]
}

// wire is a packet connection that keeps what is written.
type wire struct {
	net.PacketConn
	sent chan string
}

func (w *wire) LocalAddr() net.Addr { return &net.UDPAddr{IP: net.IPv4(10, 0, 0, 2), Port: 5060} }

func (w *wire) WriteTo(b []byte, _ net.Addr) (int, error) {
	w.sent <- string(b)
	return len(b), nil
}

func (w *wire) count(prefix string) (n int) {
	for {
		select {
		case s := <-w.sent:
			if strings.HasPrefix(s, prefix) {
				n++
			}
		default:
			return n
		}
	}
}

func TestDatagramsAreRepeatedUntilAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		w, k := l.udp(t)
		ended := false
		req := sip.NewRequest(sip.NOTIFY, uriOf(alice))
		req.SetBody(nil)
		l.mu.Lock()
		l.ask(k, req, func(res *sip.Response) { ended = res == nil })
		l.mu.Unlock()
		time.Sleep(40 * time.Second)
		synctest.Wait()
		l.mu.Lock()
		defer l.mu.Unlock()
		// 0, 0.5, 1.5, 3.5, then every 4 s up to 32 s (RFC 3261 section 17.1.2.2).
		if n := w.count("NOTIFY"); n != 11 || !ended {
			t.Errorf("sent %d times, ended %v", n, ended)
		}
	})
}

func TestARequestThatComesTwiceIsDoneOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		w, k := l.udp(t)
		k.users[alice] = true
		d := l.signedIn(t, dana)
		msg := "MESSAGE " + dana + " SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5070;branch=z9hG4bKtwice;rport\r\nFrom: <" + alice + ">;tag=1\r\n" +
			"To: <" + dana + ">\r\nCall-ID: 1\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi"
		for range 3 {
			l.sender(w, k.in.remote).put([]byte(msg))
			synctest.Wait()
		}
		d.next(sip.MESSAGE)
		d.nothing()
		if n := w.count("SIP/2.0 200"); n != 3 {
			t.Errorf("answered %d times, want 3", n)
		}
		l.mu.Lock()
		if len(l.servings) != 1 {
			t.Errorf("%d transactions remembered", len(l.servings))
		}
		l.mu.Unlock()
		time.Sleep(2 * quietLink)
		synctest.Wait()
		l.mu.Lock()
		defer l.mu.Unlock()
		if len(l.servings) != 0 || len(l.remote) != 0 {
			t.Errorf("%d transactions and %d addresses remembered for ever", len(l.servings), len(l.remote))
		}
	})
}

func TestCloseDoesNotWaitForAHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		here, there := net.Pipe()
		defer func() { _ = here.Close() }()
		_, cert, err := certificates("", nil, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		l.running.Go(func() { l.Serve(tls.Server(there, &tls.Config{Certificates: []tls.Certificate{cert}}), "TLS") })
		synctest.Wait()
		began := time.Now()
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("took %v", took)
		}
	})
}
