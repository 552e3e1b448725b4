package bench

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golync/internal/media"
	"golync/internal/shot"
	"golync/internal/siptest"
	"golync/internal/sound"
)

var loopback = netip.MustParseAddr("127.0.0.1")

// caller is somebody who calls the window, with sound.
type caller struct {
	b    *testing.B
	p    *siptest.Peer
	line *sound.Line
}

// newCaller makes the sound of a call; it ends with the benchmark.
func newCaller(b *testing.B, p *siptest.Peer) caller {
	b.Helper()
	line, err := sound.Open(loopback, false)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(line.Close)
	return caller{b, p, line}
}

// rings calls and returns the INVITE and how long it was until 180 came.
func (c caller) rings() (*siptest.Message, time.Duration) {
	c.b.Helper()
	offer, err := c.line.Offer(false)
	if err != nil {
		c.b.Fatal(err)
	}
	began := time.Now()
	invite := c.p.Send("INVITE", string(person(0)), me, "application/sdp", string(offer))
	if code := c.p.Provisional(invite).Code(); code != 180 {
		c.b.Fatalf("answered %d", code)
	}
	return invite, time.Since(began)
}

// within sends a request that belongs to an INVITE.
func (c caller) within(method string, invite, answer *siptest.Message, headers ...string) *siptest.Message {
	return c.p.Send(method, string(person(0)), answer.Address("Contact"), "", "", append([]string{
		"From: " + invite.Get("From"), "To: " + answer.Get("To"), "Call-ID: " + invite.Get("Call-ID"),
	}, headers...)...)
}

// takesBack ends a call that rings.
func (c caller) takesBack(invite *siptest.Message) {
	c.b.Helper()
	c.p.Send("CANCEL", string(person(0)), me, "", "", "Via: "+invite.Get("Via"), "From: "+invite.Get("From"),
		"To: "+invite.Get("To"), "Call-ID: "+invite.Get("Call-ID"), "CSeq: 1 CANCEL")
	refused := c.p.Response(invite)
	if refused.Code() != 487 {
		c.b.Fatalf("answered\n%s", refused)
	}
	c.p.Send("ACK", string(person(0)), me, "", "", "Via: "+invite.Get("Via"), "From: "+invite.Get("From"),
		"To: "+refused.Get("To"), "Call-ID: "+invite.Get("Call-ID"), "CSeq: 1 ACK")
}

// talks has the window answer, and returns how to end the call.
func (c caller) talks(w *shot.Terminal) (hangUp func()) {
	c.b.Helper()
	invite, _ := c.rings()
	see(c.b, w, "Incoming call")
	if err := w.Press("alt+c"); err != nil {
		c.b.Fatal(err)
	}
	ok := c.p.Response(invite)
	if err := c.line.Take(ok.Body); err != nil {
		c.b.Fatalf("%v in\n%s", err, ok)
	}
	c.within("ACK", invite, ok, "CSeq: 1 ACK")
	return func() { c.p.Response(c.within("BYE", invite, ok, "CSeq: 2 BYE")) }
}

// BenchmarkCall: a call in the window, with files for a microphone and a loudspeaker: how soon it rings, what it costs
// beside an idle window, and what a key takes meanwhile.
func BenchmarkCall(b *testing.B) {
	home := prepare(b, 1000, 50)
	says := filepath.Join(home, "says.wav")
	melody(b, says)
	if err := os.MkdirAll(filepath.Join(home, "golync"), 0o700); err != nil {
		b.Fatal(err)
	}
	config := fmt.Sprintf("microphone = \"wav:%s\"\nloudspeaker = \"wav:%s\"\n", says, filepath.Join(home, "heard.wav"))
	if err := os.WriteFile(filepath.Join(home, "golync", "config.toml"), []byte(config), 0o600); err != nil {
		b.Fatal(err)
	}
	w, p := signedInAt(b, home)
	c := newCaller(b, p)
	var times []time.Duration
	for range 300 {
		invite, took := c.rings()
		times = append(times, took)
		c.takesBack(invite)
		pause()
	}
	result.most(b, "INVITE answered by 180, p99", percentile(times, 99), "ms", 5)
	result.known(b, "INVITE answered by 180, median", percentile(times, 50), "ms")
	result.known(b, "INVITE answered by 180, p95", percentile(times, 95), "ms")

	talk(b, w)
	calm := echoes(b, w)
	const watch = 15 * time.Second
	idle := share(b, w, watch)
	c.line.Connect(media.Melody(true), nil)
	hangUp := c.talks(w)
	see(b, w, "Mute")
	time.Sleep(time.Second)
	result.most(b, "CPU of a G.722 call with files, beside an idle window", share(b, w, watch)-idle, "%", 3)
	result.known(b, "an idle window beside it", idle, "%")
	result.known(b, "letter to its echo in a call, p95", percentile(echoes(b, w), 95), "ms")
	result.known(b, "the same without a call, p95", percentile(calm, 95), "ms")
	hangUp()
}

// melody makes a file of a minute of music.
func melody(b *testing.B, path string) {
	b.Helper()
	to, err := media.WriteWAV(path)
	if err != nil {
		b.Fatal(err)
	}
	frame := make([]int16, media.Frame)
	for n := range 60 * media.Rate / media.Frame {
		for i := range frame {
			frame[i] = int16(8000 * ((n*media.Frame + i) % 32 / 16)) // 500 Hz with every overtone
		}
		if err := to.Write(frame); err != nil {
			b.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		b.Fatal(err)
	}
}

// share is the part of a core, in hundredths, that a window takes.
func share(b *testing.B, w *shot.Terminal, watch time.Duration) float64 {
	b.Helper()
	before := processor(b, w.Pid())
	time.Sleep(watch)
	return 100 * (processor(b, w.Pid()) - before).Seconds() / watch.Seconds()
}

// echoes types a letter and takes it back, again and again.
func echoes(b *testing.B, w *shot.Terminal) (times []time.Duration) {
	b.Helper()
	for i := range 100 {
		times = append(times, echoed(b, w, i%2 == 0))
		pause()
	}
	return times
}
