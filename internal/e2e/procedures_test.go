package e2e

import "testing"

// TestAddASkypeContactToLync2013 walks the procedure "To add a Skype contact to Lync 2013".
func TestAddASkypeContactToLync2013(t *testing.T) {
	w := demo(t, home(t))
	w.Sees("GROUPS", "NEW", "Dana")

	// 1. From Lync, click Add a Contact, Add a Contact Not in My Organization.
	w.Presses("a")
	w.Clicks("Add a Contact Not in My Organization")
	// 2. From the list of available contact providers, select Skype.
	w.Sees("Lync", "Skype", "Other")
	w.Presses("down", "enter")
	w.Sees("Add Skype Contact")
	// 3. In the IM Address field, enter the Microsoft Account (MSA) of the Skype user.
	w.Types("cheri@outlook.com")
	// 4. In the Add to contact group dropdown box, select a contact group to add the user to.
	w.Chooses("Add to contact group", "Favorites")
	// 5. In the Set privacy relationship dropdown box, select the appropriate contact setting and then click OK.
	w.Chooses("Set privacy relationship", "Friends and Family")
	w.Clicks("OK")
	w.Loses("IM Address")
	// 6. The user will now appear as a contact in Lync.
	w.Sees("cheri@outlook.com")
	w.Wire(`SUBSCRIBE sip:cheri@outlook\.com SIP/2\.0`)
	w.Sees("Cheri Serrano", "External Network")
	//    Select the user, right-click the user name, and click See Contact Card to view the user properties.
	w.Opens("Cheri Serrano", "See Contact Card")
	w.Clicks("See Contact Card")
	w.Sees("cheri@outlook.com", "Friends and Family", "Favorites")
	w.Presses("esc")
	w.Quits()
}

// TestAddASkypeContactWithACustomDomainName walks the procedure "To add a Skype contact to Lync when using
// a custom domain name", by the decorated form and by the plain address.
func TestAddASkypeContactWithACustomDomainName(t *testing.T) {
	for name, typed := range map[string]string{"decorated": "bob(contoso.com)@msn.com", "plain": "bob@contoso.com"} {
		t.Run(name, func(t *testing.T) {
			w := demo(t, home(t))
			w.Sees("GROUPS", "Dana")
			w.OpensWizard("Skype")
			w.Types(typed)
			w.Sees("bob(contoso.com)@msn.com") // what will be used, before OK
			w.Chooses("Set privacy relationship", "External Contacts")
			w.Clicks("OK")
			w.Loses("IM Address")
			w.Wire(`SUBSCRIBE sip:bob\(contoso\.com\)@msn\.com SIP/2\.0`)
			w.Sees("Bob", "External Network") // he accepts after a moment
			w.Quits()
		})
	}
}

// TestAddASkypeContactThroughTheFindBox walks steps 6 and 7 of that procedure.
func TestAddASkypeContactThroughTheFindBox(t *testing.T) {
	w := demo(t, home(t))
	w.Sees("Find someone or a room, or dial a number", "Dana")
	w.Presses("/")
	w.Types("bob(contoso.com)@msn.com")
	w.Sees("Add")
	w.Clicks("Add bob")
	w.Sees("Add to contact group", "Set privacy relationship")
	w.Clicks("OK")
	w.Loses("Add to contact group")
	w.Presses("esc")
	w.Wire(`SUBSCRIBE sip:bob\(contoso\.com\)@msn\.com SIP/2\.0`)
	w.Sees("Bob", "External Network")
	w.Quits()
}

// TestConfigureLyncAlerts walks the procedure "To configure Lync Alerts": before it, a Skype user's
// request does not show; after it, it does, and can be accepted.
func TestConfigureLyncAlerts(t *testing.T) {
	w := demo(t, home(t))
	w.Sees("Dana", "NEW (1)") // gina, who uses Lync, is not held back
	w.Presses("4")
	w.Sees("Gina", "gina@fabrikam.com")
	if s := w.Screen(); s.Has("cheri@outlook.com") {
		t.Fatalf("a Skype user's request shows in the default setting:\n%s", s.Text())
	}
	w.Presses("1")

	// 1. From the Lync client, click the Options icon.
	w.Presses("o")
	w.Sees("Ringtones and Sounds") // the word Alerts stood on the screen before
	// 2. Select Alerts.
	w.Presses("down", "down", "down", "down", "enter")
	// 3. Under General alerts, check Tell me when someone adds me to his or her contact list.
	w.Sees("General alerts", "[x] Tell me when someone adds me to his or her contact list")
	// 4. Under Contacts not using Lync, select Allow invites but block all other communications.
	w.Sees("Contacts not using Lync")
	w.Clicks("Allow invites but block all other communications")
	// 5. Click OK to close the Options window.
	w.Clicks("OK")
	w.Loses("General alerts")

	w.Sees("NEW (2)")
	w.Presses("4")
	w.Sees("Cheri Serrano", "cheri@outlook.com")
	w.Accepts("Cheri Serrano")
	w.Presses("1")
	w.Sees("Cheri Serrano", "External Network")
	w.Quits()
}

// TestAcceptFromNew: who added me is accepted into a group, sees me, and is seen.
func TestAcceptFromNew(t *testing.T) {
	dir := home(t)
	w := demo(t, dir)
	w.Sees("NEW (1)")
	w.Presses("4")
	w.Sees("Gina", "gina@fabrikam.com")
	w.Accepts("Gina")
	w.Loses("NEW (1)")
	w.Presses("1")
	w.Sees("Gina")
	w.Wire(`PUT /xcap-root/pres-rules/.*?gina@fabrikam\.com|SUBSCRIBE sip:gina@fabrikam\.com SIP/2\.0`)
	w.Row("Gina Rossi - Available")
	w.Quits()

	w = demo(t, dir) // decided once is decided for good
	w.Sees("Gina", "Available")
	w.Quits()
}

// TestBlockAndDismissFromNew: a decision takes the row away, and a restart does not bring it back.
func TestBlockAndDismissFromNew(t *testing.T) {
	for key, button := range map[string]string{"b": "Block", "d": "Dismiss"} {
		t.Run(button, func(t *testing.T) {
			dir := home(t)
			w := demo(t, dir)
			w.Sees("NEW (1)")
			w.Presses("4")
			w.Picks("Gina Rossi")
			w.Presses(key)
			w.Clicks(button + "      Cancel")
			w.Loses("NEW (1)")
			w.Quits()
			w = demo(t, dir)
			w.Sees("Dana")
			w.Presses("4")
			w.Sees("NEW")
			if s := w.Screen(); s.Has("gina@fabrikam.com") {
				t.Errorf("Gina is back:\n%s", s.Text())
			}
			w.Quits()
		})
	}
}
