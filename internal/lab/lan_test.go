package lab

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/digest"
)

const everywhere = "0.0.0.0:0"

// A server for a network is reached by every address of its host, and says so in everything it writes.
func TestAServerOnEveryAddressOfItsHost(t *testing.T) {
	l := started(t, Config{TLS: everywhere, TCP: everywhere, UDP: everywhere, XCAP: everywhere, Names: []string{"lync.example"}})
	if l.XCAP() != "http://lync.example:"+portOf(l.Addr("xcap"))+"/xcap" || l.At("tls") != "lync.example:"+portOf(l.Addr("tls")) {
		t.Errorf("people are told %s and %s", l.XCAP(), l.At("tls"))
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(l.CA())
	for _, host := range append([]string{"127.0.0.1"}, addresses(t)...) {
		c, err := tls.Dial("tcp", net.JoinHostPort(host, portOf(l.Addr("tls"))), &tls.Config{RootCAs: roots})
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		_ = c.Close()
		u, err := net.Dial("udp", net.JoinHostPort(host, portOf(l.Addr("udp"))))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = u.Close() })
		d := newDevice(t, dana, u)
		d.contact = "sip:x@" + u.LocalAddr().String()
		status(t, d.register("secret"), 200)
		res := d.watches(alice)
		if got := res.Contact().Address.Host; got != host {
			t.Errorf("over %s the server says it is at %s", host, got)
		}
		d.told()
		if !l.isMe(&sip.Uri{Host: host, Port: res.Contact().Address.Port}) {
			t.Errorf("the server does not know itself at %s", host)
		}
	}
	if l.isMe(&sip.Uri{Host: "192.0.2.77", Port: hostPortOf(l.Addr("udp"))}) {
		t.Error("the server takes another host for itself")
	}
}

func portOf(addr string) string  { _, port := splitAddr(addr); return port }
func hostPortOf(addr string) int { _, port := hostPort(addr); return port }
func addresses(t *testing.T) (all []string) {
	t.Helper()
	r := reached{}
	r.host()
	for _, n := range r.names {
		if ip := net.ParseIP(n); ip != nil && ip.To4() != nil && !ip.IsLoopback() {
			all = append(all, n)
		}
	}
	return all
}

func TestWhatListensOnLoopbackTellsItsAddress(t *testing.T) {
	l := started(t, Config{})
	if l.At("tcp") != l.Addr("tcp") || l.At("nothing") != "" || !strings.HasPrefix(l.XCAP(), "http://127.0.0.1:") {
		t.Errorf("%s %s", l.At("tcp"), l.XCAP())
	}
}

// IPv6 addresses stand in brackets wherever a URI or Via holds them.
func TestCallsOverIPv6(t *testing.T) {
	probe, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 here")
	}
	_ = probe.Close()
	l := started(t, Config{TCP: "[::1]:0"})
	a, d := l.dial(t, "TCP", alice), l.dial(t, "TCP", dana)
	status(t, a.do("INVITE", dana, ""), 200)
	invite := d.next(sip.INVITE)
	if route := header(invite, "Record-Route"); !strings.Contains(route, "[::1]:") {
		t.Errorf("the route is %s", route)
	}
	status(t, d.do("BYE", a.contact, "", "Route: "+header(invite, "Record-Route"), "To: <"+alice+">;tag=1"), 200)
	a.next(sip.BYE)
}

