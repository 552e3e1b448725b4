package bench

import (
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golync/internal/siptest"
)

// BenchmarkPresence: 10,000 changes of presence from the queue to the screen, which package ui measures.
func BenchmarkPresence(b *testing.B) {
	out, err := exec.Command("go", "test", "-run", "^$", "-bench", "^BenchmarkPresenceFlood$", "-benchtime", "3x", "golync/ui").CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	metric := func(unit string) float64 {
		words := strings.Fields(string(out))
		for i := 1; i < len(words); i++ {
			if words[i] == unit {
				if v, err := strconv.ParseFloat(words[i-1], 64); err == nil {
					return v
				}
			}
		}
		b.Fatalf("no %s in\n%s", unit, out)
		return 0
	}
	result.most(b, "10,000 presence events on screen", metric("ms/10000-together"), "ms", 200)
	result.known(b, "the same one message each", metric("ms/10000-one-by-one"), "ms")
	result.known(b, "one message each is slower by", metric("times"), "times")
}

// BenchmarkPresenceOverTheWire: 10,000 NOTIFYs to 10,000 subscriptions, from the first octet to the last
// person's new note on the terminal, everything on the way included.
func BenchmarkPresenceOverTheWire(b *testing.B) {
	const people = 10_000
	begin := time.Now()
	w, p := signedIn(b, people, 0)
	for len(p.Watched()) < people {
		if time.Since(begin) > time.Minute {
			b.Fatalf("only %d subscriptions", len(p.Watched()))
		}
		time.Sleep(10 * time.Millisecond)
	}
	result.known(b, "exec to 10,000 subscriptions", time.Since(begin).Seconds(), "s")
	quiet(w)
	dialogs := p.Watched()
	// The first person stands in sight and comes last. Several subscriptions are made side by side, so the
	// first one need not be to the first person.
	first := slices.IndexFunc(dialogs, func(d *siptest.Message) bool { return d.Address("To") == string(person(0)) })
	last := dialogs[first]
	dialogs = append(slices.Delete(dialogs, first, first+1), last)
	begin = time.Now()
	for i, d := range dialogs {
		p.Notify(d, "active;expires=3600", "application/pidf+xml", siptest.Document(d.Address("To"), fmt.Sprintf("note %d", i)))
	}
	see(b, w, "note 9999")
	result.known(b, "10,000 NOTIFYs from the wire to the screen", time.Since(begin).Seconds(), "s")
}
