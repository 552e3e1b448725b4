package app

import (
	"strings"
	"testing"

	"golync/internal/option"
	"golync/sipclient"
)

func TestAConnectionIsPlainWhereOthersCanRead(t *testing.T) {
	for _, c := range []struct {
		state             ConnectionState
		transport, server string
		want              bool
	}{
		{SignedIn, "TLS", "192.0.2.1:5061", false},
		{SignedIn, "TCP", "192.0.2.1:5060", true},
		{SignedIn, "UDP", "[2001:db8::1]:5060", true},
		{SignedIn, "TCP", "sip.contoso.com:5060", true},
		{SignedIn, "TCP", "127.0.0.1:5060", false},
		{SignedIn, "UDP", "[::1]:5060", false},
		{SignedIn, "TCP", "[::ffff:127.0.0.1]:5060", false},
		{SigningIn, "", "", false},
		{SignedOut, "", "", false},
	} {
		if got := (Connection{State: c.state, Transport: c.transport, Server: c.server}).Plain(); got != c.want {
			t.Errorf("%d %s %s: %v", c.state, c.transport, c.server, got)
		}
	}
}

func TestThePlainConnectionIsWarnedOfOnceAndAsTheUserWants(t *testing.T) {
	w := online(t, Saved{})
	warned := func() bool {
		for _, n := range w.Notices() {
			if n.ID == idPlain && strings.Contains(string(n.Text), "not encrypted") {
				return true
			}
		}
		return false
	}
	plain := sipclient.SignedIn{Server: "192.0.2.1:5060", Transport: "TCP", Services: sipclient.Services{Presence: true, WatcherInfo: true, Rules: true}}
	w.take(plain)
	if !warned() {
		t.Error("nothing is said of a plain connection")
	}
	w.DismissNotice(idPlain)
	w.take(plain)
	if warned() {
		t.Error("what was taken away comes back")
	}
	set := option.Default()
	set.Network.WarnPlain = false
	w.SetOptions(w.now, set)
	w.SetOptions(w.now, option.Default())
	if !warned() {
		t.Error("the option chosen anew says nothing")
	}
	w.SetOptions(w.now, set)
	if warned() {
		t.Error("the option is off, and the warning stands")
	}
	w.SetOptions(w.now, option.Default())
	secure := plain
	secure.Server, secure.Transport = "192.0.2.1:5061", "TLS"
	w.take(secure)
	if warned() {
		t.Error("TLS is warned of")
	}
}
