package media

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// withFFmpeg are ways to talk to ffmpeg, whose RTP, SRTP and codecs nobody here wrote.
var withFFmpeg = []struct {
	codec, encoder string
	suite          string
}{
	{"PCMU", "pcm_mulaw", ""},
	{"PCMA", "pcm_alaw", "AES_CM_128_HMAC_SHA1_80"},
	{"G722", "g722", "AES_CM_128_HMAC_SHA1_32"},
	{"G722", "g722", ""},
}

// program starts a program that is killed at the end of the test.
func program(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	said := &tail{}
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		cmd.Wait()         //nolint:errcheck // it was killed
		if t.Failed() {
			t.Logf("%s said: %s", args[0], said)
		}
	})
}

func TestFFmpegIsHeard(t *testing.T) {
	needProgram(t, "ffmpeg")
	for _, c := range withFFmpeg {
		t.Run(c.codec+c.suite, func(t *testing.T) {
			s, err := Listen(netip.MustParseAddr("127.0.0.1"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			p := agreed("127.0.0.1:9", c.codec)
			rate, scheme := "8000", "rtp"
			if c.codec == "G722" {
				rate = "16000"
			}
			args := []string{
				"ffmpeg", "-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "sine=frequency=1000:sample_rate=" + rate,
				"-ac", "1", "-c:a", c.encoder, "-f", "rtp",
			}
			if c.suite != "" {
				scheme = "srtp"
				p.Suite, p.SendKey, p.ReceiveKey = c.suite, keyOf(1), keyOf(2)
				args = append(args, "-srtp_out_suite", c.suite, "-srtp_out_params", base64.StdEncoding.EncodeToString(keyOf(2)))
			}
			heard := &tape{}
			s.Use(nil, heard)
			change(t, s, p)
			program(t, append(args, fmt.Sprintf("%s://%v?pkt_size=172", scheme, s.Addr()))...)
			untilTone(t, heard, 1000, 0.125)
		})
	}
}

// untilTone waits until half a second of a tone has been heard.
func untilTone(t *testing.T, heard *tape, hz, amplitude float64) {
	t.Helper()
	var level, rest float64
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if pcm := heard.last(500 * time.Millisecond); len(pcm) == Rate/2 {
			level, rest = goertzel(pcm, hz), restOf(pcm, hz)
			if level > 0.9*amplitude && level < 1.1*amplitude && rest < 0.05 {
				return
			}
		}
	}
	t.Fatalf("at the end the tone had %.3f, and %.3f was something else", level, rest)
}

// freePair is an even port, free with the next one, for a program that binds them itself.
func freePair(t *testing.T) netip.AddrPort {
	t.Helper()
	even, odd, err := listenPair(netip.MustParseAddr("127.0.0.1"))
	if err != nil {
		t.Fatal(err)
	}
	even.Close()
	odd.Close()
	return even.Local()
}

func TestFFmpegHearsUs(t *testing.T) {
	needProgram(t, "ffmpeg")
	for _, c := range withFFmpeg {
		t.Run(c.codec+c.suite, func(t *testing.T) {
			s, err := Listen(netip.MustParseAddr("127.0.0.1"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			remote := freePair(t)
			p := agreed(remote.String(), c.codec)
			profile, crypto := "AVP", ""
			if c.suite != "" {
				profile = "SAVP"
				crypto = fmt.Sprintf("a=crypto:1 %s inline:%s\r\n", c.suite, base64.StdEncoding.EncodeToString(keyOf(1)))
				p.Suite, p.SendKey, p.ReceiveKey = c.suite, keyOf(1), keyOf(2)
			}
			description := fmt.Sprintf("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"+
				"m=audio %d RTP/%s %d\r\na=rtpmap:%d %s/8000\r\n%s", remote.Port(), profile, p.Send.Type, p.Send.Type, c.codec, crypto)
			path := filepath.Join(t.TempDir(), "call.sdp")
			if err := os.WriteFile(path, []byte(description), 0o600); err != nil {
				t.Fatal(err)
			}
			s.Use(Tone(1000, 0.25), nil)
			change(t, s, p)
			pcm := ffmpeg(t, nil, "-protocol_whitelist", "file,udp,rtp,srtp,crypto", "-i", path,
				"-t", "2", "-ar", "16000", "-ac", "1", "-f", "s16le", "pipe:1")
			heard := &tape{}
			for ; len(pcm) >= 2; pcm = pcm[2:] {
				heard.pcm = append(heard.pcm, int16(uint16(pcm[0])|uint16(pcm[1])<<8))
			}
			untilTone(t, heard, 1000, 0.25)
		})
	}
}
