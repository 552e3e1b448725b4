//go:build linux

package interop

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"testing"
	"time"
)

// samples are sound that was recorded, and how many of them make a second.
type samples struct {
	pcm  []int16
	rate int
}

// readWAV reads a file of 16-bit mono that may still be written to, so that its header may not know its length.
func readWAV(path string) (s samples, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return s, err
	}
	for at := 12; at+8 <= len(b); {
		name, length := string(b[at:at+4]), int(binary.LittleEndian.Uint32(b[at+4:]))
		body := b[at+8:]
		switch {
		case name == "fmt " && len(body) >= 16:
			s.rate = int(binary.LittleEndian.Uint32(body[4:]))
			if channels, bits := body[2], body[14]; channels != 1 || bits != 16 {
				return s, fmt.Errorf("%s has %d channels of %d bits", path, channels, bits)
			}
		case name == "data":
			s.pcm = pcmOf(body)
			return s, nil
		}
		at += 8 + length
	}
	return s, fmt.Errorf("%s is no sound yet: %d octets", path, len(b))
}

// pcmOf reads samples of 16 bits.
func pcmOf(b []byte) (pcm []int16) {
	for ; len(b) >= 2; b = b[2:] {
		pcm = append(pcm, int16(binary.LittleEndian.Uint16(b)))
	}
	return pcm
}

// writeTone makes a file of a tone, in a rate that a program wants.
func writeTone(t testing.TB, path string, rate int, hz, amplitude float64, length time.Duration) {
	t.Helper()
	n := int(length.Seconds() * float64(rate))
	le := binary.LittleEndian
	b := append([]byte("RIFF"), le.AppendUint32(nil, uint32(36+2*n))...)
	b = append(b, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"...)
	b = le.AppendUint32(le.AppendUint32(b, uint32(rate)), uint32(2*rate))
	b = append(b, "\x02\x00\x10\x00data"...)
	b = le.AppendUint32(b, uint32(2*n))
	for i := range n {
		b = le.AppendUint16(b, uint16(int16(math.Round(32767*amplitude*math.Sin(2*math.Pi*hz*float64(i)/float64(rate))))))
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// tenth is the length of what is measured at a time.
const tenth = 100 * time.Millisecond

// tenths cuts sound into parts of that length.
func (s samples) tenths() (all []samples) {
	n := max(1, s.rate/10)
	for at := 0; at+n <= len(s.pcm); at += n {
		all = append(all, samples{s.pcm[at : at+n], s.rate})
	}
	return all
}

// tone measures the amplitude of a frequency, full scale is 1, and which part of the power is something else.
func (s samples) tone(hz float64) (amplitude, rest float64) {
	w := 2 * math.Pi * hz / float64(s.rate)
	var s1, s2, power float64
	for _, v := range s.pcm {
		x := float64(v) / 32768
		s1, s2 = x+2*math.Cos(w)*s1-s2, s1
		power += x * x
	}
	n := float64(len(s.pcm))
	amplitude = 2 * math.Hypot(s1-s2*math.Cos(w), s2*math.Sin(w)) / n
	return amplitude, 1 - amplitude*amplitude/2*n/max(power, 1e-9)
}

// level is the amplitude of the loudest sample.
func (s samples) level() (most float64) {
	for _, v := range s.pcm {
		most = max(most, math.Abs(float64(v))/32768)
	}
	return most
}

// Part of a second that has to be a clean tone, and how clean.
const (
	tenthsOfTone = 8 // a busy machine makes holes
	mostRest     = 0.05
	mostOff      = 0.12 // of the amplitude
)

// clean counts the parts that are the tone at that amplitude and nothing else.
func (s samples) clean(hz, amplitude float64) (n int) {
	for _, part := range s.tenths() {
		if got, rest := part.tone(hz); math.Abs(got-amplitude) < mostOff*amplitude && rest < mostRest {
			n++
		}
	}
	return n
}

func TestTonesAreMeasuredRight(t *testing.T) {
	path := t.TempDir() + "/tone.wav"
	writeTone(t, path, 8000, 500, 0.25, time.Second)
	s, err := readWAV(path)
	if err != nil || s.rate != 8000 || len(s.pcm) != 8000 {
		t.Fatalf("%d samples at %d, %v", len(s.pcm), s.rate, err)
	}
	if n := s.clean(500, 0.25); n != 10 {
		t.Errorf("%d of 10 parts are the tone", n)
	}
	if n := s.clean(520, 0.25) + s.clean(500, 0.2); n != 0 {
		t.Errorf("%d parts are another tone", n)
	}
	if got := s.level(); math.Abs(got-0.25) > 0.001 {
		t.Errorf("the loudest sample is %f", got)
	}
}
