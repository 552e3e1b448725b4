package window

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golync/internal/shot"
)

// rate is how many samples a second the sound files of golync have; they are 16-bit and mono.
const rate = 16000

// Writes puts a configuration file into a home, and returns its path.
func Writes(t testing.TB, home, config string) string {
	t.Helper()
	path := filepath.Join(home, "config", "golync", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// WriteTone writes a WAV file of one tone, with an amplitude of a quarter of full scale, for a microphone.
func WriteTone(t testing.TB, path string, hz float64, lasts time.Duration) {
	t.Helper()
	n := int(lasts.Seconds() * rate)
	var b bytes.Buffer
	b.WriteString("RIFF")
	le := binary.LittleEndian
	put := func(v any) { _ = binary.Write(&b, le, v) }
	put(uint32(36 + 2*n))
	b.WriteString("WAVEfmt ")
	put(uint32(16))
	put([]uint16{1, 1})
	put([]uint32{rate, 2 * rate})
	put([]uint16{2, 16})
	b.WriteString("data")
	put(uint32(2 * n))
	for i := range n {
		put(int16(math.Round(8192 * math.Sin(2*math.Pi*hz*float64(i)/rate))))
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Recording is what the loudspeaker of a window was given: the file behind "wav:".
type Recording string

// Heard waits until a tone with at least this amplitude, 1 being full scale, has been heard, then or before.
func (r Recording) Heard(t testing.TB, hz, amplitude float64) {
	t.Helper()
	at := 0
	r.waits(t, fmt.Sprintf("%.0f Hz with an amplitude of %.3f", hz, amplitude), func(all []int16) (got float64, ok bool) {
		for ; at+piece <= len(all) && got < amplitude; at += piece {
			got = max(got, toneIn(all[at:at+piece], hz))
		}
		return got, got >= amplitude
	})
}

// Hears waits until the latest sound has a tone with at least this amplitude.
func (r Recording) Hears(t testing.TB, hz, amplitude float64) {
	t.Helper()
	r.waits(t, fmt.Sprintf("%.0f Hz with an amplitude of %.3f by now", hz, amplitude), func(all []int16) (float64, bool) {
		got := toneIn(latest(all), hz)
		return got, got >= amplitude
	})
}

// Misses waits until the latest sound has nothing of a tone any more.
func (r Recording) Misses(t testing.TB, hz float64) {
	t.Helper()
	r.waits(t, fmt.Sprintf("no %.0f Hz", hz), func(all []int16) (float64, bool) {
		got := toneIn(latest(all), hz)
		return got, len(all) >= piece && got < 0.002
	})
}

func (r Recording) waits(t testing.TB, what string, ok func(all []int16) (float64, bool)) {
	t.Helper()
	most := 0.0
	for deadline := time.Now().Add(shot.Patience); ; time.Sleep(20 * time.Millisecond) {
		got, enough := ok(r.samples())
		if most = max(most, got); enough {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s in %s: last %.4f, at most %.4f", what, r, got, most)
		}
	}
}

// samples are what has been written so far. The lengths in the header may be behind.
func (r Recording) samples() (all []int16) {
	file, err := os.ReadFile(string(r))
	if err != nil || len(file) < 44 {
		return nil
	}
	for file = file[44:]; len(file) >= 2; file = file[2:] {
		all = append(all, int16(binary.LittleEndian.Uint16(file)))
	}
	return all
}

// piece is how much of a recording is listened to at once: longer than any two frames, shorter than a note.
const piece = rate / 10

func latest(all []int16) []int16 { return all[max(len(all)-piece, 0):] }

// toneIn measures how much of a tone is in sound, by Goertzel's algorithm: its amplitude.
func toneIn(sound []int16, hz float64) float64 {
	w := 2 * math.Pi * hz / rate
	coefficient := 2 * math.Cos(w)
	var s1, s2 float64
	for _, v := range sound {
		s1, s2 = float64(v)/32768+coefficient*s1-s2, s1
	}
	return 2 * math.Hypot(s1-s2*math.Cos(w), s2*math.Sin(w)) / max(float64(len(sound)), 1)
}
