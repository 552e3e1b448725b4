package media

import (
	"math"
	"testing"
)

func TestG711IsWhatEveryoneElseHas(t *testing.T) {
	needProgram(t, "ffmpeg")
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, expand := range map[string]func(byte) int16{"alaw": unalaw, "mulaw": unmulaw} {
		var ours []int16
		for _, b := range every {
			ours = append(ours, expand(b))
		}
		theirs := ffmpeg(t, every, "-f", name, "-ar", "8000", "-ac", "1", "-i", "pipe:0", "-f", "s16le", "pipe:1")
		if at := firstDifference(pcmBytes(ours), theirs); at >= 0 {
			t.Errorf("%s: code %d stands for another sample", name, at/2)
		}
	}
}

// What a code stands for is coded by it again, and every sample by a code that is near: half a step off at the most, and
// the steps grow with the sample.
func TestG711LosesOnlyWhatItMust(t *testing.T) {
	for name, law := range map[string]struct {
		compress func(int16) byte
		expand   func(byte) int16
	}{"alaw": {alaw, unalaw}, "mulaw": {mulaw, unmulaw}} {
		for code := range 256 {
			s := law.expand(byte(code))
			if again := law.expand(law.compress(s)); again != s {
				t.Errorf("%s: %d becomes %d", name, s, again)
			}
		}
		for s := math.MinInt16; s <= math.MaxInt16; s++ {
			off := math.Abs(float64(s) - float64(law.expand(law.compress(int16(s)))))
			if off > 16+math.Abs(float64(s))/30 {
				t.Fatalf("%s: %d is off by %.0f", name, s, off)
			}
		}
	}
}

// The values of the tables of G.711: the ends, zero, and a sample between.
func TestG711HasTheValuesOfTheRecommendation(t *testing.T) {
	for s, want := range map[int16]byte{0: 0xd5, -1: 0x55, 32767: 0xaa, -32768: 0x2a, 264: 0xc5} {
		if got := alaw(s); got != want {
			t.Errorf("A-law of %d is %#x, want %#x", s, got, want)
		}
	}
	for s, want := range map[int16]byte{0: 0xff, -1: 0x7f, 32767: 0x80, -32768: 0x00} {
		if got := mulaw(s); got != want {
			t.Errorf("µ-law of %d is %#x, want %#x", s, got, want)
		}
	}
}
