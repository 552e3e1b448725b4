package media

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"sync"
	"time"

	"github.com/pion/rtcp"
)

// Unit is one coded picture as it goes over the network: an access unit of H.264 with start codes (Annex B), or a frame of
// VP8.
type Unit struct {
	Codec string // "H264" or "VP8"
	Data  []byte
	Whole bool // can be decoded without any other: a key frame
}

// VideoCodecs lists the codecs of pictures that can be carried, best first, with payload types of the dynamic range. Their
// clock is at 90 kHz (RFC 6184, RFC 7741).
func VideoCodecs() []Codec { return []Codec{{Name: "H264", Type: 97}, {Name: "VP8", Type: 98}} }

// Video carries the pictures of one call: a pair of ports of its own, beside those of the sound. It knows coded pictures and
// no camera and no screen. All its methods may be called from any goroutine, and do not block.
type Video struct {
	rtp, rtcp socket
	name      string
	take      func(Unit)

	mu    sync.Mutex
	in    videoIn
	out   videoOut
	intra bool // a whole picture is asked for by FIR
	asked time.Time
	asks  uint8 // numbers FIR (RFC 5104 section 4.3.1.1)

	done chan struct{}
	once sync.Once
	wg   sync.WaitGroup
}

// ListenVideo binds a pair of ports of a local address. take gets each picture of the other side's that arrived complete,
// in order; it must not block.
func ListenVideo(local netip.Addr, take func(Unit)) (*Video, error) {
	even, odd, err := listenPair(local)
	if err != nil {
		return nil, err
	}
	return newVideo(even, odd, take), nil
}

func newVideo(even, odd socket, take func(Unit)) *Video {
	v := &Video{
		rtp: even, rtcp: odd, take: take, done: make(chan struct{}), name: fmt.Sprintf("%016x", rand.Uint64()),
		out: newVideoOut(),
	}
	v.wg.Go(func() {
		readFrom(v.rtp, v.done, func(b []byte, from netip.AddrPort) { v.arrived(b, from, time.Now()) })
	})
	v.wg.Go(func() {
		readFrom(v.rtcp, v.done, func(b []byte, from netip.AddrPort) { v.reported(b, from, time.Now()) })
	})
	v.wg.Go(v.account)
	return v
}

// Addr is where RTP is taken; RTCP is one port above.
func (v *Video) Addr() netip.AddrPort { return v.rtp.Local() }

