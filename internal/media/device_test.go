package media

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

var errUnplugged = errors.New("unplugged")

// breaking gives its tone, or takes sound, for so many frames, and then is gone.
type breaking struct {
	slow
	frames atomic.Int64
	closed atomic.Bool
}

func newBreaking(frames int64) *breaking {
	b := &breaking{slow: slow{tireless{Tone(1000, 0.25).(*tune)}, FrameTime}}
	b.frames.Store(frames)
	return b
}

func (b *breaking) Read(frame []int16) error {
	if b.frames.Add(-1) < 0 {
		return errUnplugged
	}
	return b.slow.Read(frame)
}

func (b *breaking) Write([]int16) error {
	if b.frames.Add(-1) < 0 {
		return errUnplugged
	}
	return nil
}

func (b *breaking) Close() error {
	b.closed.Store(true)
	return nil
}

// stuck never returns before it is closed; deaf does not even then, for a long time.
type stuck struct {
	free chan struct{}
	once sync.Once
}

func (s *stuck) Read([]int16) error  { <-s.free; return errUnplugged }
func (s *stuck) Write([]int16) error { <-s.free; return errUnplugged }
func (s *stuck) Close() error        { s.once.Do(func() { close(s.free) }); return nil }

type deaf struct{}

func (deaf) Read([]int16) error  { time.Sleep(time.Hour); return errUnplugged }
func (deaf) Write([]int16) error { time.Sleep(time.Hour); return errUnplugged }
func (deaf) Close() error        { time.Sleep(time.Hour); return nil }

func TestADeviceThatDisappearsIsNamedAndTheCallGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(1)
		a, b := n.stream(t, alice), n.stream(t, bob)
		mic, speaker := newBreaking(50), newBreaking(50)
		heard := &tape{}
		a.Use(mic, speaker)
		b.Use(Tone(600, 0.1), heard)
		change(t, a, agreed(bob, "G722"))
		change(t, b, agreed(alice, "G722"))
		time.Sleep(3 * time.Second)
		r := a.Report()
		if !errors.Is(r.SourceErr, errUnplugged) || !errors.Is(r.SinkErr, errUnplugged) {
			t.Errorf("dropped for %v and %v", r.SourceErr, r.SinkErr)
		}
		if !mic.closed.Load() || !speaker.closed.Load() {
			t.Error("what was dropped was not closed")
		}
		if r.Sent < 145 || r.In < 0.05 || b.Report().Quality != Good {
			t.Errorf("the call did not go on: %+v, there %v", r, b.Report().Quality)
		}
		if l := LevelOf(heard.last(time.Second)); l > 0.001 {
			t.Errorf("in place of the microphone there is %.4f", l)
		}
		again := &tape{}
		a.Use(Tone(1000, 0.25), again)
		time.Sleep(2 * time.Second)
		wantTone(t, heard.last(time.Second), 1000, 0.25)
		wantTone(t, again.last(time.Second), 600, 0.1)
		if r := a.Report(); r.SourceErr != nil || r.SinkErr != nil {
			t.Errorf("new devices: %v, %v", r.SourceErr, r.SinkErr)
		}
	})
}

func TestSendingKeepsItsPaceWhateverTheSourceDoes(t *testing.T) {
	for name, source := range map[string]Source{
		"none": nil, "tireless": tireless{Tone(1000, 0.1).(*tune)},
		"half as fast":         slow{tireless{Tone(1000, 0.1).(*tune)}, 2 * FrameTime},
		"in pieces of a third": slow{tireless{Tone(1000, 0.1).(*tune)}, FrameTime / 3},
	} {
		t.Run(name, func(t *testing.T) {
			withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, _ *tape) {
				a.Use(source, nil)
				for range 10 {
					before := a.Report().Sent
					time.Sleep(time.Second)
					if sent := a.Report().Sent - before; sent < 49 || sent > 51 {
						t.Errorf("%d packets in a second", sent)
					}
				}
			})
		})
	}
}

