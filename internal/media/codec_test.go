package media

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// A tone comes out of each codec as it went in, as far as its band goes. What is outside must not come back as another.
func TestCodecsKeepATone(t *testing.T) {
	for _, c := range Codecs() {
		highest := 3400.0
		if c.Name == "G722" {
			highest = 7000
		}
		for _, hz := range []float64{100, 300, 1000, 2500, 3300, 5000, 6900} {
			enc, _ := newEncoder(c.Name)
			dec, _ := newDecoder(c.Name)
			in := sine(hz, 0.3, 2*Rate)
			var out []int16
			for len(in) > 0 {
				out = dec.decode(out, enc.encode(nil, in[:Frame]))
				in = in[Frame:]
			}
			out = out[Rate:]
			level := goertzel(out, hz)
			switch {
			case hz <= highest && math.Abs(level-0.3) > 0.03:
				t.Errorf("%s: %.0f Hz comes out at %.3f", c.Name, hz, level)
			case hz <= highest && restOf(out, hz) > 0.01:
				t.Errorf("%s: beside %.0f Hz there is %.4f", c.Name, hz, restOf(out, hz))
			case hz > highest && float64(LevelOf(out)) > 0.003:
				t.Errorf("%s: %.0f Hz comes out as something at %.4f", c.Name, hz, LevelOf(out))
			}
		}
	}
}

func TestCodecsTakeAnything(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, c := range Codecs() {
		enc, _ := newEncoder(c.Name)
		dec, _ := newDecoder(c.Name)
		for range 2000 {
			pcm := make([]int16, 2*rng.IntN(400))
			for i := range pcm {
				pcm[i] = int16(rng.Uint32())
			}
			code := enc.encode(nil, pcm)
			if len(code) != len(pcm)/perTick {
				t.Fatalf("%s: %d samples became %d octets", c.Name, len(pcm), len(code))
			}
			for i := range code {
				code[i] = byte(rng.Uint32())
			}
			if got := dec.decode(nil, code); len(got) != len(pcm) {
				t.Fatalf("%s: %d octets became %d samples", c.Name, len(code), len(got))
			}
		}
	}
	if _, err := newEncoder("opus"); !errors.Is(err, ErrCodec) {
		t.Errorf("an unknown codec: %v", err)
	}
	if _, err := newDecoder("opus"); !errors.Is(err, ErrCodec) {
		t.Errorf("an unknown codec: %v", err)
	}
}

// The digests are those of a codec that has been compared with ffmpeg: they hold it where ffmpeg is not there.
func TestG722StaysAsItIs(t *testing.T) {
	for name, want := range map[string][2]string{
		"silence":    {"fd22c79f66c5dedb", "6c8fb4db5c596c09"},
		"tone":       {"cdb01d7dde7d6920", "079cbbea2027873c"},
		"quiet tone": {"e51b96b07ca58fe6", "39580dc395407468"},
		"high tone":  {"7b915265e6856386", "af201facbc6840d9"},
		"noise":      {"54859a0378d3d2f3", "c33af7ba7a094563"},
		"bursts":     {"7f22f08c6bec35df", "ec294e21a3ba358b"},
		"steps":      {"9c483d1d1c0064d8", "d3187746bd58ccf1"},
		"sweep":      {"8e0da4330e57005b", "d71494cd1fb4e2b4"},
	} {
		pcm := signals()[name]
		code := newG722Encoder().encode(nil, pcm)
		back := pcmBytes(newG722Decoder().decode(nil, code))
		if got := [2]string{digest(code), digest(back)}; got != want {
			t.Errorf("%q: {%q, %q},", name, got[0], got[1])
		}
	}
}

// Overload is limited as the Recommendation says (LIMIT in the transmit filter), which ffmpeg 5 does not do.
func TestG722LimitsWhatOverloadsIt(t *testing.T) {
	e := newG722Encoder()
	for i := range 100 {
		s := 32767
		if i%3 == 0 {
			s = -32768
		}
		if low, high := e.split(s, -s); low > 16383 || low < -16384 || high > 16383 || high < -16384 {
			t.Fatalf("the bands have %d and %d", low, high)
		}
	}
}

func TestResamplingKeepsTheLevelAndNothingElse(t *testing.T) {
	for _, from := range []int{8000, 32000, 44100, 48000} {
		for _, hz := range []float64{200, 1000, 3000} {
			src := make([]int16, from)
			for i := range src {
				src[i] = int16(10000 * math.Sin(2*math.Pi*hz*float64(i)/float64(from)))
			}
			r := newResampler(from, Rate)
			var out []int16
			for len(src) > 0 {
				n := min(len(src), 7+len(src)%100) // the pieces do not matter
				out = r.resample(out, src[:n])
				src = src[n:]
			}
			if off := len(out) - Rate; off < -1 || off > 1 {
				t.Fatalf("a second at %d Hz became %d samples", from, len(out))
			}
			out = out[Rate/4:]
			if level := goertzel(out, hz); math.Abs(level-10000.0/32768) > 0.006 {
				t.Errorf("%d: %.0f Hz comes out at %.4f", from, hz, level)
			}
			if rest := restOf(out, hz); rest > 1e-4 {
				t.Errorf("%d: beside %.0f Hz there is %.6f", from, hz, rest)
			}
		}
	}
}

func TestWhatDoesNotFitTheSlowerRateIsGone(t *testing.T) {
	r := newResampler(Rate, clockRate)
	out := r.resample(nil, sine(5000, 0.5, Rate))
	if level := LevelOf(out[500:]); level > 0.0005 {
		t.Errorf("5 kHz at 8 kHz is heard with %.5f", level)
	}
}

func TestLevelsAreWhatAnEarExpects(t *testing.T) {
	if l := LevelOf(sine(1000, 1, Rate)); math.Abs(l.DBFS()+3.01) > 0.02 {
		t.Errorf("a full tone is at %.2f dB", l.DBFS())
	}
	if l := LevelOf(nil); l.DBFS() != -96 || l.Meter() != 0 {
		t.Errorf("nothing is at %.2f dB, %.2f", l.DBFS(), l.Meter())
	}
	if m := Level(0.0316).Meter(); math.Abs(m-0.5) > 0.01 {
		t.Errorf("-30 dB shows as %.2f", m)
	}
	var m meter
	m.hear(sine(1000, 0.5, Frame))
	loud := m.level
	m.hear(make([]int16, Frame))
	if m.level >= loud || m.level < loud/2 {
		t.Errorf("the needle falls from %.3f to %.3f in a frame", loud, m.level)
	}
	for range 100 {
		m.hear(make([]int16, Frame))
	}
	if m.level != 0 {
		t.Errorf("after two seconds of silence the needle shows %f", m.level)
	}
}

func BenchmarkG722(b *testing.B) {
	e, d := newG722Encoder(), newG722Decoder()
	pcm := signals()["noise"][:Frame]
	var code []byte
	var back []int16
	for b.Loop() {
		code = e.encode(code[:0], pcm)
		back = d.decode(back[:0], code)
	}
	perFrame := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(100*float64(perFrame)/float64(FrameTime), "%core")
}
