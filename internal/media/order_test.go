package media

import (
	"net/netip"
	"testing"
	"time"
)

func TestSequenceNumbersAreJudgedAsTheStandardSays(t *testing.T) {
	for name, c := range map[string]struct {
		seqs     []uint16
		want     []verdict
		expected uint64
		received uint64
	}{
		"in order":       {[]uint16{1, 2, 3}, []verdict{fresh, fresh, fresh}, 3, 3},
		"round":          {[]uint16{65534, 65535, 0, 1}, []verdict{fresh, fresh, fresh, fresh}, 4, 4},
		"lost":           {[]uint16{1, 2, 5}, []verdict{fresh, fresh, fresh}, 5, 3},
		"late":           {[]uint16{1, 3, 2, 4}, []verdict{fresh, fresh, fresh, fresh}, 4, 4},
		"twice":          {[]uint16{1, 2, 2, 1, 3}, []verdict{fresh, fresh, copied, copied, fresh}, 3, 3},
		"late and round": {[]uint16{65535, 1, 0, 0}, []verdict{fresh, fresh, fresh, copied}, 3, 3},
		"one from afar":  {[]uint16{1, 2, 30000, 3}, []verdict{fresh, fresh, odd, fresh}, 3, 3},
		"a jump":         {[]uint16{1, 2, 30000, 30001, 30002}, []verdict{fresh, fresh, odd, anew, fresh}, 2, 2},
		"the most ahead": {[]uint16{1, 3000}, []verdict{fresh, fresh}, 3000, 2},
		"beyond":         {[]uint16{1, 3001}, []verdict{fresh, odd}, 1, 1},
	} {
		var o order
		for i, seq := range c.seqs {
			if got := o.see(7, seq); got != c.want[i] {
				t.Errorf("%s: %d is %v, want %v", name, seq, got, c.want[i])
			}
		}
		if o.expected() != c.expected || o.received != c.received {
			t.Errorf("%s: %d of %d", name, o.received, o.expected())
		}
	}
}

func TestLossIsReportedSinceTheLastReport(t *testing.T) {
	var o order
	if o.fraction() != 0 || o.lost() != 0 {
		t.Error("nothing was sent, and something lost")
	}
	for seq := range uint16(100) {
		if seq%4 != 3 {
			o.see(7, seq)
		}
	}
	if f := o.fraction(); f < 60 || f > 65 {
		t.Errorf("a quarter lost is %d of 256", f)
	}
	for seq := uint16(100); seq < 200; seq++ {
		o.see(7, seq)
	}
	if f := o.fraction(); f > 3 || o.lost() != 25 {
		t.Errorf("nothing lost since is %d of 256, %d in all", f, o.lost())
	}
}

// The example of what jitter is: packets that come by turns 8 ms early and late differ by 16 ms each time.
func TestJitterComesNearTheDifference(t *testing.T) {
	var o order
	now := time.Unix(1_800_000_000, 0)
	for i := range uint32(500) {
		at := now.Add(time.Duration(i) * FrameTime)
		if i%2 == 1 {
			at = at.Add(16 * time.Millisecond)
		}
		o.arrival(1<<32-1000+i*frameTicks, at)
	}
	if ms := o.jitter * 1000 / clockRate; ms < 15.9 || ms > 16.1 {
		t.Errorf("%.2f ms", ms)
	}
	before := o.jitter
	o.arrival(77, now.Add(time.Hour)) // a new count
	if o.jitter != before {
		t.Errorf("another count of time is no jitter: %.0f", o.jitter)
	}
}

func TestTheDoorLearnsOnePortOnce(t *testing.T) {
	agreedOn, other, third := netip.MustParseAddrPort(bob), netip.MustParseAddrPort("192.0.2.2:9"), netip.MustParseAddrPort("192.0.2.2:8")
	var d door
	if d.knows(agreedOn) || d.where().IsValid() {
		t.Error("an open door")
	}
	d.expect(agreedOn)
	for i, c := range []struct {
		from netip.AddrPort
		ssrc uint32
		seq  uint16
		want bool
	}{
		{other, 1, 10, false},
		{other, 1, 12, false},
		{other, 2, 13, false},
		{third, 2, 14, false}, // no two in a row
		{other, 1, 10, false},
		{other, 1, 11, true},
		{other, 1, 12, true},
		{third, 5, 1, false},
		{third, 5, 2, false},
	} {
		if got := d.admit(c.from, c.ssrc, c.seq, false); got != c.want {
			t.Errorf("%d: %v", i, got)
		}
	}
	if d.where() != other {
		t.Errorf("learned: %v", d.where())
	}
	if !d.admit(agreedOn, 9, 9, false) || d.where() != agreedOn {
		t.Error("the port that was agreed on is right at any time")
	}
	if d.expect(agreedOn) || !d.expect(other) {
		t.Error("what is another address")
	}
	sure := door{}
	sure.expect(agreedOn)
	if !sure.admit(other, 1, 1, true) || sure.admit(third, 1, 2, true) {
		t.Error("an authenticated packet proves its port, once")
	}
}