func TestDevicesThatDoNotReturnHoldUpNothing(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, _ *tape) {
		mic, speaker := &stuck{free: make(chan struct{})}, &stuck{free: make(chan struct{})}
		a.Use(mic, speaker)
		p.speak(t, 2*time.Second)
		if r := a.Report(); r.Sent < 98 || r.SourceErr != nil {
			t.Errorf("%+v", r)
		}
		heard := &tape{}
		a.Use(Tone(1000, 0.1), heard)
		p.speak(t, 2*time.Second)
		wantTone(t, heard.last(time.Second), 600, 0.2)
		if r := a.Report(); r.SourceErr != nil || r.SinkErr != nil {
			t.Errorf("what was replaced is still named: %v, %v", r.SourceErr, r.SinkErr)
		}
		a.Use(deaf{}, deaf{})
		began := time.Now()
		a.Close()
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("the end took %v", took)
		}
		time.Sleep(2 * time.Hour) // so that the test can end
	})
}

func TestADeviceGivenAgainStays(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, _ *tape) {
		mic, speaker := newBreaking(1<<40), &tape{}
		a.Use(mic, speaker)
		a.Use(mic, speaker)
		time.Sleep(time.Second)
		synctest.Wait()
		if mic.closed.Load() || speaker.closed {
			t.Error("it was closed")
		}
		a.Use(nil, nil)
		synctest.Wait()
		if !mic.closed.Load() || !speaker.closed {
			t.Error("it was not closed")
		}
		a.Close()
		late := newBreaking(1)
		a.Use(late, nil)
		synctest.Wait()
		if !late.closed.Load() {
			t.Error("what came after the end was not closed")
		}
	})
}

// hardware is a loudspeaker with a clock of its own, which plays a frame in so much time.
type hardware struct {
	tape
	frame   time.Duration
	began   time.Time
	written int
	empty   int // times that it had nothing to play
}

func (h *hardware) Queued() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	played := int(time.Since(h.began) / h.frame)
	if played > h.written {
		h.empty++
		h.began = time.Now().Add(-time.Duration(h.written) * h.frame)
		return 0
	}
	return time.Duration(h.written)*h.frame - time.Since(h.began)
}

func (h *hardware) Write(frame []int16) error {
	h.mu.Lock()
	h.written++
	h.mu.Unlock()
	return h.tape.Write(frame)
}

func TestALoudspeakerIsFedByItsOwnClock(t *testing.T) {
	for name, frame := range map[string]time.Duration{
		"slow": FrameTime + 50*time.Microsecond, "fast": FrameTime - 50*time.Microsecond,
	} {
		t.Run(name, func(t *testing.T) {
			withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, _ *tape) {
				out := &hardware{frame: frame, began: time.Now()}
				a.Use(nil, out)
				for range 60 {
					p.speak(t, time.Second)
					if q := out.Queued(); q > queueHigh+2*FrameTime {
						t.Fatalf("%v is queued", q)
					}
				}
				synctest.Wait()
				if out.empty > 2 {
					t.Errorf("it had nothing to play %d times", out.empty)
				}
				synctest.Wait()
				r, counts := a.Report(), a.in.playout.jitter.counts
				if r.Delay > 80*time.Millisecond || counts.left+counts.stretched > 14 || r.Quality != Good {
					t.Errorf("%+v %+v", r, counts)
				}
				wantTone(t, out.last(50*time.Second), 600, 0.2)
			})
		})
	}
}

// A source that stalls and then gives all at once is not behind afterwards.
func TestAStallDoesNotAddDelay(t *testing.T) {
	var p pacer
	now := time.Unix(1000, 0)
	p.due = now
	sent, dropped := 0, 0
	give := func() {
		after, drop := p.came(now)
		if drop {
			dropped++
			return
		}
		now = now.Add(after)
		p.sent(now)
		sent++
	}
	for range 50 {
		give()
		now = now.Add(FrameTime)
	}
	for range 10 { // nothing comes
		now = p.deadline(now)
		p.missed()
	}
	for range 11 { // then all that was missed
		give()
	}
	if dropped < 9 || dropped > 11 {
		t.Errorf("of ten late frames %d were dropped", dropped)
	}
	now = now.Add(time.Hour) // the machine slept
	if d := p.deadline(now); d.Sub(now) > FrameTime {
		t.Errorf("after sleeping the next frame is due in %v", d.Sub(now))
	}
}

