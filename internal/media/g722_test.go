package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
)

// signals are what codecs are compared by: speech-like, quiet, loud and absurd ones, two seconds each.
func signals() map[string][]int16 {
	const n = 2 * Rate
	rng := rand.New(rand.NewPCG(1, 2))
	all := map[string][]int16{
		"silence": make([]int16, n), "tone": sine(1000, 0.5, n), "quiet tone": sine(350, 0.0005, n), "high tone": sine(6300, 0.4, n),
	}
	noise, bursts, steps, sweep := make([]int16, n), make([]int16, n), make([]int16, n), make([]int16, n)
	for i := range n {
		noise[i] = int16(rng.NormFloat64() * 3000)
		if i/1600%3 == 0 {
			bursts[i] = int16(rng.IntN(65536) - 32768)
		}
		if i/400%2 == 0 {
			steps[i] = 20000
		} else {
			steps[i] = -20000
		}
		x := float64(i) / n
		sweep[i] = int16(20000 * math.Sin(2*math.Pi*4000*x*x))
	}
	all["noise"], all["bursts"], all["steps"], all["sweep"] = noise, bursts, steps, sweep
	return all
}

// sine is n samples of a tone; amplitude 1 is full scale.
func sine(hz, amplitude float64, n int) []int16 {
	pcm := make([]int16, n)
	for i := range pcm {
		pcm[i] = int16(math.Round(32767 * amplitude * math.Sin(2*math.Pi*hz*float64(i)/Rate)))
	}
	return pcm
}

func pcmBytes(pcm []int16) []byte {
	out := make([]byte, 0, 2*len(pcm))
	for _, s := range pcm {
		out = binary.LittleEndian.AppendUint16(out, uint16(s))
	}
	return out
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// ffmpeg runs the program of that name as a filter.
func ffmpeg(t *testing.T, in []byte, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("ffmpeg", append([]string{"-v", "error", "-nostdin"}, args...)...)
	cmd.Args[2] = "error"
	cmd.Stdin = bytes.NewReader(in)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("ffmpeg %v: %v\n%s", args, err, said.String())
	}
	return out.Bytes()
}

// needProgram skips the test without a program, or fails it where GOLYNC_PEERS=1 says that it must be there.
func needProgram(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("GOLYNC_PEERS") == "1" {
		t.Fatalf("no %s on this machine: make peers installs it", name)
	}
	t.Skipf("no %s on this machine: not compared with it", name)
}

func TestG722IsBitExactWithFFmpeg(t *testing.T) {
	needProgram(t, "ffmpeg")
	for name, pcm := range signals() {
		code := newG722Encoder().encode(nil, pcm)
		theirs := ffmpeg(t, pcmBytes(pcm), "-f", "s16le", "-ar", "16000", "-ac", "1", "-i", "pipe:0", "-c:a", "g722", "-f", "g722", "pipe:1")
		if at := firstDifference(code, theirs); at >= 0 {
			t.Errorf("%s: encoders differ first at octet %d of %d and %d", name, at, len(code), len(theirs))
		}
		back := pcmBytes(newG722Decoder().decode(nil, code))
		theirs = ffmpeg(t, code, "-f", "g722", "-i", "pipe:0", "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1")
		if at := firstDifference(back, theirs); at >= 0 {
			t.Errorf("%s: decoders differ first at octet %d of %d and %d", name, at, len(back), len(theirs))
		}
	}
}

// Codes that no encoder sends are decoded as by everyone else too: they come when a packet is damaged.
func TestG722DecodesAnyOctetsAsFFmpegDoes(t *testing.T) {
	needProgram(t, "ffmpeg")
	code := make([]byte, 16000)
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range code {
		code[i] = byte(rng.Uint32())
	}
	back := pcmBytes(newG722Decoder().decode(nil, code))
	theirs := ffmpeg(t, code, "-f", "g722", "-i", "pipe:0", "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1")
	if at := firstDifference(back, theirs); at >= 0 {
		t.Errorf("decoders differ first at octet %d of %d and %d", at, len(back), len(theirs))
	}
}

// firstDifference is where two texts part, -1 when they are equal.
func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}
