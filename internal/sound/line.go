package sound

import (
	"crypto/rand"
	"net/netip"
	"sync"
	"time"

	"golync/internal/app"
	"golync/internal/media"
	"golync/sipclient/sdp"
)

// Line is the sound of one call: what is offered and agreed on, and the stream that does it. It is a sipclient.Media
// and, with devices of one's own, all that the people of the demo need to talk.
type Line struct {
	stream *media.Stream

	mu     sync.Mutex
	local  sdp.Local
	said   string // the last description without its version
	held   bool
	remote netip.AddrPort // where sound was last to be sent to
	sight  sight
}

// Open makes the sound of a call that is sent and received at a local address. With secure, which makes sense only where
// nobody reads the descriptions (RFC 4568 section 7), it is encrypted whenever the other side can.
func Open(local netip.Addr, secure bool) (*Line, error) {
	stream, err := media.Listen(local)
	if err != nil {
		return nil, err
	}
	l := &Line{stream: stream, local: sdp.Local{
		Addr: stream.Addr(), Session: uint64(time.Now().UnixNano()), Codecs: codecs(), Direction: sdp.SendRecv,
	}}
	l.sight.local = local
	if secure {
		l.local.Secure, l.local.Crypto = sdp.Possible, keys()
		l.sight.keys = keys()
	}
	return l, nil
}

// events is the payload type of digits (RFC 4733) in what golync offers: the one that most others use.
const events = 101

// codecs are those of media, and digits.
func codecs() []sdp.Codec {
	var all []sdp.Codec
	for _, c := range media.Codecs() {
		all = append(all, sdp.Codec{Name: c.Name, Rate: 8000, Type: c.Type}) // G.722, too (RFC 3551 section 4.5.2)
	}
	return append(all, sdp.Codec{Name: "telephone-event", Rate: 8000, Type: events, Format: "0-15"})
}

// keys makes a key for each suite (RFC 4568 section 6.2: 16 octets of key and 14 of salt).
func keys() []sdp.Crypto {
	all := []sdp.Crypto{{Tag: 1, Suite: "AES_CM_128_HMAC_SHA1_80"}, {Tag: 2, Suite: "AES_CM_128_HMAC_SHA1_32"}}
	for i := range all {
		all[i].Key = make([]byte, 30)
		_, _ = rand.Read(all[i].Key) // which never fails
	}
	return all
}

// Offer is what is offered now (sipclient.Media).
func (l *Line) Offer(hold bool) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hold(hold)
	l.local.Video = l.sight.offer(hold)
	l.renumber(string(l.unnumbered().Offer()))
	return l.local.Offer(), nil
}

// Insist has what is offered next be encrypted sound alone, for devices that take no other and understand no choice, and
// in the end sound without pictures (sipclient.Insistent).
func (l *Line) Insist() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.local.Secure != sdp.Possible {
		return l.sight.insist()
	}
	l.local.Secure = sdp.Required
	return true
}

// hold notes whether the user holds the call, and what is wanted therefore: to hear nobody.
func (l *Line) hold(on bool) {
	l.held, l.local.Direction = on, sdp.SendRecv
	if on {
		l.local.Direction = sdp.SendOnly
	}
}

// unnumbered is the description with a version that is always the same, to see whether anything else has changed.
func (l *Line) unnumbered() sdp.Local {
	d := l.local
	d.Version = 0
	return d
}

// renumber gives a description that differs from the one before the next version (RFC 3264 section 8).
func (l *Line) renumber(says string) {
	if says != l.said {
		l.said = says
		l.local.Version++
	}
}

// Answer takes the other side's offer (sipclient.Media).
func (l *Line) Answer(offer []byte) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.local.Video = l.sight.answer(offer, l.held)
	says, agreed, err := l.unnumbered().Answer(offer)
	if err != nil {
		return nil, err
	}
	if err := l.change(agreed); err != nil {
		return nil, err
	}
	l.renumber(string(says))
	answer, _, err := l.local.Answer(offer)
	l.local.Lines = agreed.Lines
	l.sight.change(agreed.Video, l.held)
	return answer, err
}

// Take takes the other side's answer (sipclient.Media).
func (l *Line) Take(answer []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	agreed, err := l.local.Accept(answer)
	if err != nil {
		return err
	}
	if err := l.change(agreed); err != nil {
		return err
	}
	l.sight.answered(agreed.Video)
	l.sight.change(agreed.Video, l.held)
	l.local.Lines = agreed.Lines
	return nil
}

// change has the stream do what was agreed on. While the user holds the call nothing is sent: silence would only
// cost, and music is not asked for.
func (l *Line) change(a sdp.Agreed) error {
	if a.Remote.IsValid() {
		l.remote = a.Remote
	}
	if a.Secured {
		l.local.Secure = sdp.Required
	}
	if !l.remote.IsValid() {
		return nil // on hold from the first description on; another one will say where to send to
	}
	p := media.Params{
		Remote: l.remote, Send: media.Codec{Name: a.Codec.Name, Type: a.Codec.Type}, Receive: map[uint8]media.Codec{}, Events: a.Events,
		Sending: a.Direction.Sends() && a.Remote.IsValid() && !l.held, Receiving: a.Direction.Receives(),
	}
	for _, c := range a.Receive {
		if c.Name != "telephone-event" {
			p.Receive[c.Type] = media.Codec{Name: c.Name, Type: c.Type}
		}
	}
	if a.LocalKey != nil && a.RemoteKey != nil {
		p.Suite, p.SendKey, p.ReceiveKey = a.LocalKey.Suite, a.LocalKey.Key, a.RemoteKey.Key
	}
	return l.stream.Change(p)
}

// Close ends the sound (sipclient.Media). It does not wait for devices.
func (l *Line) Close() {
	l.mu.Lock()
	l.sight.close()
	l.mu.Unlock()
	go l.stream.Close()
}

// Connect gives the call devices, which belong to it from then on; nil is none.
func (l *Line) Connect(in media.Source, out media.Sink) { l.stream.Use(in, out) }

// Mute sends silence.
func (l *Line) Mute(on bool) { l.stream.Mute(on) }

// Digit presses a key of a telephone.
func (l *Line) Digit(key rune) error { return l.stream.Digit(key) }

// Heard are the digits that the other side has pressed, the latest 64, and how many there were in all.
func (l *Line) Heard() (digits string, count int) {
	r := l.stream.Report()
	return r.Digits, r.DigitCount
}

// qualities are the words of media in those of the window.
var qualities = [...]app.Quality{
	media.Unknown: app.QualityUnknown, media.Good: app.QualityGood, media.Fair: app.QualityFair,
	media.Poor: app.QualityPoor, media.NoSound: app.QualityNoSound,
}

// stands is how it sounds, and what became of the devices.
func (l *Line) stands() (is app.CallSound, source, sink error) {
	r := l.stream.Report()
	return app.CallSound{
		In: float64(r.In), Out: float64(r.Out), Quality: qualities[r.Quality], Lost: r.Loss, Jitter: r.Jitter,
		RoundTrip: r.RoundTrip, Codec: r.Codec, Secure: r.Encrypted,
	}, r.SourceErr, r.SinkErr
}

// Sound tells how it sounds, and what became of the devices.
func (l *Line) Sound() (app.CallSound, error) {
	is, source, sink := l.stands()
	return is, troubles(source, sink)
}
