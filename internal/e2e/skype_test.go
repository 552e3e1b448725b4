package e2e

import (
	"os/exec"
	"strings"
	"testing"
)

// TestAddALyncContactToSkype walks the procedure of that name with both people at their programs, and what
// the Lync user does about the request.
func TestAddALyncContactToSkype(t *testing.T) {
	s := between(t, allowed)
	alice := s.alice()
	hearsOfSkype(alice)

	// 1. Sign in to Skype. The Skype user must be logged into their Skype client with a Microsoft Account (MSA).
	bob := s.skype("bob@contoso.com")
	bob.Sees("bob@contoso.com")
	bob.Wire(`REGISTER .*?bob\(contoso\.com\)@msn\.com`)
	// 2. Select the Add Contacts icon.
	bob.Clicks("+ Add Contacts")
	// 3. Enter the SIP URI of the Lync user.
	bob.Sees("Enter the SIP address of a Lync user")
	bob.Types("alice@contoso.com")
	bob.Presses("enter")
	// 4. When Skype finds the match in the search results, look for the word Lync below the Lync user's name.
	//    Click the name.
	screen := bob.Sees("1 result", "▌ Alice", "▌ Lync")
	_, name, _ := screen.Find("▌ Alice")
	if _, word, _ := screen.Find("▌ Lync"); word != name+1 {
		t.Errorf("the name stands in row %d and the word Lync in row %d:\n%s", name, word, screen.Text())
	}
	bob.Clicks("▌ Alice")
	// 5. In the top right corner of the window, click Add to Contacts.
	bob.Clicks("Add to Contacts")
	bob.Sees("Introduce yourself to Alice")
	bob.Clicks("Send")
	// 6. The new contact is now added to your contact list, but you'll see a question mark instead of their
	//    status icon until they accept your request.
	bob.Row("? Alice - Waiting for Alice to accept")

	// The request appears on the New tab. To begin communicating, the Lync user adds the Skype user to a list.
	opensNew(alice)
	alice.Row("bob@contoso.com")
	alice.Sees("I'd like to add you as a contact.")
	alice.Accepts("Bob")
	alice.Presses("1")
	alice.Row("Bob - Available - External Network")

	// When your new contact accepts your request, you will be able to see when they are online, initiate IM
	// conversations.
	bob.Row("● Alice - Online")
	says(bob, "Alice", "Hello from Skype")
	alice.Presses("esc")
	alice.Picks("Bob - Available")
	alice.Presses("enter")
	alice.Sees("Hello from Skype")
	alice.Types("Hello from Lync")
	alice.Presses("enter")
	bob.Sees("Hello from Lync")
	alice.Quits()
	bob.Quits()
}

// TestSkypeUserAcceptsALyncUser walks "To add a Skype contact to Lync 2013" with the Skype user at the other
// end: the words of both sides say who waits for whom.
func TestSkypeUserAcceptsALyncUser(t *testing.T) {
	s := between(t, allowed)
	alice, cheri := s.alice(), s.skype("cheri@outlook.com")

	// 1 to 5: Add a Contact Not in My Organization, Skype, the Microsoft account, group, relationship, OK.
	alice.OpensWizard("Skype")
	alice.Types("cheri@outlook.com")
	alice.Chooses("Add to contact group", "Favorites")
	alice.Chooses("Set privacy relationship", "External Contacts")
	alice.Clicks("OK")
	alice.Loses("IM Address")
	// 6. The user will now appear as a contact in Lync.
	alice.Row("Waiting for cheri@outlook.com to accept")

	admits(cheri, "alice@contoso.com")
	cheri.Row("● Alice - Online")
	alice.Row("Cheri Serrano - Available - External Network")

	// Select the user, right-click the user name, and click See Contact Card to view the user properties.
	x, y := alice.Row("Cheri Serrano")
	alice.Must(alice.RightClick(x, y))
	alice.Clicks("See Contact Card")
	alice.Sees("cheri@outlook.com", "External Contacts", "Favorites")
	alice.Presses("esc")
	alice.Quits()
	cheri.Quits()
}

// TestACustomDomainThroughTheFindBox walks steps 6 and 7 of "To add a Skype contact to Lync when using a
// custom domain name", in the specification's form, with Bob at his Skype.
func TestACustomDomainThroughTheFindBox(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	alice.Presses("/")
	alice.Types("bob(contoso.com)@msn.com")
	alice.Clicks("Add bob")
	alice.Sees("Add to contact group", "Set privacy relationship")
	alice.Clicks("OK")
	alice.Loses("Add to contact group")
	alice.Presses("esc")
	alice.Row("Waiting for bob@contoso.com to accept") // what is stored is the Microsoft account

	admits(bob, "alice@contoso.com")
	alice.Row("Bob - Available - External Network")
	alice.Quits()
	bob.Quits()
}

