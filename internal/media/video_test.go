package media

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"net/netip"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// watcher keeps the pictures that have arrived.
type watcher struct {
	mu  sync.Mutex
	saw []Unit
}

func (w *watcher) take(u Unit) {
	w.mu.Lock()
	w.saw = append(w.saw, u)
	w.mu.Unlock()
}

func (w *watcher) all() []Unit {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Unit(nil), w.saw...)
}

// video makes one end of a call with pictures on a network in memory.
func (n *network) video(t *testing.T, at string) (*Video, *watcher) {
	t.Helper()
	even, w := netip.MustParseAddrPort(at), &watcher{}
	v := newVideo(n.socket(at), n.socket(netip.AddrPortFrom(even.Addr(), even.Port()+1).String()), w.take)
	t.Cleanup(v.Close)
	return v, w
}

// seeing is what an end has to know to show pictures to an address and see them.
func seeing(remote, codec string) Params {
	p := Params{Remote: netip.MustParseAddrPort(remote), Sending: true, Receiving: true, Receive: map[uint8]Codec{}}
	for _, c := range VideoCodecs() {
		p.Receive[c.Type] = c
		if c.Name == codec {
			p.Send = c
		}
	}
	return p
}

// film makes pictures of random sizes, a whole one first and then one in 15.
type film struct {
	codec string
	rng   *rand.Rand
	n     int
	whole bool // the next one is
}

func newFilm(codec string) *film { return &film{codec: codec, rng: rand.New(rand.NewPCG(5, 6))} }

func (f *film) octets(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(f.rng.IntN(254)) + 1 // so that nothing looks like a start code
	}
	return b
}

func (f *film) next() Unit {
	u := Unit{Codec: f.codec, Whole: f.whole || f.n%15 == 0}
	f.n, f.whole = f.n+1, false
	size := 3 + f.rng.IntN(3000)
	if u.Whole {
		size *= 5
	}
	if f.codec == "VP8" {
		u.Data = f.octets(size)
		u.Data[0] = u.Data[0]&^1 | 1
		if u.Whole {
			u.Data[0] &^= 1
		}
		return u
	}
	add := func(kind byte, octets []byte) {
		u.Data = append(append(append(u.Data, 0, 0, 0, 1), 0x60|kind), octets...)
	}
	if u.Whole {
		add(nalSPS, f.octets(12))
		add(8, f.octets(4))
		add(nalIDR, f.octets(size))
	} else {
		add(1, f.octets(size/2+1))
		add(1, f.octets(size/2+1)) // two slices
	}
	return u
}

const pictureTime = time.Second / 15

// Every picture arrives as it was sent and in order, whatever the network does short of losing some.
func TestPicturesArriveAsTheyWereSent(t *testing.T) {
	for _, codec := range []string{"H264", "VP8"} {
		for name, f := range map[string]faults{
			"a good network": {}, "another order": {delay: 20 * time.Millisecond, jitter: 30 * time.Millisecond}, "copies": {twice: 0.3},
		} {
			for _, secure := range []bool{false, true} {
				t.Run(codec+" "+name, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						n := newNetwork(3)
						n.set(f)
						a, _ := n.video(t, alice)
						b, saw := n.video(t, bob)
						here, there := seeing(bob, codec), seeing(alice, codec)
						if secure {
							here.Suite, here.SendKey, here.ReceiveKey = "AES_CM_128_HMAC_SHA1_80", keyOf(1), keyOf(2)
							there.Suite, there.SendKey, there.ReceiveKey = here.Suite, keyOf(2), keyOf(1)
						}
						if err := errors.Join(a.Change(here), b.Change(there)); err != nil {
							t.Fatal(err)
						}
						var sent []Unit
						for film := newFilm(codec); len(sent) < 60; time.Sleep(pictureTime) {
							sent = append(sent, film.next())
							a.Send(sent[len(sent)-1])
						}
						time.Sleep(time.Second)
						got := saw.all()
						if len(got) != len(sent) {
							t.Fatalf("%d pictures of %d arrived; %+v", len(got), len(sent), b.Report())
						}
						for i := range sent {
							if !bytes.Equal(got[i].Data, sent[i].Data) || got[i].Whole != sent[i].Whole || got[i].Codec != codec {
								t.Fatalf("picture %d of %d octets came as one of %d", i, len(sent[i].Data), len(got[i].Data))
							}
						}
						if r := b.Report(); r.Lost != 0 || r.AskedFor != 0 || r.Encrypted != secure || r.Units != 60 {
							t.Errorf("%+v", r)
						}
					})
				})
			}
		}
	}
}

