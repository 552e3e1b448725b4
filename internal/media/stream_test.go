package media

import (
	"testing"
	"testing/synctest"
	"time"
)

const (
	alice = "192.0.2.1:4000"
	bob   = "192.0.2.2:5000"
)

// talk connects two streams by a codec: alice speaks a tone of 1 kHz, bob one of 600 Hz.
func talk(t *testing.T, n *network, codec string) (a, b *Stream, heardByA, heardByB *tape) {
	t.Helper()
	a, b = n.stream(t, alice), n.stream(t, bob)
	heardByA, heardByB = &tape{}, &tape{}
	a.Use(Tone(1000, 0.25), heardByA)
	b.Use(Tone(600, 0.1), heardByB)
	change(t, a, agreed(bob, codec))
	change(t, b, agreed(alice, codec))
	return a, b, heardByA, heardByB
}

func TestTwoPeopleHearEachOther(t *testing.T) {
	for _, codec := range Codecs() {
		t.Run(codec.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, b, heardByA, heardByB := talk(t, newNetwork(1), codec.Name)
				time.Sleep(3 * time.Second)
				wantTone(t, heardByB.last(2*time.Second), 1000, 0.25)
				wantTone(t, heardByA.last(2*time.Second), 600, 0.1)
				for _, s := range []*Stream{a, b} {
					r := s.Report()
					if r.Quality != Good || r.Lost != 0 || r.Bridged != 0 || r.Dropped != 0 || r.Codec != codec.Name {
						t.Errorf("on a perfect network: %+v", r)
					}
					if r.Delay > 40*time.Millisecond {
						t.Errorf("the jitter buffer holds %v", r.Delay)
					}
				}
			})
		})
	}
}
