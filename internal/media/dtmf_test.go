package media

import (
	"encoding/binary"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/rtp"
)

func TestDigitsAreHeardOnceEachAndInOrder(t *testing.T) {
	for name, f := range map[string]faults{
		"a good network": {},
		"a bad network":  {loss: 0.2, twice: 0.2, delay: 30 * time.Millisecond, jitter: 30 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := newNetwork(3)
				n.set(f)
				a, b, _, heard := talk(t, n, "G722")
				time.Sleep(time.Second)
				for _, d := range digits {
					if err := a.Digit(d); err != nil {
						t.Fatal(err)
					}
				}
				if err := a.Digit('b'); err != nil {
					t.Errorf("a small letter: %v", err)
				}
				time.Sleep(5 * time.Second)
				if r := b.Report(); r.Digits != digits+"B" || r.DigitCount != len(digits)+1 {
					t.Errorf("heard %q, %d", r.Digits, r.DigitCount)
				}
				if f == (faults{}) {
					wantTone(t, heard.last(time.Second), 1000, 0.25)
					if r := b.Report(); r.Bridged != 0 {
						t.Errorf("digits are no loss: %+v", r)
					}
				}
			})
		})
	}
}

// RFC 4733 section 2.5: the timestamp is the beginning's in all packets, the duration grows by a packet, the first
// is marked, the end is said three times.
func TestADigitOnTheWireIsAsTheStandardSays(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, _ *tape) {
		time.Sleep(time.Second)
		if err := a.Digit('#'); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		var events []*rtp.Packet
		var seq []uint16
		for range len(p.queue) {
			packet := &rtp.Packet{}
			if err := packet.Unmarshal((<-p.queue).b); err != nil {
				t.Fatal(err)
			}
			seq = append(seq, packet.SequenceNumber)
			if packet.PayloadType == 101 {
				events = append(events, packet)
			}
		}
		if len(events) != 7 {
			t.Fatalf("%d packets of a digit", len(events))
		}
		for i, e := range events {
			duration, end := binary.BigEndian.Uint16(e.Payload[2:]), e.Payload[1]&0x80 != 0
			if e.Payload[0] != 11 || e.Timestamp != events[0].Timestamp || e.Marker != (i == 0) || int(duration) != 160*min(i+1, 5) || end != (i >= 4) {
				t.Errorf("packet %d: %v %x", i, e, e.Payload)
			}
		}
		for i := range seq[1:] {
			if seq[i+1] != seq[i]+1 {
				t.Fatalf("after packet %d comes %d", seq[i], seq[i+1])
			}
		}
	})
}

func TestDigitsThatCannotBeSentSaySo(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, _ *peer, _ *tape) {
		for _, d := range "xE +é" {
			if err := a.Digit(d); !errors.Is(err, ErrDigit) {
				t.Errorf("%q: %v", d, err)
			}
		}
		var err error
		for range mostDigits + 1 {
			err = a.Digit('1')
		}
		if !errors.Is(err, ErrDigit) {
			t.Errorf("too many: %v", err)
		}
		p := agreed(bob, "PCMU")
		p.Events = 0
		change(t, a, p)
		if err := a.Digit('1'); !errors.Is(err, ErrDigit) {
			t.Errorf("to somebody who takes none: %v", err)
		}
	})
}

func TestEventsThatAreNoDigitsAreLeftAlone(t *testing.T) {
	var k keypad
	k.hear(1, event(16, 1, false)) // flash
	k.hear(2, []byte{1, 2, 3})
	k.hear(3, nil)
	if k.count != 0 {
		t.Errorf("heard %q", k.heard)
	}
	for i := range 3 * mostDigits {
		k.hear(uint32(1000*i), event(byte(i%16), 1, false))
	}
	if len(k.heard) != mostDigits || k.count != 3*mostDigits {
		t.Errorf("%d remembered of %d", len(k.heard), k.count)
	}
}
