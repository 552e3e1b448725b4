package digest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// Whatever the order in which requests come through, no count is taken twice, and none within reach is lost.
func TestTheWindowTakesEachCountOnce(t *testing.T) {
	for seed := range uint64(50) {
		dice := rand.New(rand.NewPCG(seed, 0))
		var w window
		taken := map[uint32]bool{}
		highest := uint32(0)
		for range 2000 {
			count := uint32(max(1, int(highest)-70+dice.IntN(90)))
			reachable := count > highest || highest-count < 64
			got := w.take(count)
			if want := reachable && !taken[count]; got != want {
				t.Fatalf("seed %d: %d after %d: taken %t, want %t", seed, count, highest, got, want)
			}
			taken[count] = taken[count] || got
			highest = max(highest, count)
		}
	}
}

func TestTheWindowSurvivesTheLargestJump(t *testing.T) {
	var w window
	for _, c := range []struct {
		count uint32
		want  bool
	}{{1, true}, {1 << 31, true}, {1, false}, {1<<31 - 63, true}, {1<<31 - 64, false}, {^uint32(0), true}, {^uint32(0), false}, {0, false}} {
		if got := w.take(c.count); got != c.want {
			t.Errorf("%d: taken %t, want %t", c.count, got, c.want)
		}
	}
}

func TestCountsThatAreNoNumbersAreNotTaken(t *testing.T) {
	v := NewVerifier("contoso.com", time.Now)
	for _, nc := range []string{"0000000g", "-1", "100000000", " ", "0x1"} {
		nonce := v.nonce()
		if v.fresh(nonce, nc) {
			t.Errorf("nc=%q was taken", nc)
		}
		if !v.fresh(nonce, "00000001") {
			t.Errorf("nc=%q made the nonce unusable", nc)
		}
	}
}

// Somebody who asks for nonces all day must not fill the memory. What was given out before is then stale, and
// its users are asked once more.
func TestTheVerifierForgetsBeforeItGrows(t *testing.T) {
	v := NewVerifier("contoso.com", time.Now)
	first := v.nonce()
	if !v.fresh(first, "1") {
		t.Fatal("the first nonce is not taken")
	}
	for range maxNonces + 5 {
		v.fresh(v.nonce(), "1")
	}
	if n := len(v.seen); n > maxNonces {
		t.Errorf("%d nonces are remembered", n)
	}
	if v.fresh(first, "2") {
		t.Error("a nonce of the time before is taken without knowing its counts")
	}
	if !v.fresh(v.nonce(), "1") {
		t.Error("a new nonce is not taken")
	}
}

func TestANonceIsNotTakenAfterAnyChange(t *testing.T) {
	v := NewVerifier("contoso.com", time.Now)
	good := v.nonce()
	for i := range good {
		changed := []byte(good)
		changed[i] ^= 1
		if v.fresh(string(changed), "1") {
			t.Errorf("changed at %d it is taken: %s", i, changed)
		}
	}
	for _, nonce := range []string{"", "-", strings.Repeat("-", 26), good[:len(good)-1], good + "0", "0" + good} {
		if v.fresh(nonce, "1") {
			t.Errorf("%q is taken", nonce)
		}
	}
	if other := NewVerifier("contoso.com", time.Now); other.fresh(good, "1") {
		t.Error("another server takes it")
	}
}

func TestWhatIsQuotedIsReadBack(t *testing.T) {
	for _, s := range []string{"contoso.com", `a "b" c`, `back\slash`, `\"`, "a, b=c", "Zürich", ""} {
		c := Parse(fmt.Sprintf("Digest realm=%s, nonce=%s, opaque=%s", quote(s), quote("n"), quote(s)))
		if len(c) != 1 || c[0].Realm != s || c[0].Opaque != s {
			t.Errorf("%q came back as %+v", s, c)
		}
	}
}
