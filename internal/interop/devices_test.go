package interop

import (
	"testing"
	"time"

	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// Kamailio puts the documents of a user's devices together; what comes out has to be what the table of pidf says.
func TestTwoDevicesOfOnePersonMakeOnePresence(t *testing.T) {
	k := Start(t, alice, dana)
	desk, laptop, d := signIn(t, k, alice, "tls"), signIn(t, k, alice, "tcp"), signIn(t, k, dana, "tls")
	desk.decide(level, d)
	at := time.Now().UTC().Truncate(time.Second)
	desk.publish(pidf.State{Open: true, Activity: pidf.ActivityBusy, Note: text.From("at my desk"), Location: text.From("Building 7"), Since: at})
	d.Watch(desk.address, "")
	d.sees(desk, "Busy in Building 7", func(e sipclient.PresenceChanged) bool {
		return e.State.Activity == pidf.ActivityBusy && e.State.Location.Raw() == "Building 7"
	})

	laptop.publish(pidf.State{Open: true, Activity: pidf.ActivityAway, Idle: true, Since: at.Add(time.Minute), Note: text.From("on the way")})
	d.sees(desk, "Busy still, with the newer note", func(e sipclient.PresenceChanged) bool {
		return e.State.Activity == pidf.ActivityBusy && !e.State.Idle && e.State.Note.Raw() == "on the way" && e.State.Location.Raw() == "Building 7"
	})

	laptop.publish(pidf.State{Open: true, Activity: pidf.ActivityDoNotDisturb, Since: at.Add(2 * time.Minute)})
	d.sees(desk, "not to be disturbed, as chosen last", func(e sipclient.PresenceChanged) bool {
		return e.State.Activity == pidf.ActivityDoNotDisturb && e.State.Note.Raw() == "at my desk"
	})

	if err := laptop.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.sees(desk, "Busy, as the desk says", func(e sipclient.PresenceChanged) bool { return e.State.Activity == pidf.ActivityBusy })
	if err := desk.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.sees(desk, "offline", nothing)
}

func TestInactiveIsSeenAndTheLocationOnlyByColleagues(t *testing.T) {
	k := Start(t, alice, dana, eve)
	a, d, e := signIn(t, k, alice, "tls"), signIn(t, k, dana, "tls"), signIn(t, k, eve, "tls")
	a.publish(pidf.State{Open: true, Idle: true, Location: text.From("Building 7")})
	if err := a.SetRules(t.Context(), presrules.Rules{People: map[string]presrules.Level{
		d.address: presrules.Colleagues, e.address: presrules.External,
	}}); err != nil {
		t.Fatal(err)
	}
	d.Watch(a.address, "")
	e.Watch(a.address, "")
	d.sees(a, "Inactive in Building 7", func(c sipclient.PresenceChanged) bool {
		return c.Known && c.State.Idle && c.State.Location.Raw() == "Building 7"
	})
	e.sees(a, "Inactive, nobody says where", func(c sipclient.PresenceChanged) bool {
		return c.Known && c.State.Idle && c.State.Location.Empty()
	})
}