// Change starts the pictures, or changes them, as Stream.Change does the sound, with the same errors. Events is not looked
// at.
func (v *Video) Change(p Params) error {
	p.Remote = netip.AddrPortFrom(p.Remote.Addr().Unmap(), p.Remote.Port())
	if err := p.checkVideo(); err != nil {
		return err
	}
	if p.usable() && v.rtp.Local().Addr().Is4() && !p.Remote.Addr().Is4() {
		return ErrRemote
	}
	select {
	case <-v.done:
		return ErrClosed
	default:
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.in.change(p)
	v.out.change(p)
	v.intra = p.Intra
	return nil
}

// Ask asks the other side for a whole picture, at most once a second.
func (v *Video) Ask() {
	v.mu.Lock()
	v.in.joiner.starve(time.Now())
	b, to := v.asking(time.Now())
	v.mu.Unlock()
	v.report(b, to)
}

// askEvery is how often a whole picture is asked for: it costs the other side several times the usual.
const askEvery = time.Second

// asking makes the packet that asks for a whole picture, nil when it is too early.
func (v *Video) asking(now time.Time) ([]byte, netip.AddrPort) {
	to := v.in.reportsTo()
	if !v.in.order.begun || !to.IsValid() || now.Sub(v.asked) < askEvery {
		return nil, to
	}
	v.asked = now
	v.in.askedFor++
	var ask rtcp.Packet = &rtcp.PictureLossIndication{SenderSSRC: v.out.ssrc, MediaSSRC: v.in.order.ssrc}
	if v.intra {
		v.asks++
		ask = &rtcp.FullIntraRequest{
			SenderSSRC: v.out.ssrc, FIR: []rtcp.FIREntry{{SSRC: v.in.order.ssrc, SequenceNumber: v.asks}},
		}
	}
	return v.out.compound(v.in.reception(now), v.name, false, now, ask), to
}

// Send sends a picture of the user's, if it is of the codec that was agreed on. What cannot be sent is lost.
func (v *Video) Send(u Unit) {
	now := time.Now()
	v.mu.Lock()
	packets := v.out.cut(u, now)
	to := v.in.door.where()
	v.mu.Unlock()
	if !to.IsValid() {
		return
	}
	for _, b := range packets {
		v.rtp.WriteTo(b, to) //nolint:errcheck // as on any network
	}
}

// Close ends it and says goodbye. It may be called more than once.
func (v *Video) Close() {
	v.once.Do(func() {
		close(v.done)
		v.reportNow(true)
		v.rtp.Close()  //nolint:errcheck // nothing is lost
		v.rtcp.Close() //nolint:errcheck // nothing is lost
	})
	v.wg.Wait()
}

// arrived takes a datagram of pictures.
func (v *Video) arrived(b []byte, from netip.AddrPort, now time.Time) {
	v.mu.Lock()
	units, starves := v.in.packet(b, from, now)
	var ask []byte
	var to netip.AddrPort
	if starves {
		ask, to = v.asking(now)
	}
	v.mu.Unlock()
	v.report(ask, to)
	for _, u := range units {
		v.take(u)
	}
}

// reported takes a datagram of RTCP.
func (v *Video) reported(b []byte, from netip.AddrPort, now time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, p := range v.in.reports(b, from, v.out.ssrc, now) {
		switch p := p.(type) {
		case *rtcp.PictureLossIndication:
			if p.MediaSSRC == v.out.ssrc {
				v.out.wanted++
			}
		case *rtcp.FullIntraRequest:
			for _, f := range p.FIR {
				if f.SSRC == v.out.ssrc {
					v.out.wanted++
				}
			}
		}
	}
}

// account reports to the other side now and then.
func (v *Video) account() {
	timer := time.NewTimer(reportEvery / 2)
	defer timer.Stop()
	for {
		select {
		case <-v.done:
			return
		case <-timer.C:
			v.reportNow(false)
			timer.Reset(reportEvery/2 + rand.N(reportEvery))
		}
	}
}

func (v *Video) reportNow(bye bool) {
	v.mu.Lock()
	to := v.in.reportsTo()
	var b []byte
	if to.IsValid() {
		now := time.Now()
		b = v.out.compound(v.in.reception(now), v.name, bye, now)
	}
	v.mu.Unlock()
	v.report(b, to)
}

func (v *Video) report(b []byte, to netip.AddrPort) {
	if b != nil && to.IsValid() {
		v.rtcp.WriteTo(b, to) //nolint:errcheck // the next one will tell
	}
}

// VideoReport is how the pictures of a call stand.
type VideoReport struct {
	Remote    netip.AddrPort
	Encrypted bool
	Received  uint64 // packets, each once
	Lost      uint64 // packets that never came
	Dropped   uint64 // packets from strangers, forged, malformed, or beyond what may come in a second
	Units     uint64 // pictures that arrived complete
	AskedFor  uint64 // whole pictures that we have asked for
	Sent      uint64 // packets
	Wanted    uint64 // whole pictures that the other side has asked for
	RoundTrip time.Duration
}

// Report says how the pictures stand. It is cheap.
func (v *Video) Report() VideoReport {
	v.mu.Lock()
	defer v.mu.Unlock()
	in := &v.in
	return VideoReport{
		Remote: in.door.where(), Encrypted: in.keys != nil,
		Received: in.before.received + in.order.received, Lost: in.before.lost + in.order.lost(),
		Dropped: in.wire.strangers + in.wire.broken + in.wire.forged + in.flood,
		Units:   in.units, AskedFor: in.askedFor, Sent: v.out.packets, Wanted: v.out.wanted, RoundTrip: in.control.round,
	}
}
