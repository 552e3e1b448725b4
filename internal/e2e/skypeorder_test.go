package e2e

import "testing"

// Microsoft accounts of live.com, hotmail.com and outlook.com are used as they are typed; the step with the
// decorated form is not required for them.
func TestAddressesOfMicrosoftsDomainsStayAsTyped(t *testing.T) {
	s := between(t, allowed)
	alice := s.alice()
	for _, account := range []string{"cheri@outlook.com", "dan@hotmail.com", "liv@live.com"} {
		alice.OpensWizard("Skype")
		alice.Types(account)
		alice.Sees(account)
		never(t, alice, "@msn.com")
		alice.Clicks("OK")
		alice.Loses("IM Address")
		alice.Wire(`SUBSCRIBE sip:` + account + ` SIP/2\.0`)
	}
	alice.Row("Waiting for cheri@outlook.com to accept")
	alice.Row("dan@hotmail.com - Address not found") // nobody has these two
	alice.Row("liv@live.com - Address not found")
	alice.Quits()
}

// TestACustomDomainThroughAddAContact walks steps 1 to 5 of "To add a Skype contact to Lync when using a custom
// domain name", in the specification's form and plainly, with Bob at his Skype.
func TestACustomDomainThroughAddAContact(t *testing.T) {
	for name, typed := range map[string]string{"decorated": "bob(contoso.com)@msn.com", "plain": "bob@contoso.com"} {
		t.Run(name, func(t *testing.T) {
			s := between(t, allowed)
			alice, bob := s.alice(), s.skype("bob@contoso.com")
			// 1. Click Add a Contact, Add a Contact Not in My Organization. 2. Select Skype.
			alice.OpensWizard("Skype")
			// 3. In the IM Address field, enter the Microsoft Account of the Skype user.
			alice.Types(typed)
			alice.Sees("bob(contoso.com)@msn.com")
			// 4. Select a contact group to add the user to.
			alice.Chooses("Add to contact group", "Favorites")
			// 5. Select the appropriate contact setting and then click OK.
			alice.Chooses("Set privacy relationship", "Workgroup")
			alice.Clicks("OK")
			alice.Loses("IM Address")
			alice.Row("Waiting for bob@contoso.com to accept")
			alice.Wire(`SUBSCRIBE sip:bob\(contoso\.com\)@msn\.com SIP/2\.0`)
			admits(bob, "alice@contoso.com")
			alice.Row("Bob - Available - External Network")
			alice.Quits()
			bob.Quits()
		})
	}
}

// Who allows anyone is reached before anything has been accepted.
func TestAnyoneReachesWhoAllowsIt(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	choosesAlerts(alice, "Allow anyone to contact me")
	asks(bob, "alice@contoso.com", "Alice")
	bob.Row("● Alice - Online")
	says(bob, "Alice - Online", "May I come in?")
	alice.Sees("May I come in?")
	alice.Quits()
	bob.Quits()
}

// What one side does away with and begins again ends as it was: neither asks in vain, neither shows a stale status.
func TestALyncUserIsRemovedAndAddedAgain(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	befriends(alice, bob)
	x, y := bob.Row("Alice - Online")
	bob.Must(bob.RightClick(x, y))
	bob.Clicks("Remove from Contacts")
	bob.Clicks("Remove      Cancel")
	bob.Loses("Alice - Online")

	looksFor(bob, "alice@contoso.com")
	bob.Sees("1 result", "▌ Alice", "▌ Lync")
	bob.Presses("enter")
	bob.Clicks("Add to Contacts") // Alice has him in her list, so that there is nobody to ask
	bob.Row("● Alice - Online")
	alice.Row("Bob - Available - External Network")
	alice.Quits()
	bob.Quits()
}

