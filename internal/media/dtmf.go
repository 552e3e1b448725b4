package media

import (
	"encoding/binary"
	"strings"
)

// digits in the order of their event codes (RFC 4733 section 3.2).
const digits = "0123456789*#ABCD"

const (
	digitFrames = 5  // a digit lasts 100 ms,
	endPackets  = 3  // its end is said so many times (RFC 4733 section 2.5.1.4),
	pauseFrames = 3  // and 60 ms pass before the next one
	digitVolume = 10 // -10 dBm0
	mostDigits  = 64 // that wait, or are remembered
)

// dialer sends digits, one packet in the place of each frame of sound.
type dialer struct {
	queue []byte // event codes
	frame int    // of the first of queue: how many packets of it have gone
	start uint32 // its timestamp
}

func (d *dialer) press(digit rune) error {
	code := strings.IndexRune(digits, digit)
	if digit >= 'a' && digit <= 'd' {
		code = int(digit-'a') + 12
	}
	if code < 0 || len(d.queue) >= mostDigits {
		return ErrDigit
	}
	d.queue = append(d.queue, byte(code))
	return nil
}

// next returns the payload that goes in place of the sound of a frame, its timestamp and whether it is the
// first of its digit (marked so on the wire); nil when the frame is free for sound.
func (d *dialer) next(now uint32) (payload []byte, stamp uint32, first bool) {
	if len(d.queue) == 0 {
		return nil, 0, false
	}
	d.frame++
	if d.frame >= digitFrames+endPackets { // the pause
		if d.frame == digitFrames+endPackets-1+pauseFrames {
			d.queue, d.frame = d.queue[1:], 0
		}
		return nil, 0, false
	}
	if d.frame == 1 {
		d.start = now
	}
	return event(d.queue[0], min(d.frame, digitFrames), d.frame >= digitFrames), d.start, d.frame == 1
}

// event is the payload of RFC 4733 section 2.3: code, end and volume, duration since the beginning.
func event(code byte, frames int, end bool) []byte {
	flags := byte(digitVolume)
	if end {
		flags |= 0x80
	}
	return binary.BigEndian.AppendUint16([]byte{code, flags}, uint16(frames*frameTicks))
}

// keypad hears digits. A digit counts once, at its first packet: all of its packets have one timestamp.
type keypad struct {
	any   bool
	stamp uint32
	heard string // the latest mostDigits
	count int
}

// hear takes a packet. Events that are no digits (flash, tones of fax) are left alone.
func (k *keypad) hear(stamp uint32, payload []byte) {
	if len(payload) < 4 || int(payload[0]) >= len(digits) {
		return
	}
	if k.any && int32(stamp-k.stamp) <= 0 && int32(stamp-k.stamp) > -farTicks {
		return // the same digit, or a late packet of an earlier one
	}
	k.any, k.stamp = true, stamp
	k.count++
	k.heard += digits[payload[0] : payload[0]+1]
	if len(k.heard) > mostDigits {
		k.heard = k.heard[len(k.heard)-mostDigits:]
	}
}
