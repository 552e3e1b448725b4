package lab_test

import (
	"net"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/lab"
	"golync/internal/lab/policy"
	"golync/internal/siptest"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

const cheri = "sip:cheri@outlook.com"

// golync's own user agent, on both sides, while the administrator changes his mind.
func TestGolyncUnderAPolicyThatChanges(t *testing.T) {
	parse := func(access string) *policy.Policy {
		p, err := policy.Parse("policy", "provider.enabled = true\nglobal.EnablePublicCloudAccess = "+access+
			"\n[[domain]]\nname = 'contoso.com'\nprovisioning = 'done'\n")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	off, on := parse("false"), parse("true")
	synctest.Test(t, func(t *testing.T) {
		n := siptest.NewNet()
		l, err := lab.Start(t.Context(), lab.Config{
			TLS: "-", UDP: "-", TCP: "192.0.2.1:5060", XCAP: "192.0.2.1:5080", Policy: off,
			Listen: func(_, address string) (net.Listener, error) { return n.Listen(address) },
			Users:  []lab.User{{Address: alice, Name: "Alice", Password: "secret"}, {Address: cheri, Name: "Cheri", Password: "secret"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		a, err := signIn(t, l, "tcp", alice, "secret", n.Dial)
		if err != nil {
			t.Fatal(err)
		}
		c, err := signIn(t, l, "tcp", cheri, "secret", n.Dial)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Publish(t.Context(), pidf.State{Open: true}); err != nil {
			t.Fatal(err)
		}
		found, err := c.Search(t.Context(), alice)
		if err != nil || found.Online || found.Name.Raw() != "Alice" {
			t.Errorf("cheri finds %+v, %v", found, err)
		}
		c.Watch(alice, "It is me")
		await(t, c, "the question mark", func(p sipclient.PresenceChanged) bool { return p.Watch == sipclient.WatchPending })
		a.Watch(cheri, "")
		await(t, a, "the administrator's no", func(p sipclient.PresenceChanged) bool {
			return p.Code == 403 && p.Reason.Raw() == "Your Administrator Does Not Allow Skype Contacts"
		})

		l.Enforce(on)
		await(t, a, "the request that was kept back", func(e sipclient.WatchersChanged) bool {
			return len(e.Watchers) == 1 && e.Watchers[0].URI == cheri && e.Watchers[0].Status == winfo.Pending && e.Watchers[0].Introduction.Raw() == "It is me"
		})
		began := time.Now()
		await(t, a, "what alice was refused", func(p sipclient.PresenceChanged) bool { return p.Watch == sipclient.WatchPending })
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("it took %v", took)
		}
		for u, other := range map[*user]string{&a: cheri, &c: alice} {
			if err := u.SetRules(t.Context(), presrules.Rules{People: map[string]presrules.Level{other: presrules.External}}); err != nil {
				t.Fatal(err)
			}
		}
		await(t, c, "alice's presence", func(p sipclient.PresenceChanged) bool { return p.Watch == sipclient.WatchActive && p.State.Open })
		if how, err := c.Send(t.Context(), sipclient.Message{ID: "1", Peer: alice, Outgoing: true, Body: text.From("Hello")}); how != sipclient.Sent {
			t.Error(how, err)
		}

		l.Enforce(off)
		await(t, c, "the question mark again", func(p sipclient.PresenceChanged) bool { return p.Watch == sipclient.WatchPending && !p.Known })
		await(t, a, "the administrator's no again", func(p sipclient.PresenceChanged) bool { return p.Code == 403 })
		if how, err := c.Send(t.Context(), sipclient.Message{ID: "2", Peer: alice, Outgoing: true, Body: text.From("Hello?")}); how == sipclient.Sent || err == nil {
			t.Error(how, err)
		}

		// However often, and however soon, he changes it again: meanwhile alice would see no reason for what she does not see.
		for range 3 {
			l.Enforce(on)
			await(t, a, "cheri again", func(p sipclient.PresenceChanged) bool { return p.Watch == sipclient.WatchActive })
			l.Enforce(off)
			began := time.Now()
			await(t, a, "the reason", func(p sipclient.PresenceChanged) bool { return p.Code == 403 })
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("the reason came after %v", took)
			}
		}
		_, _ = a.Close(), c.Close()
	})
}
