package media

import (
	"net/netip"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

// mostPacket is how many octets of a datagram are looked at.
const mostPacket = 2048

// arrivals is what arrives of one stream of RTP, whatever it carries: who may send it, its keys, its order, and what the
// reports say. Its owner locks.
type arrivals struct {
	door    door
	order   order
	keys    *keys
	control control
	wire    receiverCounts
	before  receiverSums // of sources that are over
	plain   []byte       // kept to be used again
}

// receiverCounts is what was dropped at the door.
type receiverCounts struct{ strangers, broken, forged uint64 }

type receiverSums struct{ received, lost, copies uint64 }

func (s *receiverSums) add(o order) {
	s.received += o.received
	s.lost += o.lost()
	s.copies += o.copies
}

// unseal authenticates and parses. A payload has at least one octet and no more than most.
func (r *arrivals) unseal(b []byte, most int) (*rtp.Packet, bool) {
	p := &rtp.Packet{}
	if len(b) > mostPacket {
		r.wire.broken++
		return nil, false
	}
	if r.keys != nil {
		plain, err := r.keys.context.DecryptRTP(r.plain[:0], b, nil)
		if err != nil {
			r.wire.forged++
			return nil, false
		}
		r.plain, b = plain, plain
	}
	if err := p.Unmarshal(b); err != nil || p.Version != 2 || len(p.Payload) == 0 || len(p.Payload) > most {
		r.wire.broken++
		return nil, false
	}
	return p, true
}

// reports takes a datagram of RTCP and returns what was in it, nothing when it is not to be believed. ours is our own SSRC.
func (r *arrivals) reports(b []byte, from netip.AddrPort, ours uint32, now time.Time) []rtcp.Packet {
	if !r.door.knows(from) || r.control.from.IsValid() && from != r.control.from {
		r.wire.strangers++
		return nil
	}
	if len(b) > mostPacket {
		r.wire.broken++
		return nil
	}
	if r.keys != nil {
		plain, err := r.keys.context.DecryptRTCP(nil, b, nil)
		if err != nil {
			r.wire.forged++
			return nil
		}
		b = plain
	}
	all, err := rtcp.Unmarshal(b)
	if err != nil {
		r.wire.broken++
		return nil
	}
	for _, p := range all {
		r.hearReport(p, from, ours, now)
	}
	return all
}

// hearReport takes one packet of a compound. Only what speaks of the stream we receive, or send, counts.
func (r *arrivals) hearReport(p rtcp.Packet, from netip.AddrPort, ours uint32, now time.Time) {
	c := &r.control
	switch p := p.(type) {
	case *rtcp.SenderReport:
		if p.SSRC == r.order.ssrc && r.order.begun {
			c.from, c.sent, c.at = from, uint32(p.NTPTime>>16), now
		}
		c.heardBy(p.Reports, ours, now)
	case *rtcp.ReceiverReport:
		c.heardBy(p.Reports, ours, now)
	case *rtcp.Goodbye:
		c.goodbye = c.goodbye || r.order.begun && len(p.Sources) > 0 && p.Sources[0] == r.order.ssrc
	}
}

// reception is how we hear the other side (RFC 3550 section 6.4.1).
func (r *arrivals) reception(now time.Time) []rtcp.ReceptionReport {
	o := &r.order
	if !o.begun {
		return nil
	}
	hears := rtcp.ReceptionReport{
		SSRC: o.ssrc, FractionLost: o.fraction(), TotalLost: uint32(min(o.lost(), 1<<23-1)),
		LastSequenceNumber: o.rounds<<16 | uint32(o.latest), Jitter: uint32(o.jitter),
	}
	if r.control.sent != 0 {
		hears.LastSenderReport = r.control.sent
		hears.Delay = uint32(now.Sub(r.control.at).Seconds() * 65536)
	}
	return []rtcp.ReceptionReport{hears}
}

// reportsTo says where our own reports go: to where theirs come from, or else one port above the stream.
func (r *arrivals) reportsTo() netip.AddrPort {
	switch {
	case r.control.from.IsValid():
		return r.control.from
	case r.door.remote.IsValid():
		return netip.AddrPortFrom(r.door.remote.Addr(), r.door.remote.Port()+1)
	}
	return netip.AddrPort{}
}
