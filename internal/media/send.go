package media

import (
	"math/rand/v2"
	"sync"

	"github.com/pion/rtp"
)

// sender makes packets of frames. It is used by the goroutine that sends, and whoever changes or asks.
type sender struct {
	mu sync.Mutex
	departures
	codec   Codec
	encoder encoder
	events  uint8
	sending bool
	muted   bool
	dialer  dialer
	level   meter
	spurt   bool   // sound is flowing: the first packet after a pause is marked
	payload []byte // kept to be used again
}

// departures is what leaves as one stream of RTP, whatever it carries. Its owner locks.
type departures struct {
	ssrc    uint32
	seq     uint16
	stamp   uint32
	keys    *keys
	packets uint64
	octets  uint64
}

// newDepartures begins at numbers that nobody can guess (RFC 3550 section 5.1). They go on for the whole call.
func newDepartures() departures {
	return departures{ssrc: rand.Uint32(), seq: uint16(rand.Uint32()), stamp: rand.Uint32()}
}

func newSender() sender { return sender{departures: newDepartures()} }

// change takes what was agreed on, which Params.check has found to be possible.
func (o *sender) change(p Params) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if p.Sending && (o.encoder == nil || p.Send.Name != o.codec.Name) {
		o.encoder, _ = newEncoder(p.Send.Name)
	}
	if p.Sending {
		o.codec = p.Send
	}
	o.keys, _ = o.keys.with(p.Suite, p.SendKey)
	o.events, o.sending = p.Events, p.Sending
	if !p.Sending {
		o.spurt = false
		o.dialer = dialer{}
	}
}

// press sends a digit as soon as those before it are through.
func (o *sender) press(digit rune) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.sending || o.events == 0 {
		return ErrDigit
	}
	return o.dialer.press(digit)
}

func (o *sender) mute(on bool) {
	o.mu.Lock()
	o.muted = on
	o.mu.Unlock()
}

// packet makes the packet of a frame, which it may change; nil when nothing is to be sent. Time goes on either way.
func (o *sender) packet(frame []int16) []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.muted || !o.sending {
		clear(frame)
	}
	o.level.hear(frame)
	now := o.stamp
	o.stamp += frameTicks
	if !o.sending {
		return nil
	}
	p := rtp.Packet{Header: rtp.Header{Version: 2, SSRC: o.ssrc, SequenceNumber: o.seq, Timestamp: now}}
	if digit, began, first := o.dialer.next(now); digit != nil {
		p.PayloadType, p.Timestamp, p.Marker, p.Payload = o.events, began, first, digit
		o.spurt = false
	} else {
		o.payload = o.encoder.encode(o.payload[:0], frame)
		p.PayloadType, p.Marker, p.Payload = o.codec.Type, !o.spurt, o.payload
		o.spurt = true
	}
	return o.seal(p)
}

// seal encrypts a packet and counts it.
func (o *departures) seal(p rtp.Packet) []byte {
	b, err := p.Marshal()
	if err == nil && o.keys != nil {
		b, err = o.keys.context.EncryptRTP(nil, b, nil)
	}
	if err != nil {
		return nil // a key that has been used up: nothing may go out in the clear instead
	}
	o.seq++
	o.packets++
	o.octets += uint64(len(p.Payload))
	return b
}
