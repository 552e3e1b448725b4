package ui

import (
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
)

// The three choices under "When my status is Do Not Disturb", seen on the screen: what of each kind still
// comes as an alert. Nothing is lost by it: messages are unread in their conversations, requests stand in NEW.
func TestDoNotDisturbKeepsAwayWhatTheAlertsPageSays(t *testing.T) {
	for _, c := range []struct {
		name                       string
		choice                     alerts.DNDChoice
		mine                       contacts.Availability
		workgroup, others, request bool
	}{
		{"Don't show alerts", alerts.ShowNone, contacts.DoNotDisturb, false, false, false},
		{"only from my Workgroup", alerts.ShowWorkgroupOnly, contacts.DoNotDisturb, true, false, false},
		{"all, but conversations from my Workgroup only", alerts.ShowAllButConversations, contacts.DoNotDisturb, true, false, true},
		{"another status", alerts.ShowNone, contacts.Busy, true, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := func() *app.State {
				s := worldWith(alerts.Options{TellMe: true, DND: c.choice, Outside: alerts.AllowInvites})
				s.SetRelationship(time.Now(), dana, contacts.Workgroup)
				s.SetPresence(time.Now(), c.mine)
				return s
			}
			inWindow(t, 140, 45, start, func(x *face) {
				look := func(words string, shown bool) {
					t.Helper()
					if shown {
						x.sees(words)
					} else {
						x.seesNot(words)
					}
				}
				x.talks() // with Bob
				x.happens(arrives(dana, "1", "From Workgroup", 1, time.Now()))
				look("From Workgroup", c.workgroup)
				x.happens(arrives(eve, "2", "From Colleagues", 2, time.Now()))
				look("From Colleagues", c.others)
				x.happens(asks(pending(cheri, "Cheri")))
				look("added you to his", c.request)
				x.sees("NEW (1)")
				x.titled("(3) alice@contoso.com - golync")
			})
		})
	}
}
