package doctor

import (
	"context"
	"crypto/tls"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/contacts"
	"golync/internal/config"
	"golync/internal/lab"
	"golync/internal/siptest"
	"golync/internal/store"
	"golync/sipclient"
	"golync/sipclient/presrules"
)

const (
	alice  = contacts.Address("sip:alice@contoso.com")
	dana   = contacts.Address("sip:dana@contoso.com")
	cheri  = contacts.Address("sip:cheri@outlook.com")
	secret = "a secret word"

	serverHost = "192.0.2.1"
	plainAddr  = serverHost + ":5060"
	secureAddr = serverHost + ":5061"
	xcapAddr   = serverHost + ":5080"
)

// world is everything around the doctor: DNS, a network, a server on it, the account's data.
type world struct {
	t     *testing.T
	net   *siptest.Net
	ca    *siptest.CA
	dns   zone
	lab   *lab.Lab
	given Case
}

// zone is a DNS that the test writes.
type zone struct {
	srv   map[string][]*net.SRV // by _service._proto.name
	hosts map[string]string
	mute  bool // questions time out
}

func (z zone) LookupSRV(_ context.Context, service, proto, name string) (string, []*net.SRV, error) {
	full := "_" + service + "._" + proto + "." + name
	if z.mute {
		return "", nil, &net.DNSError{Err: "i/o timeout", Name: full, IsTimeout: true}
	}
	if found := z.srv[full]; found != nil {
		return full, found, nil
	}
	return "", nil, &net.DNSError{Err: "no such host", Name: full, IsNotFound: true}
}

func (z zone) LookupIPAddr(_ context.Context, host string) ([]net.IPAddr, error) {
	if z.mute {
		return nil, &net.DNSError{Err: "i/o timeout", Name: host, IsTimeout: true}
	}
	if ip := z.hosts[host]; ip != "" {
		return []net.IPAddr{{IP: net.ParseIP(ip)}}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

// plan is what a test changes before anything starts.
type plan struct {
	lab      func(*lab.Config)
	names    []string // in the certificate; contoso.com when empty
	password string   // what the user has configured
}

// newWorld is a world in which all is well: alice's server is found by DNS, speaks TLS and XCAP, and alice and
// dana have accepted each other.
func newWorld(t *testing.T, p plan) *world {
	t.Helper()
	w := &world{t: t, net: siptest.NewNet(), ca: siptest.NewCA(t)}
	w.dns = zone{
		srv:   map[string][]*net.SRV{"_sips._tcp.contoso.com": {{Target: "sip.contoso.com.", Port: 5061, Priority: 10, Weight: 5}}},
		hosts: map[string]string{"sip.contoso.com": serverHost},
	}
	if len(p.names) == 0 {
		p.names = []string{"contoso.com"}
	}
	c := lab.Config{
		TLS: "-", UDP: "-", TCP: plainAddr, XCAP: xcapAddr,
		Listen: func(_, address string) (net.Listener, error) { return w.net.Listen(address) },
		Users: []lab.User{
			{Address: string(alice), Name: "Alice", Password: secret},
			{Address: string(dana), Name: "Dana", Password: secret},
			{Address: string(cheri), Name: "Cheri", Password: secret},
		},
	}
	if p.lab != nil {
		p.lab(&c)
	}
	var err error
	if w.lab, err = lab.Start(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.lab.Close() })
	w.terminate(p.names...)
	dir := t.TempDir()
	w.given = Case{
		Settings: config.Settings{
			Account: alice, XCAP: "http://" + xcapAddr + "/xcap", Data: dir, File: dir + "/config.toml",
			Password: config.Password{Command: "echo '" + secret + "'"},
		},
		RootCAs: w.ca.Pool(), Dial: w.net.Dial, Address: dana,
	}
	if p.password != "" {
		w.given.Settings.Password.Command = "echo '" + p.password + "'"
	}
	w.save(func(s *store.Store) { addTo(s, dana, contacts.ProviderLync, contacts.Colleagues) })
	w.rules(alice, dana, presrules.Colleagues)
	w.rules(dana, alice, presrules.Colleagues)
	return w
}

// terminate puts TLS with a certificate of the test's in front of the lab.
func (w *world) terminate(names ...string) {
	w.t.Helper()
	l, err := w.net.Listen(secureAddr)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = l.Close() })
	secure := tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{w.ca.Issue(names...)}, MinVersion: tls.VersionTLS12})
	go func() {
		for {
			c, err := secure.Accept()
			if err != nil {
				return
			}
			go w.lab.Serve(c, "TLS")
		}
	}()
}