// When both add each other before either has seen the other's request, nobody is left to be asked.
func TestBothAddEachOtherAtOnce(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	hearsOfSkype(alice)
	looksFor(bob, "alice@contoso.com")
	bob.Sees("1 result", "Lync")
	bob.Presses("enter")
	bob.Sees("Profile")
	bob.Clicks("Add to Contacts")
	bob.Sees("Introduce yourself to Alice")
	alice.OpensWizard("Skype")
	alice.Types("bob@contoso.com")
	alice.Sees("bob(contoso.com)@msn.com")
	alice.Presses("enter")
	bob.Presses("enter")
	bob.Row("● Alice - Online")
	alice.Row("Bob - Available - External Network")
	for _, text := range []string{"REQUESTS (1)", "NEW (1)"} {
		alice.Loses(text)
		bob.Loses(text)
	}
	alice.Quits()
	bob.Quits()
}

// A request waits for who is not there, and the answer for who has left meanwhile.
func TestARequestWaitsForWhoIsNotThere(t *testing.T) {
	s := between(t, allowed)
	alice := s.alice()
	hearsOfSkype(alice)
	alice.Quits()
	bob := s.skype("bob@contoso.com")
	addsLyncUser(bob, "alice@contoso.com", "Alice")
	bob.Quits()

	alice = s.alice()
	opensNew(alice)
	alice.Row("bob@contoso.com")
	alice.Sees("I'd like to add you as a contact.")
	alice.Accepts("Bob")
	alice.Presses("1")
	alice.Row("Bob")
	never(t, alice, "Bob - Available")
	bob = s.skype("bob@contoso.com")
	bob.Row("● Alice - Online")
	alice.Row("Bob - Available - External Network")
	alice.Quits()
	bob.Quits()
}

// A Lync user who does not want the request blocks it, and is not asked again.
func TestALyncUserBlocksARequest(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	hearsOfSkype(alice)
	addsLyncUser(bob, "alice@contoso.com", "Alice")
	opensNew(alice)
	alice.Picks("Bob")
	alice.Presses("b")
	alice.Clicks("Block      Cancel")
	alice.Loses("NEW (1)")
	bob.Row("○ Alice - Offline") // which is what a blocked person is shown
	says(bob, "Alice - Offline", "are you there?")
	bob.Sees("waiting") // as with somebody who is offline
	never(t, alice, "are you there?")
	bob.Quits()
	alice.Quits()
}

// Declining tells nobody anything, and is taken back by adding the person.
func TestASkypeUserDeclinesAndAddsAfterAll(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	alice.AddsContact("Skype", "bob@contoso.com")
	picksRequest(bob, "alice@contoso.com")
	bob.Presses("d")
	bob.Clicks("Decline      Cancel")
	bob.Loses("REQUESTS (1)")
	alice.Row("Waiting for bob@contoso.com to accept")
	looksFor(bob, "alice@contoso.com")
	bob.Sees("1 result", "▌ Alice", "▌ Lync")
	bob.Presses("enter")
	bob.Clicks("Add to Contacts")
	bob.Sees("Introduce yourself to Alice")
	bob.Clicks("Send")
	bob.Row("● Alice - Online")
	alice.Row("Bob - Available - External Network")
	alice.Quits()
	bob.Quits()
}

// Dismissing tells nobody anything either: the Skype user goes on waiting, and reaches nobody.
func TestALyncUserDismissesARequest(t *testing.T) {
	s := between(t, allowed)
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	hearsOfSkype(alice)
	addsLyncUser(bob, "alice@contoso.com", "Alice")
	opensNew(alice)
	alice.Picks("Bob")
	alice.Presses("d")
	alice.Clicks("Dismiss      Cancel")
	alice.Loses("NEW (1)")
	says(bob, "? Alice - Waiting for Alice to accept", "hello?")
	bob.Sees("not delivered", "Not Accepted Yet")
	never(t, alice, "hello?")
	alice.AddsContact("Skype", "bob@contoso.com")
	bob.Row("● Alice - Online")
	alice.Quits()
	bob.Quits()
}
