package flow

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// authority issues certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a := authority{&x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test CA"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}, key}
	der, err := x509.CreateCertificate(rand.Reader, a.cert, a.cert, &key.PublicKey, key)
	if err == nil {
		a.cert, err = x509.ParseCertificate(der)
	}
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (a authority) pool() *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(a.cert)
	return p
}

// issue makes a certificate for a name or IP address that ends at the given time from now.
func (a authority) issue(t *testing.T, name string, ends time.Duration) tls.Certificate {
	t.Helper()
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(ends)}
	if ip := net.ParseIP(name); ip != nil {
		tmpl.IPAddresses = []net.IP{ip}
	} else {
		tmpl.DNSNames = []string{name}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// serve accepts connections on a free port and gives each to handle. It returns the address and a count.
func serve(t *testing.T, handle func(net.Conn)) (addr string, accepted *atomic.Int32) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	accepted = new(atomic.Int32)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			accepted.Add(1)
			go handle(c)
		}
	}()
	return l.Addr().String(), accepted
}

// speakTLS handles a connection as a server with that certificate does, and sends one message.
func speakTLS(conf *tls.Config) func(net.Conn) {
	return func(c net.Conn) {
		_, _ = tls.Server(c, conf).Write([]byte(message("OPTIONS sip:a@b SIP/2.0")))
	}
}

func tlsServer(c net.Conn, cert tls.Certificate) *tls.Conn {
	return tls.Server(c, &tls.Config{Certificates: []tls.Certificate{cert}})
}

