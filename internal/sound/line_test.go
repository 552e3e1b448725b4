package sound

import (
	"math"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golync/internal/app"
	"golync/internal/media"
	"golync/sipclient"
	"golync/sipclient/sdp"
)

var _ sipclient.Media = (*Line)(nil)

var here = netip.MustParseAddr("127.0.0.1")

// pair are two ends of a call that have agreed.
type pair struct {
	t    *testing.T
	a, b *Line
}

func open(t *testing.T, secureA, secureB bool) pair {
	t.Helper()
	one := func(secure bool) *Line {
		l, err := Open(here, secure)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(l.stream.Close)
		return l
	}
	p := pair{t, one(secureA), one(secureB)}
	p.agree(p.a, p.b, false)
	return p
}

// agree has one end offer and the other answer.
func (p pair) agree(from, to *Line, hold bool) {
	p.t.Helper()
	offer, err := from.Offer(hold)
	if err != nil {
		p.t.Fatal(err)
	}
	answer, err := to.Answer(offer)
	if err != nil {
		p.t.Fatalf("%v of\n%s", err, offer)
	}
	if err := from.Take(answer); err != nil {
		p.t.Fatalf("%v of\n%s", err, answer)
	}
}

// waits until something is so.
func waits(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// ear is a Sink that remembers how loud it was last, and how loud one tone of it.
type ear struct{ gauge }

func (e *ear) Write(frame []int16) error {
	e.thousandths.Store(int64(1000 * math.Min(float64(media.LevelOf(frame)), 1)))
	return nil
}
func (e *ear) Close() error { return nil }

// What one says the other hears, in wideband, and nobody can listen in where both sides can encrypt.
func TestTwoEndsTalk(t *testing.T) {
	for name, c := range map[string]struct{ a, b, secure bool }{
		"both over TLS": {true, true, true}, "the caller alone": {true, false, false},
		"the callee alone": {false, true, false}, "neither": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, c.a, c.b)
			heard := &ear{}
			p.a.Connect(media.Tone(440, 0.5), nil)
			p.b.Connect(nil, heard)
			waits(t, "the tone", func() bool { return math.Abs(heard.level()-0.354) < 0.03 })
			is, err := p.b.Sound()
			if err != nil || is.Codec != "G722" || is.Secure != c.secure || math.Abs(is.In-0.354) > 0.05 {
				t.Errorf("%+v, %v", is, err)
			}
			p.a.Mute(true)
			waits(t, "silence", func() bool { return heard.level() < 0.01 })
		})
	}
}

// A device that takes encrypted sound alone refuses what leaves the choice. It is offered the other then, and so in all
// that follows; in a call that such a device has placed, too.
func TestADeviceThatTakesEncryptedSoundAlone(t *testing.T) {
	strict := func() *Line {
		l, err := Open(here, true)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(l.stream.Close)
		l.local.Secure = sdp.Required
		return l
	}
	offered := func(l *Line) string {
		offer, err := l.Offer(false)
		if err != nil {
			t.Fatal(err)
		}
		return string(offer)
	}
	a, err := Open(here, true)
	if err != nil {
		t.Fatal(err)
	}
	defer a.stream.Close()
	if first := offered(a); !strings.Contains(first, " RTP/AVP ") || !a.Insist() || a.Insist() || !strings.Contains(offered(a), " RTP/SAVP ") {
		t.Errorf("offered after\n%s\nis\n%s", first, offered(a))
	}
	pair{t, a, nil}.agree(a, strict(), false)

	b, err := Open(here, true)
	if err != nil {
		t.Fatal(err)
	}
	defer b.stream.Close()
	pair{t, nil, b}.agree(strict(), b, false)
	if offer := offered(b); !strings.Contains(offer, " RTP/SAVP ") {
		t.Errorf("offered to a device that has called is\n%s", offer)
	}
	plain, err := Open(here, false)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.stream.Close()
	if plain.Insist() {
		t.Error("keys are offered where others read along")
	}
}

