package media

import (
	"math"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/rtp"
)

// peer is the other side made by hand: a socket and the numbers of its packets.
type peer struct {
	*memorySocket
	ssrc  uint32
	seq   uint16
	stamp uint32
	to    netip.AddrPort
	tone  *tune
	enc   encoder
}

func newPeer(n *network, at string) *peer {
	enc, _ := newEncoder("PCMU")
	return &peer{
		memorySocket: n.socket(at), ssrc: 77, seq: 65500, stamp: math.MaxUint32 - 8000, // both soon go round
		to: netip.MustParseAddrPort(alice), tone: Tone(600, 0.2).(*tune), enc: enc,
	}
}

// next is the next packet of its tone.
func (p *peer) next() *rtp.Packet {
	frame := make([]int16, Frame)
	tireless{p.tone}.Read(frame) //nolint:errcheck // it never ends
	packet := &rtp.Packet{
		Header:  rtp.Header{Version: 2, SSRC: p.ssrc, SequenceNumber: p.seq, Timestamp: p.stamp},
		Payload: p.enc.encode(nil, frame),
	}
	p.seq++
	p.stamp += frameTicks
	return packet
}

func (p *peer) send(t *testing.T, packet *rtp.Packet) {
	t.Helper()
	b, err := packet.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	p.WriteTo(b, p.to) //nolint:errcheck // in memory
}

// speak sends its tone for so long.
func (p *peer) speak(t *testing.T, d time.Duration) {
	t.Helper()
	for range d / FrameTime {
		p.send(t, p.next())
		time.Sleep(FrameTime)
	}
}

// withPeer is alice in a call with a peer made by hand.
func withPeer(t *testing.T, test func(t *testing.T, n *network, a *Stream, p *peer, heard *tape)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(1)
		a := n.stream(t, alice)
		heard := &tape{}
		a.Use(nil, heard)
		params := agreed(bob, "PCMU")
		change(t, a, params)
		time.Sleep(7 * time.Millisecond) // what comes at the very moment of a frame could count as before or after it
		test(t, n, a, newPeer(n, bob), heard)
	})
}

func TestNumbersThatGoRoundAreOrdinary(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, heard *tape) {
		p.speak(t, 5*time.Second)
		wantTone(t, heard.last(4*time.Second), 600, 0.2)
		if r := a.Report(); r.Lost != 0 || r.Bridged != 0 || r.Received != 250 {
			t.Errorf("%+v", r)
		}
	})
}

func TestANewSourceIsFollowed(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, heard *tape) {
		p.speak(t, 2*time.Second)
		p.ssrc, p.seq, p.stamp = 99, 1, 5
		p.speak(t, 3*time.Second)
		wantTone(t, heard.last(2*time.Second), 600, 0.2)
		if r := a.Report(); r.Lost > 1 || r.Received < 248 {
			t.Errorf("%+v", r)
		}
	})
}

func TestAJumpOfTheNumbersIsFollowed(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, heard *tape) {
		p.speak(t, 2*time.Second)
		p.seq += 20000
		p.stamp -= 80000
		p.speak(t, 3*time.Second)
		wantTone(t, heard.last(2*time.Second), 600, 0.2)
		if lost := a.Report().Lost; lost > 3 {
			t.Errorf("a jump counts as %d lost packets", lost)
		}
	})
}

func TestOnePacketFromNowhereChangesNothing(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, heard *tape) {
		p.speak(t, time.Second)
		for range 100 {
			odd := p.next()
			odd.SSRC, odd.SequenceNumber = odd.SSRC+uint32(odd.SequenceNumber)+1, 3*odd.SequenceNumber
			p.seq--
			p.stamp -= frameTicks
			p.tone.done -= Frame
			p.send(t, odd)
			p.enc, _ = newEncoder("PCMU")
			p.speak(t, FrameTime)
		}
		if r := a.Report(); r.Lost != 0 || r.Received != 150 {
			t.Errorf("%+v", r)
		}
	})
}

func TestStrangersAreNotHeard(t *testing.T) {
	withPeer(t, func(t *testing.T, n *network, a *Stream, p *peer, heard *tape) {
		host, port := newPeer(n, "192.0.2.66:5000"), newPeer(n, "192.0.2.2:6666")
		host.tone, port.tone = Tone(2000, 0.9).(*tune), Tone(2000, 0.9).(*tune)
		for range 150 {
			p.speak(t, FrameTime)
			host.send(t, host.next())
			port.send(t, port.next())
		}
		synctest.Wait()
		wantTone(t, heard.last(2*time.Second), 600, 0.2)
		if r := a.Report(); r.Dropped != 300 || r.Remote != netip.MustParseAddrPort(bob) {
			t.Errorf("%+v", r)
		}
	})
}

