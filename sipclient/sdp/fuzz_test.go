package sdp

import (
	"bytes"
	"testing"
)

// Whatever comes is refused or answered with something that reads back: as many streams as there were, and no
// line of the other side's making.
func FuzzDescription(f *testing.F) {
	f.Add(doc(plain...))
	f.Add(alice().with(Possible).Offer())
	f.Add(doc("c=IN IP6 ::1", "t=0 0", "m=video 1 RTP/AVP 96", "m=audio 2/2 RTP/SAVP 0 8 9", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 "+inline(30, 'b'), "a=inactive"))
	f.Add([]byte("v=0\nm=audio 1 RTP/AVP 0\nc=IN IP4 0.0.0.0"))
	f.Add(seeing(SendRecv).with(Possible).Offer())
	f.Add(doc("c=IN IP4 198.51.100.7", "t=0 0", "m=video 6100 RTP/AVP 96", h264, "a=fmtp:96 packetization-mode=1", "a=rtcp-fb:96 ccm fir", "m=audio 6000 RTP/AVP 0"))
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, s := range []Secure{No, Possible, Required} {
			l := seeing(SendRecv).with(s)
			l.Video.Crypto = l.Crypto
			_, _ = DirectionOf(in), OffersPictures(in)
			if a, err := l.Accept(in); err == nil {
				check(t, l, a)
			}
			answer, a, err := l.Answer(in)
			if err != nil {
				continue
			}
			check(t, l, a)
			if bytes.Contains(bytes.ReplaceAll(answer, []byte("\r\n"), nil), []byte("\r")) {
				t.Fatalf("a stray line break in %q", answer)
			}
			before, _ := read(in)
			after, err := read(answer)
			if err != nil || len(after) != len(before) {
				t.Fatalf("%d streams became %d (%v):\n%s", len(before), len(after), err, answer)
			}
			l.Lines = a.Lines
			if again, err := read(l.Offer()); err != nil || len(again) < len(before) || len(again) > len(before)+1 {
				t.Fatalf("%d streams are offered as %d (%v)", len(before), len(again), err)
			}
		}
	})
}

func check(t *testing.T, l Local, a Agreed) {
	t.Helper()
	if a.Codec.Name == "" || len(a.Receive) == 0 || a.Codec.Type > 127 || a.Direction&^l.Direction != 0 {
		t.Fatalf("agreed %+v", a)
	}
	if (a.LocalKey == nil) != (a.RemoteKey == nil) || l.Secure == Required && a.LocalKey == nil {
		t.Fatalf("keys of %+v", a)
	}
	if a.Remote.IsValid() && (a.Remote.Port() == 0 || a.Remote.Addr().IsUnspecified()) {
		t.Fatalf("sound to %v", a.Remote)
	}
	if a.Direction.Sends() && !a.Remote.IsValid() {
		t.Fatalf("sends to nobody: %+v", a)
	}
	v := a.Video
	if v == nil {
		return
	}
	if v.Codec.Name != "H264" && v.Codec.Name != "VP8" || len(v.Receive) == 0 || v.Direction.Sends() && !v.Remote.IsValid() {
		t.Fatalf("agreed on the picture %+v", v)
	}
	if (v.LocalKey == nil) != (v.RemoteKey == nil) || l.Secure == Required && v.LocalKey == nil {
		t.Fatalf("keys of the picture %+v", v)
	}
}
