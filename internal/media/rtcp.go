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

// report makes our next compound packet about the sound. bye ends.
func report(r *receiver, o *sender, name string, bye bool, now time.Time) []byte {
	r.mu.Lock()
	hears := r.reception(now)
	r.mu.Unlock()
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.compound(hears, name, bye, now)
}

// compound makes a compound packet: a sender or receiver report and the name (RFC 3550 section 6.1), and what else there
// is to be said. bye ends.
func (o *departures) compound(hears []rtcp.ReceptionReport, name string, bye bool, now time.Time, more ...rtcp.Packet) []byte {
	var first rtcp.Packet = &rtcp.ReceiverReport{SSRC: o.ssrc, Reports: hears}
	if o.packets > 0 {
		first = &rtcp.SenderReport{
			SSRC: o.ssrc, NTPTime: ntp(now), RTPTime: o.stamp,
			PacketCount: uint32(o.packets), OctetCount: uint32(o.octets), Reports: hears,
		}
	}
	all := append([]rtcp.Packet{first, rtcp.NewCNAMESourceDescription(o.ssrc, name)}, more...)
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

// reports takes a datagram of RTCP. ours is our own SSRC.
func (r *receiver) reports(b []byte, from netip.AddrPort, ours uint32, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.arrivals.reports(b, from, ours, now)
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
