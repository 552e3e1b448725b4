package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"golync/internal/shot"
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

// TestKeysOfTheConfigurationHoldInTheDemo, where people try them first; a mistake in them is told by its line.
func TestKeysOfTheConfigurationHoldInTheDemo(t *testing.T) {
	dir := home(t)
	file := filepath.Join(dir, "config", "golync", "config.toml")
	write := func(keys string) {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("[keys]\n"+keys+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`"window.help" = ["f9"]`)
	w := demo(t, dir)
	w.Sees("Dana - Available", "f9 help")
	w.Presses("f9")
	w.Sees("Every key")
	w.Presses("esc")
	w.Quits()

	write(`"window.halp" = ["f9"]`)
	w = demo(t, dir)
	if code, err := w.Wait(shot.Patience); code != 2 || err != nil {
		t.Fatalf("ended with %d, %v", code, err)
	}
	if s := w.Screen(); !s.Has("config.toml:2: window.halp: there is no") {
		t.Errorf("it says\n%s", s.Text())
	}
}
