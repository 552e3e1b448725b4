//go:build linux

package interop

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"testing"
	"time"

	"golync/internal/media"
	"golync/internal/sound"
	"golync/sipclient"
)

// What golync says into the call.
const (
	golyncHz  = 800
	golyncAmp = 0.3
)

// talk is a call of a person with sound: golync's own media with a tone for a microphone, and a file for a loudspeaker.
type talk struct {
	p    *person
	id   string
	line *sound.Line
	file string
}

// newTalk makes the sound of a call. secure says that keys may be offered.
func (p *person) newTalk(id string, secure bool) *talk {
	p.t.Helper()
	line, err := sound.Open(netip.MustParseAddr("127.0.0.1"), secure)
	if err != nil {
		p.t.Fatal(err)
	}
	t := &talk{p, id, line, filepath.Join(p.t.TempDir(), "heard.wav")}
	to, err := media.WriteWAV(t.file)
	if err != nil {
		p.t.Fatal(err)
	}
	line.Connect(media.Tone(golyncHz, golyncAmp), to)
	return t
}

// calls places a call.
func (p *person) calls(uri string, secure bool) *talk {
	p.t.Helper()
	t := p.newTalk(fmt.Sprintf("call-%d", time.Now().UnixNano()), secure)
	p.Call(t.id, uri, t.line)
	return t
}

// rings waits for a call.
func (p *person) rings() sipclient.Call {
	p.t.Helper()
	return await(p, "a call that rings", func(e sipclient.CallChanged) bool {
		return e.Call.Incoming && e.Call.State == sipclient.CallRinging
	}).Call
}

// answers takes the call that rings.
func (p *person) answers(secure bool) *talk {
	p.t.Helper()
	t := p.newTalk(p.rings().ID, secure)
	p.Answer(t.id, t.line)
	return t
}

// becomes waits until the call is so.
func (t *talk) becomes(what string, fits func(sipclient.Call) bool) sipclient.Call {
	t.p.t.Helper()
	return await(t.p, "the call "+what, func(e sipclient.CallChanged) bool { return e.Call.ID == t.id && fits(e.Call) }).Call
}

func active(c sipclient.Call) bool  { return c.State == sipclient.CallActive }
func ended(c sipclient.Call) bool   { return c.State == sipclient.CallEnded }
func held(c sipclient.Call) bool    { return active(c) && c.Held }
func waits(c sipclient.Call) bool   { return active(c) && c.Waiting }
func resumed(c sipclient.Call) bool { return active(c) && !c.Held && !c.Waiting }

// ends waits for the end of the call and checks how it was.
func (t *talk) ends(why sipclient.CallEnd) sipclient.Call {
	t.p.t.Helper()
	c := t.becomes("over", ended)
	if c.Why != why {
		t.p.t.Errorf("the call ended %+v, want %d", c, why)
	}
	return c
}

func (t *talk) heard() (samples, error) { return readWAV(t.file) }

// presses waits until the other side of a call has pressed these keys.
func presses(t *testing.T, call *talk, keys string) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(tenth) {
		if digits, _ := call.line.Heard(); digits == keys {
			return
		} else if time.Now().After(deadline) {
			t.Fatalf("%s was pressed, heard was %q", keys, digits)
		}
	}
}

// ear is somebody who records what they hear.
type ear interface{ heard() (samples, error) }

// recorded is how much somebody has recorded until now.
func recorded(who ear) int {
	s, _ := who.heard()
	return len(s.pcm)
}

// hears waits until somebody has heard nearly a second of a tone, clean and as loud as it was said, since they had recorded
// so many samples.
func hears(t *testing.T, who ear, since int, hz, amplitude float64) {
	t.Helper()
	var s samples
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(tenth) {
		if s, err = who.heard(); err != nil {
			continue
		}
		s.pcm = s.pcm[min(since, len(s.pcm)):]
		if s.clean(hz, amplitude) >= tenthsOfTone {
			return
		}
	}
	var got []string
	for _, part := range s.tenths() {
		a, rest := part.tone(hz)
		got = append(got, fmt.Sprintf("%.3f(%.2f)", a, rest))
	}
	t.Fatalf("%T does not hear %.0f Hz at %.3f: %v; the last tenths of a second: %v", who, hz, amplitude, err, got[max(0, len(got)-20):])
}

// hearsNothing waits for half a second in which somebody hears nothing, by what they record or because they record
// nothing.
func hearsNothing(t *testing.T, who ear) {
	t.Helper()
	const quiet, still = 5, 5
	last, same := -1, 0
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(tenth) {
		s, err := who.heard()
		if err != nil {
			t.Fatal(err)
		}
		if len(s.pcm) == last {
			same++
		} else {
			last, same = len(s.pcm), 0
		}
		all := s.tenths()
		silent := len(all) >= quiet
		for _, part := range all[max(0, len(all)-quiet):] {
			silent = silent && part.level() < 0.01
		}
		if silent || same >= still {
			return
		}
	}
	t.Fatalf("%T still hears something", who)
}
