package bench

import (
	"math/rand/v2"
	"testing"
	"time"

	"golync/internal/shot"
)

// pause is as long as between two keys of somebody who is in a hurry. It is drawn anew each time: a fixed
// one falls into step with the frames, and then every key waits equally long.
func pause() { time.Sleep(30*time.Millisecond + rand.N(40*time.Millisecond)) }

// echo hears when the program writes something.
type echo chan time.Time

func (e echo) Write(p []byte) (int, error) {
	select {
	case e <- time.Now():
	default: // nobody has listened since the last one
	}
	return len(p), nil
}

// after forgets what was heard, does something, and returns how long it was until the first byte came.
func (e echo) after(b *testing.B, do func() error) time.Duration {
	b.Helper()
	select {
	case <-e:
	default:
	}
	begin := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	select {
	case at := <-e:
		return at.Sub(begin)
	case <-time.After(shot.Patience):
		b.Fatal("the key had no answer")
		return 0
	}
}

// BenchmarkKey: from a key to the first byte it brings, with 10,000 contacts and a history of 100,000
// messages: moving in the list, and typing in the conversation.
func BenchmarkKey(b *testing.B) {
	home := prepare(b, 10_000, 100_000)
	heard := make(echo, 1)
	t := open(b, home, "127.0.0.1:9", heard)
	see(b, t, "Person 00000")
	quiet(t)
	var times []time.Duration
	press := func(key string) {
		times = append(times, heard.after(b, func() error { return t.Press(key) }))
		pause()
	}
	for i := range 150 {
		press([]string{"down", "down", "down", "up"}[i%4])
	}
	talk(b, t)
	for i := range 150 {
		press([]string{"q", "x", "backspace"}[i%3])
	}
	result.most(b, "key to bytes, 10,000 contacts, 100,000 messages, p95", percentile(times, 95), "ms", 20)
	result.known(b, "key to bytes, 10,000 contacts, 100,000 messages, median", percentile(times, 50), "ms")
}

// talk gives the keys to the conversation with the first person.
func talk(b *testing.B, t *shot.Terminal) {
	b.Helper()
	for _, do := range []func() error{
		func() error { return t.Press("home") },
		func() error { return t.ClickOn("Person 00000") },
		func() error { return t.Press("enter") },
		func() error { return t.Type("zq") },
	} {
		if err := do(); err != nil {
			b.Fatal(err)
		}
		quiet(t)
	}
	see(b, t, "zq")
}

// BenchmarkKeyInFlood: from a letter to its echo in the message field, while 10,000 messages come in the
// same conversation at 5,000 a second.
func BenchmarkKeyInFlood(b *testing.B) {
	const count, burst, every = 10_000, 50, 10 * time.Millisecond
	w, p := signedIn(b, 1000, 50)
	talk(b, w)
	flooded := make(chan struct{})
	go func() {
		defer close(flooded)
		clock := time.NewTicker(every)
		defer clock.Stop()
		for sent := 0; sent < count; sent += burst {
			p.Raw(messages(p, sent, burst))
			<-clock.C
		}
	}()
	var times []time.Duration
	for i, going := 0, true; going; i++ {
		times = append(times, echoed(b, w, i%2 == 0))
		time.Sleep(rand.N(20 * time.Millisecond))
		select {
		case <-flooded:
			going = false
		default:
		}
	}
	result.known(b, "key to echo while 10,000 messages come, p95", percentile(times, 95), "ms")
	acknowledged(b, p, count)
}

// echoed types x behind zq or takes it back, and returns how long it was until that was seen.
func echoed(b *testing.B, w *shot.Terminal, add bool) time.Duration {
	b.Helper()
	key := "backspace"
	if add {
		key = "x"
	}
	begin := time.Now()
	err := w.Press(key)
	if err == nil {
		_, err = w.Until("an echo", func(s shot.Screen) bool { return s.Has("zqx") == add })
	}
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(begin)
}
