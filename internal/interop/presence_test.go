//go:build linux

package interop

import (
	"testing"
	"time"

	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

const level = presrules.Colleagues

var free = pidf.State{Open: true, Name: text.From("Dana")}

func peerText(s string) text.Peer { return text.From(s) }

func TestPresenceFlowsBothWays(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			k := Start(t, alice, dana)
			a, d := signIn(t, k, alice, transport), signIn(t, k, dana, transport)
			a.decide(level, d)
			d.decide(level, a)
			a.publish(pidf.State{Open: true, Activity: pidf.ActivityDoNotDisturb, Note: text.From("Grüße, <Dana> & 你好 😀")})
			d.publish(free)
			a.Watch(d.address, "")
			d.Watch(a.address, "")
			a.sees(d, "available", available)
			d.sees(a, "not to be disturbed", func(e sipclient.PresenceChanged) bool {
				return e.State.Activity == pidf.ActivityDoNotDisturb && e.State.Note.Raw() == "Grüße, <Dana> & 你好 😀"
			})
			began := time.Now()
			a.publish(pidf.State{Open: true, Activity: pidf.ActivityBeRightBack})
			d.sees(a, "to be right back", func(e sipclient.PresenceChanged) bool { return e.State.Activity == pidf.ActivityBeRightBack })
			t.Logf("a change was seen after %v", time.Since(began).Round(time.Millisecond))
			if err := a.SignOut(t.Context()); err != nil {
				t.Fatal(err)
			}
			d.sees(a, "offline", nothing)
		})
	}
}

func TestWhoAsksWaitsUntilAccepted(t *testing.T) {
	k := Start(t, alice, dana, eve)
	a, d, e := signIn(t, k, alice, "tls"), signIn(t, k, dana, "tls"), signIn(t, k, eve, "tcp")
	a.publish(free)
	d.Watch(a.address, "We met in Paris")
	d.sees(a, "waiting", waiting)
	a.isWatchedBy(d, winfo.Pending)

	a.decide(presrules.External, d)
	d.sees(a, "available once accepted", available)
	a.isWatchedBy(d, winfo.Active)

	e.Watch(a.address, "")
	e.sees(a, "waiting", waiting)
	a.isWatchedBy(e, winfo.Pending)
	a.decide(presrules.Dismissed, e)
	d.sees(a, "gone when the acceptance is taken back", func(c sipclient.PresenceChanged) bool { return !c.Known })
}

func TestAWatcherFromBeforeSignInIsListed(t *testing.T) {
	k := Start(t, alice, dana)
	d := signIn(t, k, dana, "tls")
	d.Watch("sip:"+alice.Address, "")
	await(d, "waiting", waiting)
	a := signIn(t, k, alice, "tls")
	a.isWatchedBy(d, winfo.Pending)
}

func TestBlockedPeopleSeeOffline(t *testing.T) {
	k := Start(t, alice, dana, eve)
	a, d, e := signIn(t, k, alice, "tls"), signIn(t, k, dana, "tls"), signIn(t, k, eve, "tls")
	a.publish(free)
	a.decide(presrules.Blocked, d, e)
	d.Watch(a.address, "")
	d.sees(a, "offline", nothing)
	// Blocking somebody who sees me already ends that.
	a.decide(level, d)
	d.sees(a, "available", available)
	a.decide(presrules.Blocked, d)
	d.sees(a, "offline again", nothing)
}

func TestEverybodyOfADomainButThoseNamed(t *testing.T) {
	k := Start(t, alice, dana, eve)
	a, d, e := signIn(t, k, alice, "tls"), signIn(t, k, dana, "tls"), signIn(t, k, eve, "tls")
	a.publish(free)
	err := a.SetRules(t.Context(), presrules.Rules{
		People:         map[string]presrules.Level{e.address: presrules.Blocked},
		OutsideAllowed: []string{"msn.com", "contoso.com"},
	})
	if err != nil {
		t.Fatal(err)
	}
	d.Watch(a.address, "")
	e.Watch(a.address, "")
	d.sees(a, "available", available)
	e.sees(a, "offline", nothing)
}

func TestAnUnknownAddressSaysSo(t *testing.T) {
	k := Start(t, alice)
	a := signIn(t, k, alice, "tls")
	a.Watch("sip:nobody@contoso.com", "")
	await(a, "404", func(e sipclient.PresenceChanged) bool {
		return e.URI == "sip:nobody@contoso.com" && e.Watch == sipclient.WatchEnded && e.Code == 404
	})
}
