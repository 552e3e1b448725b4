package media

import (
	"net/netip"
	"time"

	"github.com/pion/rtcp"
)

// reportEvery is how often the ends tell each other how they hear one another (RFC 3550 section 6.2), give or take half.
const reportEvery = 5 * time.Second

// control is what the other side's reports said.
type control struct {
	from    netip.AddrPort // where they come from, learned like the port of the sound
	sent    uint32         // middle bits of the NTP time in its last sender report
	at      time.Time      // of the arrival of that
	any     bool           // it has told how it hears us
	loss    float64        // 0..1 of what we sent, lately
	jitter  time.Duration
	round   time.Duration // round trip
	goodbye bool
}

// report makes our next compound packet: a sender or receiver report and the name (RFC 3550 section 6.1). bye ends.
func report(r *receiver, o *sender, name string, bye bool, now time.Time) []byte {
	hears := r.reception(now)
	o.mu.Lock()
	defer o.mu.Unlock()
	var first rtcp.Packet = &rtcp.ReceiverReport{SSRC: o.ssrc, Reports: hears}
	if o.packets > 0 {
		first = &rtcp.SenderReport{
			SSRC: o.ssrc, NTPTime: ntp(now), RTPTime: o.stamp,
			PacketCount: uint32(o.packets), OctetCount: uint32(o.octets), Reports: hears,
		}
	}
	all := []rtcp.Packet{first, rtcp.NewCNAMESourceDescription(o.ssrc, name)}
	if bye {
		all = append(all, &rtcp.Goodbye{Sources: []uint32{o.ssrc}})
	}
	b, err := rtcp.Marshal(all)
	if err == nil && o.keys != nil {
		b, err = o.keys.context.EncryptRTCP(nil, b, nil)
	}
	if err != nil {
		return nil
	}
	return b
}

// reception is how we hear the other side (RFC 3550 section 6.4.1).
func (r *receiver) reception(now time.Time) []rtcp.ReceptionReport {
	r.mu.Lock()
	defer r.mu.Unlock()
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

// reports takes a datagram of RTCP. ours is our own SSRC.
func (r *receiver) reports(b []byte, from netip.AddrPort, ours uint32, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.door.knows(from) || r.control.from.IsValid() && from != r.control.from {
		r.wire.strangers++
		return
	}
	if len(b) > mostPacket {
		r.wire.broken++
		return
	}
	if r.keys != nil {
		plain, err := r.keys.context.DecryptRTCP(nil, b, nil)
		if err != nil {
			r.wire.forged++
			return
		}
		b = plain
	}
	all, err := rtcp.Unmarshal(b)
	if err != nil {
		r.wire.broken++
		return
	}
	for _, p := range all {
		r.hearReport(p, from, ours, now)
	}
}

// hearReport takes one packet of a compound. Only what speaks of the sound we hear, or send, counts.
func (r *receiver) hearReport(p rtcp.Packet, from netip.AddrPort, ours uint32, now time.Time) {
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

func (c *control) heardBy(reports []rtcp.ReceptionReport, ours uint32, now time.Time) {
	for _, h := range reports {
		if h.SSRC != ours {
			continue
		}
		c.any = true
		c.loss = float64(h.FractionLost) / 256
		c.jitter = time.Duration(h.Jitter) * time.Second / clockRate
		if h.LastSenderReport == 0 {
			continue
		}
		// RFC 3550 section 6.4.1: what has passed since our report, less what it lay there; a nonsense value is none.
		if round := int32(uint32(ntp(now)>>16) - h.LastSenderReport - h.Delay); round >= 0 && round < 10<<16 {
			c.round = time.Duration(round) * time.Second >> 16
		}
	}
}

// ntp is a time as NTP has it: seconds since 1900 with 32 bits of fraction.
func ntp(t time.Time) uint64 {
	const since1900 = 2208988800
	return (uint64(t.Unix())+since1900)<<32 | uint64(t.Nanosecond())<<32/1e9
}
