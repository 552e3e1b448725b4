package media

// G.722 at 64 kbit/s (ITU-T G.722 mode 1), written from the Recommendation: a quadrature mirror filter cuts 16 kHz into
// two bands of 8 kHz; the lower has six bits a sample, the higher two; both are adaptive differences to a
// prediction. Samples of 16 bits are taken as the Recommendation's 14 with two more bits of fraction.

type g722Encoder struct {
	low, high g722Band
	window    [24]int // what the filter sees, oldest first
}

func newG722Encoder() *g722Encoder {
	return &g722Encoder{low: newG722Low(), high: newG722High()}
}

func (e *g722Encoder) encode(dst []byte, pcm []int16) []byte {
	for i := 0; i+1 < len(pcm); i += 2 {
		low, high := e.split(int(pcm[i]), int(pcm[i+1]))
		dst = append(dst, e.encodeHigh(high)<<6|e.encodeLow(low))
	}
	return dst
}

// split is the transmit filter: of two samples, one of each band.
func (e *g722Encoder) split(first, second int) (low, high int) {
	copy(e.window[:], e.window[2:])
	e.window[22], e.window[23] = first, second
	even, odd := 0, 0
	for i := 0; i < 24; i += 2 {
		even += e.window[i] * g722QMF[i]
		odd += e.window[i+1] * g722QMF[i+1]
	}
	return limit15((even + odd) >> 14), limit15((odd - even) >> 14)
}

func (e *g722Encoder) encodeLow(x int) byte {
	diff := saturate(x - e.low.predict)
	size, codes := diff, &g722ILP
	if diff < 0 {
		size, codes = ^diff, &g722ILN
	}
	i := 1
	for i < len(g722Q6) && size >= g722Q6[i]*e.low.scale>>12 {
		i++
	}
	code := codes[i]
	e.low.adaptLow(code)
	return code
}

func (e *g722Encoder) encodeHigh(x int) byte {
	diff := saturate(x - e.high.predict)
	size, code := diff, byte(3)
	if diff < 0 {
		size, code = ^diff, 1
	}
	if size >= 564*e.high.scale>>12 { // Q2, the one decision level of this band
		code--
	}
	e.high.adaptHigh(code)
	return code
}

// adaptLow moves the lower band on by a code. The predictor sees four of its six bits.
func (b *g722Band) adaptLow(code byte) {
	diff := g722QQ4[code>>2] * b.scale >> 15
	b.rescale(g722WL[code>>2])
	b.adapt(diff)
}

// adaptHigh moves the higher band on, and returns what the code stands for.
func (b *g722Band) adaptHigh(code byte) (diff int) {
	diff = g722QQ2[code] * b.scale >> 15
	b.rescale(g722WH[code])
	b.adapt(diff)
	return diff
}

type g722Decoder struct {
	low, high g722Band
	window    [24]int // sums and differences of the bands, oldest first
}

func newG722Decoder() *g722Decoder {
	return &g722Decoder{low: newG722Low(), high: newG722High()}
}

func (d *g722Decoder) decode(dst []int16, payload []byte) []int16 {
	for _, b := range payload {
		code := b & 63
		low := limit15(d.low.predict + g722QQ6[code]*d.low.scale>>15)
		d.low.adaptLow(code)

		high := d.high.predict
		high = limit15(high + d.high.adaptHigh(b>>6))
		first, second := d.join(low, high)
		dst = append(dst, first, second)
	}
	return dst
}

// join is the receive filter: of one sample of each band, two.
func (d *g722Decoder) join(low, high int) (first, second int16) {
	copy(d.window[:], d.window[2:])
	d.window[22], d.window[23] = low+high, low-high
	even, odd := 0, 0
	for i := 0; i < 24; i += 2 {
		even += d.window[i] * g722QMF[i]
		odd += d.window[i+1] * g722QMF[i+1]
	}
	return int16(saturate(odd >> 11)), int16(saturate(even >> 11))
}

// limit15 is LIMIT for samples with the two bits more: 15 bits are what a band has.
func limit15(v int) int { return min(max(v, -16384), 16383) }
