package media

import "math/bits"

// g711Encoder is ITU-T G.711 at 8 kHz: an octet holds a sign, a segment (the exponent) and four bits within it.
type g711Encoder struct {
	compress func(int16) byte
	half     *resampler
	narrow   []int16 // kept to be used again
}

func (e *g711Encoder) encode(dst []byte, pcm []int16) []byte {
	e.narrow = e.half.resample(e.narrow[:0], pcm)
	for _, s := range e.narrow {
		dst = append(dst, e.compress(s))
	}
	return dst
}

type g711Decoder struct {
	expand [256]int16
	double *resampler
	narrow []int16 // kept to be used again
}

func newG711Decoder(expand func(byte) int16) *g711Decoder {
	d := &g711Decoder{double: newResampler(clockRate, Rate)}
	for i := range d.expand {
		d.expand[i] = expand(byte(i))
	}
	return d
}

func (d *g711Decoder) decode(dst []int16, payload []byte) []int16 {
	d.narrow = d.narrow[:0]
	for _, b := range payload {
		d.narrow = append(d.narrow, d.expand[b])
	}
	return d.double.resample(dst, d.narrow)
}

// alaw compresses a sample by the A-law (G.711 table 1). It has 13 bits: the lower three are dropped. Even
// bits are inverted on the wire.
func alaw(s int16) byte {
	sign, m := byte(0x80), int(s)
	if s < 0 {
		sign, m = 0, ^m
	}
	m >>= 3
	code := byte(m >> 1) // the first two segments have steps of the same size
	if m >= 32 {
		segment := bits.Len(uint(m)) - 5
		code = byte(segment<<4 | m>>segment&15)
	}
	return (sign | code) ^ 0x55
}

func unalaw(b byte) int16 {
	b ^= 0x55
	segment, step := int(b>>4&7), int(b&15)
	m := step*2 + 1 // the middle of the step
	if segment > 0 {
		m = (step*2 + 33) << (segment - 1)
	}
	if b&0x80 == 0 {
		m = -m
	}
	return int16(m << 3)
}

// mulaw compresses a sample by the µ-law (G.711 table 2). It has 14 bits; a bias of 33 makes every segment begin at a
// power of two. All bits are inverted on the wire.
func mulaw(s int16) byte {
	sign, m := byte(0), int(s)
	if s < 0 {
		sign, m = 0x80, ^m
	}
	m = min(m>>2+33, 1<<13-1)
	segment := bits.Len(uint(m)) - 6
	return ^(sign | byte(segment<<4) | byte(m>>(segment+1)&15))
}

func unmulaw(b byte) int16 {
	b = ^b
	segment, step := int(b>>4&7), int(b&15)
	m := (step*2+33)<<segment - 33
	if b&0x80 != 0 {
		m = -m
	}
	return int16(m << 2)
}
