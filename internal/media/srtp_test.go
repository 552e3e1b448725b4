package media

import (
	"bytes"
	"errors"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

func keyOf(b byte) []byte { return bytes.Repeat([]byte{b}, masterKey+masterSalt) }

// secret is what alice and bob agree on with keys.
func secret(remote, suite string, send, receive byte) Params {
	p := agreed(remote, "PCMU")
	p.Suite, p.SendKey, p.ReceiveKey = suite, keyOf(send), keyOf(receive)
	return p
}

func TestEncryptedSoundIsHeardByTheOtherSideOnly(t *testing.T) {
	for _, suite := range []string{"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32"} {
		t.Run(suite, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := newNetwork(1)
				silence, _ := newEncoder("PCMU")
				plain := silence.encode(nil, make([]int16, Frame))
				var leaks int
				n.watch = func(b []byte, _, _ netip.AddrPort) {
					if bytes.Contains(b, plain[:20]) || bytes.Contains(b, []byte("CNAME")) {
						leaks++
					}
				}
				a, b := n.stream(t, alice), n.stream(t, bob)
				heard := &tape{}
				b.Use(nil, heard)
				change(t, a, secret(bob, suite, 1, 2))
				change(t, b, secret(alice, suite, 2, 1))
				time.Sleep(time.Second) // silence: easily recognized
				a.Use(Tone(1000, 0.25), nil)
				time.Sleep(20 * time.Second)
				wantTone(t, heard.last(5*time.Second), 1000, 0.25)
				r := b.Report()
				if !r.Encrypted || r.Dropped != 0 || r.RoundTrip != 0 && r.RoundTrip > time.Second {
					t.Errorf("%+v", r)
				}
				synctest.Wait()
				if !a.in.control.any || !b.in.control.any {
					t.Error("no report came through")
				}
				if leaks > 0 {
					t.Errorf("%d packets can be read", leaks)
				}
			})
		})
	}
}

func TestWithoutTheRightKeyNothingIsHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(1)
		a, b := n.stream(t, alice), n.stream(t, bob)
		heard := &tape{}
		b.Use(nil, heard)
		a.Use(Tone(1000, 0.25), nil)
		change(t, b, secret(alice, "AES_CM_128_HMAC_SHA1_80", 2, 1))
		change(t, a, secret(bob, "AES_CM_128_HMAC_SHA1_80", 9, 2))
		time.Sleep(2 * time.Second)
		change(t, a, agreed(bob, "PCMU")) // in the clear
		time.Sleep(2 * time.Second)
		if l := LevelOf(heard.last(4 * time.Second)); l > 0 {
			t.Errorf("heard at %.4f", l)
		}
		if r := b.Report(); r.Quality != NoSound || r.Received != 0 || r.Dropped < 190 {
			t.Errorf("%+v", r)
		}
		change(t, a, secret(bob, "AES_CM_128_HMAC_SHA1_80", 1, 2)) // a new key during the call
		time.Sleep(2 * time.Second)
		wantTone(t, heard.last(time.Second), 1000, 0.25)
	})
}

func TestARepeatedEncryptedPacketIsForged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(1)
		n.set(faults{twice: 1})
		a, b := n.stream(t, alice), n.stream(t, bob)
		change(t, a, secret(bob, "AES_CM_128_HMAC_SHA1_80", 1, 2))
		change(t, b, secret(alice, "AES_CM_128_HMAC_SHA1_80", 2, 1))
		time.Sleep(2 * time.Second)
		if r := b.Report(); r.Received < 98 || r.Dropped < r.Received-2 {
			t.Errorf("%+v", r)
		}
	})
}

// A change of direction or address leaves the keys as they are, and with them the count of rounds; so what comes
// after 65,536 packets can be read too.
func TestKeysSurviveHoldAndRounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(1)
		a, b := n.stream(t, alice), n.stream(t, bob)
		heard := &tape{}
		a.Use(Tone(1000, 0.25), nil)
		b.Use(nil, heard)
		a.out.seq = 65530
		out, in := secret(bob, "AES_CM_128_HMAC_SHA1_80", 1, 2), secret(alice, "AES_CM_128_HMAC_SHA1_80", 2, 1)
		change(t, a, out)
		change(t, b, in)
		time.Sleep(time.Second)
		synctest.Wait()
		context := a.out.keys
		out.Sending = false
		change(t, a, out)
		time.Sleep(time.Second)
		out.Sending = true
		change(t, a, out)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if a.out.keys != context {
			t.Error("the keys began anew")
		}
		wantTone(t, heard.last(time.Second), 1000, 0.25)
	})
}

func TestKeysThatCannotBeUsedAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newNetwork(1).stream(t, alice)
		for name, p := range map[string]Params{
			"suite": secret(bob, "AES_256_CM_HMAC_SHA1_80", 1, 2), "no suite": secret(bob, "", 1, 2),
			"short": {}, "one way": {},
		} {
			switch name {
			case "short":
				p = secret(bob, "AES_CM_128_HMAC_SHA1_80", 1, 2)
				p.ReceiveKey = p.ReceiveKey[:29]
			case "one way":
				p = secret(bob, "AES_CM_128_HMAC_SHA1_80", 1, 2)
				p.ReceiveKey = nil
			}
			if err := a.Change(p); !errors.Is(err, ErrKey) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
