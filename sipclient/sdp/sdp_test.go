package sdp

import (
	"bytes"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

var wide = []Codec{
	{Name: "G722", Rate: 8000, Type: 9},
	{Name: "PCMU", Rate: 8000, Type: 0},
	{Name: "PCMA", Rate: 8000, Type: 8},
	{Name: "telephone-event", Rate: 8000, Type: 101, Format: "0-15"},
}

// alice is the side under test: she has three codecs and no keys.
func alice() Local {
	return Local{
		Addr: netip.MustParseAddrPort("192.0.2.200:4000"), Session: 1, Version: 1,
		Codecs: wide, Direction: SendRecv,
	}
}

func key(n int, fill byte) []byte { return bytes.Repeat([]byte{fill}, n) }

func (l Local) with(s Secure) Local {
	l.Secure = s
	l.Crypto = []Crypto{{Tag: 1, Suite: "AES_CM_128_HMAC_SHA1_80", Key: key(30, 'a')}}
	return l
}

// doc makes a description of bob's from its lines after the head.
func doc(lines ...string) []byte {
	head := []string{"v=0", "o=bob 1 1 IN IP4 198.51.100.7", "s=call"}
	return []byte(strings.Join(append(head, lines...), "\r\n") + "\r\n")
}

var plain = []string{"c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP 0 8 101", "a=rtpmap:101 telephone-event/8000"}

func TestAnOfferSaysWhatWeCan(t *testing.T) {
	want := strings.Join([]string{
		"v=0", "o=- 1 1 IN IP4 192.0.2.200", "s=-", "c=IN IP4 192.0.2.200", "t=0 0",
		"m=audio 4000 RTP/AVP 9 0 8 101",
		"a=rtpmap:9 G722/8000", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000",
		"a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15", "a=ptime:20", "a=sendrecv", "",
	}, "\r\n")
	if got := string(alice().Offer()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTwoOfUsUnderstandEachOther(t *testing.T) {
	for _, s := range []Secure{No, Possible, Required} {
		caller, callee := alice().with(s), alice().with(s)
		callee.Addr = netip.MustParseAddrPort("[2001:db8::7]:5000")
		caller.Addr = netip.MustParseAddrPort("[2001:db8::8]:4000")
		callee.Crypto[0].Key = key(30, 'b')
		answer, there, err := callee.Answer(caller.Offer())
		if err != nil {
			t.Fatalf("%d: %v", s, err)
		}
		here, err := caller.Accept(answer)
		if err != nil {
			t.Fatalf("%d: %v", s, err)
		}
		if there.Remote != caller.Addr || here.Remote != callee.Addr {
			t.Errorf("sound goes to %v and %v", there.Remote, here.Remote)
		}
		if here.Codec.Name != "G722" || there.Codec.Name != "G722" || here.Events != 101 || there.Events != 101 {
			t.Errorf("codecs %+v and %+v", here, there)
		}
		if here.Direction != SendRecv || there.Direction != SendRecv || here.Waiting || there.Waiting {
			t.Errorf("directions %+v and %+v", here, there)
		}
		if s == No {
			if here.LocalKey != nil || there.RemoteKey != nil {
				t.Error("keys without encryption")
			}
			continue
		}
		if !bytes.Equal(here.LocalKey.Key, there.RemoteKey.Key) || !bytes.Equal(here.RemoteKey.Key, there.LocalKey.Key) {
			t.Errorf("%d: the keys differ: %+v %+v", s, here, there)
		}
	}
}

func TestAnAnswerTakesTheOthersPayloadTypes(t *testing.T) {
	answer, a, err := alice().Answer(doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP 111 96 97 13",
		"a=rtpmap:111 opus/48000/2", "a=fmtp:111 useinbandfec=1", "a=rtpmap:96 pcma/8000", "a=rtpmap:97 telephone-event/8000"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Codec.Name != "PCMA" || a.Codec.Type != 96 || a.Events != 97 {
		t.Errorf("sends %+v, events %d", a.Codec, a.Events)
	}
	if got := []uint8{a.Receive[0].Type, a.Receive[1].Type}; len(a.Receive) != 2 || !slices.Equal(got, []uint8{96, 97}) {
		t.Errorf("receives %+v", a.Receive)
	}
	if !strings.Contains(string(answer), "m=audio 4000 RTP/AVP 96 97\r\na=rtpmap:96 PCMA/8000\r\n") {
		t.Errorf("answer\n%s", answer)
	}
}

func TestOtherStreamsAreRefusedWithinTheAnswer(t *testing.T) {
	answer, _, err := alice().Answer(doc("c=IN IP4 198.51.100.7", "t=0 0",
		"m=video 6100 RTP/AVP 96", "a=rtpmap:96 H264/90000", "m=image 6200 udptl t38",
		"m=audio 6000 RTP/AVP 0", "m=application 6300 TCP/BFCP *", "m=audio 6400 UDP/TLS/RTP/SAVPF 0"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for l := range strings.Lines(string(answer)) {
		if strings.HasPrefix(l, "m=") {
			lines = append(lines, strings.TrimSpace(l))
		}
	}
	want := []string{
		"m=video 0 RTP/AVP 96", "m=image 0 UDPTL t38", "m=audio 4000 RTP/AVP 0", "m=application 0 TCP/BFCP *",
		"m=audio 0 UDP/TLS/RTP/SAVPF 0",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q", lines)
	}
}

func TestDirections(t *testing.T) {
	for _, c := range []struct {
		ours    Direction
		theirs  string
		want    Direction
		waiting bool
	}{
		{SendRecv, "a=sendrecv", SendRecv, false},
		{SendRecv, "", SendRecv, false},
		{SendRecv, "a=sendonly", RecvOnly, true},
		{SendRecv, "a=recvonly", SendOnly, false},
		{SendRecv, "a=inactive", Inactive, true},
		{SendOnly, "a=sendrecv", SendOnly, false},
		{SendOnly, "a=sendonly", Inactive, true},
		{SendOnly, "a=recvonly", SendOnly, false},
		{Inactive, "a=inactive", Inactive, false},
		{Inactive, "a=sendrecv", Inactive, false},
		{SendRecv, "c=IN IP4 0.0.0.0", RecvOnly, true},
		{SendRecv, "c=IN IP4 0.0.0.0\r\na=inactive", Inactive, true},
	} {
		l := alice()
		l.Direction = c.ours
		offer := doc(append(slices.Clone(plain), strings.Split(c.theirs, "\r\n")...)...)
		answer, a, err := l.Answer(offer)
		if err != nil || a.Direction != c.want || a.Waiting != c.waiting {
			t.Errorf("%v to %q: %v, %v, %v", c.ours, c.theirs, a.Direction, a.Waiting, err)
		}
		if !strings.Contains(string(answer), "a="+c.want.String()+"\r\n") {
			t.Errorf("%v to %q: answered\n%s", c.ours, c.theirs, answer)
		}
		if b, err := l.Accept(offer); err != nil || b.Direction != c.want || b.Waiting != c.waiting {
			t.Errorf("%v answered by %q: %+v, %v", c.ours, c.theirs, b, err)
		}
		if strings.Contains(c.theirs, "0.0.0.0") == a.Remote.IsValid() {
			t.Errorf("%q: sound goes to %v", c.theirs, a.Remote)
		}
	}
}

func TestADirectionOfTheWholeSessionCounts(t *testing.T) {
	offer := doc("c=IN IP4 198.51.100.7", "t=0 0", "a=sendonly", "m=audio 6000 RTP/AVP 0")
	if _, a, err := alice().Answer(offer); err != nil || a.Direction != RecvOnly || !a.Waiting {
		t.Errorf("%+v, %v", a, err)
	}
	for _, c := range []struct {
		doc  []byte
		want Direction
	}{{offer, SendOnly}, {doc(plain...), SendRecv}, {[]byte("nonsense"), SendRecv}, {doc("t=0 0"), SendRecv}} {
		if got := DirectionOf(c.doc); got != c.want {
			t.Errorf("%s\nis %v", c.doc, got)
		}
	}
}

func TestWhatCannotBeTalkedOver(t *testing.T) {
	many := append([]string{"c=IN IP4 198.51.100.7", "t=0 0"}, slices.Repeat([]string{"m=audio 6000 RTP/AVP 0"}, 1000)...)
	for name, c := range map[string]struct {
		doc  []byte
		want error
	}{
		"empty":             {nil, ErrMalformed},
		"no version":        {[]byte("o=- 1 1 IN IP4 1.2.3.4\r\n"), ErrMalformed},
		"prose":             {[]byte("hello"), ErrMalformed},
		"NUL":               {doc("a=\x00", "m=audio 6000 RTP/AVP 0"), ErrMalformed},
		"1,000 streams":     {doc(many...), ErrMalformed},
		"1,000 codecs":      {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP"+strings.Repeat(" 0", 1000)), ErrMalformed},
		"a megabyte":        {doc("a=" + strings.Repeat("x", 1<<20)), ErrMalformed},
		"port 70000":        {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 70000 RTP/AVP 0"), ErrMalformed},
		"port -1":           {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio -1 RTP/AVP 0"), ErrMalformed},
		"no formats":        {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP"), ErrMalformed},
		"no c=":             {doc("t=0 0", "m=audio 6000 RTP/AVP 0"), ErrMalformed},
		"no stream":         {doc("t=0 0"), ErrNoAudio},
		"only video":        {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=video 6000 RTP/AVP 96"), ErrNoAudio},
		"port 0":            {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 0 RTP/AVP 0"), ErrNoAudio},
		"DTLS only":         {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 UDP/TLS/RTP/SAVP 0"), ErrNoAudio},
		"host name":         {doc("c=IN IP4 bob.contoso.com", "t=0 0", "m=audio 6000 RTP/AVP 0"), ErrAddress},
		"another network":   {doc("c=ATM NSAP 47.0091", "t=0 0", "m=audio 6000 RTP/AVP 0"), ErrAddress},
		"half a c=":         {doc("c=IN IP4", "t=0 0", "m=audio 6000 RTP/AVP 0"), ErrAddress},
		"numbers":           {doc("c=IN IP4 999.1.1.1", "t=0 0", "m=audio 6000 RTP/AVP 0"), ErrAddress},
		"multicast":         {doc("c=IN IP4 224.2.1.1/127", "t=0 0", "m=audio 6000 RTP/AVP 0"), ErrAddress},
		"family":            {doc("c=IN IP6 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP 0"), ErrAddress},
		"IPv6 from IPv4":    {doc("c=IN IP6 2001:db8::7", "t=0 0", "m=audio 6000 RTP/AVP 0"), ErrAddress},
		"no common codec":   {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP 18 96", "a=rtpmap:96 opus/48000/2"), ErrNoCommonCodec},
		"digits only":       {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP 96", "a=rtpmap:96 telephone-event/8000"), ErrNoCommonCodec},
		"types without map": {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP 96 97 200 x"), ErrNoCommonCodec},
		"odd maps":          {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP 96", "a=rtpmap:96", "a=rtpmap:96 /8000", "a=rtpmap:96 PCMU", "a=rtpmap:96 PCMU/9999999999/2", "a=rtpmap:x PCMU/8000"), ErrNoCommonCodec},
		"keys needed":       {doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/SAVP 0"), ErrSecure},
	} {
		if _, _, err := alice().Answer(c.doc); !errors.Is(err, c.want) {
			t.Errorf("%s: answering gives %v", name, err)
		}
		if _, err := alice().Accept(c.doc); !errors.Is(err, c.want) && name != "keys needed" {
			t.Errorf("%s: accepting gives %v", name, err)
		}
	}
}

func TestLinesInTheWrongPlaceDoNoHarm(t *testing.T) {
	offer := "v=0\no=x 99999999999999999999999 y IN IP4 host\ns=\nb=AS:64\nm=audio 6000/2 RTP/AVP 0\na=sendrecv\nc=IN IP4 198.51.100.7\nb=AS:64\n\nt=0 0\n"
	if _, a, err := alice().Answer([]byte(offer)); err != nil || a.Remote.String() != "198.51.100.7:6000" {
		t.Errorf("%+v, %v", a, err)
	}
}
