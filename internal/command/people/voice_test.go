package people

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/media"
)

// loudness reads a voice for a while, and tells how loud the loudest frame was.
func loudness(t *testing.T, v *voice, d time.Duration) (most media.Level) {
	t.Helper()
	frame := make([]int16, media.Frame)
	for range d / media.FrameTime {
		if err := v.Read(frame); err != nil {
			t.Fatal(err)
		}
		most = max(most, media.LevelOf(frame))
	}
	return most
}

// tone is a frame of half of full scale.
func tone() []int16 {
	frame := make([]int16, media.Frame)
	for i := range frame {
		frame[i] = int16(16384 * math.Sin(2*math.Pi*float64(i)/16))
	}
	return frame
}

// A voice speaks first, and then gives back what it hears, half as loud.
func TestAVoiceSpeaksAndThenEchoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVoice()
		if l := loudness(t, v, time.Second); l < 0.05 {
			t.Errorf("it speaks with a level of %f", l)
		}
		loudness(t, v, 4*time.Second) // to the rest after the last note
		for v.tune != nil {
			loudness(t, v, media.FrameTime)
		}
		e := ear{v}
		if !v.heard().IsZero() {
			t.Error("it heard before anybody spoke")
		}
		said := tone()
		if err := e.Write(said); err != nil {
			t.Fatal(err)
		}
		if got, want := loudness(t, v, 2*media.FrameTime), media.LevelOf(said)/2; math.Abs(float64(got-want)) > 0.001 {
			t.Errorf("an echo of %f, want %f", got, want)
		}
		if v.heard().IsZero() {
			t.Error("it did not hear")
		}
		if err := e.Write(make([]int16, media.Frame)); err != nil || loudness(t, v, media.FrameTime) != 0 {
			t.Errorf("an echo of silence, %v", err)
		}
	})
}

// With somebody who says nothing it begins anew, so that there is something to be heard; with somebody who speaks
// never.
func TestAVoiceSpeaksAgainWhenNobodyDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVoice()
		v.tune = nil
		if l := loudness(t, v, hums); l != 0 {
			t.Errorf("silence has a level of %f", l)
		}
		if l := loudness(t, v, time.Second); l < 0.05 {
			t.Errorf("after long silence it speaks with %f", l)
		}
		v.tune, v.quiet = nil, 0
		for range 3 * hums / media.FrameTime {
			_ = ear{v}.Write(tone())
			loudness(t, v, media.FrameTime)
			if v.tune != nil {
				t.Fatal("it speaks while somebody else does")
			}
		}
	})
}

func TestAVoiceThatIsClosedEnds(t *testing.T) {
	for name, echoes := range map[string]bool{"speaking": false, "echoing": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVoice()
				if echoes {
					v.tune = nil
				}
				if err := v.Close(); err != nil {
					t.Fatal(err)
				}
				frame := make([]int16, media.Frame)
				for range 1000 {
					if err := v.Read(frame); err != nil {
						return
					}
				}
				t.Error("it goes on")
			})
		})
	}
}
