package media

import (
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"
)

// network is a network in memory with faults, for tests in fake time. What it does to packets is seeded.
type network struct {
	mu      sync.Mutex
	rng     *rand.Rand
	sockets map[netip.AddrPort]*memorySocket
	faults  faults
	sent    int // datagrams
	watch   func(b []byte, from, to netip.AddrPort)
}

// faults is what happens to datagrams.
type faults struct {
	loss, twice   float64       // probabilities
	delay, jitter time.Duration // each takes delay and up to jitter more, which reorders them
}

type datagram struct {
	b    []byte
	from netip.AddrPort
}

type memorySocket struct {
	net    *network
	at     netip.AddrPort
	queue  chan datagram
	closed chan struct{}
	once   sync.Once
}

func newNetwork(seed uint64) *network {
	return &network{rng: rand.New(rand.NewPCG(seed, 7)), sockets: map[netip.AddrPort]*memorySocket{}}
}

func (n *network) set(f faults) {
	n.mu.Lock()
	n.faults = f
	n.mu.Unlock()
}

func (n *network) socket(at string) *memorySocket {
	s := &memorySocket{net: n, at: netip.MustParseAddrPort(at), queue: make(chan datagram, 1000), closed: make(chan struct{})}
	n.mu.Lock()
	n.sockets[s.at] = s
	n.mu.Unlock()
	return s
}

// stream makes a stream at an address of the network, whose port is even.
func (n *network) stream(t *testing.T, at string) *Stream {
	t.Helper()
	even := netip.MustParseAddrPort(at)
	s := newStream(n.socket(at), n.socket(netip.AddrPortFrom(even.Addr(), even.Port()+1).String()))
	t.Cleanup(s.Close)
	return s
}

func (s *memorySocket) ReadFrom(b []byte) (int, netip.AddrPort, error) {
	select {
	case d := <-s.queue:
		return copy(b, d.b), d.from, nil
	case <-s.closed:
		return 0, netip.AddrPort{}, net.ErrClosed
	}
}

func (s *memorySocket) WriteTo(b []byte, to netip.AddrPort) error {
	n := s.net
	n.mu.Lock()
	defer n.mu.Unlock()
	n.sent++
	if n.watch != nil {
		n.watch(b, s.at, to)
	}
	target := n.sockets[to]
	if target == nil || n.rng.Float64() < n.faults.loss {
		return nil
	}
	copies := 1
	if n.rng.Float64() < n.faults.twice {
		copies = 2
	}
	d := datagram{append([]byte(nil), b...), s.at}
	for range copies {
		delay := n.faults.delay
		if n.faults.jitter > 0 {
			delay += time.Duration(n.rng.Int64N(int64(n.faults.jitter)))
		}
		if delay == 0 {
			target.put(d)
		} else {
			time.AfterFunc(delay, func() { target.put(d) })
		}
	}
	return nil
}

func (s *memorySocket) put(d datagram) {
	select {
	case s.queue <- d:
	default:
	}
}

func (s *memorySocket) Local() netip.AddrPort { return s.at }

func (s *memorySocket) Close() error {
	s.once.Do(func() { close(s.closed) })
	return nil
}

// tape is a Sink that keeps what it was given.
type tape struct {
	mu     sync.Mutex
	pcm    []int16
	closed bool
}

func (t *tape) Write(frame []int16) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pcm = append(t.pcm, frame...)
	return nil
}

func (t *tape) Close() error {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	return nil
}

// last is the end of what was heard.
func (t *tape) last(d time.Duration) []int16 {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := min(int(d.Seconds()*Rate), len(t.pcm))
	return append([]int16(nil), t.pcm[len(t.pcm)-n:]...)
}

// agreed is what alice has to know to talk to an address by a codec.
func agreed(remote, codec string) Params {
	p := Params{Remote: netip.MustParseAddrPort(remote), Events: 101, Sending: true, Receiving: true, Receive: map[uint8]Codec{}}
	for _, c := range Codecs() {
		p.Receive[c.Type] = c
		if c.Name == codec {
			p.Send = c
		}
	}
	return p
}

func change(t *testing.T, s *Stream, p Params) {
	t.Helper()
	if err := s.Change(p); err != nil {
		t.Fatal(err)
	}
}
