package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatWasSaidIsFoundSavedAndDeleted: a conversation stands in the Conversations view after a restart, a word
// of it is found on the disk and leads to its message, both formats can be read back, and after deleting it
// nothing of it is left to find.
func TestWhatWasSaidIsFoundSavedAndDeleted(t *testing.T) {
	dir := home(t)
	w := demo(t, dir)
	w.Sees("Dana - Available")
	w.Picks("Dana - Available")
	w.Presses("enter")
	w.Types("Where are the blueprints?")
	w.Presses("enter")
	w.Wire(`MESSAGE sip:alice@[^\r\n]* SIP/2\.0\r\n.*?From:[^\r\n]*dana@contoso\.com.*?Content-Type: text/plain`) // she has answered
	w.Presses("tab")
	w.Quits()

	w = demo(t, dir)
	w.Sees("Dana - Available")
	w.Presses("5")
	w.Sees("UNREAD")
	w.Presses("f")
	w.Sees("All conversations")
	w.Types("BLUEPR") // the beginning of a word, in other letters
	w.Sees("1 message", "You to Dana", "Where are the blueprints?")
	w.Presses("enter")
	w.Loses("enter go there")
	w.Sees("Write to Dana", "Where are the blueprints?")
	w.Presses("tab")
	w.Sees("v view")

	for label, ending := range map[string]string{"Save as Text": ".txt", "Save as JSON": ".json"} {
		w.Presses("m")
		w.Clicks(label)
		w.Sees("Save conversation as", ending)
		w.Presses("enter")
		w.Sees("2 messages were saved to")
		w.Presses("x") // the notice
		w.Loses("saved to")
	}
	saved(t, dir)

	w.Presses("delete")
	w.Sees("Delete everything that you and Dana")
	w.Presses("left", "enter")
	w.Sees("No conversations yet.")
	w.Presses("f")
	w.Presses("ctrl+u")
	w.Types("blueprints")
	w.Sees("No message has")
	w.Presses("esc")
	w.Quits()
}

// saved looks at both files that were saved, in the home directory.
func saved(t *testing.T, dir string) {
	t.Helper()
	for _, ending := range []string{".txt", ".json"} {
		files, err := filepath.Glob(filepath.Join(dir, "Conversation with Dana *"+ending))
		if err != nil || len(files) != 1 {
			t.Fatalf("saved are %v, %v", files, err)
		}
		content, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(content), "Where are the blueprints?") {
			t.Errorf("%s holds\n%s", files[0], content)
		}
		if ending == ".json" && !json.Valid(content) {
			t.Errorf("%s is no JSON:\n%s", files[0], content)
		}
		if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others can read %s: %v", files[0], info.Mode())
		}
	}
}
