package media

import (
	"math"
	"testing"
)

// goertzel measures how much of a tone is in sound: its amplitude, 1 is full scale.
func goertzel(pcm []int16, hz float64) float64 {
	w := 2 * math.Pi * hz / Rate
	coefficient := 2 * math.Cos(w)
	var s1, s2 float64
	for _, v := range pcm {
		s1, s2 = float64(v)/32768+coefficient*s1-s2, s1
	}
	re, im := s1-s2*math.Cos(w), s2*math.Sin(w)
	return 2 * math.Hypot(re, im) / float64(len(pcm))
}

// wantTone fails unless sound is that tone at that amplitude, and nearly nothing else.
func wantTone(t *testing.T, pcm []int16, hz, amplitude float64) {
	t.Helper()
	got := goertzel(pcm, hz)
	if math.Abs(got-amplitude) > 0.08*amplitude {
		t.Errorf("%.0f Hz has an amplitude of %.4f, want %.4f", hz, got, amplitude)
	}
	if rest := restOf(pcm, hz); rest > 0.1 {
		t.Errorf("%.0f %% of the power is not the tone of %.0f Hz", 100*rest, hz)
	}
}

// restOf is the part of the power that is not the tone.
func restOf(pcm []int16, hz float64) float64 {
	var all float64
	for _, v := range pcm {
		all += float64(v) / 32768 * float64(v) / 32768
	}
	tone := goertzel(pcm, hz)
	return 1 - tone*tone/2*float64(len(pcm))/all
}

func TestATestToneIsMeasuredRight(t *testing.T) {
	wantTone(t, sine(1000, 0.25, Rate), 1000, 0.25)
	if got := goertzel(sine(1000, 0.25, Rate), 1300); got > 0.001 {
		t.Errorf("another tone is heard with %f", got)
	}
}
