package ui

import (
	"testing"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient/winfo"
)

func TestAcceptingFromNewChoosesGroupAndRelationship(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(winfo.Watcher{
			URI: string(cheri), Name: text.From("Cheri Serrano"), Status: winfo.Pending, ID: "1",
			Introduction: text.From("Hello, I met you at\nthe b-day party"),
		}))
		x.press("4", "enter")
		x.sees("Add to Contacts List", "Cheri Serrano added you to his or her contacts list.", "cheri@outlook.com · Skype",
			"“Hello, I met you at the b-day party”", "Favorites", "External Contacts")
		x.press("enter", "down", "enter", "tab", "left", "tab", "enter")
		added(x, cheri, colleagues, contacts.Colleagues)
		if watches := did[app.Watch](x); len(watches) != 1 {
			t.Errorf("watched back %v", watches)
		}
		x.seesNot("Add to Contacts List")
		x.sees("Cheri Serrano is now in your contacts list.")
	})
}

func TestAcceptingProposesWhatFitsTheKind(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending("sip:henry@contoso.com", "Henry")))
		x.press("4", "enter")
		x.sees("henry@contoso.com · My Organization", "Colleagues")
		x.press("tab", "tab", "enter")
		added(x, "sip:henry@contoso.com", contacts.Favorites, contacts.Colleagues)
	})
}

func TestBlockAndDismissAskFirst(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri"), pending(gina, "Gina")))
		x.press("4", "home", "enter")
		x.click("  Block  ")
		x.sees("Block Cheri (cheri@outlook.com)?")
		x.press("enter") // Cancel has the keys
		x.seesNot("Block Cheri")
		x.press("enter")
		x.click("  Block  ")
		x.click("  Block  ")
		if saves := did[app.SaveRelationship](x); len(saves) != 1 || saves[0].Relationship != contacts.BlockedContacts {
			t.Errorf("blocking saved %v", saves)
		}
		x.press("enter")
		x.sees("gina@fabrikam.com · External")
		x.click("  Dismiss  ")
		x.sees("Dismiss the request of Gina (gina@fabrikam.com)?")
		x.click("  Dismiss  ")
		if saves := did[app.SaveRequest](x); len(saves) == 0 || !saves[len(saves)-1].Request.Dismissed {
			t.Errorf("dismissing saved %v", saves)
		}
		x.sees("Nobody is waiting for your answer.")
	})
}

// The specification: To configure Lync Alerts.
func TestConfigureAlertsAsTheSpecificationSays(t *testing.T) {
	inWindow(t, 100, 30, func() *app.State { return worldWith(alerts.Options{}) }, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri")))
		x.press("4")
		x.seesNot("Cheri")
		x.click("⚙ Options") // step 1
		x.click("Alerts")    // step 2
		x.sees("General alerts", "When my status is Do Not Disturb", "Contacts not using Lync")
		x.click("Tell me when someone adds me to his or her contact list") // step 3
		x.sees("[x] Tell me when someone adds me to his or her contact list")
		x.click("Allow invites but block all other communications") // step 4
		x.sees("(•) Allow invites but block all other communications")
		x.click("  OK  ") // step 5
		want := alerts.Options{TellMe: true, Outside: alerts.AllowInvites}
		if saves := did[app.SaveAlerts](x); len(saves) != 1 || saves[0].Options != want {
			t.Errorf("saved %v", saves)
		}
		x.seesNot("General alerts")
		x.sees("NEW (1)", "Cheri", "cheri@outlook.com")
	})
}

func TestAlertsCanBeSetByKeysAndCancelled(t *testing.T) {
	inWindow(t, 100, 30, func() *app.State { return worldWith(alerts.Options{}) }, func(x *face) {
		x.opensPage("Alerts")
		x.press("space", "tab", "tab", "tab", "tab", "up", "up", "tab", "up", "esc")
		if saves := did[app.SaveAlerts](x); saves != nil {
			t.Fatalf("cancelling saved %v", saves)
		}
		x.opensPage("Alerts")
		x.sees("[ ] Tell me", "(•) Block all invites")
		x.press("space", "tab", "tab", "tab", "tab", "up", "up", "tab", "up", "enter")
		want := alerts.Options{TellMe: true, DND: alerts.ShowNone, Outside: alerts.AllowInvites}
		if saves := did[app.SaveAlerts](x); len(saves) != 1 || saves[0].Options != want {
			t.Errorf("saved %v", saves)
		}
	})
}

func TestNewLeadsToTheOptionThatHoldsRequestsBack(t *testing.T) {
	inWindow(t, 100, 30, func() *app.State { return worldWith(alerts.Default()) }, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri")))
		x.press("4", "enter")
		x.sees("Options", "Contacts not using Lync")
		x.selected("(•) Block all invites and communications")
		x.press("up", "enter")
		x.sees("NEW (1)", "cheri@outlook.com")
	})
}
