package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net"
	"net/netip"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"golync/internal/media"
	"golync/internal/sound"
)

// agree has one line offer and the other answer; by changes what each reads of the other.
func agree(b *testing.B, from, to *sound.Line, by func(description []byte) []byte) {
	b.Helper()
	offer, err := from.Offer(false)
	if err != nil {
		b.Fatal(err)
	}
	answer, err := to.Answer(by(offer))
	if err != nil {
		b.Fatal(err)
	}
	if err := from.Take(by(answer)); err != nil {
		b.Fatal(err)
	}
}

// clicks is a file with a click at its beginning and again every half second, for as long as somebody reads it.
func clicks(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "clicks.wav")
	to, err := media.WriteWAV(path)
	if err != nil {
		b.Fatal(err)
	}
	for n := range 60 * media.Rate / media.Frame {
		frame := make([]int16, media.Frame)
		if n%25 == 5 {
			for i := range 32 {
				frame[i] = 16000
			}
		}
		if err := to.Write(frame); err != nil {
			b.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// heard notes when the beginnings of clicks pass.
type heard struct {
	mu    sync.Mutex
	at    []time.Time
	quiet int // samples since the last loud one
}

func (h *heard) note(frame []int16, began time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, v := range frame {
		if h.quiet++; v > 5000 {
			if h.quiet > media.Rate/10 {
				h.at = append(h.at, began.Add(time.Duration(i)*time.Second/media.Rate))
			}
			h.quiet = 0
		}
	}
}

// mouth is a Source whose clicks are noted: what it gives now began to sound a frame ago.
type mouth struct {
	media.Source
	*heard
}

func (m mouth) Read(frame []int16) error {
	err := m.Source.Read(frame)
	m.note(frame, time.Now().Add(-media.FrameTime))
	return err
}

// ear is a Sink whose clicks are noted.
type ear struct {
	media.Sink
	*heard
}

func (e ear) Write(frame []int16) error {
	e.note(frame, time.Now())
	return e.Sink.Write(frame)
}

// BenchmarkMouthToEar: how long sound takes from one file to another through a call over loopback.
func BenchmarkMouthToEar(b *testing.B) {
	here, there := newCaller(b, nil).line, newCaller(b, nil).line
	from, err := media.ReadWAV(clicks(b), true)
	if err != nil {
		b.Fatal(err)
	}
	to, err := media.WriteWAV(filepath.Join(b.TempDir(), "heard.wav"))
	if err != nil {
		b.Fatal(err)
	}
	said, came := &heard{}, &heard{}
	agree(b, here, there, func(d []byte) []byte { return d })
	here.Connect(mouth{from, said}, nil)
	there.Connect(nil, ear{to, came})
	time.Sleep(20 * time.Second)
	here.Connect(nil, nil)
	there.Connect(nil, nil)
	var took []time.Duration
	for _, s := range said.at {
		if i := slices.IndexFunc(came.at, func(c time.Time) bool { return c.After(s) }); i >= 0 && came.at[i].Sub(s) < 250*time.Millisecond {
			took = append(took, came.at[i].Sub(s))
		}
	}
	if len(took) < 20 {
		b.Fatalf("%d clicks were said and %d came", len(said.at), len(came.at))
	}
	result.most(b, "mouth to ear over loopback, G.722, files, median", percentile(took, 50), "ms", 80)
	result.known(b, "the same, the longest", percentile(took, 100), "ms")
}

// steady is a Sink that notes for how many frames on end a tone was missing.
type steady struct {
	mu             sync.Mutex
	frames, now    int
	holes, longest int
}

// toneRMS is that of the tone that is played.
const toneRMS = 0.25 / math.Sqrt2

func (s *steady) Write(frame []int16) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.frames++; float64(media.LevelOf(frame)) > toneRMS/2 {
		s.now = 0
		return nil
	}
	if s.frames > 50 { // a second to begin in
		s.holes++
		s.now++
		s.longest = max(s.longest, s.now)
	}
	return nil
}

func (s *steady) Close() error { return nil }

// BenchmarkLoss: what is heard of a tone of which one packet in twenty is lost.
func BenchmarkLoss(b *testing.B) {
	here, there := newCaller(b, nil).line, newCaller(b, nil).line
	agree(b, here, there, newWire(b, 0.05).between)
	came := &steady{}
	here.Connect(media.Tone(440, 0.25), nil)
	there.Connect(nil, came)
	time.Sleep(20 * time.Second)
	is, err := there.Sound()
	if err != nil {
		b.Fatal(err)
	}
	came.mu.Lock()
	defer came.mu.Unlock()
	result.most(b, "5 % of packets lost: frames of 20 ms in a row without the tone", float64(came.longest), "", 2)
	result.known(b, "the same, such frames of 1,000", 1000*float64(came.holes)/float64(came.frames), "")
	result.known(b, "the same, concealed as the call says", 100*is.Lost, "%")
}

// wire is between two sides, and loses a part of what goes over it.
type wire struct {
	b     *testing.B
	ends  []*net.UDPConn   // the second one stands for the first side, and the first one for the second
	sides []netip.AddrPort // where the sides take sound
	ready chan struct{}    // closed when both are known
}

func newWire(b *testing.B, part float64) *wire {
	b.Helper()
	w := &wire{b: b, ready: make(chan struct{})}
	for range 2 {
		c, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.AddrPortFrom(loopback, 0)))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = c.Close() })
		w.ends = append(w.ends, c)
	}
	go w.carry(0, part)
	go w.carry(1, part)
	return w
}

// carry takes what comes to one end, and sends it on from the other.
func (w *wire) carry(from int, part float64) {
	packet := make([]byte, 2048)
	for {
		n, err := w.ends[from].Read(packet)
		if err != nil {
			return
		}
		<-w.ready
		if rand.Float64() >= part {
			_, _ = w.ends[1-from].WriteToUDPAddrPort(packet[:n], w.sides[from])
		}
	}
}

// between reads where a side takes its sound, and writes an end of the wire in its place: the offer comes first.
func (w *wire) between(description []byte) []byte {
	w.b.Helper()
	port := regexp.MustCompile(`m=audio (\d+) `)
	m := port.FindSubmatch(description)
	if m == nil {
		w.b.Fatalf("no sound in\n%s", description)
	}
	side, err := netip.ParseAddrPort("127.0.0.1:" + string(m[1]))
	if err != nil {
		w.b.Fatal(err)
	}
	w.sides = append(w.sides, side)
	end := w.ends[len(w.sides)-1].LocalAddr().(*net.UDPAddr).Port
	if len(w.sides) == 2 {
		close(w.ready)
	}
	return port.ReplaceAll(description, fmt.Appendf(nil, "m=audio %d ", end))
}
