package e2e

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"golync/internal/e2e/window"
	"golync/internal/shot"
)

// TestTalkAndComeBack: messages go both ways, and everything is there after a restart.
func TestTalkAndComeBack(t *testing.T) {
	dir := home(t)
	w := demo(t, dir)
	w.Sees("Dana - Available")
	w.Picks("Dana - Available")
	w.Presses("enter")
	w.Types("Are you coming on Thursday?")
	w.Presses("enter")
	w.Wire(`MESSAGE sip:dana@contoso\.com SIP/2\.0.*?Are you coming on Thursday\?`)
	// She answers, after as long as it takes to type.
	m := w.Wire(`MESSAGE sip:alice@[^\r\n]* SIP/2\.0\r\n.*?From:[^\r\n]*dana@contoso\.com.*?Content-Type: text/plain.*?\r\n\r\n[^\r\n]+`)
	answer := m[strings.LastIndex(m, "\n")+1:]
	w.Sees("Are you coming on Thursday?", answer[:min(len(answer), 40)])
	w.Presses("tab")
	w.Quits()

	w = demo(t, dir)
	w.Sees("Dana", "Are you coming on Thursday?", answer[:min(len(answer), 40)])
	w.Quits()
}

// TestDeliveredAndReadAreShownForWhoeverTells: Dana's program is asked what it takes while I type, and then for
// receipts, which come one after the other and are no messages. Eve's takes plain text and gives none.
func TestDeliveredAndReadAreShownForWhoeverTells(t *testing.T) {
	dir := home(t)
	w := demo(t, dir)
	w.Sees("Dana - Available", "Eve - ")
	w.Picks("Dana - Available")
	w.Presses("enter")
	w.Types("Where are the drawings?")
	w.Wire(`OPTIONS sip:dana@contoso\.com SIP/2\.0`)
	w.Wire(`SIP/2\.0 200 OK\r\n.*?CSeq: [0-9]+ OPTIONS.*?Accept: text/plain, message/cpim`)
	w.Presses("enter")
	w.Wire(`MESSAGE sip:dana@contoso\.com SIP/2\.0.*?Content-Type: message/cpim.*?Disposition-Notification: positive-delivery, negative-delivery, display.*?Where are the drawings\?`)
	w.Wire(`MESSAGE sip:alice@[^\r\n]* SIP/2\.0\r\n.*?<delivery-notification><status><delivered/>`)
	w.Wire(`MESSAGE sip:alice@[^\r\n]* SIP/2\.0\r\n.*?<display-notification><status><displayed/>`)
	w.Sees("Where are the drawings?", "read", "They are on the share since this morning")
	w.Wire(`MESSAGE sip:dana@contoso\.com SIP/2\.0.*?<display-notification><status><displayed/>`) // and I have read her answer
	if s := w.Screen(); s.Has("imdn") || s.Has("displayed") {
		t.Errorf("a receipt is shown as a message:\n%s", s.Text())
	}
	w.Presses("tab")
	w.Picks("Eve - ")
	w.Presses("enter")
	w.Types("Have you seen them?")
	w.Presses("enter")
	w.Wire(`MESSAGE sip:eve@contoso\.com SIP/2\.0.*?Content-Type: text/plain;charset=UTF-8\r\n.*?Have you seen them\?`)
	w.Sees("Have you seen them?", "sent")
	w.Quits()

	w = demo(t, dir)
	w.Sees("Dana - Available")
	w.Picks("Dana - Available")
	w.Presses("enter")
	w.Sees("Where are the drawings?", "read")
	w.Quits()
}

// TestTypingIsSeenBothWays: she sees that I write while I do, and I see that she writes before she has said it.
func TestTypingIsSeenBothWays(t *testing.T) {
	const notice = `Content-Type: application/im-iscomposing\+xml.*?<state>active</state>`
	w := demo(t, home(t))
	w.Sees("Dana - Available")
	w.Picks("Dana - Available")
	w.Presses("enter")
	w.Types("Where are the drawings?")
	w.Wire(`MESSAGE sip:dana@contoso\.com SIP/2\.0.*?` + notice)
	w.Presses("enter")
	w.Sees("Dana is typing a message.")
	w.Wire(`MESSAGE sip:alice@[^\r\n]* SIP/2\.0\r\n.*?` + notice)
	w.Sees("They are on the share since this morning")
	w.Loses("is typing a message.")
	w.Quits()
}

// TestMyPresenceAndNoteReachTheServer: what I choose goes out as a presence document.
func TestMyPresenceAndNoteReachTheServer(t *testing.T) {
	w := demo(t, home(t))
	w.Sees("Dana - Available")
	w.Presses("n")
	w.Types("At the lake")
	w.Presses("enter")
	w.Wire(`PUBLISH .*?At the lake`)
	w.Presses("p")
	w.Sees("Busy", "Do Not Disturb", "Be Right Back", "Off Work", "Appear Away", "Reset Status", "Sign Out")
	w.Clicks("Do Not Disturb")
	w.Wire(`PUBLISH .*?do-not-disturb`)
	w.Sees("At the lake", "Do Not Disturb")
	w.Presses("p")
	w.Clicks("Sign Out")
	w.Wire(`REGISTER .*?Expires: 0|REGISTER .*?expires=0`)
	w.Sees("You are signed out.")
	w.Insists(func() { w.Presses("enter") }, func(s shot.Screen) bool { return !s.Has("You are signed out.") })
	w.Sees("Dana - Available")
	w.Quits()
}

// TestTheTerminalIsAsItWas: whatever ends golync, the shell gets its screen and its cursor back.
func TestTheTerminalIsAsItWas(t *testing.T) {
	for name, end := range map[string]func(w *window.Window){
		"ctrl+q":  func(w *window.Window) { w.Presses("ctrl+q") },
		"ctrl+c":  func(w *window.Window) { w.Presses("ctrl+c") },
		"SIGTERM": func(w *window.Window) { w.Must(w.Signal(syscall.SIGTERM)) },
		"SIGHUP":  func(w *window.Window) { w.Must(w.Signal(syscall.SIGHUP)) },
	} {
		t.Run(name, func(t *testing.T) {
			w := demo(t, home(t))
			w.Sees("GROUPS", "Dana")
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
	w.Sees("Dana")
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}, {200, 60}} {
		w.Must(w.Resize(size[0], size[1]))
		_, err := w.Until(fmt.Sprintf("the window at %dx%d", size[0], size[1]), func(s shot.Screen) bool {
			return s.Cols == size[0] && s.Has("What's happening today?") && s.Has("GROUPS") && s.Has("Dana") && s.Has("help")
		})
		w.Must(err)
	}
	w.Must(w.Resize(40, 10))
	w.Sees("golync needs a terminal")
	w.Must(w.Resize(80, 24))
	w.Sees("Dana")
	w.Quits()
}
