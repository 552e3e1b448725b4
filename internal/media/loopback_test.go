package media

import (
	"net"
	"net/netip"
	"testing"
	"time"
)

// loopback is a call between two streams over real sockets.
func loopback(t testing.TB, codec string) (a, b *Stream) {
	t.Helper()
	var all []*Stream
	for range 2 {
		s, err := Listen(netip.MustParseAddr("127.0.0.1"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		all = append(all, s)
	}
	a, b = all[0], all[1]
	for s, other := range map[*Stream]*Stream{a: b, b: a} {
		if err := s.Change(agreed(other.Addr().String(), codec)); err != nil {
			t.Fatal(err)
		}
	}
	return a, b
}

func TestListeningTakesAnEvenPortAndTheNext(t *testing.T) {
	for _, local := range []string{"127.0.0.1", "::1"} {
		if probe, err := net.ListenPacket("udp", net.JoinHostPort(local, "0")); err != nil {
			t.Logf("no %s on this machine", local)
			continue
		} else {
			probe.Close()
		}
		a, err := Listen(netip.MustParseAddr(local))
		if err != nil {
			t.Fatal(err)
		}
		if port := a.Addr().Port(); port&1 != 0 || a.rtcp.Local().Port() != port+1 || a.Addr().Addr().String() != local {
			t.Errorf("sound at %v, reports at %v", a.Addr(), a.rtcp.Local())
		}
		a.Close()
	}
	if _, err := Listen(netip.MustParseAddr("192.0.2.1")); err == nil {
		t.Error("an address that is not ours was taken")
	}
}

func TestACallOverRealSockets(t *testing.T) {
	a, b := loopback(t, "G722")
	heard := &tape{}
	a.Use(Tone(1000, 0.25), nil)
	b.Use(nil, heard)
	for deadline := time.Now().Add(15 * time.Second); ; {
		time.Sleep(100 * time.Millisecond)
		pcm := heard.last(500 * time.Millisecond)
		if len(pcm) == Rate/2 && goertzel(pcm, 1000) > 0.23 && restOf(pcm, 1000) < 0.05 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("half a second of the tone was not heard: %+v", b.Report())
		}
	}
}
