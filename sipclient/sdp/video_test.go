package sdp

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

// seeing is alice with a picture.
func seeing(d Direction) Local {
	l := alice()
	l.Video = &Video{
		Addr: netip.MustParseAddrPort("192.0.2.200:4002"), Direction: d,
		Codecs: []Codec{{Name: "H264", Rate: 90000, Type: 97, Format: H264Format}, {Name: "VP8", Rate: 90000, Type: 98}},
	}
	return l
}

// mlines are the m-lines of a description.
func mlines(doc []byte) (lines []string) {
	for l := range strings.Lines(string(doc)) {
		if strings.HasPrefix(l, "m=") {
			lines = append(lines, strings.TrimSpace(l))
		}
	}
	return lines
}

func TestAPictureIsOfferedOnlyWhenAskedFor(t *testing.T) {
	if got := mlines(alice().Offer()); len(got) != 1 {
		t.Errorf("without a picture: %q", got)
	}
	want := strings.Join([]string{
		"m=video 4002 RTP/AVP 97 98", "a=rtpmap:97 H264/90000", "a=fmtp:97 profile-level-id=42e01f;packetization-mode=1",
		"a=rtpmap:98 VP8/90000", "a=rtcp-fb:* nack pli", "a=rtcp-fb:* ccm fir", "a=recvonly", "",
	}, "\r\n")
	if got := string(seeing(RecvOnly).Offer()); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant at its end\n%s", got, want)
	}
}

func TestTwoOfUsSeeEachOther(t *testing.T) {
	for _, c := range []struct{ caller, callee, here, there Direction }{
		{SendRecv, SendRecv, SendRecv, SendRecv},
		{RecvOnly, SendRecv, RecvOnly, SendOnly},
		{SendRecv, RecvOnly, SendOnly, RecvOnly},
		{RecvOnly, RecvOnly, Inactive, Inactive},
	} {
		for _, s := range []Secure{No, Possible, Required} {
			caller, callee := seeing(c.caller).with(s), seeing(c.callee).with(s)
			caller.Video.Crypto, callee.Video.Crypto = []Crypto{{Suite: "AES_CM_128_HMAC_SHA1_80", Key: key(30, 'v')}}, []Crypto{{Suite: "AES_CM_128_HMAC_SHA1_80", Key: key(30, 'w')}}
			answer, there, err := callee.Answer(caller.Offer())
			if err != nil {
				t.Fatal(err)
			}
			here, err := caller.Accept(answer)
			if err != nil || here.Video == nil || there.Video == nil {
				t.Fatalf("%v: %+v %+v of\n%s", err, here.Video, there.Video, answer)
			}
			if here.Video.Direction != c.here || there.Video.Direction != c.there || here.Video.Codec.Name != "H264" || here.Video.Codec.Type != 97 {
				t.Errorf("%v: %+v and %+v", c, here.Video, there.Video)
			}
			if s == No {
				if here.Video.LocalKey != nil {
					t.Error("keys without encryption")
				}
			} else if !bytes.Equal(here.Video.LocalKey.Key, key(30, 'v')) || !bytes.Equal(here.Video.RemoteKey.Key, key(30, 'w')) || bytes.Equal(here.LocalKey.Key, here.Video.LocalKey.Key) {
				t.Errorf("%d: the keys are %+v", s, here.Video)
			}
		}
	}
}

const h264 = "a=rtpmap:96 H264/90000"

// Which pictures are taken, and with which codec. One that is not leaves the call as it would be without.
func TestWhichPicturesAreTaken(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		codec string
	}{
		"H.264 in fragments":  {[]string{"m=video 6100 RTP/AVP 96", h264, "a=fmtp:96 profile-level-id=640028; packetization-mode=1"}, "H264"},
		"H.264 whole only":    {[]string{"m=video 6100 RTP/AVP 96", h264, "a=fmtp:96 profile-level-id=42e01f"}, ""},
		"mode 0, then mode 1": {[]string{"m=video 6100 RTP/AVP 96 99", h264, "a=rtpmap:99 h264/90000", "a=fmtp:99 packetization-mode=1"}, "H264"},
		"VP8":                 {[]string{"m=video 6100 RTP/AVP 96", "a=rtpmap:96 VP8/90000"}, "VP8"},
		"H.263":               {[]string{"m=video 6100 RTP/AVP 34", "a=rtpmap:34 H263/90000"}, ""},
		"port 0":              {[]string{"m=video 0 RTP/AVP 96", "a=rtpmap:96 VP8/90000"}, ""},
		"DTLS":                {[]string{"m=video 6100 UDP/TLS/RTP/SAVPF 96", "a=rtpmap:96 VP8/90000"}, ""},
		"IPv6 from IPv4":      {[]string{"m=video 6100 RTP/AVP 96", "c=IN IP6 2001:db8::7", "a=rtpmap:96 VP8/90000"}, ""},
		"keys that are none":  {[]string{"m=video 6100 RTP/SAVP 96", "a=rtpmap:96 VP8/90000", "a=crypto:1 NULL inline:x"}, ""},
		"a wrong clock":       {[]string{"m=video 6100 RTP/AVP 96", "a=rtpmap:96 VP8/8000"}, ""},
	} {
		offer := doc(append(slices.Clone(plain), c.lines...)...)
		answer, a, err := seeing(SendRecv).Answer(offer)
		if err != nil || a.Codec.Name != "PCMU" {
			t.Errorf("%s: the sound is %+v, %v", name, a.Codec, err)
			continue
		}
		got := ""
		if a.Video != nil {
			got = a.Video.Codec.Name
		}
		if got != c.codec {
			t.Errorf("%s: taken %q, not %q, by\n%s", name, got, c.codec, answer)
		}
		if lines := mlines(answer); len(lines) != 2 || strings.Contains(lines[1], "m=video 0 ") != (c.codec == "") {
			t.Errorf("%s: answered %q", name, lines)
		}
		if got := OffersPictures(offer); got != (c.codec != "") && name != "IPv6 from IPv4" && name != "keys that are none" {
			t.Errorf("%s: told as a video call: %v", name, got)
		}
		back, err := seeing(SendRecv).Accept(offer)
		if err != nil || (back.Video != nil) != (c.codec != "") {
			t.Errorf("%s as an answer: %+v, %v", name, back.Video, err)
		}
	}
}

