package e2e

import (
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golync/internal/e2e/window"
	"golync/internal/shot"
	"golync/internal/siptest"
)

const alice = "sip:alice@contoso.com"

// TestAWrongPasswordStopsAndAsksAgain: no storm of attempts, and the right one typed in the window works.
func TestAWrongPasswordStopsAndAsksAgain(t *testing.T) {
	dir := home(t)
	server := siptest.ListenTCP(t)
	account := siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"}
	w := golync.Open(t, dir, 100, 30, "--account", alice, "--server", server.Addr(), "--transport", "tcp", "--password-file", window.Secret(t, dir, "wrong"))
	peer := server.Accept()
	attempts := 0
	for range 2 { // once without credentials, once with the wrong ones
		r := peer.Expect("REGISTER")
		attempts++
		peer.Reply(r, 401, "WWW-Authenticate: "+account.Challenge())
	}
	w.Sees("does not accept this address and")
	if n := len(peer.Waiting()); n != 0 {
		t.Errorf("%d more requests came after the refusal", n)
	}
	w.Insists(func() { w.Types("s") }, func(s shot.Screen) bool { return s.Has("•") })
	w.Presses("ctrl+u") // whatever was taken, from the beginning
	w.Types("secret")
	w.Presses("enter")
	server.Accept().Attend(account, func(uri string) string { return siptest.Document(uri, "") })
	w.Sees("What's happening today?", "Available")
	w.Quits()
}

// TestEachWayOfNotReachingTheServerIsSaid in words of its own, with what to do.
func TestEachWayOfNotReachingTheServerIsSaid(t *testing.T) {
	ca := siptest.NewCA(t)
	dir := home(t)
	caFile := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(caFile, ca.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	other := tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{ca.Issue("fabrikam.com")}})
	t.Cleanup(func() { other.Close() })
	go shakeHands(other)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	closed.Close()
	for name, tc := range map[string]struct{ server, transport, says string }{
		"nothing listens":   {nobody, "tcp", "Nothing listens at "},
		"another name":      {other.Addr().String(), "tls", "It could be somebody else's"},
		"host is not known": {"no-such-host.invalid:5061", "tls", "No server was found for this"},
	} {
		t.Run(name, func(t *testing.T) {
			w := golync.Open(t, home(t), 100, 30, "--account", alice, "--server", tc.server, "--transport", tc.transport,
				"--password-file", window.Secret(t, dir, "secret"), "--ca", caFile)
			w.Sees(tc.says)
		})
	}
}

// shakeHands begins TLS with whoever comes, until the listener is closed.
func shakeHands(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			_, _ = c.Read(make([]byte, 1))
		}()
	}
}

