package window

import (
	"math"
	"path/filepath"
	"testing"
	"time"
)

// What the tests of calls measure is right: a tone that was written is found with its amplitude, and no other one is.
func TestATestToneIsMeasuredRight(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tone.wav")
	WriteTone(t, path, 1500, time.Second)
	r := Recording(path)
	all := r.samples()
	if len(all) != rate {
		t.Fatalf("%d samples", len(all))
	}
	if got := toneIn(latest(all), 1500); math.Abs(got-0.25) > 0.001 {
		t.Errorf("an amplitude of %.4f", got)
	}
	r.Heard(t, 1500, 0.24)
	r.Hears(t, 1500, 0.24)
	r.Misses(t, 2100)
}

// A trace is read message by message, and each way for itself.
func TestMessagesOfATraceAreToldApart(t *testing.T) {
	trace := "10:00:00.001 ->\nINVITE sip:dana SIP/2.0\r\na=sendonly\r\n\n10:00:00.002 <-\nSIP/2.0 200 OK\r\nINVITE\r\n\n10:00:00.003 ->\nACK\r\n"
	for _, c := range []struct {
		way   string
		words []string
		want  int
	}{
		{"->", []string{"INVITE"}, 1},
		{"->", []string{"INVITE", "a=sendonly"}, 1},
		{"->", []string{"INVITE", "ACK"}, 0},
		{"<-", []string{"INVITE"}, 1},
		{"->", nil, 2},
	} {
		if got := len(messagesWith(trace, c.way, c.words)); got != c.want {
			t.Errorf("%s %q: %d", c.way, c.words, got)
		}
	}
}
