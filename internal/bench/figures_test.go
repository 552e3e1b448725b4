package bench

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"golync/internal/shot"
	"golync/internal/siptest"
	"golync/internal/store"
)

// BenchmarkFirstFrame: from exec to the window with 1,000 contacts in it. Nothing listens at the server.
func BenchmarkFirstFrame(b *testing.B) {
	home := prepare(b, 1000, 0)
	var times []time.Duration
	for range 15 {
		begin := time.Now()
		t := open(b, home, "127.0.0.1:9")
		if _, err := t.See("Person 00000"); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(begin))
		t.Close()
	}
	figure(b, "first frame, 1,000 contacts, median", millis(percentile(times, 50)), "ms", 60)
}

// BenchmarkKey: from a key to the first byte it brings, with 10,000 contacts and a history of 100,000.
func BenchmarkKey(b *testing.B) {
	home := prepare(b, 10_000, 100_000)
	t := open(b, home, "127.0.0.1:9")
	if _, err := t.See("Person 00000"); err != nil {
		b.Fatal(err)
	}
	quiet(t)
	var times []time.Duration
	for i := range 200 {
		key := "down"
		if i%8 > 5 {
			key = "up"
		}
		before := len(t.Raw())
		begin := time.Now()
		if err := t.Press(key); err != nil {
			b.Fatal(err)
		}
		if _, err := t.Until("an answer to a key", func(shot.Screen) bool { return len(t.Raw()) > before }); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(begin))
		time.Sleep(47 * time.Millisecond) // as fast as a person repeats a key, in no step with the frames
	}
	figure(b, "key to bytes, 10,000 contacts, p95", millis(percentile(times, 95)), "ms", 20)
	figure(b, "key to bytes, 10,000 contacts, median", millis(percentile(times, 50)), "ms", 20)
}

// quiet waits until the program has written nothing for a while.
func quiet(t *shot.Terminal) {
	for last := -1; ; {
		n := len(t.Raw())
		if n == last {
			return
		}
		last = n
		time.Sleep(400 * time.Millisecond)
	}
}

// BenchmarkMessageToScreen: from a MESSAGE leaving the server to its text on the terminal.
func BenchmarkMessageToScreen(b *testing.B) {
	home := prepare(b, 1000, 50)
	s := siptest.ListenTCP(b)
	t := open(b, home, s.Addr())
	p := attend(b, s)
	if _, err := t.See("Person 00000"); err != nil {
		b.Fatal(err)
	}
	quiet(t)
	var times []time.Duration
	for i := range 200 {
		mark := fmt.Sprintf("mark%05d", i)
		begin := time.Now()
		p.Send("MESSAGE", string(person(0)), me, "text/plain", mark)
		if _, err := t.See(mark); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(begin))
		time.Sleep(53 * time.Millisecond)
	}
	figure(b, "MESSAGE to screen, p99", millis(percentile(times, 99)), "ms", 35)
	figure(b, "MESSAGE to screen, median", millis(percentile(times, 50)), "ms", 35)
}

// BenchmarkStored: messages that arrive one behind the other, until the last is stored and acknowledged.
func BenchmarkStored(b *testing.B) {
	const count = 25_000
	home := prepare(b, 1000, 0)
	s := siptest.ListenTCP(b)
	t := open(b, home, s.Addr())
	p := attend(b, s)
	if _, err := t.See("Person 00000"); err != nil {
		b.Fatal(err)
	}
	quiet(t)
	var pipe bytes.Buffer
	for i := range count {
		body := fmt.Sprintf("number %06d", i)
		fmt.Fprintf(&pipe, "MESSAGE %s SIP/2.0\r\nVia: SIP/2.0/TCP %s;branch=z9hG4bKs%d\r\nMax-Forwards: 70\r\nFrom: <%s>;tag=f\r\nTo: <%s>\r\n"+
			"Call-ID: s%d\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s",
			me, s.Addr(), i, person(0), me, i, len(body), body)
	}
	begin := time.Now()
	go p.Raw(pipe.Bytes())
	answered := map[string]bool{}
	for seen := 0; len(answered) < count; {
		all := p.Waiting()
		for _, m := range all[seen:] {
			if m.Code() == 200 && m.Get("CSeq") == "1 MESSAGE" {
				answered[m.Get("Call-ID")] = true
			} else if m.Code() >= 300 {
				b.Fatalf("answered %s", m.First)
			}
		}
		seen = len(all)
		if time.Since(begin) > 2*time.Minute {
			b.Fatalf("only %d of %d were acknowledged", len(answered), count)
		}
		time.Sleep(5 * time.Millisecond)
	}
	took := time.Since(begin)
	figure(b, "messages stored and acknowledged", count/took.Seconds(), "per_s", 5000)
	mb, _ := resident(b, t.Pid())
	b.Logf("RSS after %d messages: %.1f MB", count, mb)
	t.Close()
	inOrder(b, home, count)
}

// inOrder fails unless the history holds exactly the messages that were sent, in their order.
func inOrder(b *testing.B, home string, count int) {
	b.Helper()
	s, err := store.Open(store.Dir(filepath.Join(home, "data"), me))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	next, before := count, int64(0)
	for more := true; more; {
		err := store.Wait(func(done func(error)) {
			s.Page(string(person(0)), before, 1000, func(page store.Page, err error) {
				more = page.More && err == nil
				for i := len(page.Messages) - 1; i >= 0 && err == nil; i-- {
					next--
					if want := fmt.Sprintf("number %06d", next); page.Messages[i].Body.Raw() != want {
						err = fmt.Errorf("history has %q where %q belongs", page.Messages[i].Body.Raw(), want)
					}
					before = page.Messages[i].Seq
				}
				done(err)
			})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if next != 0 {
		b.Fatalf("%d of %d messages are missing", next, count)
	}
}

// BenchmarkIdle: memory and processor of a window with 1,000 contacts, all online, that nobody touches.
func BenchmarkIdle(b *testing.B) {
	home := prepare(b, 1000, 0)
	s := siptest.ListenTCP(b)
	t := open(b, home, s.Addr())
	attend(b, s)
	if _, err := t.See("Person 00000 - Available"); err != nil {
		b.Fatal(err)
	}
	quiet(t)
	const watch = 20 * time.Second
	_, before := resident(b, t.Pid())
	time.Sleep(watch)
	mb, after := resident(b, t.Pid())
	figure(b, "idle processor, 1,000 contacts", 100*(after-before).Seconds()/watch.Seconds(), "percent", 1)
	figure(b, "RSS, 1,000 contacts", mb, "MB", 40)
}
