package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"net/netip"
	"testing"
	"time"

	"github.com/pion/rtp"
)

// fuzzed is a receiver in a call, in the clear or not.
func fuzzed(encrypted bool) *receiver {
	p := agreed(bob, "PCMU")
	if encrypted {
		p = secret(bob, "AES_CM_128_HMAC_SHA1_80", 1, 2)
	}
	r := &receiver{}
	r.change(p, time.Unix(1000, 0))
	return r
}

// FuzzNetwork gives a receiver any packets, several in a row: two octets of length before each, whose highest bit makes it
// RTCP. Whatever comes, what is kept is bounded, and sound goes on.
func FuzzNetwork(f *testing.F) {
	good, err := (&rtp.Packet{Header: rtp.Header{Version: 2, SequenceNumber: 1}, Payload: make([]byte, 160)}).Marshal()
	if err != nil {
		f.Fatal(err)
	}
	sound := append(binary.BigEndian.AppendUint16(nil, uint16(len(good))), good...)
	f.Add(bytes.Repeat(sound, 3))
	o := newSender()
	o.packets = 1
	rtcp := report(fuzzed(false), &o, "name", true, time.Unix(1000, 0))
	f.Add(append(binary.BigEndian.AppendUint16(nil, uint16(len(rtcp))|0x8000), rtcp...))
	from := netip.MustParseAddrPort(bob)
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, encrypted := range []bool{false, true} {
			r, rest, now := fuzzed(encrypted), in, time.Unix(1000, 0)
			frame := make([]int16, Frame)
			for len(rest) >= 2 {
				size := binary.BigEndian.Uint16(rest)
				n := min(int(size&0x7fff), len(rest)-2)
				if b := rest[2 : 2+n]; size&0x8000 == 0 {
					r.packet(b, from, now)
				} else {
					r.reports(b, from, 7, now)
				}
				rest = rest[2+n:]
				now = now.Add(10 * time.Millisecond)
				r.frame(frame, now)
				if held := len(r.playout.jitter.parcels); held > int(mostTicks)+1 {
					t.Fatalf("%d packets are held", held)
				}
				if held := len(r.playout.ready); held > 2*mostPayload*perTick {
					t.Fatalf("%d samples are held", held)
				}
			}
			var report Report
			r.report(&report)
			if report.RoundTrip < 0 || report.Jitter < 0 || report.Delay < 0 || report.TheirLoss > 1 {
				t.Fatalf("%+v", report)
			}
		}
	})
}

func FuzzWAV(f *testing.F) {
	f.Add(wavHeaderOf(0))
	f.Add(append(wavHeaderOf(8), 1, 2, 3, 4, 5, 6, 7, 8))
	f.Fuzz(func(t *testing.T, in []byte) {
		rate, channels, length, err := wavHeader(bufio.NewReader(bytes.NewReader(in)))
		if err == nil && (rate < 8000 || channels < 1 || channels > 2 || length <= 0) {
			t.Fatalf("%d Hz, %d channels, %d octets", rate, channels, length)
		}
	})
}
