package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net"
	"net/netip"
	"regexp"
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