// Devices that trust the authority go on doing so, whatever the server's own certificate has to name.
func TestCertificatesAreMadeOnce(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	make := func(at time.Time, names ...string) ([]byte, *x509.Certificate) {
		t.Helper()
		ca, pair, err := certificates(dir, names, at)
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := x509.ParseCertificate(pair.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(ca)
		for _, name := range names {
			if _, err := leaf.Verify(x509.VerifyOptions{DNSName: name, Roots: roots, CurrentTime: at}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		return ca, leaf
	}
	ca, _ := make(now, "contoso.com", "192.0.2.1")
	for what, c := range map[string]struct {
		at    time.Time
		names []string
		same  bool
	}{
		"the same":             {now, []string{"contoso.com", "192.0.2.1"}, true},
		"fewer names":          {now, []string{"contoso.com"}, true},
		"a new name":           {now, []string{"contoso.com", "fabrikam.com"}, false},
		"nearly a year later":  {now.Add(serverLife - nearlyOver/2), []string{"contoso.com", "192.0.2.1"}, false},
		"after several years":  {now.Add(5 * serverLife), []string{"contoso.com", "192.0.2.1"}, false},
		"a change of the host": {now, []string{"contoso.com", "192.0.2.2"}, false},
	} {
		for _, name := range []string{serverFile, serverKey} {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		_, first := make(now, "contoso.com", "192.0.2.1")
		again, leaf := make(c.at, c.names...)
		if !bytes.Equal(again, ca) {
			t.Errorf("%s: another authority", what)
		}
		if leaf.Equal(first) != c.same {
			t.Errorf("%s: the same certificate: %v", what, !c.same)
		}
	}
	for _, name := range []string{AuthorityFile, authorityKey, serverFile, serverKey} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if _, _, err := certificates(dir, nil, now.Add(2*authorityLife)); !errors.Is(err, ErrCertificate) {
		t.Errorf("an authority whose time is over: %v", err)
	}
}

// withBroken is a directory with the certificates of a lab, one file of which was damaged.
func withBroken(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if _, _, err := certificates(dir, []string{"x"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// The server's own certificate can be had again from the authority, and nobody has to trust anything anew.
func TestABrokenServerCertificateIsMadeAgain(t *testing.T) {
	for _, name := range []string{serverFile, serverKey} {
		dir := withBroken(t, name)
		for range 2 {
			if _, _, err := certificates(dir, []string{"x"}, time.Now()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestABrokenAuthorityStopsTheStart(t *testing.T) {
	for _, name := range []string{AuthorityFile, authorityKey} {
		dir := withBroken(t, name)
		if _, _, err := certificates(dir, []string{"x"}, time.Now()); !errors.Is(err, ErrCertificate) || !strings.Contains(err.Error(), dir) ||
			!strings.Contains(err.Error(), "a copy") || !strings.Contains(err.Error(), "remove both") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Between the two writes of a crash there is a certificate without its key: both are made again.
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, AuthorityFile), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := certificates(dir, []string{"x"}, time.Now()); err != nil {
		t.Error(err)
	}
}

// A users file may hold digests instead of passwords, and of one algorithm only, as other programs make them.
func TestDigestsInsteadOfPasswords(t *testing.T) {
	for _, algorithms := range [][]string{{"MD5"}, {"SHA-256"}, {"MD5", "SHA-256"}} {
		u := User{Address: alice, Name: "Alice", HA1: map[string]string{}}
		for _, a := range algorithms {
			u.HA1[a] = digest.HA1(a, "alice", "contoso.com", "secret")
		}
		l := world(t, Config{Users: []User{u}})
		status(t, l.device(t, alice).register("wrong"), 401)
		d := l.device(t, alice)
		status(t, d.register("secret"), 200)
		if got := d.auth.Challenge().Algorithm; !slices.Contains(algorithms, got) {
			t.Errorf("of %v, %s was asked", algorithms, got)
		}
		x := xcap{t, l.xcapHandler(), "alice", "secret"}
		x.expect(x.do("GET", alicesRules, ""), 404)
	}
}

// Whoever is taken out of the users file cannot sign in any more.
func TestWhoIsNoUserAnyMoreIsForgotten(t *testing.T) {
	dir := t.TempDir()
	l := world(t, Config{Data: dir})
	l.rule(t, alice, allows(dana))
	l.rule(t, dana, allows(alice))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = world(t, Config{Data: dir, OnlyUsers: true, Users: []User{{Address: alice, Name: "Alice", Password: "new"}}})
	if res := l.device(t, dana).register("secret"); res.StatusCode != 401 && res.StatusCode != 404 {
		t.Errorf("dana signs in: %s", res.StartLine())
	}
	status(t, l.device(t, alice).register("secret"), 401)
	status(t, l.device(t, alice).register("new"), 200)
	if l.people[alice].document == nil {
		t.Error("alice's rules are lost")
	}
}
