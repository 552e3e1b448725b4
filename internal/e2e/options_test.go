package e2e

import (
	"testing"
)

// TestOptionsOutliveARestart finds an option by its words, turns signing in at the start off, and is asked the
// next time; what the Network page says is what the window is connected by.
func TestOptionsOutliveARestart(t *testing.T) {
	dir := home(t)
	w := demo(t, dir)
	w.Sees("Dana - Available", "Signed in")
	w.Presses("o")
	w.Sees("Find an option")
	w.Types("sign in when")
	w.Sees("enter go there")
	w.Presses("enter")
	w.Sees("[x] Sign in when golync starts", "alice@contoso.com")
	w.Presses("space", "enter")
	w.Loses("Find an option")
	w.Quits()

	w = demo(t, dir)
	w.Sees("You are signed out.")
	w.Presses("enter")
	w.Sees("Dana - Available", "Signed in")
	w.Presses("o")
	w.Sees("Find an option")
	w.Presses("end")
	w.Sees("Transport       TLS", "encrypted to the server", "presence, watcher information, presence rules")
	w.Presses("esc")
	w.Quits()
}
