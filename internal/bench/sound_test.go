package bench

import (
	"net/netip"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"golync/internal/media"
)

// BenchmarkMouthToEar times clicks from a WAV file through a G.722 call over loopback into another WAV file: from the moment
// the sound was in front of the microphone to the moment the loudspeaker has it.
func BenchmarkMouthToEar(b *testing.B) {
	path := clicks(b)
	from, err := media.ReadWAV(path, true)
	if err != nil {
		b.Fatal(err)
	}
	to, err := media.WriteWAV(filepath.Join(b.TempDir(), "heard.wav"))
	if err != nil {
		b.Fatal(err)
	}
	mouth, ear := &timed{Source: from}, &timed{Sink: to}
	alice, bob := soundCall(b)
	alice.Use(mouth, nil)
	bob.Use(nil, ear)
	time.Sleep(20 * time.Second)
	alice.Close()
	bob.Close()
	var ways []time.Duration
	for _, said := range mouth.passed {
		for _, heard := range ear.passed {
			if d := heard.Sub(said); d > 0 && d < 250*time.Millisecond { // clicks are further apart
				ways = append(ways, d)
			}
		}
	}
	if len(ways) < 30 {
		b.Fatalf("%d clicks came through", len(ways))
	}
	result.most(b, "mouth to ear over loopback, G.722, WAV files, median", percentile(ways, 50), "ms", 80)
	result.known(b, "mouth to ear, p95", percentile(ways, 95), "ms")
}

// BenchmarkCallCPU: what one end of a G.722 call takes, a melody playing and a file being written.
func BenchmarkCallCPU(b *testing.B) {
	const calls, length = 10, 10 * time.Second
	for range calls {
		one, other := soundCall(b)
		for _, end := range []*media.Stream{one, other} {
			to, err := media.WriteWAV(filepath.Join(b.TempDir(), "heard.wav"))
			if err != nil {
				b.Fatal(err)
			}
			end.Use(media.Melody(true), to)
		}
	}
	before := ownProcessor()
	time.Sleep(length)
	used := ownProcessor() - before
	result.most(b, "a G.722 call, of a core", 100*used.Seconds()/length.Seconds()/(2*calls), "%", 3)
}

// soundCall is a call between two ends by G.722.
func soundCall(b *testing.B) (one, other *media.Stream) {
	b.Helper()
	var ends [2]*media.Stream
	for i := range ends {
		s, err := media.Listen(netip.MustParseAddr("127.0.0.1"))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(s.Close)
		ends[i] = s
	}
	g722 := media.Codecs()[0]
	for i, s := range ends {
		err := s.Change(media.Params{
			Remote: ends[1-i].Addr(), Send: g722, Receive: map[uint8]media.Codec{g722.Type: g722}, Sending: true, Receiving: true,
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return ends[0], ends[1]
}

// clicks is a file of half a second with a click of 2 ms near its beginning.
func clicks(b *testing.B) (path string) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "clicks.wav")
	w, err := media.WriteWAV(path)
	if err != nil {
		b.Fatal(err)
	}
	pcm := make([]int16, media.Rate/2)
	for i := range media.Rate / 500 {
		pcm[100+i] = 16000
	}
	for frame := range slices.Chunk(pcm, media.Frame) {
		if err := w.Write(frame); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// timed notes when clicks pass a device: the sound of a frame of a microphone began a frame ago, that of a loudspeaker
// begins now.
type timed struct {
	media.Source
	media.Sink
	mu     sync.Mutex
	passed []time.Time
	quiet  int // samples since the last click
}

func (t *timed) Read(frame []int16) error {
	err := t.Source.Read(frame)
	t.note(frame, time.Now().Add(-media.FrameTime))
	return err
}

func (t *timed) Write(frame []int16) error {
	t.note(frame, time.Now())
	return t.Sink.Write(frame)
}

func (t *timed) Close() error {
	if t.Source != nil {
		return t.Source.Close()
	}
	return t.Sink.Close()
}

func (t *timed) note(frame []int16, began time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, v := range frame {
		if t.quiet++; v < 5000 {
			continue
		}
		if t.quiet > media.Rate/10 {
			t.passed = append(t.passed, began.Add(time.Duration(i)*time.Second/media.Rate))
		}
		t.quiet = 0
	}
}

// ownProcessor is the processor time of this process.
func ownProcessor() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u) //nolint:errcheck // of oneself it cannot fail
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