func TestSoundGoesWhereTheOtherSideSendsFrom(t *testing.T) {
	withPeer(t, func(t *testing.T, n *network, a *Stream, _ *peer, heard *tape) {
		behindNAT := newPeer(n, "192.0.2.2:61001")
		behindNAT.speak(t, 2*time.Second)
		wantTone(t, heard.last(time.Second), 600, 0.2)
		if got := a.Report().Remote; got != behindNAT.at {
			t.Errorf("sound goes to %v", got)
		}
		later := newPeer(n, "192.0.2.2:61002")
		later.ssrc = 5
		later.speak(t, time.Second)
		if got := a.Report().Remote; got != behindNAT.at {
			t.Errorf("the port was learned twice: %v", got)
		}
		elsewhere := agreed("192.0.2.3:7000", "PCMU")
		change(t, a, elsewhere)
		if got := a.Report().Remote; got != elsewhere.Remote {
			t.Errorf("after another agreement sound goes to %v", got)
		}
	})
}

func TestAbsurdPacketsAreCountedAndDropped(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, heard *tape) {
		p.speak(t, time.Second)
		before := a.Report()
		absurd := []*rtp.Packet{p.next(), p.next(), p.next(), p.next()}
		absurd[0].Payload = nil
		absurd[1].Payload = make([]byte, mostPayload+1)
		absurd[2].PayloadType = 55
		absurd[3].Version = 1
		for _, packet := range absurd {
			p.send(t, packet)
		}
		for _, b := range []string{"", "x", strings.Repeat("\x80", 11), strings.Repeat("\xbf", 3000), "\x8f\x00\x00\x01"} {
			p.WriteTo([]byte(b), p.to) //nolint:errcheck // in memory
		}
		synctest.Wait()
		if r := a.Report(); r.Dropped-before.Dropped != 9 || r.Received != before.Received+1 {
			t.Errorf("before %+v\nafter %+v", before, r)
		}
		p.speak(t, time.Second)
		wantTone(t, heard.last(time.Second/2), 600, 0.2)
	})
}

// Comfort noise in the gaps (RFC 3389), which was not agreed on, is neither heard nor missed.
func TestPacketsNobodyAskedForAreNoLoss(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, _ *tape) {
		for range 5 {
			p.speak(t, time.Second)
			noise := p.next()
			noise.PayloadType, noise.Payload = 13, []byte{70}
			p.send(t, noise)
			time.Sleep(10 * FrameTime)
			p.stamp += 9 * frameTicks
		}
		p.speak(t, time.Second)
		if r := a.Report(); r.Lost != 0 || r.Bridged != 0 || r.Dropped != 5 {
			t.Errorf("%+v", r)
		}
	})
}

func TestHugeAndTinyPacketsOfSoundArePlayed(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, heard *tape) {
		for range 25 { // 200 ms each
			big := p.next()
			for range 9 {
				big.Payload = append(big.Payload, p.next().Payload...)
				p.seq--
			}
			p.send(t, big)
			time.Sleep(10 * FrameTime)
		}
		wantTone(t, heard.last(3*time.Second), 600, 0.2)
		for range 250 { // 10 ms each
			first := p.next()
			second := *first
			first.Payload, second.Payload = first.Payload[:frameTicks/2], first.Payload[frameTicks/2:]
			second.Timestamp += frameTicks / 2
			second.SequenceNumber = p.seq
			p.seq++
			p.send(t, first)
			time.Sleep(FrameTime / 2)
			p.send(t, &second)
			time.Sleep(FrameTime / 2)
		}
		wantTone(t, heard.last(3*time.Second), 600, 0.2)
	})
}

func TestAPauseOfTheSenderIsNoLoss(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, a *Stream, p *peer, _ *tape) {
		for range 10 {
			p.speak(t, time.Second)
			time.Sleep(700 * time.Millisecond)
			p.stamp += 35 * frameTicks
		}
		if r := a.Report(); r.Bridged != 0 || r.Quality != Good {
			t.Errorf("%+v", r)
		}
	})
}

func TestPacketsAfterTheEndAreNothing(t *testing.T) {
	withPeer(t, func(t *testing.T, n *network, a *Stream, p *peer, _ *tape) {
		p.speak(t, time.Second)
		a.Close()
		sent := n.sent
		p.speak(t, time.Second)
		if n.sent != sent+50 {
			t.Errorf("%d datagrams were sent after the end", n.sent-sent-50)
		}
		if err := a.Change(agreed(bob, "PCMU")); err != ErrClosed {
			t.Errorf("a change after the end: %v", err)
		}
		a.Close()
	})
}

// What is sent can be read by anyone who reads RFC 3550: the numbers go on by one, time by 160, the first is marked.
func TestWhatIsSentIsInOrder(t *testing.T) {
	withPeer(t, func(t *testing.T, _ *network, _ *Stream, p *peer, _ *tape) {
		time.Sleep(2 * time.Second)
		var last *rtp.Packet
		for range len(p.queue) {
			packet := &rtp.Packet{}
			if err := packet.Unmarshal((<-p.queue).b); err != nil {
				t.Fatal(err)
			}
			if packet.PayloadType != 0 || len(packet.Payload) != frameTicks || packet.Marker != (last == nil) {
				t.Fatalf("%v", packet)
			}
			if last != nil && (packet.SequenceNumber != last.SequenceNumber+1 || packet.Timestamp != last.Timestamp+frameTicks || packet.SSRC != last.SSRC) {
				t.Fatalf("%v\nafter %v", packet, last)
			}
			last = packet
		}
		if last == nil {
			t.Fatal("nothing was sent")
		}
	})
}
