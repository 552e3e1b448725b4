package window

import (
	"os"
	"regexp"
	"strings"
	"time"

	"golync/internal/shot"
)

// Wire waits until the trace of this window holds a message that matches the expression ("." also matches
// line ends), and returns it.
func (w *Window) Wire(expr string) string {
	w.t.Helper()
	re := regexp.MustCompile("(?s)" + expr)
	deadline := time.Now().Add(shot.Patience)
	for {
		trace := w.Trace()
		if m := re.FindString(trace); m != "" {
			return m
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("nothing on the wire matches %s; its first lines:\n%s", expr, firstLines(trace))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Trace returns every SIP message of this window so far.
func (w *Window) Trace() string {
	w.t.Helper()
	data, err := os.ReadFile(w.trace)
	if err != nil && !os.IsNotExist(err) {
		w.t.Fatal(err)
	}
	return string(data)
}

// firstLines are the request and status lines of a trace, to read a failure by.
func firstLines(trace string) string {
	var out []string
	for line := range strings.Lines(trace) {
		if strings.Contains(line, "SIP/2.0") && !strings.HasPrefix(line, "Via") {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return strings.Join(out, "\n")
}
