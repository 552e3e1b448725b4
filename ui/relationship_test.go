package ui

import (
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/sipclient"
)

// Rules at a server are a request: some servers only allow and block (design section 6).
func TestTheHelpOfARelationshipSaysWhatIsUpToTheServer(t *testing.T) {
	const words = "It is up to the server"
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.happens(asks(pending(cheri, "Cheri")))
			x.press("4", "enter")
			x.sees(words)
			x.press("esc", "1", "c")
			x.sees(words)
			x.press("esc", "a", "enter") // Colleagues, from whom nothing is kept back
			x.sees("Sees status, activity, note and location.")
			x.seesNot(words)
		})
	}
}

func TestEveryRelationshipSaysWhatThisServerDoesNotEnforce(t *testing.T) {
	const all = "it alone decides what people see of you"
	for name, c := range map[string]struct {
		has  sipclient.Services
		says map[contacts.Relationship]string
	}{
		"rules": {sipclient.Services{Presence: true, Rules: true}, map[contacts.Relationship]string{
			contacts.ExternalContacts: "up to the server to keep that back", contacts.Colleagues: "", contacts.BlockedContacts: "",
		}},
		"no rules": {sipclient.Services{Presence: true}, map[contacts.Relationship]string{
			contacts.FriendsAndFamily: all, contacts.Workgroup: all, contacts.Colleagues: all, contacts.ExternalContacts: all,
			contacts.BlockedContacts: "it may go on showing your status", contacts.NoRelationship: "",
		}},
		"golync itself": {sipclient.Services{}, map[contacts.Relationship]string{contacts.ExternalContacts: "", contacts.BlockedContacts: ""}},
	} {
		s := worldWith(alerts.Options{TellMe: true})
		s.Take(time.Now(), events(sipclient.Disconnected{}, sipclient.SignedIn{Services: c.has}))
		m := modelOf(s, 80, 24)
		for r, says := range c.says {
			if got := string(m.upToTheServer(r)); !strings.Contains(got, says) || says == "" && got != "" {
				t.Errorf("%s: of %v it says %q, not %q", name, r, got, says)
			}
		}
	}
}
