package media

import (
	"math"
	"testing"
)

// voice is something like a vowel: a pitch with overtones.
func voice(hz float64, n int) []int16 {
	pcm := make([]int16, n)
	for i := range pcm {
		var v float64
		for k := 1; k <= 8; k++ {
			v += math.Sin(2*math.Pi*hz*float64(k)*float64(i)/Rate+float64(k*k)) / float64(k)
		}
		pcm[i] = int16(5000 * v)
	}
	return pcm
}

// A hole of one frame in a voice is filled with what would have been there, nearly, whatever the pitch.
func TestAHoleInAVoiceIsFilledWithTheVoice(t *testing.T) {
	for _, hz := range []float64{75, 118, 163, 220, 317} {
		pcm := voice(hz, 6*Frame)
		var c concealer
		c.heard(append([]int16(nil), pcm[:4*Frame]...))
		made := c.bridge(nil, Frame)
		var signal, noise float64
		for i, v := range made {
			want := float64(pcm[4*Frame+i])
			signal += want * want
			noise += (want - float64(v)) * (want - float64(v))
		}
		if ratio := 10 * math.Log10(signal/noise); ratio < 8 {
			t.Errorf("%.0f Hz: what is made is %.1f dB away from what was there", hz, ratio)
		}
		if step := int(made[0]) - int(pcm[4*Frame-1]); step > 6000 || step < -6000 {
			t.Errorf("%.0f Hz: it begins with a step of %d", hz, step)
		}
	}
}

func TestALongHoleFadesAndTheSoundComesBackSmoothly(t *testing.T) {
	pcm := voice(150, 4*Frame)
	var c concealer
	c.heard(pcm)
	var levels []float64
	for range 6 {
		levels = append(levels, float64(LevelOf(c.bridge(nil, Frame))))
	}
	if levels[0] < 0.8*float64(LevelOf(pcm)) || levels[2] > 0.7*levels[0] || levels[4] != 0 || levels[5] != 0 {
		t.Errorf("levels by frame: %.3f", levels)
	}
	back := make([]int16, Frame)
	for i := range back {
		back[i] = 20000
	}
	c.heard(back)
	if back[0] > 500 || back[leadOver] != 20000 {
		t.Errorf("it comes back with %d, and then %d", back[0], back[leadOver])
	}
}

func TestSilenceIsBridgedBySilence(t *testing.T) {
	var c concealer
	if l := LevelOf(c.bridge(nil, Frame)); l != 0 {
		t.Errorf("out of nothing comes %.4f", l)
	}
}
