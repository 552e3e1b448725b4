package media

// g722Band is the adaptive predictor and the adaptive scale factor of one sub-band (ITU-T G.722 section 6.2.1, blocks
// 3 and 4). Encoder and decoder run the same one on the same codes, and so stay in step.
type g722Band struct {
	log     int    // NB, the logarithm of the scale factor
	scale   int    // DET, the scale factor
	logMax  int    // where NB is limited
	scaleBy int    // SCALE's shift: 8 in the lower band, 10 in the higher
	poles   [2]int // A
	zeros   [6]int // B
	rebuilt [2]int // RLT, reconstructed signals, latest first
	partial [2]int // PLT, reconstructed without the poles
	diffs   [6]int // DLT, quantized differences
	zeroSum int    // SZ, what the zeros predict
	predict int    // S, the prediction
}

func newG722Low() g722Band  { return g722Band{scale: 32, logMax: 18432, scaleBy: 8} }
func newG722High() g722Band { return g722Band{scale: 8, logMax: 22528, scaleBy: 10} }

// rescale adapts the scale factor by the step of the code just used (blocks LOGSC and SCALE).
func (b *g722Band) rescale(step int) {
	b.log = min(max(b.log*127>>7+step, 0), b.logMax)
	fraction, shift := g722ILB[b.log>>6&31], b.scaleBy-b.log>>11
	if shift < 0 {
		b.scale = fraction << -shift << 2
	} else {
		b.scale = fraction >> shift << 2
	}
}

// adapt takes the quantized difference of this sample and predicts the next (block 4).
func (b *g722Band) adapt(diff int) {
	rebuilt := saturate(b.predict + diff) // RECONS
	partial := saturate(diff + b.zeroSum) // PARREC
	a1, a2 := b.newPoles(partial)         // UPPOL2, UPPOL1
	b.newZeros(diff)                      // UPZERO
	copy(b.diffs[1:], b.diffs[:5])        // DELAYA
	b.diffs[0] = diff                     //
	b.rebuilt[1], b.rebuilt[0] = b.rebuilt[0], rebuilt
	b.partial[1], b.partial[0] = b.partial[0], partial
	b.poles[0], b.poles[1] = a1, a2

	poleSum := saturate(a1*saturate(2*b.rebuilt[0])>>15 + a2*saturate(2*b.rebuilt[1])>>15) // FILTEP
	b.zeroSum = 0                                                                          // FILTEZ
	for i, c := range b.zeros {
		b.zeroSum += c * saturate(2*b.diffs[i]) >> 15
	}
	b.zeroSum = saturate(b.zeroSum)
	b.predict = saturate(poleSum + b.zeroSum) // PREDIC
}

// newPoles adapts the two poles and keeps them stable.
func (b *g722Band) newPoles(partial int) (a1, a2 int) {
	same0, same1 := partial>>15 == b.partial[0]>>15, partial>>15 == b.partial[1]>>15
	w := saturate(4 * b.poles[0])
	if same0 {
		w = saturate(-w)
	}
	w >>= 7
	if same1 {
		w += 128
	} else {
		w -= 128
	}
	a2 = min(max(w+b.poles[1]*32512>>15, -12288), 12288)

	step := -192
	if same0 {
		step = 192
	}
	limit := 15360 - a2
	a1 = min(max(step+b.poles[0]*32640>>15, -limit), limit)
	return a1, a2
}

// newZeros adapts the six zeros: towards where difference and earlier difference have the same sign.
func (b *g722Band) newZeros(diff int) {
	step := 128
	if diff == 0 {
		step = 0
	}
	for i := range b.zeros {
		s := -step
		if diff>>15 == b.diffs[i]>>15 {
			s = step
		}
		b.zeros[i] = saturate(s + b.zeros[i]*32640>>15)
	}
}

// saturate is the arithmetic of G.722: 16 bits that stop at their ends.
func saturate(v int) int { return min(max(v, -32768), 32767) }