func TestHoldStopsTheSoundAndTheEndOfHoldBringsItBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b, heardByA, heardByB := talk(t, newNetwork(1), "PCMA")
		time.Sleep(2 * time.Second)
		hold := agreed(bob, "PCMA")
		hold.Receiving = false // alice holds bob
		change(t, a, hold)
		held := agreed(alice, "PCMA")
		held.Sending = false
		change(t, b, held)
		sent := b.Report().Sent
		time.Sleep(5 * time.Second)
		if r := b.Report(); r.Sent != sent || r.Out != 0 {
			t.Errorf("%d packets were sent on hold, with a level of %.2f", r.Sent-sent, r.Out)
		}
		if l := LevelOf(heardByA.last(3 * time.Second)); l > 0 {
			t.Errorf("on hold %.4f is heard", l)
		}
		wantTone(t, heardByB.last(3*time.Second), 1000, 0.25)
		change(t, a, agreed(bob, "PCMA"))
		change(t, b, agreed(alice, "PCMA"))
		time.Sleep(3 * time.Second)
		wantTone(t, heardByA.last(2*time.Second), 600, 0.1)
		if err := a.Change(Params{}); err != nil {
			t.Errorf("0.0.0.0 with nothing flowing: %v", err)
		}
	})
}

func TestTheCodecMayChangeInACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b, _, heard := talk(t, newNetwork(1), "PCMU")
		time.Sleep(2 * time.Second)
		change(t, a, agreed(bob, "G722"))
		time.Sleep(3 * time.Second)
		wantTone(t, heard.last(2*time.Second), 1000, 0.25)
		if r := b.Report(); r.Codec != "G722" || r.Lost != 0 {
			t.Errorf("%+v", r)
		}
	})
}

func TestMuteSendsSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, _, _, heard := talk(t, newNetwork(1), "G722")
		time.Sleep(time.Second)
		a.Mute(true)
		time.Sleep(3 * time.Second)
		if l := LevelOf(heard.last(2 * time.Second)); l > 0.0005 {
			t.Errorf("muted, and heard at %.5f", l)
		}
		if r := a.Report(); r.Out != 0 || r.Sent < 195 {
			t.Errorf("%+v", r)
		}
		a.Mute(false)
		time.Sleep(2 * time.Second)
		wantTone(t, heard.last(time.Second), 1000, 0.25)
	})
}

func TestWhatCannotWorkIsRefused(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, _ *peer, _ *tape) {
		for name, c := range map[string]struct {
			change func(*Params)
			want   error
		}{
			"no address":   {func(p *Params) { p.Remote = Params{}.Remote }, ErrRemote},
			"0.0.0.0":      {func(p *Params) { p.Remote = agreed("0.0.0.0:5000", "").Remote }, ErrRemote},
			"port 0":       {func(p *Params) { p.Remote = agreed("192.0.2.2:0", "").Remote }, ErrRemote},
			"multicast":    {func(p *Params) { p.Remote = agreed("224.2.0.1:5000", "").Remote }, ErrRemote},
			"IPv6":         {func(p *Params) { p.Remote = agreed("[2001:db8::2]:5000", "").Remote }, ErrRemote},
			"codec":        {func(p *Params) { p.Send.Name = "opus" }, ErrCodec},
			"codec there":  {func(p *Params) { p.Receive[111] = Codec{Name: "opus"} }, ErrCodec},
			"no codec":     {func(p *Params) { p.Receive = nil }, ErrCodec},
			"no send name": {func(p *Params) { p.Send = Codec{} }, ErrCodec},
		} {
			p := agreed(bob, "PCMU")
			c.change(&p)
			if err := a.Change(p); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := a.Report().Remote.String(); got != bob {
			t.Errorf("what was refused has changed the address to %s", got)
		}
	})
}

func TestNothingIsLeftAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b, _, _ := talk(t, newNetwork(1), "G722")
		source, sink := Echo()
		a.Use(source, sink)
		time.Sleep(time.Second)
		a.Close()
		b.Close()
		synctest.Wait()
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		for _, g := range strings.Split(string(stacks), "\n\n") {
			if strings.Contains(g, "media.(*") && strings.Contains(g, "synctest bubble") && !strings.Contains(g, "TestNothingIsLeft") {
				t.Errorf("left behind:\n%s", g)
			}
		}
	})
}

func TestAnEndedFileIsNoFailure(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, _ *peer, _ *tape) {
		a.Use(Melody(false), nil)
		time.Sleep(10 * time.Second)
		if err := a.Report().SourceErr; !errors.Is(err, io.EOF) {
			t.Errorf("the end of a melody is %v", err)
		}
	})
}
