package e2e

import (
	"bytes"
	"testing"

	"golync/internal/e2e/window"
	"golync/internal/shot"
)

// TestAMessageReachesWhoLooksElsewhere: while the terminal is behind another window, an answer rings its bell
// and comes as a notification of the kind that this terminal takes. To who looks at the conversation nothing is
// sent.
func TestAMessageReachesWhoLooksElsewhere(t *testing.T) {
	w := window.Start(t, home(t), 120, 40, "env", "TERM_PROGRAM=ghostty", string(golync), "demo")
	const sequence = "\x1b]777;notify;Dana (dana@contoso.com);"
	w.Sees("Dana - Available", "NEW (1)")
	w.Picks("Dana - Available")
	w.Presses("enter")

	w.Types("Where are the drawings?")
	w.Presses("enter")
	w.Sees("They are on the share since this morning")
	if bytes.Contains(w.Raw(), []byte(sequence)) {
		t.Error("a notification came while the conversation was looked at")
	}

	w.Types("And lunch?")
	w.Presses("enter")
	w.Types("\x1b[O") // what a terminal says that has lost the focus
	_, err := w.Until("a notification", func(shot.Screen) bool {
		return bytes.Contains(w.Raw(), []byte(sequence+"Half past twelve, downstairs?\x1b\\"))
	})
	w.Must(err)
	w.Types("\x1b[I")
	w.Quits()
}
