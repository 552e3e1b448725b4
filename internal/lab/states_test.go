package lab

import (
	"testing"
	"testing/synctest"

	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// Every state that a device publishes, as the other side gets it over the wire, in both directions: the words are
// those of the table in states.go. Only what the other network has no word for changes.
func TestEveryStateCrossesBothWays(t *testing.T) {
	table := []struct {
		name     string
		state    pidf.State
		activity pidf.Activity // that arrives
	}{
		{"Available", pidf.State{Open: true}, pidf.ActivityNone},
		{"Inactive", pidf.State{Open: true, Idle: true}, pidf.ActivityAway},
		{"Busy", pidf.State{Open: true, Activity: pidf.ActivityBusy}, pidf.ActivityBusy},
		{"In a call", pidf.State{Open: true, Activity: pidf.ActivityOnThePhone}, pidf.ActivityBusy},
		{"In a conference call", pidf.State{Open: true, Activity: pidf.ActivityConference}, pidf.ActivityBusy},
		{"In a meeting", pidf.State{Open: true, Activity: pidf.ActivityMeeting}, pidf.ActivityBusy},
		{"Presenting", pidf.State{Open: true, Activity: pidf.ActivityPresentation}, pidf.ActivityDoNotDisturb},
		{"Do Not Disturb", pidf.State{Open: true, Activity: pidf.ActivityDoNotDisturb}, pidf.ActivityDoNotDisturb},
		{"Be Right Back", pidf.State{Open: true, Activity: pidf.ActivityBeRightBack}, pidf.ActivityAway},
		{"Away", pidf.State{Open: true, Activity: pidf.ActivityAway}, pidf.ActivityAway},
		{"Off Work", pidf.State{Open: true, Activity: pidf.ActivityOffWork}, pidf.ActivityAway},
		{"Out of Office", pidf.State{Open: true, Activity: pidf.ActivityOutOfOffice}, pidf.ActivityAway},
		{"Offline", pidf.State{Activity: pidf.ActivityAway}, pidf.ActivityNone},
	}
	for _, ends := range [][2]string{{alice, cheri}, {cheri, alice}, {alice, bob}, {bob, alice}} {
		t.Run(ends[0]+" to "+ends[1], func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{Policy: allowing(t)})
				from, to := l.signedIn(t, ends[0]), l.signedIn(t, ends[1])
				l.decide(t, ends[0], ends[1], presrules.Colleagues, nil)
				l.decide(t, ends[1], ends[0], presrules.External, nil)
				status(t, to.watches(ends[0]), 200)
				to.told()
				etag := ""
				for _, row := range table {
					row.state.Note, row.state.Name, row.state.Location = peer("of "+row.name), peer("me"), peer("Redmond")
					var match []string
					if etag != "" {
						match = []string{"SIP-If-Match: " + etag}
					}
					res := from.publishes(row.state, match...)
					status(t, res, 200)
					etag = header(res, "SIP-ETag")
					standing, got := to.told()
					if standing != "active" || got.Open != row.state.Open || got.Activity != row.activity || got.Idle {
						t.Errorf("%s arrives as %s %+v", row.name, standing, got)
					}
					if got.Note != row.state.Note || !got.Location.Empty() {
						t.Errorf("with %s come the note %q and the place %q", row.name, got.Note.Raw(), got.Location.Raw())
					}
				}
				synctest.Wait()
				to.nothing()
			})
		})
	}
}