// closed is an address at which nobody listens.
func closed(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestTheCertificateMustBeForTheNameTheUserGave(t *testing.T) {
	ca, other := newAuthority(t), newAuthority(t)
	good := ca.issue(t, "contoso.com", time.Hour)
	for name, tc := range map[string]struct {
		conf *tls.Config
		name string
		kind Kind // Other: it works
	}{
		"right":          {&tls.Config{Certificates: []tls.Certificate{good}}, "contoso.com", Other},
		"dot at the end": {&tls.Config{Certificates: []tls.Certificate{good}}, "contoso.com.", Other},
		"IP address":     {&tls.Config{Certificates: []tls.Certificate{ca.issue(t, "127.0.0.1", time.Hour)}}, "127.0.0.1", Other},
		"other name":     {&tls.Config{Certificates: []tls.Certificate{good}}, "fabrikam.com", BadCertificate},
		"name for an IP": {&tls.Config{Certificates: []tls.Certificate{good}}, "127.0.0.1", BadCertificate},
		"expired":        {&tls.Config{Certificates: []tls.Certificate{ca.issue(t, "contoso.com", -time.Hour)}}, "contoso.com", BadCertificate},
		"unknown CA":     {&tls.Config{Certificates: []tls.Certificate{other.issue(t, "contoso.com", time.Hour)}}, "contoso.com", BadCertificate},
		"TLS 1.1":        {&tls.Config{Certificates: []tls.Certificate{good}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, "contoso.com", NotTLS},
	} {
		t.Run(name, func(t *testing.T) {
			addr, _ := serve(t, speakTLS(tc.conf))
			plain, tcp := serve(t, func(net.Conn) {})
			c, err := Dial(t.Context(), []Target{{Addr: addr, Transport: "TLS", ServerName: tc.name}, {Addr: plain, Transport: "TCP"}}, Config{RootCAs: ca.pool()})
			var e *Error
			switch {
			case tc.kind == Other:
				if err != nil || c.Target().Addr != addr || c.Target().Transport != "TLS" {
					t.Fatal(err)
				}
				read(t, c, 1)
				_ = c.Close()
			case tc.kind == BadCertificate:
				if !errors.As(err, &e) || e.Kind != BadCertificate || e.Target.Addr != addr || tcp.Load() > 0 {
					t.Errorf("%v; %d connections in the clear", err, tcp.Load())
				}
			case err != nil || c.Target().Transport != "TCP":
				t.Errorf("%v", err)
			default:
				_ = c.Close()
			}
		})
	}
}

func TestAServerWithoutTLSIsToldFromOneThatIsNotThere(t *testing.T) {
	speaks := map[string]func(net.Conn){
		"something else": func(c net.Conn) { _, _ = c.Write([]byte("SIP/2.0 400 Bad Request\r\n\r\n")); _ = c.Close() },
		"nothing":        func(c net.Conn) { _, _ = c.Read(make([]byte, 1)); _ = c.Close() },
	}
	for name, handle := range speaks {
		addr, _ := serve(t, handle)
		_, err := Dial(t.Context(), []Target{{Addr: addr, Transport: "TLS", ServerName: "contoso.com"}}, Config{})
		var e *Error
		if !errors.As(err, &e) || e.Kind != NotTLS {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := Dial(t.Context(), []Target{{Addr: closed(t), Transport: "TLS", ServerName: "contoso.com"}}, Config{})
	var e *Error
	if !errors.As(err, &e) || e.Kind != Refused {
		t.Error(err)
	}
	if _, err := Dial(t.Context(), nil, Config{}); !errors.As(err, &e) || e.Kind != NoSuchHost {
		t.Error(err)
	}
}

func TestTheNextTargetIsTriedWhenOneFails(t *testing.T) {
	addr, _ := serve(t, func(c net.Conn) { _, _ = c.Write([]byte(message("OPTIONS sip:a@b SIP/2.0"))) })
	targets := []Target{
		{Addr: closed(t), Transport: "TLS", ServerName: "contoso.com"},
		{Addr: closed(t), Transport: "TCP"},
		{Addr: closed(t), Transport: "TCP", Priority: 1},
		{Addr: addr, Transport: "TCP", Priority: 2},
	}
	c, err := Dial(t.Context(), targets, Config{Local: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	read(t, c, 1)
	if c.Target() != targets[3] || c.RemoteAddr().String() != addr {
		t.Error(c.Target())
	}
	_, err = Dial(t.Context(), targets[:3], Config{})
	var e *Error
	if !errors.As(err, &e) || e.Kind != Refused || e.Target != targets[0] {
		t.Error(err)
	}
}

// network is a DialFunc in which each address takes its time and then answers or refuses.
type network map[string]struct {
	after   time.Duration
	refuses bool
}

func (n network) dial(log *[]string) DialFunc {
	start := time.Now()
	var mu sync.Mutex
	return func(ctx context.Context, _, addr string) (net.Conn, error) {
		mu.Lock()
		*log = append(*log, fmt.Sprintf("%s@%v", addr, time.Since(start)))
		mu.Unlock()
		select {
		case <-time.After(n[addr].after):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if n[addr].refuses {
			return nil, syscall.ECONNREFUSED
		}
		a, _ := pipe()
		return a, nil
	}
}

func TestEqualTargetsAreRacedAndOthersWait(t *testing.T) {
	tcp := func(addr string, priority int) Target {
		return Target{Addr: addr, Transport: "TCP", Priority: priority}
	}
	for name, tc := range map[string]struct {
		net     network
		targets []Target
		won     string
		log     string
	}{
		"a quick one wins alone":    {network{"a": {after: 100 * time.Millisecond}}, []Target{tcp("a", 0), tcp("b", 0)}, "a", "[a@0s]"},
		"a slow one is overtaken":   {network{"a": {after: time.Second}}, []Target{tcp("a", 0), tcp("b", 0)}, "b", "[a@0s b@300ms]"},
		"a refusal starts the next": {network{"a": {refuses: true}}, []Target{tcp("a", 0), tcp("b", 0)}, "b", "[a@0s b@0s]"},
		"the next priority waits":   {network{"a": {after: 9 * time.Second}}, []Target{tcp("a", 0), tcp("b", 1)}, "a", "[a@0s]"},
		"but not for ever":          {network{"a": {after: time.Hour}}, []Target{tcp("a", 0), tcp("b", 1)}, "b", "[a@0s b@10s]"},
		"all hang":                  {network{"a": {after: time.Hour}, "b": {after: time.Hour}}, []Target{tcp("a", 0), tcp("b", 1)}, "", "[a@0s b@10s]"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log []string
				c, err := Dial(t.Context(), tc.targets, Config{Dial: tc.net.dial(&log)})
				won := ""
				if err == nil {
					won = c.Target().Addr
					_ = c.Close()
				} else if e := new(Error); !errors.As(err, &e) || e.Kind != Timeout {
					t.Error(err)
				}
				synctest.Wait()
				if won != tc.won || fmt.Sprint(log) != tc.log {
					t.Errorf("%q won, %v; want %q, %s", won, log, tc.won, tc.log)
				}
			})
		})
	}
}

func TestDialEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		var log []string
		_, err := Dial(ctx, []Target{{Addr: "a", Transport: "TCP"}, {Addr: "b", Transport: "UDP"}}, Config{Dial: network{"a": {after: time.Hour}}.dial(&log)})
		if !errors.Is(err, context.Canceled) || fmt.Sprint(log) != "[a@0s]" {
			t.Errorf("%v, %v", err, log)
		}
	})
}

func TestTheKindOfAnErrorIsKnownHoweverDeepItLies(t *testing.T) {
	for want, err := range map[Kind]error{
		Refused: fmt.Errorf("dial: %w", syscall.ECONNREFUSED),
		Silent:  fmt.Errorf("lost: %w", &Error{Kind: Silent}),
		Timeout: context.DeadlineExceeded,
		Other:   nil,
	} {
		if got := KindOf(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}
