package e2e

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"golync/internal/shot"
)

// TestTalkAndComeBack: messages go both ways, and everything is there after a restart.
func TestTalkAndComeBack(t *testing.T) {
	dir := home(t)
	w := demo(t, dir)
	w.sees("Dana - Available")
	w.picks("Dana - Available")
	w.press("enter")
	w.types("Are you coming on Thursday?")
	w.press("enter")
	w.wire(`MESSAGE sip:dana@contoso\.com SIP/2\.0.*?Are you coming on Thursday\?`)
	// She answers, after as long as it takes to type.
	m := w.wire(`MESSAGE sip:alice@[^\r\n]* SIP/2\.0\r\n.*?From:[^\r\n]*dana@contoso\.com.*?\r\n\r\n[^\r\n]+`)
	answer := m[strings.LastIndex(m, "\n")+1:]
	w.sees("Are you coming on Thursday?", "sent", answer[:min(len(answer), 40)])
	w.press("tab")
	w.quits()

	w = demo(t, dir)
	w.sees("Dana", "Are you coming on Thursday?", answer[:min(len(answer), 40)])
	w.quits()
}

// TestMyPresenceAndNoteReachTheServer: what I choose goes out as a presence document.
func TestMyPresenceAndNoteReachTheServer(t *testing.T) {
	w := demo(t, home(t))
	w.sees("Dana - Available")
	w.press("n")
	w.types("At the lake")
	w.press("enter")
	w.wire(`PUBLISH .*?At the lake`)
	w.press("p")
	w.sees("Busy", "Do Not Disturb", "Be Right Back", "Off Work", "Appear Away", "Reset Status", "Sign Out")
	w.clicks("Do Not Disturb")
	w.wire(`PUBLISH .*?do-not-disturb`)
	w.sees("At the lake", "Do Not Disturb")
	w.press("p")
	w.clicks("Sign Out")
	w.wire(`REGISTER .*?Expires: 0|REGISTER .*?expires=0`)
	w.sees("You are signed out.")
	w.insists(func() { w.press("enter") }, func(s shot.Screen) bool { return !s.Has("You are signed out.") })
	w.sees("Dana - Available")
	w.quits()
}

// TestTheTerminalIsAsItWas: whatever ends golync, the shell gets its screen and its cursor back.
func TestTheTerminalIsAsItWas(t *testing.T) {
	for name, end := range map[string]func(w *window){
		"ctrl+q":  func(w *window) { w.press("ctrl+q") },
		"ctrl+c":  func(w *window) { w.press("ctrl+c") },
		"SIGTERM": func(w *window) { w.must(w.Signal(syscall.SIGTERM)) },
		"SIGHUP":  func(w *window) { w.must(w.Signal(syscall.SIGHUP)) },
	} {
		t.Run(name, func(t *testing.T) {
			w := demo(t, home(t))
			w.sees("GROUPS", "Dana")
			end(w)
			if _, err := w.Wait(shot.Patience); err != nil {
				t.Fatal(err)
			}
			s := w.Screen()
			if s.Alt || s.CursorHidden {
				t.Errorf("alternate screen %t, cursor hidden %t", s.Alt, s.CursorHidden)
			}
			raw := string(w.Raw())
			for _, mode := range []string{"1002", "1006", "2004", "1004"} {
				on, off := strings.LastIndex(raw, "\x1b[?"+mode+"h"), strings.LastIndex(raw, "\x1b[?"+mode+"l")
				if on > off {
					t.Errorf("mode %s is left on", mode)
				}
			}
		})
	}
}

// TestEveryUsableSizeShowsTheWindow, and a smaller one says what it needs.
func TestEveryUsableSizeShowsTheWindow(t *testing.T) {
	w := demo(t, home(t))
	w.sees("Dana")
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}, {200, 60}} {
		w.must(w.Resize(size[0], size[1]))
		_, err := w.Until(fmt.Sprintf("the window at %dx%d", size[0], size[1]), func(s shot.Screen) bool {
			return s.Cols == size[0] && s.Has("What's happening today?") && s.Has("GROUPS") && s.Has("Dana") && s.Has("help")
		})
		w.must(err)
	}
	w.must(w.Resize(40, 10))
	w.sees("golync needs a terminal")
	w.must(w.Resize(80, 24))
	w.sees("Dana")
	w.quits()
}
