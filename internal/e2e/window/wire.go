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

// Sends waits until this window has sent so many messages with all the words, and returns the last one.
func (w *Window) Sends(times int, words ...string) string {
	w.t.Helper()
	return w.message("->", times, words)
}

// Gets waits until this window has received so many messages with all the words, and returns the last one.
func (w *Window) Gets(times int, words ...string) string {
	w.t.Helper()
	return w.message("<-", times, words)
}

func (w *Window) message(way string, times int, words []string) string {
	w.t.Helper()
	for deadline := time.Now().Add(shot.Patience); ; time.Sleep(20 * time.Millisecond) {
		trace := w.Trace()
		if found := messagesWith(trace, way, words); len(found) >= times {
			return found[len(found)-1]
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("not %d messages %s with %q on the wire; its first lines:\n%s", times, way, words, firstLines(trace))
		}
	}
}

// messagesWith are the messages of one way that have all the words.
func messagesWith(trace, way string, words []string) (found []string) {
	stamp := regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d\.\d+ (->|<-)\r?$`) // begins a message
	at := stamp.FindAllStringSubmatchIndex(trace, -1)
next:
	for i, m := range at {
		end := len(trace)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		if trace[m[2]:m[3]] != way {
			continue
		}
		message := trace[m[1]:end]
		for _, word := range words {
			if !strings.Contains(message, word) {
				continue next
			}
		}
		found = append(found, message)
	}
	return found
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