// After a loss a whole picture is asked for, no more than once a second, and nothing is handed out before it comes. What is
// handed out is always one of the pictures that were sent.
func TestLossAsksForAWholePicture(t *testing.T) {
	for _, intra := range []bool{false, true} {
		for _, codec := range []string{"H264", "VP8"} {
			synctest.Test(t, func(t *testing.T) {
				n := newNetwork(9)
				a, _ := n.video(t, alice)
				b, saw := n.video(t, bob)
				there := seeing(alice, codec)
				there.Intra = intra
				if err := errors.Join(a.Change(seeing(bob, codec)), b.Change(there)); err != nil {
					t.Fatal(err)
				}
				film, sent := newFilm(codec), map[string]bool{}
				wanted := uint64(0)
				const seconds = 20
				for i := range 15 * seconds {
					n.set(faults{})
					if i > 0 {
						n.set(faults{loss: 0.03, delay: 5 * time.Millisecond, jitter: 10 * time.Millisecond})
					}
					if w := a.Report().Wanted; w > wanted {
						wanted, film.whole = w, true
					}
					u := film.next()
					sent[string(u.Data)] = true
					a.Send(u)
					time.Sleep(pictureTime)
				}
				time.Sleep(time.Second)
				got := saw.all()
				if len(got) < 15*seconds/3 {
					t.Errorf("%s: only %d pictures of %d were to be seen", codec, len(got), 15*seconds)
				}
				for _, u := range got {
					if !sent[string(u.Data)] {
						t.Fatalf("%s: a picture of %d octets was never sent", codec, len(u.Data))
					}
				}
				if r := b.Report(); r.Lost == 0 || r.AskedFor < 3 || r.AskedFor > seconds+2 || wanted == 0 {
					t.Errorf("%s: %+v; it was asked for %d", codec, r, wanted)
				}
			})
		}
	}
}

// Whoever is not the other side shows nothing, and neither does what comes too late, too much or without sense.
func TestWhoMayShowPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(1)
		a, _ := n.video(t, alice)
		b, saw := n.video(t, bob)
		eve, _ := n.video(t, "203.0.113.9:7000")
		film := newFilm("VP8")
		shows := func(v *Video) bool {
			before := len(saw.all())
			film.whole = true
			v.Send(film.next())
			time.Sleep(time.Second)
			return len(saw.all()) > before
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(a.Change(seeing(bob, "VP8")))
		must(eve.Change(seeing(bob, "VP8")))
		if shows(a) {
			t.Error("a picture came before anything was agreed on")
		}
		must(b.Change(seeing(alice, "VP8")))
		if !shows(a) || shows(eve) {
			t.Error("not alice, or somebody else is seen")
		}
		hold := seeing(alice, "VP8")
		hold.Receiving, hold.Sending = false, false
		must(b.Change(hold))
		if shows(a) {
			t.Error("a picture came on hold")
		}
		must(b.Change(seeing(alice, "VP8")))
		if !shows(a) {
			t.Error("nothing is seen after the hold")
		}
		keyed := seeing(alice, "VP8")
		keyed.Suite, keyed.SendKey, keyed.ReceiveKey = "AES_CM_128_HMAC_SHA1_80", keyOf(1), keyOf(2)
		must(b.Change(keyed))
		if shows(a) {
			t.Error("a picture came in the clear where it is to be encrypted")
		}
		b.Close()
		if shows(a) || !errors.Is(b.Change(seeing(alice, "VP8")), ErrClosed) {
			t.Error("it goes on after the end")
		}
	})
}

func TestWhatCannotBeShown(t *testing.T) {
	v, err := ListenVideo(netip.MustParseAddr("127.0.0.1"), func(Unit) {})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for name, c := range map[string]struct {
		change func(*Params)
		want   error
	}{
		"no address": {func(p *Params) { p.Remote = netip.AddrPort{} }, ErrRemote},
		"IPv6":       {func(p *Params) { p.Remote = netip.MustParseAddrPort("[::1]:9") }, ErrRemote},
		"a codec":    {func(p *Params) { p.Send.Name = "H263" }, ErrCodec},
		"no codec":   {func(p *Params) { p.Receive = nil }, ErrCodec},
		"sound":      {func(p *Params) { p.Receive[9] = Codec{Name: "G722", Type: 9} }, ErrCodec},
		"half a key": {func(p *Params) { p.SendKey = keyOf(1) }, ErrKey},
	} {
		p := seeing("127.0.0.1:9", "H264")
		c.change(&p)
		if err := v.Change(p); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A flood costs what is dropped, and pictures come again after it.
func TestAFloodOfPicturesIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(1)
		a, _ := n.video(t, alice)
		b, saw := n.video(t, bob)
		if err := errors.Join(a.Change(seeing(bob, "VP8")), b.Change(seeing(alice, "VP8"))); err != nil {
			t.Fatal(err)
		}
		film := newFilm("VP8")
		for range 2000 { // pictures in one second
			a.Send(film.next())
			time.Sleep(time.Second / 2000)
		}
		if got := len(saw.all()); got > 2*mostUnits {
			t.Errorf("%d pictures of a second were handed out", got)
		}
		if r := b.Report(); r.Dropped == 0 || r.Units > 2*mostUnits || r.AskedFor > 3 {
			t.Errorf("%+v", r)
		}
		time.Sleep(3 * time.Second)
		before := len(saw.all())
		film.whole = true
		for range 15 {
			a.Send(film.next())
			time.Sleep(pictureTime)
		}
		if got := len(saw.all()) - before; got < 10 {
			t.Errorf("%d pictures came after it", got)
		}
	})
}
