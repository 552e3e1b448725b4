package ui

import (
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
)

// Rules at a server are a request: some servers only allow and block (design section 6).
func TestTheHelpOfARelationshipSaysWhatIsUpToTheServer(t *testing.T) {
	const words = "How much of this is kept back"
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.happens(asks(pending(cheri, "Cheri")))
			for _, keys := range [][]string{{"1", "a", "enter"}, {"4", "enter"}, {"1", "down", "c"}} {
				x.press(keys...)
				x.sees(words)
				x.press("esc")
			}
		})
	}
	withoutRules := func() *app.State {
		s := worldWith(alerts.Options{TellMe: true, Outside: alerts.AllowInvites})
		s.Take(time.Now(), events(sipclient.Disconnected{}, sipclient.SignedIn{Services: sipclient.Services{Presence: true}}))
		return s
	}
	inWindow(t, 120, 40, withoutRules, func(x *face) {
		x.press("a", "enter")
		x.sees("Set privacy relationship")
		x.seesNot(words) // golync itself keeps it back here
	})
	m := modelOf(world(), 80, 24)
	if said := m.upToTheServer(contacts.BlockedContacts); said != "" {
		t.Errorf("of somebody blocked: %q", said)
	}
}
