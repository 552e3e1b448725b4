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
		for seed := range uint64(2) {
			t.Run(fmt.Sprintf("%s %d", name, seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					n := newNetwork(seed)
					n.set(c.faults)
					_, b, _, heard := talk(t, n, "G722")
					time.Sleep(20 * time.Second)
					pcm := heard.last(15 * time.Second)
					for at := 0; at+Rate <= len(pcm); at += Rate {
						if rest := restOf(pcm[at:at+Rate], 1000); rest > c.rest {
							t.Errorf("in second %d %.4f of the power is not the tone", at/Rate, rest)
						}
					}
					r := b.Report()
					if r.Delay > c.most {
						t.Errorf("the jitter buffer holds %v", r.Delay)
					}
					if loss := float64(r.Bridged) / (20 * 50); loss > c.loss {
						t.Errorf("%.4f of the sound was bridged: %+v", loss, r)
					}
				})
			})
		}
	}
}

// The clock of the other side is a thousandth off, or two: a frame each ten seconds too many or too few.
func TestClocksThatDifferAreEvenedOut(t *testing.T) {
	for name, every := range map[string]time.Duration{
		"slow": FrameTime + 40*time.Microsecond,
		"fast": FrameTime - 40*time.Microsecond,
	} {
		t.Run(name, func(t *testing.T) {
			out, p := drift(every, 2*time.Minute)
			counts := p.jitter.counts
			if n := counts.left + counts.stretched; n < 8 || n > 20 || counts.late > 0 {
				t.Errorf("evened out by %+v", counts)
			}
			if p.jitter.delay > 70*time.Millisecond {
				t.Errorf("the buffer has grown to %v", p.jitter.delay)
			}
			for at := Rate; at+Rate <= len(out); at += Rate {
				if rest := restOf(out[at:at+Rate], 1000); rest > 0.1 {
					t.Errorf("in second %d %.3f is not the tone", at/Rate, rest)
				}
			}
		})
	}
}

// drift plays packets of a tone that come in such a rhythm, and returns what is heard.
func drift(every, length time.Duration) ([]int16, *playout) {
	p := &playout{}
	p.kinds(map[uint8]string{8: "PCMA"})
	enc, _ := newEncoder("PCMA")
	tone := tireless{Tone(1000, 0.25).(*tune)}
	frame := make([]int16, Frame)
	start := time.Unix(1000, 0)
	arrival, n := start, uint32(0)
	var out []int16
	for now := start.Add(7 * time.Millisecond); now.Sub(start) < length; now = now.Add(FrameTime) {
		for ; arrival.Before(now); arrival = arrival.Add(every) {
			tone.Read(frame) //nolint:errcheck // it never fails
			p.jitter.put(parcel{at: arrival, seq: uint16(n), stamp: n * frameTicks, kind: 8, payload: enc.encode(nil, frame)})
			n++
		}
		p.frame(frame, now)
		out = append(out, frame...)
	}
	return out, p
}

// slow is a Source whose clock is not ours: its frames last longer, or shorter.
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
