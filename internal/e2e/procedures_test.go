package e2e

import (
	"testing"
)

// The contact providers of the menu Add a Contact Not in My Organization, by their place in it.
var providers = map[string]int{"Lync": 0, "Skype": 1, "Other": 2}

// opensWizard goes through the menu to the dialog of a provider.
func (w *window) opensWizard(provider string) {
	w.t.Helper()
	w.press("a")
	w.sees("Add a Contact in My Organization", "Add a Contact Not in My Organization", "Create a New Group")
	w.clicks("Add a Contact Not in My Organization")
	w.sees("Skype", "Other")
	for range providers[provider] {
		w.press("down")
	}
	w.press("enter")
	w.sees("IM Address", "Add to contact group", "Set privacy relationship")
}

// addsContact adds somebody with the groups and relationships that the dialog proposes.
func (w *window) addsContact(provider, im string) {
	w.t.Helper()
	w.opensWizard(provider)
	w.types(im)
	w.clicks("OK")
	w.loses("IM Address")
}

// choose opens a drop-down by its label and takes one of its choices.
func (w *window) chooses(label, choice string) {
	w.t.Helper()
	s := w.sees(label)
	x, y, _ := s.Find(label)
	w.must(w.Click(x+2, y+1)) // the drop-down stands under its label
	w.clicks(choice)
	w.sees(choice)
}

// TestAddASkypeContactToLync2013 walks the procedure "To add a Skype contact to Lync 2013".
func TestAddASkypeContactToLync2013(t *testing.T) {
	w := demo(t, home(t))
	w.sees("GROUPS", "NEW", "Dana")

	// 1. From Lync, click Add a Contact, Add a Contact Not in My Organization.
	w.press("a")
	w.clicks("Add a Contact Not in My Organization")
	// 2. From the list of available contact providers, select Skype.
	w.sees("Lync", "Skype", "Other")
	w.press("down", "enter")
	w.sees("Add Skype Contact")
	// 3. In the IM Address field, enter the Microsoft Account (MSA) of the Skype user.
	w.types("cheri@outlook.com")
	// 4. In the Add to contact group dropdown box, select a contact group to add the user to.
	w.chooses("Add to contact group", "Favorites")
	// 5. In the Set privacy relationship dropdown box, select the appropriate contact setting and then click OK.
	w.chooses("Set privacy relationship", "Friends and Family")
	w.clicks("OK")
	w.loses("IM Address")
	// 6. The user will now appear as a contact in Lync.
	w.sees("cheri@outlook.com")
	w.wire(`SUBSCRIBE sip:cheri@outlook\.com SIP/2\.0`)
	w.sees("Cheri Serrano", "External Network")
	//    Select the user, right-click the user name, and click See Contact Card to view the user properties.
	w.rightClicks("Cheri Serrano")
	w.clicks("See Contact Card")
	w.sees("cheri@outlook.com", "Friends and Family", "Favorites")
	w.press("esc")
	w.quits()
}

// TestAddASkypeContactWithACustomDomainName walks the procedure "To add a Skype contact to Lync when using
// a custom domain name", by the decorated form and by the plain address.
func TestAddASkypeContactWithACustomDomainName(t *testing.T) {
	for name, typed := range map[string]string{"decorated": "bob(contoso.com)@msn.com", "plain": "bob@contoso.com"} {
		t.Run(name, func(t *testing.T) {
			w := demo(t, home(t))
			w.sees("GROUPS", "Dana")
			w.opensWizard("Skype")
			w.types(typed)
			w.sees("bob(contoso.com)@msn.com") // what will be used, before OK
			w.chooses("Set privacy relationship", "External Contacts")
			w.clicks("OK")
			w.loses("IM Address")
			w.wire(`SUBSCRIBE sip:bob\(contoso\.com\)@msn\.com SIP/2\.0`)
			w.sees("Bob", "External Network") // he accepts after a moment
			w.quits()
		})
	}
}

