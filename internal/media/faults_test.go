package media

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestSoundSurvivesABadNetwork(t *testing.T) {
	for name, c := range map[string]struct {
		faults faults
		rest   float64       // part of the power, in the worst second, that may be something else than the tone
		most   time.Duration // what the jitter buffer may hold on average
		loss   float64       // how much may be bridged
	}{
		"5 % lost":     {faults{loss: 0.05, delay: 40 * time.Millisecond}, 0.02, 40 * time.Millisecond, 0.08},
		"10 % twice":   {faults{twice: 0.1, delay: 40 * time.Millisecond}, 0.001, 40 * time.Millisecond, 0},
		"30 ms jitter": {faults{jitter: 30 * time.Millisecond}, 0.002, 50 * time.Millisecond, 0.001},
		"70 ms jitter": {faults{jitter: 70 * time.Millisecond}, 0.005, 90 * time.Millisecond, 0.003},
		"all at once": {
			faults{loss: 0.05, twice: 0.05, delay: 80 * time.Millisecond, jitter: 50 * time.Millisecond},
			0.03, 80 * time.Millisecond, 0.08,
		},
	} {
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%s %d", name, seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					n := newNetwork(seed)
					n.set(c.faults)
					_, b, _, heard := talk(t, n, "G722")
					time.Sleep(30 * time.Second)
					pcm := heard.last(20 * time.Second)
					for at := 0; at+Rate <= len(pcm); at += Rate {
						if rest := restOf(pcm[at:at+Rate], 1000); rest > c.rest {
							t.Errorf("in second %d %.4f of the power is not the tone", at/Rate, rest)
						}
					}
					r := b.Report()
					if r.Delay > c.most {
						t.Errorf("the jitter buffer holds %v", r.Delay)
					}
					if loss := float64(r.Bridged) / (30 * 50); loss > c.loss {
						t.Errorf("%.4f of the sound was bridged: %+v", loss, r)
					}
				})
			})
		}
	}
}

// slow is a Source or Sink whose clock is not ours: its second lasts longer, or shorter.
type slow struct {
	Source
	frame time.Duration
}

func (s slow) Read(frame []int16) error {
	time.Sleep(s.frame)
	return s.Source.Read(frame)
}

// tireless gives a tone without ever blocking.
type tireless struct{ *tune }

func (s tireless) Read(frame []int16) error {
	for i := range frame {
		frame[i] = s.sample()
	}
	return nil
}

func TestClocksThatDifferAreEvenedOut(t *testing.T) {
	for name, frame := range map[string]time.Duration{
		"sender slow": FrameTime + 20*time.Microsecond, // a tenth of a percent
		"sender fast": FrameTime - 8*time.Microsecond,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := newNetwork(1)
				a, b := n.stream(t, alice), n.stream(t, bob)
				heard := &tape{}
				a.Use(slow{tireless{Tone(1000, 0.25).(*tune)}, frame}, nil)
				b.Use(nil, heard)
				change(t, a, agreed(bob, "G722"))
				change(t, b, agreed(alice, "G722"))
				time.Sleep(5 * time.Minute)
				wantTone(t, heard.last(4*time.Minute), 1000, 0.25)
				r := b.Report()
				if r.Delay > 60*time.Millisecond {
					t.Errorf("the jitter buffer has grown to %v", r.Delay)
				}
				if off := 5*time.Minute - time.Duration(a.Report().Sent)*frame; off.Abs() > time.Second {
					t.Errorf("%v of the source was not sent", off)
				}
				counts := b.in.playout.jitter.counts
				if counts.left+counts.stretched == 0 || counts.left+counts.stretched > 25 {
					t.Errorf("evened out by %+v", counts)
				}
			})
		})
	}
}
