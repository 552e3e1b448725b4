package bench

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"golync/internal/shot"
	"golync/internal/siptest"
)

// BenchmarkMessageToScreen: from a MESSAGE leaving the server to its text on the terminal, in a quiet window
// and in one where 500 people a second change their presence.
func BenchmarkMessageToScreen(b *testing.B) {
	w, p := signedIn(b, 1000, 50)
	calm := drawn(b, w, p, "calm", 300)
	result.most(b, "MESSAGE from socket to screen, p99", percentile(calm, 99), "ms", 35)
	result.known(b, "MESSAGE from socket to screen, median", percentile(calm, 50), "ms")
	stop := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		changing(p, stop)
	}()
	busy := drawn(b, w, p, "busy", 200)
	close(stop)
	<-stopped
	result.most(b, "the same with 500 presence changes/s, p99", percentile(busy, 99), "ms", 35)
}

// drawn sends messages one at a time and returns how long each took.
func drawn(b *testing.B, w *shot.Terminal, p *siptest.Peer, word string, count int) (times []time.Duration) {
	b.Helper()
	for i := range count {
		mark := fmt.Sprintf("%s%05d", word, i)
		begin := time.Now()
		p.Send("MESSAGE", string(person(0)), me, "text/plain", mark)
		see(b, w, mark)
		times = append(times, time.Since(begin))
		pause()
	}
	return times
}

// changing has one person after the other come and go, 500 a second.
func changing(p *siptest.Peer, stop <-chan struct{}) {
	dialogs := p.Watched()
	clock := time.NewTicker(10 * time.Millisecond)
	defer clock.Stop()
	for n := 0; ; {
		select {
		case <-clock.C:
		case <-stop:
			return
		}
		for range 5 {
			d := dialogs[rand.N(len(dialogs))]
			p.Notify(d, "active;expires=3600", "application/pidf+xml", siptest.Document(d.Address("To"), fmt.Sprintf("note %d", n)))
			n++
		}
	}
}

// messages are MESSAGEs from the first person, one behind the other as on a wire, numbered in their bodies.
func messages(p *siptest.Peer, from, count int) []byte {
	var pipe bytes.Buffer
	for i := from; i < from+count; i++ {
		body := fmt.Sprintf("number %06d", i)
		fmt.Fprintf(&pipe, "MESSAGE %s SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKs%d\r\nMax-Forwards: 70\r\nFrom: <%s>;tag=f\r\nTo: <%s>\r\n"+
			"Call-ID: s%d\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s",
			me, i, person(0), me, i, len(body), body)
	}
	return pipe.Bytes()
}

// acknowledged waits until so many of them were answered with 200.
func acknowledged(b *testing.B, p *siptest.Peer, count int) {
	b.Helper()
	answered := map[string]bool{}
	for seen, begin := 0, time.Now(); len(answered) < count; {
		all := p.Waiting()
		for _, m := range all[seen:] {
			if m.Code() == 200 && m.Get("CSeq") == "1 MESSAGE" {
				answered[m.Get("Call-ID")] = true
			} else if m.Code() >= 300 {
				b.Fatalf("answered %s", m.First)
			}
		}
		seen = len(all)
		if time.Since(begin) > time.Minute {
			b.Fatalf("only %d of %d were acknowledged", len(answered), count)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