// On hold nothing is sent, whoever holds, and everything is back afterwards. Each description has a version.
func TestHoldAndResume(t *testing.T) {
	p := open(t, true, true)
	heard := &ear{}
	p.a.Connect(media.Tone(440, 0.5), nil)
	p.b.Connect(media.Tone(440, 0.5), heard)
	loud := func() bool { return heard.level() > 0.3 }
	waits(t, "the tone", loud)
	sent := func(l *Line) uint64 { return l.stream.Report().Sent }
	for _, who := range []*Line{p.a, p.b} {
		other := map[*Line]*Line{p.a: p.b, p.b: p.a}[who]
		p.agree(who, other, true)
		waits(t, "nobody to send", func() bool {
			a, b := sent(p.a), sent(p.b)
			time.Sleep(5 * media.FrameTime)
			return sent(p.a) == a && sent(p.b) == b
		})
		p.agree(who, other, false)
		waits(t, "the tone again", loud)
	}
	if v := p.a.local.Version; v != 5 { // offered, held, resumed, was held, was resumed
		t.Errorf("the last description has version %d", v)
	}
	p.agree(p.a, p.b, false)
	before := p.a.local.Version
	p.agree(p.a, p.b, false)
	if v := p.a.local.Version; v != before {
		t.Errorf("the same description has version %d after %d", v, before)
	}
}

func TestDigitsArrive(t *testing.T) {
	p := open(t, false, false)
	waits(t, "a packet", func() bool { return p.b.stream.Report().Received > 0 })
	for _, key := range "12#" {
		if err := p.a.Digit(key); err != nil {
			t.Fatal(err)
		}
	}
	waits(t, "the digits", func() bool { digits, n := p.b.Heard(); return digits == "12#" && n == 3 })
}

// What cannot be agreed on leaves the call as it is.
func TestOffersThatCannotBeTaken(t *testing.T) {
	p := open(t, false, false)
	p.a.Connect(media.Tone(440, 0.5), nil)
	waits(t, "sound", func() bool { is, _ := p.b.Sound(); return is.Quality == app.QualityGood })
	for _, offer := range []string{
		"", "v=0\r\n",
		"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9000 RTP/AVP 3\r\na=rtpmap:3 GSM/8000\r\n",
	} {
		if answer, err := p.b.Answer([]byte(offer)); err == nil {
			t.Errorf("%q is answered\n%s", offer, answer)
		}
	}
	if is, _ := p.b.Sound(); is.Quality != app.QualityGood {
		t.Errorf("afterwards it sounds %+v", is)
	}
}

// The address 0.0.0.0 is the old way to hold (RFC 3264 section 8.4): nothing is sent, and the call comes back.
func TestAnOldDeviceHolds(t *testing.T) {
	p := open(t, false, false)
	before, _ := p.a.Offer(false)
	held := strings.ReplaceAll(string(before), "c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0")
	if _, err := p.b.Answer([]byte(held)); err != nil {
		t.Fatal(err)
	}
	p.b.Connect(media.Tone(440, 0.5), nil)
	sent := p.b.stream.Report().Sent
	time.Sleep(10 * media.FrameTime)
	if now := p.b.stream.Report().Sent; now > sent+1 {
		t.Errorf("%d packets to a device that holds", now-sent)
	}
	if _, err := p.b.Answer(before); err != nil {
		t.Fatal(err)
	}
	waits(t, "sound again", func() bool { return p.b.stream.Report().Sent > sent+5 })
}

// A device that holds from the beginning is called all the same.
func TestACallThatBeginsOnHold(t *testing.T) {
	l, err := Open(here, false)
	if err != nil {
		t.Fatal(err)
	}
	defer l.stream.Close()
	offer := sdp.Local{Addr: netip.MustParseAddrPort("0.0.0.0:9000"), Codecs: codecs(), Direction: sdp.SendRecv}.Offer()
	if _, err := l.Answer(offer); err != nil {
		t.Errorf("%v of\n%s", err, offer)
	}
}
