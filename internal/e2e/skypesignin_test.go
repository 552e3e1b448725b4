package e2e

import "testing"

// 1. Sign in to Skype, with a Microsoft account: its address and password, in the window.
func TestSignInToSkypeInTheWindow(t *testing.T) {
	s := between(t, allowed)
	bob := golync.Open(t, s.dir, 120, 40, "skype", "--server", s.says["tls"], "--ca", s.says["trust"], "--xcap", s.says["xcap"])
	bob.Sees("Microsoft account", "Password", "Sign In")
	bob.Types("bob@contoso.com")
	bob.Presses("tab")
	bob.Types("secret")
	bob.Presses("enter")
	bob.Sees("CONTACTS", "REQUESTS", "Signed in")
	bob.Wire(`REGISTER .*?bob\(contoso\.com\)@msn\.com`)
	looksFor(bob, "alice@contoso.com")
	bob.Sees("▌ Alice", "▌ Lync")
	bob.Presses("esc")
	bob.Quits()
}

// Who is signed in with a SIP account that is no Microsoft account can neither look for Lync users nor add them,
// and is told why.
func TestWithoutAMicrosoftAccountNobodyIsFound(t *testing.T) {
	s := between(t, allowed)
	w := s.skype("sip:alice@contoso.com")
	looksFor(w, "gina@fabrikam.com")
	w.Sees("adding them needs a Microsoft", "sign in with one.")
	never(t, w, "1 result")
	w.Presses("esc")
	w.Quits()
}
