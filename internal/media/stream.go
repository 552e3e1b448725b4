package media

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"sync"
	"time"
)

// Stream is the sound of one call: a pair of ports, what is sent, what is received, and the devices. All its methods
// may be called from any goroutine; none of them blocks for longer than it takes to compute something, but Close.
type Stream struct {
	rtp, rtcp socket
	name      string // canonical name in RTCP; says nothing about the user
	in        receiver
	out       sender
	devices   devices
	judge     judge

	done chan struct{}
	once sync.Once
	wg   sync.WaitGroup
}

// closing is how long Close waits for devices that do not let go.
const closing = time.Second

// Listen binds an even port of a local address and the next one. What arrives before the first Change is dropped.
func Listen(local netip.Addr) (*Stream, error) {
	even, odd, err := listenPair(local)
	if err != nil {
		return nil, err
	}
	return newStream(even, odd), nil
}

func newStream(even, odd socket) *Stream {
	s := &Stream{
		rtp: even, rtcp: odd, out: newSender(), done: make(chan struct{}),
		name: fmt.Sprintf("%016x", rand.Uint64()),
	}
	s.devices.init()
	s.wg.Go(s.readSound)
	s.wg.Go(s.readReports)
	s.wg.Go(s.send)
	s.wg.Go(s.account)
	s.devices.play(s, nil)
	return s
}

// Addr is where RTP is taken; RTCP is one port above.
func (s *Stream) Addr() netip.AddrPort { return s.rtp.Local() }

// Change starts the sound, or changes it: hold, another address, another codec, other keys. It changes nothing when it
// returns an error: ErrRemote, ErrCodec, ErrKey or ErrClosed.
func (s *Stream) Change(p Params) error {
	p.Remote = netip.AddrPortFrom(p.Remote.Addr().Unmap(), p.Remote.Port())
	if err := p.check(); err != nil {
		return err
	}
	if local := s.rtp.Local().Addr(); p.usable() && local.Is4() && !p.Remote.Addr().Is4() {
		return ErrRemote // an address of IPv6 cannot be reached from here
	}
	select {
	case <-s.done:
		return ErrClosed
	default:
	}
	s.in.change(p, time.Now())
	s.out.change(p)
	return nil
}

// Use connects devices, which then belong to the stream: it closes them when others take their place, when they fail,
// and at the end. nil is none: silence is sent, and what is received is not heard. A device in use that is given again
// stays as it is.
func (s *Stream) Use(in Source, out Sink) {
	s.devices.use(s, in, out)
}

// Mute sends silence in place of what the Source gives.
func (s *Stream) Mute(on bool) { s.out.mute(on) }

// Digit presses a key: 0-9, *, #, A-D. It goes in packets of RFC 4733 for 100 ms in place of the sound, after those
// pressed before. ErrDigit says that it cannot.
func (s *Stream) Digit(digit rune) error { return s.out.press(digit) }

// Close ends everything, says goodbye to the other side, and closes the devices. A file that was written to is
// complete when it returns. Devices that do not let go are left behind after a second. It may be called more than once.
func (s *Stream) Close() {
	s.once.Do(func() {
		close(s.done)
		s.reportTo(true, time.Now())
		s.devices.close()
		s.rtp.Close()  //nolint:errcheck // nothing is lost
		s.rtcp.Close() //nolint:errcheck // nothing is lost
	})
	s.wg.Wait()
	s.devices.wait(closing)
}

// readSound takes what arrives until the socket is closed.
func (s *Stream) readSound() {
	s.read(s.rtp, func(b []byte, from netip.AddrPort) { s.in.packet(b, from, time.Now()) })
}

func (s *Stream) readReports() {
	s.read(s.rtcp, func(b []byte, from netip.AddrPort) { s.in.reports(b, from, s.out.ssrc, time.Now()) })
}

func (s *Stream) read(from socket, take func([]byte, netip.AddrPort)) { readFrom(from, s.done, take) }

// readFrom takes what arrives until done is closed, and the socket with it.
func readFrom(from socket, done <-chan struct{}, take func([]byte, netip.AddrPort)) {
	b := make([]byte, mostPacket+1)
	for {
		n, addr, err := from.ReadFrom(b)
		if err == nil {
			take(b[:n], addr)
			continue
		}
		// An error of one packet, such as a refusal by a host that has closed its port, is not the end.
		select {
		case <-done:
			return
		case <-time.After(FrameTime):
		}
	}
}

// send sends a frame in 20 ms for as long as the stream lives.
func (s *Stream) send() {
	var (
		pace    pacer
		silence = make([]int16, Frame)
		timer   = time.NewTimer(0)
		feed    *feed
	)
	defer timer.Stop()
	pace.due = time.Now()
	for {
		if next := s.devices.feed(); next != feed {
			feed, pace.begun, pace.owed = next, false, 0
		}
		timer.Reset(time.Until(pace.deadline(time.Now())))
		select {
		case <-s.done:
			return
		case <-s.devices.changed:
		case frame := <-feed.frames():
			if !s.sendFrame(&pace, frame) {
				return
			}
			feed.free <- frame
		case <-timer.C:
			clear(silence)
			s.write(s.out.packet(silence))
			pace.missed()
		}
	}
}

// sendFrame sends a frame of the source in its time. false: the stream was closed meanwhile.
func (s *Stream) sendFrame(pace *pacer, frame []int16) bool {
	after, drop := pace.came(time.Now())
	if drop {
		return true
	}
	if after > 0 {
		timer := time.NewTimer(after)
		defer timer.Stop()
		select {
		case <-s.done:
			return false
		case <-timer.C:
		}
	}
	s.write(s.out.packet(frame))
	pace.sent(time.Now())
	return true
}

// write sends a packet of sound. What cannot be sent is lost, as on any network.
func (s *Stream) write(b []byte) {
	if to := s.in.where(); b != nil && to.IsValid() {
		s.rtp.WriteTo(b, to) //nolint:errcheck // see above
	}
}

// account judges once a second, and reports to the other side.
func (s *Stream) account() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	next := time.Now().Add(reportEvery / 2)
	for {
		select {
		case <-s.done:
			return
		case <-ticker.C:
		}
		now := time.Now()
		s.judge.look(&s.in, now)
		if now.Before(next) {
			continue
		}
		next = now.Add(reportEvery/2 + rand.N(reportEvery))
		s.reportTo(false, now)
	}
}

// reportTo sends our RTCP to where the other side's comes from, or else one port above its sound.
func (s *Stream) reportTo(bye bool, now time.Time) {
	to := s.in.whereReports()
	if !to.IsValid() {
		return
	}
	if b := report(&s.in, &s.out, s.name, bye, now); b != nil {
		s.rtcp.WriteTo(b, to) //nolint:errcheck // the next one will tell
	}
}