// The format of the other side comes back with its payload type: both sides have to use the same (RFC 6184 8.2.2).
func TestTheFormatOfH264IsThatOfTheOffer(t *testing.T) {
	offer := doc(append(slices.Clone(plain), "m=video 6100 RTP/AVP 120", "a=rtpmap:120 H264/90000",
		"a=fmtp:120 profile-level-id=4d0029;packetization-mode=1;max-br=3000", "a=rtcp-fb:* ccm fir", "a=sendonly")...)
	answer, a, err := seeing(SendRecv).Answer(offer)
	if err != nil || a.Video.Codec.Type != 120 || a.Video.Direction != RecvOnly || !a.Video.Intra {
		t.Fatalf("%+v, %v", a.Video, err)
	}
	if !strings.Contains(string(answer), "m=video 4002 RTP/AVP 120\r\na=rtpmap:120 H264/90000\r\na=fmtp:120 profile-level-id=4d0029;packetization-mode=1;max-br=3000\r\n") {
		t.Errorf("answer\n%s", answer)
	}
}

// The m-lines of a session keep their places through everything that comes and goes (RFC 3264 section 8).
func TestMLinesKeepTheirPlaces(t *testing.T) {
	l := seeing(RecvOnly)
	_, a, err := l.Answer(doc("c=IN IP4 198.51.100.7", "t=0 0", "m=application 6300 TCP/BFCP *",
		"m=video 6100 RTP/AVP 96", "a=rtpmap:96 VP8/90000", "m=audio 6000 RTP/AVP 0"))
	if err != nil {
		t.Fatal(err)
	}
	l.Lines = a.Lines
	stands := func(what string, want ...string) {
		t.Helper()
		if got := mlines(l.Offer()); !slices.Equal(got, want) {
			t.Errorf("%s: offers %q, not %q", what, got, want)
		}
	}
	stands("with the picture", "m=application 0 TCP/BFCP *", "m=video 4002 RTP/AVP 97 98", "m=audio 4000 RTP/AVP 9 0 8 101")
	video := l.Video
	l.Video = nil
	stands("without it", "m=application 0 TCP/BFCP *", "m=video 0 RTP/AVP 96", "m=audio 4000 RTP/AVP 9 0 8 101")
	answer := doc("c=IN IP4 198.51.100.7", "t=0 0", "m=application 0 TCP/BFCP *", "m=video 0 RTP/AVP 96", "m=audio 6000 RTP/AVP 0")
	if a, err = l.Accept(answer); err != nil || a.Video != nil || a.Remote.Port() != 6000 {
		t.Fatalf("%+v, %v", a, err)
	}
	l.Lines, l.Video = a.Lines, video
	stands("with it again", "m=application 0 TCP/BFCP *", "m=video 4002 RTP/AVP 97 98", "m=audio 4000 RTP/AVP 9 0 8 101")
}

// An audio call gets a picture behind its sound, and who answers without loses nothing.
func TestAPictureIsAddedAndMayBeRefused(t *testing.T) {
	l := alice()
	_, a, err := l.Answer(doc(plain...))
	if err != nil {
		t.Fatal(err)
	}
	l.Lines, l.Video = a.Lines, seeing(SendRecv).Video
	if got := mlines(l.Offer()); len(got) != 2 || got[1] != "m=video 4002 RTP/AVP 97 98" {
		t.Errorf("offers %q", got)
	}
	for name, answer := range map[string][]byte{
		"port 0":    doc(append(slices.Clone(plain), "m=video 0 RTP/AVP 97")...),
		"no m-line": doc(plain...),
	} {
		if a, err := l.Accept(answer); err != nil || a.Video != nil || a.Codec.Name != "PCMU" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

func TestAPictureOnHold(t *testing.T) {
	answer, a, err := seeing(SendRecv).Answer(doc(append(slices.Clone(plain), "m=video 6100 RTP/AVP 96", "c=IN IP4 0.0.0.0", "a=rtpmap:96 VP8/90000")...))
	if err != nil || a.Video == nil || a.Video.Remote.IsValid() || a.Video.Direction.Sends() {
		t.Errorf("%+v, %v of\n%s", a.Video, err, answer)
	}
}
