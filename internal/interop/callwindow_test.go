//go:build linux

package interop

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golync/internal/e2e/window"
)

// fileEar is a file that golync itself records to.
type fileEar string

func (f fileEar) heard() (samples, error) { return readWAV(string(f)) }

// microphoneHz is the tone at golync's microphone in a window.
const microphoneHz = 700

// configure writes the settings of a device.
func (d desk) configure(lines ...string) {
	d.t.Helper()
	path := filepath.Join(d.home, "config", "golync", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// The program as people start it talks with baresip: with files for a microphone and a loudspeaker, and with those of
// a sound server.
func TestTheWindowTalksWithBaresip(t *testing.T) {
	for _, devices := range []string{"files", "pulse"} {
		t.Run(devices, func(t *testing.T) {
			t.Parallel()
			k := Start(t, alice, fred)
			d := newDesk(t, k, alice, "tls")
			says := filepath.Join(d.home, "says.wav")
			writeTone(t, says, 16000, microphoneHz, golyncAmp, 2*time.Minute)
			var here ear = fileEar(filepath.Join(d.home, "heard.wav"))
			if devices == "files" {
				d.configure(`microphone = "wav:`+says+`"`, fmt.Sprintf(`loudspeaker = "wav:%s"`, here))
			} else {
				r := startRoom(t, filepath.Join(d.home, "run"))
				r.plays(t, says)
				d.configure(`microphone = "mic"`, `loudspeaker = "ear"`)
				here = r
			}
			b := startBaresip(t, k, fred, baresipOptions{transport: "tls", codec: "g722", srtp: "srtp"})
			w := d.open()
			b.does("dial", "sip:"+alice.Address)
			w.Sees("Incoming call", "Answer")
			w.Presses("alt+c")
			b.await("CALL_ESTABLISHED")
			hears(t, b, 0, microphoneHz, golyncAmp)
			hears(t, here, 0, baresipHz, baresipAmp)
			w.Presses("alt+m")
			hearsNothing(t, b)
			since := recorded(b)
			w.Presses("alt+m")
			hears(t, b, since, microphoneHz, golyncAmp)
			w.Presses("alt+o")
			hearsNothing(t, b)
			hearsNothing(t, here)
			since = recorded(here)
			w.Presses("alt+o")
			hears(t, here, since, baresipHz, baresipAmp)
			w.Presses("alt+q")
			b.await("CALL_CLOSED")
			w.Quits()
		})
	}
}

// What the window says of answers that stand for their kind; TestEveryRefusalHasWords has all of them.
func TestTheWindowSaysWhyNobodyAnswers(t *testing.T) {
	t.Parallel()
	k := Start(t, alice, fred)
	w := newDesk(t, k, alice, "tls").open()
	w.AddsContact("Lync", fred.Address)
	w.Picks(fred.Address)
	w.Presses("enter")
	port := sippPort(t, k)
	for _, c := range [][2]string{
		{"302 Moved Temporarily", "asks you to call dana"},
		{"486 Busy Here", "in another call"},
		{"404 Not Found", "cannot be found"},
		{"480 Temporarily Unavailable", "may be offline"},
		{"403 Forbidden", "does not allow it"},
		{"488 Not Acceptable Here", "no kind"},
		{"408 Request Timeout", "did not answer"},
		{"503 Service Unavailable", "Could not complete the call"},
		{"603 Decline", "has declined"},
	} {
		s := startSipp(t, k, port, refuses(c[0]))
		w.Types("/call")
		w.Presses("enter")
		w.Sees(c[1])
		s.succeeds()
		w.Presses("alt+n")
		w.Loses(c[1])
	}
	w.Quits()
}

// A thousand calls in a few seconds: a few ring, the rest is busy, and the window is as quick as ever.
func TestAFloodOfCalls(t *testing.T) {
	t.Parallel()
	const calls, rate, rings = 1000, 300, 3
	k := Start(t, alice, fred)
	w := newDesk(t, k, alice, "tls").open()
	s := startSipp(t, k, freePorts(t, 1)[0], new(script).invites(description()).receives("180", `optional="true"`).receives("486"),
		"-m", fmt.Sprint(calls), "-r", fmt.Sprint(rate), "-l", fmt.Sprint(calls), "-recv_timeout", "20000")
	w.Sees("Incoming call")
	var slowest time.Duration
	answered := func() int { return strings.Count(w.Trace(), "SIP/2.0 486") }
	for began := time.Now(); answered() < calls-rings; {
		if time.Since(began) > 2*patience {
			t.Fatalf("%d of %d calls were refused:\n%s", answered(), calls, tail(s.said))
		}
		slowest = max(slowest, echo(w))
	}
	t.Logf("the slowest key took %v", slowest)
	if slowest > 2*time.Second {
		t.Errorf("a key took %v during the flood", slowest)
	}
	if n := strings.Count(w.Screen().Text(), "Incoming call"); n != rings {
		t.Errorf("%d calls ring", n)
	}
	w.Quits()
}

// echo goes to another tab and back, and returns how long each took.
func echo(w *window.Window) time.Duration {
	began := time.Now()
	w.Presses("4")
	w.Sees("Nobody is waiting")
	w.Presses("1")
	w.Sees("Favorites")
	return time.Since(began) / 2
}
