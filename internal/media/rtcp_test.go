package media

import (
	"math"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/rtcp"
)

func TestTheEndsTellEachOtherHowTheyHear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(2)
		n.set(faults{delay: 60 * time.Millisecond, loss: 0.1})
		a, b, _, _ := talk(t, n, "PCMA")
		time.Sleep(60 * time.Second)
		for _, s := range []*Stream{a, b} {
			r := s.Report()
			if off := r.RoundTrip - 120*time.Millisecond; off.Abs() > 2*time.Millisecond {
				t.Errorf("the round trip is said to be %v", r.RoundTrip)
			}
			if math.Abs(r.TheirLoss-0.1) > 0.07 {
				t.Errorf("they are said to lose %.3f", r.TheirLoss)
			}
			if r.Quality != Poor {
				t.Errorf("with a tenth lost it sounds %v: %+v", r.Quality, r)
			}
			if r.Jitter > time.Millisecond {
				t.Errorf("jitter %v", r.Jitter)
			}
		}
	})
}

func TestJitterIsMeasuredAsTheStandardDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(2)
		n.set(faults{jitter: 18 * time.Millisecond})
		_, b, _, _ := talk(t, n, "G722")
		time.Sleep(20 * time.Second)
		// The difference of two even distributions of width w is w/3 on average.
		if r := b.Report(); r.Jitter < 4*time.Millisecond || r.Jitter > 8*time.Millisecond {
			t.Errorf("jitter %v", r.Jitter)
		}
	})
}

func TestTheQualityIsAWord(t *testing.T) {
	for _, c := range []struct {
		loss  float64
		delay time.Duration
		want  Quality
	}{
		{0, 0, Good},
		{0.009, 199 * time.Millisecond, Good},
		{0.02, 0, Fair},
		{0, 300 * time.Millisecond, Fair},
		{0.06, 0, Poor},
		{0, 500 * time.Millisecond, Poor},
	} {
		if got := word(c.loss, c.delay); got != c.want {
			t.Errorf("%.3f, %v: %v", c.loss, c.delay, got)
		}
	}
	if Good.String() != "Good" || NoSound.String() != "No sound" || Quality(99).String() != "No sound" {
		t.Error("words")
	}
}

func TestSilenceOfTheOtherSideIsNoticed(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, _ *tape) {
		if q := a.Report().Quality; q != Unknown {
			t.Errorf("at the beginning: %v", q)
		}
		p.speak(t, 3*time.Second)
		if q := a.Report().Quality; q != Good {
			t.Errorf("while it sounds: %v", q)
		}
		time.Sleep(5 * time.Second)
		if q := a.Report().Quality; q != NoSound {
			t.Errorf("after five seconds of nothing: %v", q)
		}
		hold := agreed(bob, "PCMU")
		hold.Receiving = false
		change(t, a, hold)
		time.Sleep(2 * time.Second)
		if q := a.Report().Quality; q != Unknown {
			t.Errorf("on hold: %v", q)
		}
	})
}

func TestReportsGoOnePortAboveAndSayGoodbye(t *testing.T) {
	withPeer(t, func(t *testing.T, n *network, a *Stream, p *peer, _ *tape) {
		control := n.socket("192.0.2.2:5001")
		p.speak(t, 12*time.Second)
		a.Close()
		var reports, bye int
		for range len(control.queue) {
			d := <-control.queue
			if d.from != netip.MustParseAddrPort("192.0.2.1:4001") {
				t.Errorf("a report from %v", d.from)
			}
			all, err := rtcp.Unmarshal(d.b)
			if err != nil {
				t.Fatal(err)
			}
			sr, ok := all[0].(*rtcp.SenderReport)
			if !ok || len(sr.Reports) != 1 || sr.Reports[0].SSRC != p.ssrc || sr.Reports[0].TotalLost != 0 || sr.PacketCount == 0 {
				t.Errorf("%v", all[0])
			}
			if _, ok := all[1].(*rtcp.SourceDescription); !ok {
				t.Errorf("%v", all[1])
			}
			reports++
			if _, ok := all[len(all)-1].(*rtcp.Goodbye); ok {
				bye++
			}
		}
		if reports < 2 || reports > 5 || bye != 1 {
			t.Errorf("%d reports, %d goodbyes", reports, bye)
		}
	})
}

func TestReportsOfStrangersAreNotBelieved(t *testing.T) {
	withPeer(t, func(t *testing.T, n *network, a *Stream, p *peer, _ *tape) {
		p.speak(t, time.Second)
		lie, err := rtcp.Marshal([]rtcp.Packet{&rtcp.ReceiverReport{SSRC: p.ssrc, Reports: []rtcp.ReceptionReport{{SSRC: a.out.ssrc, FractionLost: 255}}}})
		if err != nil {
			t.Fatal(err)
		}
		control := netip.MustParseAddrPort("192.0.2.1:4001")
		n.socket("192.0.2.66:1").WriteTo(lie, control) //nolint:errcheck // in memory
		p.WriteTo([]byte("nonsense"), control)         //nolint:errcheck // in memory
		synctest.Wait()
		if r := a.Report(); r.TheirLoss != 0 || r.Dropped != 2 {
			t.Errorf("%+v", r)
		}
		n.socket("192.0.2.2:5001").WriteTo(lie, control) //nolint:errcheck // in memory
		synctest.Wait()
		if r := a.Report(); r.TheirLoss < 0.9 {
			t.Errorf("a true report: %+v", r)
		}
	})
}
