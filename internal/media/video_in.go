package media

import (
	"bytes"
	"net/netip"
	"strings"
	"time"
)

// What the other side may send in pictures. More than this no window of golync's can show, and a flood costs what
// is dropped here and nothing more.
const (
	mostVideoPayload = 1500        // octets of a packet
	mostVideoRate    = 1 << 20     // octets in a second: 8 Mbit/s
	mostVideoBurst   = 1 << 20     // octets at once: a whole picture is many times larger than others
	mostUnit         = 1 << 19     // octets of one picture
	mostUnits        = 60          // pictures in a second
	unitTime         = time.Second // of mostUnits
)

// videoIn is all that arrives of the pictures. Video locks it.
type videoIn struct {
	arrivals
	joiner    joiner
	kinds     map[uint8]string // payload types by codec
	receiving bool
	budget    float64 // octets that may come now
	counted   time.Time
	second    time.Time // when counting mostUnits began
	inSecond  int
	flood     uint64 // packets beyond the budget
	units     uint64
	askedFor  uint64
}

// change takes what was agreed on.
func (r *videoIn) change(p Params) {
	if k, _ := r.keys.with(p.Suite, p.ReceiveKey); k != r.keys {
		r.keys = k
		r.door = door{}
	}
	if p.usable() && r.door.expect(p.Remote) {
		r.before.add(r.order)
		r.order, r.control, r.joiner = order{}, control{}, joiner{}
	}
	r.kinds = map[uint8]string{}
	for kind, c := range p.Receive {
		r.kinds[kind] = strings.ToUpper(c.Name)
	}
	if !p.Receiving {
		r.joiner = joiner{}
	}
	r.receiving = p.Receiving
}

// packet takes a datagram and returns the pictures that are complete with it. starves says that without a whole
// picture nothing more can be shown.
func (r *videoIn) packet(b []byte, from netip.AddrPort, now time.Time) (units []Unit, starves bool) {
	if !r.door.knows(from) {
		r.wire.strangers++
		return nil, false
	}
	if !r.affordable(len(b), now) {
		r.flood++
		return nil, false
	}
	p, ok := r.unseal(b, mostVideoPayload)
	if !ok {
		return nil, false
	}
	kind := r.kinds[p.PayloadType]
	if kind == "" {
		r.wire.broken++
		return nil, false
	}
	if !r.door.admit(from, p.SSRC, p.SequenceNumber, r.keys != nil) {
		r.wire.strangers++
		return nil, false
	}
	over := r.order
	switch r.order.see(p.SSRC, p.SequenceNumber) {
	case copied, odd:
		return nil, false
	case anew:
		r.before.add(over)
		r.control, r.joiner = control{}, joiner{}
	}
	if !r.receiving {
		return nil, false
	}
	r.joiner.put(piece{
		seq: p.SequenceNumber, stamp: p.Timestamp, last: p.Marker, codec: kind, payload: bytes.Clone(p.Payload),
	}, now)
	return r.fewEnough(r.joiner.done(), now), r.joiner.starves(now)
}

// affordable counts octets against the budget.
func (r *videoIn) affordable(n int, now time.Time) bool {
	if r.counted.IsZero() {
		r.budget = mostVideoBurst
	} else {
		r.budget = min(r.budget+mostVideoRate*now.Sub(r.counted).Seconds(), mostVideoBurst)
	}
	r.counted = now
	if r.budget < float64(n) {
		return false
	}
	r.budget -= float64(n)
	return true
}

// fewEnough drops pictures that come faster than anybody sees; what comes after them needs a whole one.
func (r *videoIn) fewEnough(units []Unit, now time.Time) []Unit {
	if now.Sub(r.second) >= unitTime {
		r.second, r.inSecond = now, 0
	}
	for i := range units {
		if r.inSecond++; r.inSecond > mostUnits {
			r.joiner.starve(now)
			units = units[:i]
			break
		}
	}
	r.units += uint64(len(units))
	return units
}
