//go:build linux

package interop

import (
	"errors"
	"testing"

	"golync/sipclient"
)

func TestSignInOverEachTransport(t *testing.T) {
	k := Start(t, alice)
	for _, transport := range transports {
		p := signIn(t, k, alice, transport)
		e := await(p, "SignedIn", func(sipclient.SignedIn) bool { return true })
		if server := map[string]string{"tls": k.TLS, "tcp": k.TCP, "udp": k.UDP}[transport]; e.Server != server {
			t.Errorf("%s: signed in at %s, not at %s", transport, e.Server, server)
		}
		if err := p.SignOut(t.Context()); err != nil {
			t.Errorf("%s: sign out: %v", transport, err)
		}
	}
}

func TestAWrongPasswordStops(t *testing.T) {
	k := Start(t, alice)
	for _, transport := range transports {
		p := newPerson(t, k, User{alice.Address, "wrong"}, transport)
		if err := p.SignIn(t.Context()); !errors.Is(err, sipclient.ErrPassword) {
			t.Errorf("%s: got %v", transport, err)
		}
		failed := await(p, "SignInFailed", func(sipclient.SignInFailed) bool { return true })
		if failed.RetryIn != 0 {
			t.Errorf("%s: tries again in %v", transport, failed.RetryIn)
		}
	}
}

func TestServicesAreFound(t *testing.T) {
	k := Start(t, alice)
	p := newPerson(t, k, alice, "tls")
	if err := p.SignIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	await(p, "SignedIn with all services", func(e sipclient.SignedIn) bool {
		return e.Services == sipclient.Services{Presence: true, WatcherInfo: true, Rules: true}
	})
}

func TestWhoSignedOutIsNotReached(t *testing.T) {
	k := Start(t, alice, dana)
	a, d := signIn(t, k, alice, "tls"), signIn(t, k, dana, "tls")
	if got, err := d.say(a.address, "there?"); got != sipclient.Sent {
		t.Fatalf("got %v, %v", got, err)
	}
	if err := a.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := d.say(a.address, "still there?"); got != sipclient.Stored {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestAServerThatIsKilledAndComesBack(t *testing.T) {
	k := Start(t, alice, dana)
	a, d := signIn(t, k, alice, "tls"), signIn(t, k, dana, "tcp")
	d.decide(level, a)
	d.publish(free)
	a.Watch(d.address, "")
	a.sees(d, "available", available)

	k.Kill()
	for _, p := range []*person{a, d} {
		await(p, "Disconnected", func(e sipclient.Disconnected) bool { return e.RetryIn > 0 })
	}
	k.Restart()
	for _, p := range []*person{a, d} {
		await(p, "SignedIn again", func(sipclient.SignedIn) bool { return true })
	}
	a.sees(d, "available again", available)
	if got, err := d.say(a.address, "back"); got != sipclient.Sent || a.hears() != "back" {
		t.Errorf("got %v, %v", got, err)
	}
}