// TestTheServerGoesAndComesBack: presence is not stale meanwhile, and golync is back by itself.
func TestTheServerGoesAndComesBack(t *testing.T) {
	dir := home(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	server := siptest.Serve(t, l)
	account := siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"}
	available := func(uri string) string { return siptest.Document(uri, "") }
	w := golync.Open(t, dir, 120, 40, "--account", alice, "--server", address, "--transport", "tcp", "--password-file", window.Secret(t, dir, "secret"))
	peer := server.Accept()
	peer.Attend(account, available)
	w.Sees("What's happening today?")
	w.AddsContact("Lync", "dana@contoso.com")
	w.Sees("dana@contoso.com - Available")

	server.Close()
	peer.Close()
	w.Sees("Not connected")
	w.Loses("dana@contoso.com - Available")

	l, err = net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	again := siptest.Serve(t, l)
	again.Accept().Attend(account, available)
	w.Sees("dana@contoso.com - Available")
	w.Quits()
}

// TestAnUnknownAddressIsSaidOnTheContact: 404 is not "waiting" and not a bare "Presence unknown".
func TestAnUnknownAddressIsSaidOnTheContact(t *testing.T) {
	w, peer := signInAt(t, home(t), func(uri string) string { return siptest.Document(uri, "") })
	peer.Auto("SUBSCRIBE", func(r *siptest.Message) { peer.Reply(r, 404) })
	w.AddsContact("Lync", "nobody@contoso.com")
	w.Sees("nobody@contoso.com - Address not found", "Check the spelling")
	w.Quits()
}

// TestMalformedDocumentsAreDropped: neither a broken presence document nor broken watcher information
// disturbs the window or the subscription.
func TestMalformedDocumentsAreDropped(t *testing.T) {
	w, peer := signInAt(t, home(t), func(uri string) string { return siptest.Document(uri, "") })
	subscribed := make(chan *siptest.Message, 1)
	peer.Auto("SUBSCRIBE", func(r *siptest.Message) {
		peer.Reply(r, 200, "Expires: 3600")
		peer.Notify(r, "active;expires=3600", "application/pidf+xml", siptest.Document("sip:dana@contoso.com", "first"))
		select {
		case subscribed <- r:
		default:
		}
	})
	w.AddsContact("Lync", "dana@contoso.com")
	r := <-subscribed
	w.Sees("first")
	for _, broken := range []string{
		"", "<", "not xml at all", `<presence xmlns="urn:ietf:params:xml:ns:pidf"><tuple>`, strings.Repeat("<a>", 50_000),
		`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><presence>&a;</presence>`,
	} {
		peer.Notify(r, "active;expires=3600", "application/pidf+xml", broken)
	}
	peer.Notify(r, "active;expires=3600", "application/pidf+xml", siptest.Document("sip:dana@contoso.com", "last"))
	w.Sees("last")
	w.Quits()
}

// TestASecondInstanceOfAnAccountSaysSo and leaves the first alone.
func TestASecondInstanceOfAnAccountSaysSo(t *testing.T) {
	dir := home(t)
	first := demo(t, dir)
	first.Sees("Dana")
	second := demo(t, dir)
	second.Sees("already runs")
	if code, err := second.Wait(shot.Patience); err != nil || code == 0 {
		t.Errorf("the second ended with %d, %v", code, err)
	}
	first.Sees("Dana")
	first.Quits()
}

// TestACorruptConfigurationIsNamedByFileAndLine, with what was expected.
func TestACorruptConfigurationIsNamedByFileAndLine(t *testing.T) {
	dir := home(t)
	path := filepath.Join(dir, "config", "golync", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	for content, says := range map[string]string{
		"account = \"sip:alice@contoso.com\"\ntransport = \"pigeon\"\n": "config.toml:2",
		"\n\naccount = [\n":                    "config.toml",
		"acount = \"sip:alice@contoso.com\"\n": "acount",
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		w := golync.Open(t, dir, 100, 30)
		w.Sees(says)
		if code, err := w.Wait(shot.Patience); err != nil || code == 0 {
			t.Errorf("ended with %d, %v", code, err)
		}
	}
}

// TestAFullDiskAcknowledgesNothing: a message that cannot be stored is refused with 500, and the window
// says why.
func TestAFullDiskAcknowledgesNothing(t *testing.T) {
	dir := home(t)
	server := siptest.ListenTCP(t)
	// The shell's limit on the size of files is a full disk to SQLite.
	w := window.Start(t, dir, 120, 40, "sh", "-c",
		fmt.Sprintf("trap '' XFSZ; ulimit -f 600; exec %s --account %s --server %s --transport tcp --password-file %s",
			golync, alice, server.Addr(), window.Secret(t, dir, "secret")))
	peer := server.Accept()
	peer.Attend(siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"}, func(uri string) string { return siptest.Document(uri, "") })
	w.Sees("What's happening today?")
	refused := false
	for i := 0; i < 200 && !refused; i++ {
		m := peer.Send("MESSAGE", "sip:dana@contoso.com", alice, "text/plain", fmt.Sprintf("%d %s", i, strings.Repeat("x", 8000)))
		switch code := peer.Response(m).Code(); code {
		case 200:
		case 500:
			refused = true
		default:
			t.Fatalf("answered %d", code)
		}
	}
	if !refused {
		t.Fatal("no message was refused, though the disk holds a few of them only")
	}
	w.Sees("disk is full")
}