// Skype users must be logged into their Skype client with a Microsoft Account.
func TestASkypeNameIsNoMicrosoftAccount(t *testing.T) {
	dir := home(t)
	cmd := exec.Command(string(golync), "skype", "--account", "bob.smith", "--data", dir)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 2 {
		t.Errorf("it ended with %v:\n%s", err, out)
	}
	for _, words := range []string{"expected a Microsoft account such as bob@contoso.com", "Merge your Skype name with a Microsoft account"} {
		if !strings.Contains(string(out), words) {
			t.Errorf("it does not say %q:\n%s", words, out)
		}
	}
}

// When zero search results are returned for a Lync domain, the provisioning process may not have completed,
// or the domain has not yet been set up. Once it is, the same search finds.
func TestNothingIsFoundInADomainThatIsNotSetUp(t *testing.T) {
	for name, policy := range map[string]string{
		"not set up": strings.Replace(allowed, `name = "contoso.com"`, `name = "fabrikam.com"`, 1),
		"pending":    strings.Replace(allowed, "done", "pending", 1),
	} {
		t.Run(name, func(t *testing.T) {
			s := between(t, policy)
			bob := s.skype("bob@contoso.com")
			looksFor(bob, "alice@contoso.com")
			bob.Sees("No results for alice@contoso.com", "provisioning process", "not have completed", "not yet been set")
			never(t, bob, "1 result")
			s.logs("refused", "alice@contoso.com", "Domain")

			s.decrees(allowed)
			bob.Insists(func() { bob.Presses("enter") }, seen("1 result"))
			bob.Sees("▌ Alice", "▌ Lync")
			bob.Presses("esc")
			bob.Quits()
		})
	}
}

// The administrator must configure the Lync user's policy settings to allow incoming requests. If not, the
// Lync user will not receive contact requests from the Skype user.
func TestARequestWaitsForTheAdministrator(t *testing.T) {
	off := strings.Replace(allowed, "EnablePublicCloudAccess = true", "EnablePublicCloudAccess = false", 1)
	s := between(t, off)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	hearsOfSkype(alice)
	addsLyncUser(bob, "alice@contoso.com", "Alice")
	bob.Row("? Alice - Waiting for Alice to accept")
	s.logs("alice@contoso.com", "bob(contoso.com)@msn.com", "EnablePublicCloudAccess")
	never(t, alice, "NEW (1)")

	s.decrees(allowed)
	opensNew(alice)
	alice.Accepts("Bob")
	bob.Row("● Alice - Online")

	s.decrees(off) // what was allowed is taken back: nobody keeps a stale status
	alice.Presses("1")
	alice.Row("Bob")
	bob.Loses("Alice - Online")
	alice.Loses("Bob - Available")
	alice.Quits()
	bob.Quits()
}

// A Lync user must configure Lync alerts to ensure that requests sent from a Skype user appear; until then
// New says what is held back, and why.
func TestARequestWaitsForTheAlertsOptions(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	addsLyncUser(bob, "alice@contoso.com", "Alice")
	alice.Presses("4")
	alice.Sees("Options ▸ Alerts")
	never(t, alice, "bob@contoso.com")
	alice.Presses("1")
	hearsOfSkype(alice)
	alice.Sees("NEW (1)")
	alice.Quits()
	bob.Quits()
}

// IM and presence may not work until the new contacts are accepted by each user.
func TestNothingPassesBeforeBothHaveAccepted(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	hearsOfSkype(alice)
	addsLyncUser(bob, "alice@contoso.com", "Alice")
	says(bob, "? Alice", "too early")
	bob.Sees("not delivered")
	bob.Wire(`SIP/2\.0 403`)
	never(t, alice, "too early")
	alice.Sees("NEW (1)")
	alice.Quits()
	bob.Quits()
}

// Block means blocked for good: the person sees Offline, reaches nobody and is not asked again.
func TestASkypeUserBlocksForGood(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	alice.AddsContact("Skype", "bob@contoso.com")
	picksRequest(bob, "alice@contoso.com")
	bob.Presses("b")
	bob.Sees("Block This Person")
	bob.Clicks("Block      Cancel")
	bob.Loses("REQUESTS (1)")
	alice.Row("Offline")
	bob.Quits()

	bob = s.skype("bob@contoso.com") // a restart does not bring it back
	says(alice, "Bob - Offline", "are you there?")
	alice.Sees("waiting") // as with somebody who is offline
	never(t, bob, "REQUESTS (1)")
	never(t, bob, "are you there?")
	alice.Quits()
	bob.Quits()
}

// The lab may be restarted at any moment: what was asked and answered stays, and both sides agree.
func TestBothSidesAgreeAfterTheServerRestarts(t *testing.T) {
	s := betweenAt(t, allowed, freeAddress(t))
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	hearsOfSkype(alice)
	addsLyncUser(bob, "alice@contoso.com", "Alice")
	alice.Sees("NEW (1)")

	s.closes()
	alice.Sees("Trying again")
	s.opens()
	alice.Sees("Signed in", "NEW (1)")
	opensNew(alice)
	alice.Accepts("Bob")
	bob.Row("● Alice - Online")

	s.closes()
	bob.Loses("Alice - Online") // nothing stale
	s.opens()
	bob.Row("● Alice - Online")
	alice.Presses("1")
	alice.Row("Bob - Available - External Network")
	alice.Quits()
	bob.Quits()
}
