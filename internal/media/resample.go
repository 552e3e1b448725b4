package media

import "math"

// resampler changes the rate of sound by a ratio of whole numbers: a sinc cut by a Kaiser window, applied in phases,
// so that no sample is computed which is thrown away. It keeps what it needs of the end of one piece for the next.
type resampler struct {
	up, down int
	phases   [][]float32 // the filter, by which of the up positions the output stands at
	history  []float32   // the latest input, oldest first
	at       int         // where the next output stands, in steps of 1/up after the newest input sample
}

// sidelobes is how many zero crossings of the sinc are used on each side of the slower rate: 16 keep what
// folds back 70 dB down, with a delay of 1 ms at 16 kHz.
const sidelobes = 16

// newResampler makes one from one rate to another, both in Hz.
func newResampler(from, to int) *resampler {
	common := gcd(from, to)
	r := &resampler{up: to / common, down: from / common}
	slow := max(r.up, r.down) // the cutoff, as a part of the rate in between
	half := sidelobes * slow
	taps := 2*half/r.up + 1
	r.history = make([]float32, taps)
	r.phases = make([][]float32, r.up)
	for phase := range r.phases {
		r.phases[phase] = make([]float32, taps)
		var sum float64
		for i := range taps {
			// The newest sample is the last tap; each older one stands up steps further back.
			x := float64(phase+(taps-1-i)*r.up-half) / float64(slow)
			v := sinc(0.94*x) * kaiser(x/sidelobes)
			r.phases[phase][i] = float32(v)
			sum += v
		}
		for i := range r.phases[phase] {
			r.phases[phase][i] /= float32(sum) // level is kept exactly
		}
	}
	return r
}

// resample appends src at the other rate.
func (r *resampler) resample(dst, src []int16) []int16 {
	for _, s := range src {
		copy(r.history, r.history[1:])
		r.history[len(r.history)-1] = float32(s)
		for ; r.at < r.up; r.at += r.down {
			dst = append(dst, r.sample(r.phases[r.at]))
		}
		r.at -= r.up
	}
	return dst
}

func (r *resampler) sample(filter []float32) int16 {
	var sum float32
	for i, h := range r.history {
		sum += h * filter[i]
	}
	return int16(min(max(math.Round(float64(sum)), -32768), 32767))
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is the Kaiser window (beta 7) at x of -1..1, and 0 outside.
func kaiser(x float64) float64 {
	if x < -1 || x > 1 {
		return 0
	}
	return bessel(7*math.Sqrt(1-x*x)) / bessel(7)
}

// bessel is the modified Bessel function of the first kind, order 0, by its series.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > sum*1e-9; k++ {
		term *= x * x / (4 * k * k)
		sum += term
	}
	return sum
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
