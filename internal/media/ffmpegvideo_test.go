package media

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// withFFmpegVideo are ways to show pictures to ffmpeg and to see its own, whose RTP and SRTP nobody here wrote.
var withFFmpegVideo = []struct{ codec, suite string }{
	{"H264", ""}, {"VP8", ""}, {"H264", "AES_CM_128_HMAC_SHA1_80"}, {"VP8", "AES_CM_128_HMAC_SHA1_32"},
}

var encoderArgs = map[string][]string{
	"H264": {"-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", "15"},
	"VP8":  {"-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "15"},
}

func TestFFmpegIsSeen(t *testing.T) {
	needProgram(t, "ffmpeg")
	for _, c := range withFFmpegVideo {
		t.Run(c.codec+c.suite, func(t *testing.T) {
			var v *Video
			d := NewDecoder("ffmpeg", func() { v.Ask() })
			t.Cleanup(d.Close)
			v, err := ListenVideo(netip.MustParseAddr("127.0.0.1"), d.Take)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(v.Close)
			p := Params{Remote: netip.MustParseAddrPort("127.0.0.1:9"), Receiving: true, Receive: map[uint8]Codec{96: {Name: c.codec, Type: 96}}}
			scheme := "rtp"
			args := append([]string{"ffmpeg", "-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "color=blue:size=352x288:rate=15"}, encoderArgs[c.codec]...)
			args = append(args, "-payload_type", "96", "-f", "rtp")
			if c.suite != "" {
				scheme = "srtp"
				p.Suite, p.SendKey, p.ReceiveKey = c.suite, keyOf(1), keyOf(2)
				args = append(args, "-srtp_out_suite", c.suite, "-srtp_out_params", base64.StdEncoding.EncodeToString(keyOf(2)))
			}
			if err := v.Change(p); err != nil {
				t.Fatal(err)
			}
			program(t, append(args, fmt.Sprintf("%s://%v?pkt_size=1200", scheme, v.Addr()))...)
			until(t, "a blue picture", 20*time.Second, func() bool {
				f, ok := d.Newest()
				return ok && f.Number > 5 && f.Width == 293 && f.Height == 240 && f.at(100, 100)[2] > 200 && f.at(100, 100)[0] < 60
			})
			if r := v.Report(); r.Lost > 0 || r.Encrypted != (c.suite != "") {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestFFmpegSeesUs(t *testing.T) {
	needProgram(t, "ffmpeg")
	path := filepath.Join(t.TempDir(), "red.mkv")
	ffmpeg(t, nil, "-f", "lavfi", "-i", "color=red:size=320x240:rate=15", "-t", "1", "-c:v", "mjpeg", path)
	for _, c := range withFFmpegVideo {
		t.Run(c.codec+c.suite, func(t *testing.T) {
			v, err := ListenVideo(netip.MustParseAddr("127.0.0.1"), func(Unit) {})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(v.Close)
			remote := freePair(t)
			p := seeing(remote.String(), c.codec)
			profile, crypto := "AVP", ""
			if c.suite != "" {
				profile = "SAVP"
				crypto = fmt.Sprintf("a=crypto:1 %s inline:%s\r\n", c.suite, base64.StdEncoding.EncodeToString(keyOf(1)))
				p.Suite, p.SendKey, p.ReceiveKey = c.suite, keyOf(1), keyOf(2)
			}
			if err := v.Change(p); err != nil {
				t.Fatal(err)
			}
			description := fmt.Sprintf("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"+
				"m=video %d RTP/%s %d\r\na=rtpmap:%d %s/90000\r\na=fmtp:%d packetization-mode=1\r\n%s",
				remote.Port(), profile, p.Send.Type, p.Send.Type, c.codec, p.Send.Type, crypto)
			sdp := filepath.Join(t.TempDir(), "call.sdp")
			if err := os.WriteFile(sdp, []byte(description), 0o600); err != nil {
				t.Fatal(err)
			}
			film := NewFilm("ffmpeg", FilmFile+path, c.codec, v.Send)
			defer film.Close()
			rgb := ffmpeg(t, nil, "-protocol_whitelist", "file,udp,rtp,srtp,crypto", "-i", sdp, "-frames:v", "10", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1")
			const frame = 3 * ScreenWidth * ScreenHeight
			if len(rgb) != 10*frame {
				t.Fatalf("%d octets of %d", len(rgb), 10*frame)
			}
			if at := rgb[9*frame+frame/2:]; at[0] < 200 || at[1] > 60 || at[2] > 60 {
				t.Errorf("it sees %v", at[:3])
			}
		})
	}
}
