package e2e

import (
	"fmt"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"golync/internal/e2e/window"
	"golync/internal/shot"
)

// The tones of the tests, which are no notes of the melody that people speak, and one that is.
const (
	mine   = 1500.0
	theirs = 2100.0
	note   = 1046.5
)

// ears configures a microphone that speaks a tone, for two minutes, and a loudspeaker that is recorded.
func ears(t *testing.T, home, name string, hz float64) (config string, heard window.Recording) {
	t.Helper()
	dir := filepath.Join(home, name)
	voice := filepath.Join(home, name+"-says.wav")
	heard = window.Recording(filepath.Join(home, name+"-hears.wav"))
	window.WriteTone(t, voice, hz, 2*time.Minute)
	return window.Writes(t, dir, fmt.Sprintf("microphone = \"wav:%s\"\nloudspeaker = \"wav:%s\"\n", voice, heard)), heard
}

// counts waits until the call on the screen says for how long people have talked, a second at the least.
func counts(t *testing.T, w *window.Window, name string) {
	t.Helper()
	runs := regexp.MustCompile(`Call with ` + name + ` · .*0:(0[1-9]|[1-5][0-9])`)
	_, err := w.Until("the time of the call", func(s shot.Screen) bool { return runs.MatchString(s.Text()) })
	w.Must(err)
}

// dials calls somebody of the list by the contact menu.
func dials(w *window.Window, row string) {
	w.Opens(row, "Start a Video Call")
	w.Takes("Call ")
}

// opensCalls goes to the calls of the past.
func opensCalls(w *window.Window) {
	w.Clicks("Conversations")
	w.Sees("MISSED", "UNREAD")
	w.Clicks("CALLS")
}

// The story of a newcomer: Dana is called from her menu, heard, muted, put on hold, sent digits and hung up on. The
// call stands in CALLS, and is placed again from there.
func TestANewcomerCallsDana(t *testing.T) {
	dir := home(t)
	_, heard := ears(t, dir, "", mine)
	w := demo(t, dir)
	w.Sees("Dana - Available")
	dials(w, "Dana - ")
	w.Sends(1, "INVITE sip:dana@contoso.com SIP/2.0", "Content-Type: application/sdp", "m=audio", "G722/8000", "a=crypto:")
	w.Gets(1, "SIP/2.0 180 Ringing", "INVITE")
	w.Gets(1, "SIP/2.0 200 OK", "INVITE", "m=audio")
	counts(t, w, "Dana")
	w.Sees("Call with Dana", "They ■", "encrypted", "Good")
	w.Row("Dana - In a call")
	w.Sends(1, "PUBLISH sip:alice@contoso.com", "on-the-phone")
	heard.Heard(t, note, 0.1)  // she speaks a melody
	heard.Hears(t, mine, 0.05) // and gives back what I say

	w.Presses("alt+m")
	w.Sees("Unmute", "Muted")
	heard.Misses(t, mine)
	w.Presses("alt+m")
	w.Loses("Unmute")
	heard.Hears(t, mine, 0.05)

	w.Presses("alt+o")
	w.Sends(1, "INVITE sip:", "a=sendonly")
	w.Gets(1, "SIP/2.0 200 OK", "INVITE", "a=recvonly")
	w.Sees("Resume", "On hold")
	heard.Misses(t, mine)
	w.Presses("alt+o")
	w.Loses("On hold")
	heard.Hears(t, mine, 0.05)

	w.Presses("alt+k")
	w.Sees("Dial Pad", "esc close")
	w.Types("42#")
	w.Sees("You pressed 42#.")
	w.Presses("esc")
	w.Loses("esc close")
	w.Presses("alt+q")
	w.Sends(1, "BYE sip:")
	w.Loses("Call with Dana")
	w.Row("Dana - Available")

	opensCalls(w)
	w.Row("→ Dialled")
	w.Picks("Dana")
	w.Presses("enter")
	w.Sends(2, "INVITE sip:dana@contoso.com SIP/2.0", "a=sendrecv")
	w.Sees("Call with Dana")
	counts(t, w, "Dana")
	w.Presses("alt+q")
	w.Loses("Call with Dana")
	w.Quits()
}

// Not everybody can be talked to: Eve declines and says why, and Fred lets it ring.
func TestNotEverybodyAnswers(t *testing.T) {
	w := demo(t, home(t))
	w.Sees("Eve - ", "Fred - Away")
	dials(w, "Eve - ")
	w.Sees("Eve has declined the call.", "I am in a call. Can you write instead?")
	w.Gets(1, "SIP/2.0 603 ")
	dials(w, "Fred - ")
	w.Sees("Call with Fred", "Ringing…")
	w.Presses("alt+q")
	w.Sends(1, "CANCEL sip:fred@contoso.com")
	w.Loses("Call with Fred")
	w.Quits()
}

// Without a sound server the call works, and says what is missing.
func TestACallWithoutASoundServerSaysSo(t *testing.T) {
	w := demo(t, home(t))
	w.Sees("Dana - Available")
	dials(w, "Dana - ")
	w.Sees("No sound server was found", "They ■", "Good")
	counts(t, w, "Dana")
	w.Presses("alt+q")
	w.Sends(1, "BYE sip:")
	w.Loses("No sound server was found")
	w.Quits()
}

// Whoever is asked to call does. The call is answered in the middle of a sentence, of which nothing is lost; the next one
// is declined.
func TestACallIsAnsweredWhileTyping(t *testing.T) {
	dir := home(t)
	_, heard := ears(t, dir, "", mine)
	w := demo(t, dir)
	w.Sees("Dana - Available")
	w.Sees("NEW (1)")
	w.Loses("to his or her contacts list") // over which a key does not answer for a moment
	says(w, "Dana - ", "Please call me")
	w.Types("Half a sent")
	w.Sees("Half a sent", "Incoming call", "Dana", "dana@contoso.com", "Answer", "Decline")
	w.Types("ence")
	w.Presses("alt+c")
	w.Types(" and the rest")
	w.Sends(1, "SIP/2.0 200 OK", "INVITE", "m=audio")
	w.Sees("Call with Dana", "Half a sentence and the rest")
	counts(t, w, "Dana")
	heard.Heard(t, note, 0.1)
	w.Presses("enter")
	w.Sends(1, "MESSAGE sip:dana@contoso.com", "Half a sentence and the rest")
	w.Types("Bye")
	w.Presses("enter")
	w.Sees("Dana has hung up.")

	w.Types("Please call me again")
	w.Presses("enter")
	w.Types("Not now")
	w.Sees("Not now", "Incoming call")
	w.Presses("alt+i")
	w.Sends(1, "SIP/2.0 603 ")
	w.Loses("Incoming call")
	w.Sees("Not now")
	opensCalls(w)
	w.Row("Declined")
	w.Row("← Received")
	w.Quits()
}