// TestAddASkypeContactThroughTheFindBox walks steps 6 and 7 of that procedure.
func TestAddASkypeContactThroughTheFindBox(t *testing.T) {
	w := demo(t, home(t))
	w.sees("Find someone or a room, or dial a number", "Dana")
	w.press("/")
	w.types("bob(contoso.com)@msn.com")
	w.sees("Add")
	w.clicks("Add bob")
	w.sees("Add to contact group", "Set privacy relationship")
	w.clicks("OK")
	w.loses("Add to contact group")
	w.press("esc")
	w.wire(`SUBSCRIBE sip:bob\(contoso\.com\)@msn\.com SIP/2\.0`)
	w.sees("Bob", "External Network")
	w.quits()
}

// TestConfigureLyncAlerts walks the procedure "To configure Lync Alerts": before it, a Skype user's
// request does not show; after it, it does, and can be accepted.
func TestConfigureLyncAlerts(t *testing.T) {
	w := demo(t, home(t))
	w.sees("Dana", "NEW (1)") // gina, who uses Lync, is not held back
	w.press("2")
	w.sees("Gina", "gina@fabrikam.com")
	if s := w.Screen(); s.Has("cheri@outlook.com") {
		t.Fatalf("a Skype user's request shows in the default setting:\n%s", s.Text())
	}
	w.press("1")

	// 1. From the Lync client, click the Options icon.
	w.press("o")
	// 2. Select Alerts.
	w.clicks("Alerts")
	w.press("enter")
	// 3. Under General alerts, check Tell me when someone adds me to his or her contact list.
	w.sees("General alerts", "[x] Tell me when someone adds me to his or her contact list")
	// 4. Under Contacts not using Lync, select Allow invites but block all other communications.
	w.sees("Contacts not using Lync")
	w.clicks("Allow invites but block all other communications")
	// 5. Click OK to close the Options window.
	w.clicks("OK")
	w.loses("General alerts")

	w.sees("NEW (2)")
	w.press("2")
	w.sees("Cheri Serrano", "cheri@outlook.com")
	w.accepts("Cheri Serrano")
	w.press("1")
	w.sees("Cheri Serrano", "External Network")
	w.quits()
}

// accepts takes a request of the NEW tab with what its dialog proposes.
func (w *window) accepts(name string) {
	w.t.Helper()
	w.picks(name)
	w.press("enter")
	w.sees("Add to contact group", "Set privacy relationship")
	w.clicks("OK")
	w.loses("Add to contact group")
}

// TestAcceptFromNew: who added me is accepted into a group, sees me, and is seen.
func TestAcceptFromNew(t *testing.T) {
	dir := home(t)
	w := demo(t, dir)
	w.sees("NEW (1)")
	w.press("2")
	w.sees("Gina", "gina@fabrikam.com")
	w.accepts("Gina")
	w.loses("NEW (1)")
	w.press("1")
	w.sees("Gina")
	w.wire(`PUT /xcap-root/pres-rules/.*?gina@fabrikam\.com|SUBSCRIBE sip:gina@fabrikam\.com SIP/2\.0`)
	w.row("Gina Rossi - Available")
	w.quits()

	w = demo(t, dir) // decided once is decided for good
	w.sees("Gina", "Available")
	w.quits()
}

// TestBlockAndDismissFromNew: a decision takes the row away, and a restart does not bring it back.
func TestBlockAndDismissFromNew(t *testing.T) {
	for key, button := range map[string]string{"b": "Block", "d": "Dismiss"} {
		t.Run(button, func(t *testing.T) {
			dir := home(t)
			w := demo(t, dir)
			w.sees("NEW (1)")
			w.press("2")
			w.picks("Gina Rossi")
			w.press(key)
			w.clicks(button + "      Cancel")
			w.loses("NEW (1)")
			w.quits()
			w = demo(t, dir)
			w.sees("Dana")
			w.press("2")
			w.sees("NEW")
			if s := w.Screen(); s.Has("gina@fabrikam.com") {
				t.Errorf("Gina is back:\n%s", s.Text())
			}
			w.quits()
		})
	}
}
