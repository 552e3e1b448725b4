// Package window uses golync as a person does: it opens the built program in a terminal, types, clicks, and
// waits for what is to be seen, on the screen and on the wire. The end-to-end tests and the tests against
// servers nobody here wrote are made with it. What fails ends the test.
//
// It is for tests only; the program does not import it.
package window

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golync/internal/shot"
)

// Window is golync as one person sees it.
type Window struct {
	*shot.Terminal
	t     testing.TB
	trace string // file with the SIP messages of this window
}

// Open opens golync at a size, with its files below home.
func (p Program) Open(t testing.TB, home string, cols, rows int, args ...string) *Window {
	t.Helper()
	trace := filepath.Join(home, fmt.Sprintf("trace-%d", time.Now().UnixNano()))
	w := Start(t, home, cols, rows, string(p), append(args, "--trace-sip", trace)...)
	w.trace = trace
	return w
}

// Start opens any command, such as a shell that starts golync. The Window has no trace.
func Start(t testing.TB, home string, cols, rows int, command string, args ...string) *Window {
	t.Helper()
	term, err := shot.Start(shot.Options{Cols: cols, Rows: rows, Env: shot.Environment(home), Dark: true}, command, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(term.Close)
	return &Window{Terminal: term, t: t}
}

// Secret writes a password file into home and returns its path.
func Secret(t testing.TB, home, password string) string {
	t.Helper()
	path := filepath.Join(home, "password")
	if err := os.WriteFile(path, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Must ends the test with an error.
func (w *Window) Must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// Sees waits until every text stands on the screen at once.
func (w *Window) Sees(texts ...string) shot.Screen {
	w.t.Helper()
	s, err := w.Until(fmt.Sprintf("%q", texts), func(s shot.Screen) bool {
		for _, text := range texts {
			if !s.Has(text) {
				return false
			}
		}
		return true
	})
	w.Must(err)
	return s
}

// Loses waits until a text is gone.
func (w *Window) Loses(text string) {
	w.t.Helper()
	_, err := w.Gone(text)
	w.Must(err)
}

// Presses sends keys, as shot.Terminal.Press names them.
func (w *Window) Presses(keys ...string) {
	w.t.Helper()
	w.Must(w.Press(keys...))
}

// Types sends text.
func (w *Window) Types(text string) {
	w.t.Helper()
	w.Must(w.Type(text))
}

// Clicks waits for text and clicks on it.
func (w *Window) Clicks(text string) {
	w.t.Helper()
	w.Must(w.ClickOn(text))
}

// Opens clicks on a row of the list with the right button until its menu, known by one of its items, is there.
// Rows move whenever somebody's note comes, so that a click may meet another one, as a person's does.
func (w *Window) Opens(row, item string) {
	w.t.Helper()
	for deadline := time.Now().Add(shot.Patience); ; {
		x, y := w.Row(row)
		w.Must(w.RightClick(x, y))
		if w.within(glance, func(s shot.Screen) bool { return s.Has(item) }) {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("no menu of %q with %q; the screen:\n%s", row, item, w.Screen().Text())
		}
		w.Presses("esc") // the menu of another row
	}
}

// glance is how long something is looked for that may have gone wrong, before it is tried again.
const glance = 2 * time.Second

// within tells whether the screen comes to satisfy until in this time.
func (w *Window) within(limit time.Duration, until func(shot.Screen) bool) bool {
	for deadline := time.Now().Add(limit); ; time.Sleep(5 * time.Millisecond) {
		if until(w.Screen()) {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}

// Insists does something until it has been taken, which has to do no harm when it is done once too often: the
// page that asks for another password is deaf for a moment when it comes up by itself, and what a server does not
// know yet is asked for again.
func (w *Window) Insists(do func(), until func(shot.Screen) bool) {
	w.t.Helper()
	for deadline := time.Now().Add(shot.Patience); !until(w.Screen()); {
		if time.Now().After(deadline) {
			w.t.Fatalf("keys are not taken; the screen:\n%s", w.Screen().Text())
		}
		do()
		time.Sleep(100 * time.Millisecond)
	}
}

// list is the column where the Lync window ends at 120 columns, and the conversation begins.
const list = 50

// Row waits until text stands in the list of a window of 120 columns, and returns where. Toasts and
// conversations do not count.
func (w *Window) Row(text string) (x, y int) {
	w.t.Helper()
	_, err := w.Until(fmt.Sprintf("a row with %q", text), func(s shot.Screen) bool {
		for y = range s.Cells {
			left := leftOf(s, y)
			if i := strings.Index(left, text); i >= 0 {
				x = len([]rune(left[:i]))
				return true
			}
		}
		return false
	})
	w.Must(err)
	return x, y
}

// Picks clicks on a row of the list until it is the selected one, where the cursor is: it may move under the
// pointer; see Opens.
func (w *Window) Picks(text string) {
	w.t.Helper()
	for deadline := time.Now().Add(shot.Patience); ; {
		x, y := w.Row(text)
		w.Must(w.Click(x, y))
		if w.within(glance, func(s shot.Screen) bool { return strings.Contains(leftOf(s, s.CursorY), text) }) {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("the row with %q is not selected; the screen:\n%s", text, w.Screen().Text())
		}
	}
}

// leftOf is what stands in a row of the screen left of the conversation.
func leftOf(s shot.Screen, y int) string {
	line := []rune(s.Line(y))
	return string(line[:min(len(line), list)])
}

// Quits leaves golync as a person does, and checks that it ends well.
func (w *Window) Quits() {
	w.t.Helper()
	// A key may come while the page to sign in has just come up by itself, or be read together with an escape
	// before it; a person presses it again.
	code, err := 0, shot.ErrRunning
	for deadline := time.Now().Add(shot.Patience); errors.Is(err, shot.ErrRunning) && time.Now().Before(deadline); {
		_ = w.Press("ctrl+q") // fails when it has just ended
		code, err = w.Wait(time.Second)
	}
	if err != nil {
		w.t.Fatalf("%v after ctrl+q; what it was about:\n%s", err, w.stacks())
	}
	if code != 0 {
		w.t.Fatalf("golync ended with %d; its last screen:\n%s", code, w.Screen().Text())
	}
}

// stacks makes a program that hangs print what each goroutine is about, and end.
func (w *Window) stacks() string {
	from := len(w.Raw())
	if err := w.Signal(syscall.SIGQUIT); err != nil {
		return err.Error()
	}
	if _, err := w.Wait(shot.Patience); err != nil {
		return err.Error()
	}
	return string(w.Raw()[from:])
}
