package media

import (
	"net/netip"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// loopback is a call between two streams over real sockets.
func loopback(t testing.TB, codec string) (a, b *Stream) {
	t.Helper()
	var all []*Stream
	for range 2 {
		s, err := Listen(netip.MustParseAddr("127.0.0.1"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		all = append(all, s)
	}
	a, b = all[0], all[1]
	for s, other := range map[*Stream]*Stream{a: b, b: a} {
		if err := s.Change(agreed(other.Addr().String(), codec)); err != nil {
			t.Fatal(err)
		}
	}
	return a, b
}

func TestListeningTakesAnEvenPortAndTheNext(t *testing.T) {
	for _, local := range []string{"127.0.0.1", "::1"} {
		a, err := Listen(netip.MustParseAddr(local))
		if err != nil {
			t.Fatal(err)
		}
		if port := a.Addr().Port(); port&1 != 0 || a.rtcp.Local().Port() != port+1 || a.Addr().Addr().String() != local {
			t.Errorf("sound at %v, reports at %v", a.Addr(), a.rtcp.Local())
		}
		a.Close()
	}
	if _, err := Listen(netip.MustParseAddr("192.0.2.1")); err == nil {
		t.Error("an address that is not ours was taken")
	}
}

func TestACallOverRealSockets(t *testing.T) {
	a, b := loopback(t, "G722")
	heard := &tape{}
	a.Use(Tone(1000, 0.25), nil)
	b.Use(nil, heard)
	for deadline := time.Now().Add(15 * time.Second); ; {
		time.Sleep(100 * time.Millisecond)
		pcm := heard.last(500 * time.Millisecond)
		if len(pcm) == Rate/2 && goertzel(pcm, 1000) > 0.23 && restOf(pcm, 1000) < 0.05 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("half a second of the tone was not heard: %+v", b.Report())
		}
	}
}

// A click of 2 ms each half second: sound whose way can be timed.
const (
	clickEvery = Rate / 2
	clickAt    = 100
)

// clock notes when clicks pass: at a microphone the sound of a frame began a frame ago, at a loudspeaker it begins now.
type clock struct {
	Source
	Sink
	mu     sync.Mutex
	passed []time.Time
	quiet  int // samples since the last click
}

func (c *clock) Read(frame []int16) error {
	err := c.Source.Read(frame)
	c.note(frame, time.Now().Add(-FrameTime))
	return err
}

func (c *clock) Write(frame []int16) error {
	c.note(frame, time.Now())
	return c.Sink.Write(frame)
}

func (c *clock) Close() error {
	if c.Source != nil {
		return c.Source.Close()
	}
	return c.Sink.Close()
}

func (c *clock) note(frame []int16, began time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, v := range frame {
		if c.quiet++; v > 5000 {
			if c.quiet > Rate/10 {
				c.passed = append(c.passed, began.Add(time.Duration(i)*time.Second/Rate))
			}
			c.quiet = 0
		}
	}
}

// BenchmarkMouthToEar times sound from a WAV file through a G.722 call over loopback into a WAV file. The budget is 80 ms.
func BenchmarkMouthToEar(b *testing.B) {
	path := filepath.Join(b.TempDir(), "clicks.wav")
	w, err := WriteWAV(path)
	if err != nil {
		b.Fatal(err)
	}
	pcm := make([]int16, clickEvery)
	for i := range 32 {
		pcm[clickAt+i] = 16000
	}
	for at := 0; at < len(pcm); at += Frame {
		w.Write(pcm[at : at+Frame]) //nolint:errcheck // a short file is heard below
	}
	w.Close()
	for b.Loop() {
		from, err := ReadWAV(path, true)
		if err != nil {
			b.Fatal(err)
		}
		to, err := WriteWAV(filepath.Join(b.TempDir(), "heard.wav"))
		if err != nil {
			b.Fatal(err)
		}
		mouth, ear := &clock{Source: from}, &clock{Sink: to}
		s, other := loopback(b, "G722")
		s.Use(mouth, nil)
		other.Use(nil, ear)
		time.Sleep(10 * time.Second)
		s.Close()
		other.Close()
		times := ways(mouth, ear)
		if len(times) < 15 {
			b.Fatalf("%d clicks came through", len(times))
		}
		median := times[len(times)/2]
		b.ReportMetric(float64(median.Microseconds())/1000, "ms-median")
		b.ReportMetric(float64(times[len(times)-1].Microseconds())/1000, "ms-worst")
		if median > 80*time.Millisecond {
			b.Errorf("mouth to ear takes %v; at most 80 ms", median)
		}
	}
}

// ways is how long each click took, shortest first. Clicks are far enough apart to belong together by time.
func ways(mouth, ear *clock) (all []time.Duration) {
	for _, said := range mouth.passed {
		for _, heard := range ear.passed {
			if d := heard.Sub(said); d > 0 && d < 250*time.Millisecond {
				all = append(all, d)
			}
		}
	}
	slices.Sort(all)
	return all
}

// BenchmarkCallCPU measures what one end of a G.722 call costs, a file playing and another being written, as a part of a
// core. The budget is 3 %.
func BenchmarkCallCPU(b *testing.B) {
	const calls, length = 10, 5 * time.Second
	for b.Loop() {
		for range calls {
			s, other := loopback(b, "G722")
			for _, end := range []*Stream{s, other} {
				to, err := WriteWAV(filepath.Join(b.TempDir(), "heard.wav"))
				if err != nil {
					b.Fatal(err)
				}
				end.Use(Melody(true), to)
			}
		}
		before := cpu()
		time.Sleep(length)
		share := 100 * float64(cpu()-before) / float64(length) / (2 * calls)
		b.ReportMetric(share, "%core/call")
		if share > 3 {
			b.Errorf("a call takes %.1f %% of a core; at most 3", share)
		}
	}
}

func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u) //nolint:errcheck // it cannot fail so
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
