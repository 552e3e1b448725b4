package media

import (
	"bytes"
	"net/netip"
	"sync"
	"time"

	"github.com/pion/rtp"
)

// mostPayload is how many octets of sound a packet may have: 200 ms. More is absurd.
const mostPayload = clockRate / 5

// receiver is all that arrives of the sound. It is used by the goroutine that reads, the one that plays, and whoever asks.
type receiver struct {
	mu sync.Mutex
	arrivals
	playout   playout
	keypad    keypad
	events    uint8
	receiving bool
	since     time.Time // when receiving began
	last      time.Time // when sound last arrived
	level     meter
}

// change takes what was agreed on, which Params.check has found to be possible.
func (r *receiver) change(p Params, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if k, _ := r.keys.with(p.Suite, p.ReceiveKey); k != r.keys {
		r.keys = k
		r.door = door{} // who was proven without these keys is not proven
	}
	if p.usable() && r.door.expect(p.Remote) {
		r.before.add(r.order)
		r.order = order{}
		r.afresh()
	}
	names := make(map[uint8]string, len(p.Receive))
	for kind, c := range p.Receive {
		names[kind] = c.Name
	}
	r.playout.kinds(names)
	r.events = p.Events
	if p.Receiving && !r.receiving {
		r.since = now
		r.playout.restart()
	}
	r.receiving = p.Receiving
}

// afresh forgets what belongs to a source that is over.
func (r *receiver) afresh() {
	r.playout.restart()
	r.keypad.any = false
	r.control = control{}
}

// packet takes a datagram. Nothing it holds is trusted; what it does not drop, it has counted.
func (r *receiver) packet(b []byte, from netip.AddrPort, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.door.knows(from) {
		r.wire.strangers++
		return
	}
	p, ok := r.open(b, from)
	if !ok {
		return
	}
	if !r.door.admit(from, p.SSRC, p.SequenceNumber, r.keys != nil) {
		r.wire.strangers++
		return
	}
	over := r.order
	switch r.order.see(p.SSRC, p.SequenceNumber) {
	case copied, odd:
		return
	case anew:
		r.before.add(over)
		r.afresh()
	}
	r.deliver(p, now)
}

// open authenticates and parses, and tells whether it is of a type that may come.
func (r *receiver) open(b []byte, from netip.AddrPort) (*rtp.Packet, bool) {
	p, ok := r.unseal(b, mostPayload)
	if !ok {
		return nil, false
	}
	if !r.isSound(p) && !r.isEvent(p) && (!r.door.met(from) || p.PayloadType >= 64 && p.PayloadType < 96) {
		r.wire.broken++ // of types nobody agreed on; those from 64 to 95 may be RTCP at the wrong port (RFC 5761)
		return nil, false
	}
	return p, true
}

func (r *receiver) isSound(p *rtp.Packet) bool { return r.playout.names[p.PayloadType] != "" }

func (r *receiver) isEvent(p *rtp.Packet) bool { return r.events != 0 && p.PayloadType == r.events }

// deliver hands out a packet. One that nobody asked for, such as comfort noise (RFC 3389), is not missing at least.
func (r *receiver) deliver(p *rtp.Packet, now time.Time) {
	if !r.isSound(p) {
		if r.isEvent(p) {
			r.keypad.hear(p.Timestamp, p.Payload)
		} else {
			r.wire.broken++
		}
		r.playout.jitter.passed(p.SequenceNumber)
		return
	}
	r.order.arrival(p.Timestamp, now)
	r.last = now
	if r.receiving {
		r.playout.jitter.put(parcel{
			at: now, seq: p.SequenceNumber, stamp: p.Timestamp, kind: p.PayloadType, payload: bytes.Clone(p.Payload),
		})
	}
}

// frame fills the next frame that is to be heard.
func (r *receiver) frame(frame []int16, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.receiving {
		r.playout.frame(frame, now)
	} else {
		clear(frame)
	}
	r.level.hear(frame)
}

// where says where to send to; the zero address when nowhere.
func (r *receiver) where() netip.AddrPort {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.door.where()
}
