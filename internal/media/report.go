package media

import (
	"net/netip"
	"sync"
	"time"
)

// Quality is how a call sounds, in a word.
type Quality uint8

// From no judgement yet to no sound at all.
const (
	Unknown Quality = iota // nothing has been heard yet, nor should have been
	Good
	Fair
	Poor
	NoSound // sound should come and for three seconds none has
)

// String is the word for people; nothing for Unknown.
func (q Quality) String() string {
	return [...]string{"", "Good", "Fair", "Poor", "No sound"}[min(q, NoSound)]
}

// Report is how the sound of a call stands.
type Report struct {
	In, Out Level // what is heard, and what is sent: 0 while muted or on hold

	Remote    netip.AddrPort // where sound is sent to: what was agreed on, or what was learned
	Codec     string         // of what arrives, "" before anything has
	Encrypted bool

	Sent     uint64 // packets
	Received uint64 // packets of the other side, each once
	Lost     uint64 // packets that were sent to us and never came, or too late to be played
	Dropped  uint64 // packets from strangers, forged or malformed
	Bridged  uint64 // frames of 20 ms that were concealed

	Loss      float64       // 0..1 of what was to be played lately and had to be concealed
	TheirLoss float64       // 0..1 of what we sent lately, as the other side says
	Jitter    time.Duration // of arrival (RFC 3550 appendix A.8)
	Delay     time.Duration // in the jitter buffer
	RoundTrip time.Duration // 0: not known
	Quality   Quality

	Digits     string // heard, in order; the latest 64
	DigitCount int    // how many have been heard in all
	Goodbye    bool   // the other side said by RTCP that it is leaving

	// Why a device was dropped: what it failed with, or io.EOF at the end of a file. nil while it works, and when
	// there is none by choice.
	SourceErr, SinkErr error
}

// Report says how the sound stands. It is cheap: a screen may ask for every frame.
func (s *Stream) Report() Report {
	var r Report
	s.in.report(&r)
	s.out.report(&r)
	s.judge.report(&r)
	r.SourceErr, r.SinkErr = s.devices.errors()
	return r
}

func (r *receiver) report(to *Report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	counts := r.playout.jitter.counts
	to.In, to.Remote, to.Codec, to.Encrypted = r.level.level, r.door.where(), r.playout.codec, r.keys != nil
	to.Received = r.before.received + r.order.received
	to.Lost = r.before.lost + r.order.lost() + counts.late
	to.Dropped = r.wire.strangers + r.wire.broken + r.wire.forged
	to.Bridged = counts.bridged
	to.TheirLoss, to.RoundTrip, to.Goodbye = r.control.loss, r.control.round, r.control.goodbye
	to.Jitter = time.Duration(r.order.jitter / clockRate * float64(time.Second))
	to.Delay = r.playout.jitter.delay
	to.Digits, to.DigitCount = r.keypad.heard, r.keypad.count
}

func (o *sender) report(to *Report) {
	o.mu.Lock()
	defer o.mu.Unlock()
	to.Out, to.Sent = o.level.level, o.packets
}

func (r *receiver) whereReports() netip.AddrPort {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.reportsTo()
}

// judge makes a word of figures.
type judge struct {
	mu      sync.Mutex
	frames  uint64 // played, at the last look
	bridged uint64
	loss    float64
	quality Quality
}

const soundless = 3 * time.Second

// look is to be called once a second.
func (j *judge) look(r *receiver, now time.Time) {
	r.mu.Lock()
	frames, bridged := r.playout.played, r.playout.jitter.counts.bridged
	theirs, round, delay := r.control.loss, r.control.round, r.playout.jitter.delay
	receiving, began := r.receiving, r.order.begun
	silent := now.Sub(latest(r.since, r.last)) >= soundless
	r.mu.Unlock()

	j.mu.Lock()
	defer j.mu.Unlock()
	if new := frames - j.frames; new > 0 {
		j.loss += (float64(bridged-j.bridged)/float64(new) - j.loss) / 4
	}
	j.frames, j.bridged = frames, bridged
	switch {
	case !receiving:
		j.quality = Unknown
	case silent:
		j.quality = NoSound
	case !began:
		j.quality = Unknown
	default:
		j.quality = word(max(j.loss, theirs), round/2+delay+2*FrameTime)
	}
}

// word judges loss (0..1) and the delay from mouth to ear: ITU-T G.114 has 150 ms as what nobody minds and 400 ms as the most;
// concealed loss is heard from about one in a hundred on, and hurts from one in twenty.
func word(loss float64, delay time.Duration) Quality {
	switch {
	case loss < 0.01 && delay < 200*time.Millisecond:
		return Good
	case loss < 0.05 && delay < 400*time.Millisecond:
		return Fair
	}
	return Poor
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (j *judge) report(to *Report) {
	j.mu.Lock()
	defer j.mu.Unlock()
	to.Loss, to.Quality = j.loss, j.quality
}
