package media

import (
	"math"
	"time"
)

// order follows the sequence numbers of one source (RFC 3550 appendix A.1) and keeps what is reported of it (A.3, A.8).
type order struct {
	begun    bool
	ssrc     uint32
	first    uint16 // sequence number
	latest   uint16
	rounds   uint32 // how often the numbers went round
	seen     uint64 // which of the 64 up to the latest arrived
	received uint64 // without copies
	copies   uint64

	newSSRC uint32 // of who would be the next source
	newNext uint16
	asking  bool

	transit float64 // of the last packet, in ticks
	jitter  float64 // in ticks

	reported struct{ expected, received uint64 } // at the last report
}

// verdict is what order says of a packet.
type verdict uint8

const (
	fresh  verdict = iota // the next one, or one of the latest that is late
	copied                // it has come before
	odd                   // from nowhere: dropped, unless the next one follows it
	anew                  // a new source, or the old one with new numbers: what was before is over
)

const (
	mostAhead  = 3000 // MAX_DROPOUT
	mostBehind = 100  // MAX_MISORDER
)

// see takes the numbers of a packet. What comes from nowhere counts when a second packet follows it.
func (o *order) see(ssrc uint32, seq uint16) verdict {
	if !o.begun {
		o.begin(ssrc, seq)
		return fresh
	}
	ahead := seq - o.latest
	if ssrc != o.ssrc || ahead >= mostAhead && ahead < -mostBehind&math.MaxUint16 {
		if o.asking && o.newSSRC == ssrc && o.newNext == seq {
			o.begin(ssrc, seq)
			return anew
		}
		o.asking, o.newSSRC, o.newNext = true, ssrc, seq+1
		return odd
	}
	o.asking = false
	if ahead < mostAhead && ahead > 0 {
		if seq < o.latest {
			o.rounds++
		}
		o.latest = seq
		o.seen = o.seen<<ahead | 1
	} else {
		behind := -ahead
		if behind < 64 && o.seen>>behind&1 == 1 {
			o.copies++
			return copied
		}
		o.seen |= 1 << behind
	}
	o.received++
	return fresh
}

func (o *order) begin(ssrc uint32, seq uint16) {
	*o = order{begun: true, ssrc: ssrc, first: seq, latest: seq, seen: 1, received: 1}
}

// arrival takes the times of a packet of sound, for the jitter.
func (o *order) arrival(stamp uint32, now time.Time) {
	ticks := float64(now.UnixMicro()) * clockRate / 1e6
	transit := math.Mod(ticks-float64(stamp), 1<<32)
	if o.transit != 0 {
		d := math.Abs(transit - o.transit)
		if d = min(d, 1<<32-d); d < clockRate { // more is a new count, not jitter
			o.jitter += (d - o.jitter) / 16
		}
	}
	o.transit = transit
}

// expected is how many packets were sent, as far as is known.
func (o *order) expected() uint64 {
	if !o.begun {
		return 0
	}
	return uint64(o.rounds)<<16 + uint64(o.latest) - uint64(o.first) + 1
}

// lost is how many of them have not arrived.
func (o *order) lost() uint64 { return o.expected() - min(o.received, o.expected()) }

// fraction is the part lost since the last report, in 1/256.
func (o *order) fraction() uint8 {
	expected, received := o.expected()-o.reported.expected, o.received-o.reported.received
	o.reported.expected, o.reported.received = o.expected(), o.received
	if expected == 0 || received >= expected {
		return 0
	}
	return uint8(min((expected-received)*256/expected, 255))
}
