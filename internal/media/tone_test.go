package media

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"
)

func TestTunesArePlayedInTimeAndAreNotLoud(t *testing.T) {
	for name, c := range map[string]struct {
		make func() Source
		ends bool
	}{
		"melody":        {func() Source { return Melody(false) }, true},
		"melody, again": {func() Source { return Melody(true) }, false},
		"ringing":       {Ringing, false}, "ringback": {Ringback, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := c.make()
				began := time.Now()
				pcm, err := hear(t, s, 500)
				if c.ends != errors.Is(err, io.EOF) {
					t.Fatalf("after %d samples: %v", len(pcm), err)
				}
				if took := time.Since(began); took < time.Duration(len(pcm))*time.Second/Rate-FrameTime {
					t.Errorf("%d samples took %v", len(pcm), took)
				}
				if l := LevelOf(pcm); l < 0.02 || l > 0.2 {
					t.Errorf("the level is %.3f", l)
				}
				for i := range pcm[1:] {
					if d := int(pcm[i+1]) - int(pcm[i]); d > 7000 || d < -7000 {
						t.Fatalf("it clicks at sample %d: %d", i, d)
					}
				}
				s.Close()
				s.Close()
				if err := s.Read(make([]int16, Frame)); !errors.Is(err, ErrClosed) {
					t.Errorf("after the end: %v", err)
				}
			})
		})
	}
}

func TestWhoIsConnectedToAnEchoHearsHimself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(1)
		a, b := n.stream(t, alice), n.stream(t, bob)
		heard := &tape{}
		a.Use(Tone(1000, 0.25), heard)
		b.Use(Echo())
		change(t, a, agreed(bob, "G722"))
		change(t, b, agreed(alice, "G722"))
		time.Sleep(3 * time.Second)
		wantTone(t, heard.last(time.Second), 1000, 0.25)
	})
}

func TestASoundIsPlayedUntilItsEndOrUntilStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		heard := &tape{}
		if err := Play(t.Context(), Melody(false), heard); err != nil {
			t.Fatal(err)
		}
		if n := len(heard.pcm); n < 4*Rate || n > 7*Rate || !heard.closed {
			t.Errorf("%d samples, closed: %v", n, heard.closed)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		if err := Play(ctx, Ringing(), &stuck{free: make(chan struct{})}); err != nil || time.Since(began) != time.Second {
			t.Errorf("stopped after %v: %v", time.Since(began), err)
		}
		if err := Play(t.Context(), Ringing(), newBreaking(10)); !errors.Is(err, errUnplugged) {
			t.Errorf("to what is unplugged: %v", err)
		}
	})
}