// save writes into the account's data as the window does.
func (w *world) save(write func(*store.Store)) {
	w.t.Helper()
	s, err := store.Open(store.Dir(w.given.Settings.Data, string(w.given.Settings.Account)))
	if err != nil {
		w.t.Fatal(err)
	}
	write(s)
	if err := s.Close(); err != nil {
		w.t.Fatal(err)
	}
}

func addTo(s *store.Store, a contacts.Address, p contacts.Provider, r contacts.Relationship) {
	s.SaveContact(contacts.Contact{Address: a, Provider: p, Relationship: r, Groups: []contacts.GroupID{contacts.OtherContacts}}, func(error) {})
}

// somebody is another person's program, signed in.
func (w *world) somebody(who contacts.Address) *sipclient.Client {
	return w.listening(who, func(sipclient.Event) {})
}

// listening is somebody whose program tells what it is told.
func (w *world) listening(who contacts.Address, emit func(sipclient.Event)) *sipclient.Client {
	w.t.Helper()
	c, err := sipclient.New(sipclient.Options{
		Account: sipclient.Account{
			URI: string(who), Server: plainAddr, Transport: "tcp", XCAP: "http://" + xcapAddr + "/xcap",
			Password: func(context.Context) (string, error) { return secret, nil },
		},
		Emit:  emit,
		Inbox: func(_ sipclient.Message, done func(error)) { done(nil) },
		Admit: func(sipclient.Incoming) sipclient.Verdict { return sipclient.Verdict{} },
		Dial:  w.net.Dial,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = c.Close() })
	if err := c.SignIn(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return c
}

// rules puts one decision of somebody's on the server.
func (w *world) rules(of, about contacts.Address, level presrules.Level) {
	w.t.Helper()
	c := w.somebody(of)
	if err := c.SetRules(w.t.Context(), presrules.Rules{People: map[string]presrules.Level{string(about): level}}); err != nil {
		w.t.Fatal(err)
	}
	if err := c.SignOut(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	_ = c.Close()
}

// forget takes a decision back.
func (w *world) forget(of, about contacts.Address) {
	w.t.Helper()
	c := w.somebody(of)
	if err := c.SetRules(w.t.Context(), presrules.Rules{Undecided: []string{string(about)}}); err != nil {
		w.t.Fatal(err)
	}
	if err := c.SignOut(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	_ = c.Close()
}

// examine lets the doctor look, and checks what has to be true of every report.
func (w *world) examine() Report {
	w.t.Helper()
	w.given.Resolver = w.dns
	if w.given.Patience == 0 {
		w.given.Patience = 5 * time.Second
	}
	r := Examine(w.t.Context(), w.given)
	var b strings.Builder
	if _, err := r.WriteTo(&b); err != nil {
		w.t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if cells(line) > columns {
			w.t.Errorf("%d columns: %s", cells(line), line)
		}
	}
	if strings.Contains(b.String(), secret) || strings.Contains(b.String(), "response=") || strings.Contains(b.String(), "nonce") {
		w.t.Errorf("the report tells secrets:\n%s", b.String())
	}
	if w.t.Failed() || testing.Verbose() {
		w.t.Log("\n" + b.String())
	}
	return r
}

// expect fails unless exactly these faults were found.
func (w *world) expect(r Report, faults ...Fault) {
	w.t.Helper()
	if !slices.Equal(r.Faults(), faults) {
		var b strings.Builder
		_, _ = r.WriteTo(&b)
		w.t.Errorf("found %v, want %v\n%s", r.Faults(), faults, b.String())
	}
}

// bubble runs a test in fake time.
func bubble(t *testing.T, name string, f func(t *testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) { synctest.Test(t, f) })
}
