package e2e

import (
	"strings"
	"testing"

	"golync/internal/e2e/window"
)

// reworded is a policy with one of its lines in other words.
func reworded(t *testing.T, policy, line, instead string) string {
	t.Helper()
	if !strings.Contains(policy, line) {
		t.Fatalf("the policy has no %q:\n%s", line, policy)
	}
	return strings.Replace(policy, line, instead, 1)
}

// Lync users must be enabled for public IM connectivity by their administrator. One who is not is told so, whole,
// in the list and in the card.
func TestALyncUserWhoIsNotEnabledIsToldSo(t *testing.T) {
	for name, rule := range map[string]struct{ line, instead, says string }{
		"user":       {"EnablePublicCloudAccess = true", "EnablePublicCloudAccess = false", "Your Administrator Does Not Allow Skype Contacts"},
		"provider":   {"enabled = true", "enabled = false", "Skype Contacts Are Switched Off Here"},
		"unprepared": {`name = "contoso.com"`, `name = "fabrikam.com"`, "contoso.com Is Not Set Up for Skype"},
	} {
		t.Run(name, func(t *testing.T) {
			s := between(t, reworded(t, allowed, rule.line, rule.instead))
			alice := s.alice()
			alice.AddsContact("Skype", "cheri@outlook.com")
			x, y := alice.Row("? cheri@outlook.com - Not allowed")
			saysWhole(t, alice, rule.says)
			s.logs("refused", "cheri@outlook.com", "alice@contoso.com")
			alice.Must(alice.RightClick(x, y))
			alice.Clicks("See Contact Card")
			alice.Sees("The server does not let you see")
			alice.Presses("esc")
			alice.Quits()
		})
	}
}

// Whom a Lync user added while it was not allowed is asked as soon as it is.
func TestWhomALyncUserAddedIsAskedWhenItIsAllowed(t *testing.T) {
	s := between(t, reworded(t, allowed, "EnablePublicCloudAccess = true", "EnablePublicCloudAccess = false"))
	alice, cheri := s.alice(), s.skype("cheri@outlook.com")
	alice.AddsContact("Skype", "cheri@outlook.com")
	alice.Row("? cheri@outlook.com - Not allowed")
	never(t, cheri, "alice@contoso.com")

	s.decrees(allowed)
	admits(cheri, "alice@contoso.com")
	alice.Row("Cheri Serrano - Available - External Network")
	alice.Quits()
	cheri.Quits()
}

// saysWhole waits until every word stands in the list, however it is broken into lines.
func saysWhole(t *testing.T, w *window.Window, words string) {
	t.Helper()
	for _, word := range strings.Fields(words) {
		w.Row(word)
	}
}

// Who may not call may write all the same.
func TestMessagesPassWhereCallsAreNotAllowed(t *testing.T) {
	s := between(t, reworded(t, allowed, "AudioVideoAccess = true", "AudioVideoAccess = false"))
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	befriends(alice, bob)
	says(bob, "Alice - Online", "Can you read this?")
	says(alice, "Bob - Available", "Every word")
	bob.Sees("Every word")
	alice.Sees("Can you read this?")
	alice.Quits()
	bob.Quits()
}

// befriends makes Alice and Bob contacts of each other.
func befriends(alice, bob *window.Window) {
	alice.AddsContact("Skype", "bob@contoso.com")
	admits(bob, "alice@contoso.com")
	bob.Row("● Alice - Online")
	alice.Row("Bob - Available - External Network")
}

// With a provider that vouches for nobody, only people on the contacts list get through.
func TestAnUnverifiableProviderReachesContactsOnly(t *testing.T) {
	s := between(t, reworded(t, allowed, "enabled = true", "enabled = true\nverification = \"AlwaysUnverifiable\""))
	alice, bob := s.alice(), s.skype("bob@contoso.com")
	hearsOfSkype(alice)
	addsLyncUser(bob, "alice@contoso.com", "Alice")
	s.logs("refused", "bob(contoso.com)@msn.com", "VerificationLevel")
	never(t, alice, "NEW (1)")
	alice.AddsContact("Skype", "bob@contoso.com") // which answers the request that nobody showed
	alice.Row("Bob - Available - External Network")
	bob.Row("● Alice - Online")
	alice.Quits()
	bob.Quits()
}

// Another organisation is another rule: it takes both users' administrators.
func TestOtherOrganisationsTakeBothAdministrators(t *testing.T) {
	s := between(t, allowed)
	alice, gina := s.alice(), s.lync("gina@fabrikam.com", "Gina Rossi")
	alice.AddsContact("Lync", "gina@fabrikam.com")
	alice.Row("gina@fabrikam.com - Not allowed")
	saysWhole(t, alice, "Your Administrator Does Not Allow Other Organisations")
	never(t, gina, "NEW (1)")

	half := allowed + "EnableFederationAccess = true\n"
	s.decrees(half)
	alice.Row("Waiting for gina@fabrikam.com to accept") // hers is another administrator's to say
	s.logs("refused", "EnableFederationAccess", "of=sip:gina@fabrikam.com")
	never(t, gina, "NEW (1)")

	s.decrees(half + "\n[[user]]\naddress = \"sip:gina@fabrikam.com\"\nEnableFederationAccess = true\n")
	opensNew(gina)
	gina.Accepts("Alice")
	alice.Row("Gina Rossi - Available")
	alice.Quits()
	gina.Quits()
}
