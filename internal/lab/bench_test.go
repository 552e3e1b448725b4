package lab

import (
	"bufio"
	"context"
	"net"
	"strings"
	"testing"

	"github.com/emiago/sipgo/sip"
)

// taker is a device that does nothing but answer MESSAGE with 200, as fast as it can, and check their order.
func taker(b *testing.B, l *Lab, aor string) {
	d := l.dial(b, "TCP", aor)
	_ = d.c.Close()
	c, err := net.Dial("tcp", l.Addr("tcp"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Close() })
	k := &device{t: b, aor: aor, c: c, id: "0xfa57", contact: aor + ":1;transport=tcp", requests: make(chan *sip.Request), responses: make(chan *sip.Response, 8)}
	in := bufio.NewReaderSize(c, 64<<10)
	read := func() sip.Message {
		raw, err := frame(in)
		if err != nil {
			return nil
		}
		m, _ := limits.Parser().ParseSIP(raw)
		return m
	}
	go func() { // the two answers of register
		for range 2 {
			if res, ok := read().(*sip.Response); ok {
				k.responses <- res
			}
		}
		out := bufio.NewWriter(c)
		for {
			raw, err := frame(in)
			if err != nil {
				return
			}
			_, _ = out.WriteString("SIP/2.0 200 OK\r\n")
			for line := range strings.SplitSeq(string(raw), "\r\n") {
				switch name, _, _ := strings.Cut(line, ":"); name {
				case "Via", "From", "To", "Call-ID", "CSeq":
					_, _ = out.WriteString(line + "\r\n")
				}
			}
			_, _ = out.WriteString("Content-Length: 0\r\n\r\n")
			if in.Buffered() == 0 {
				_ = out.Flush()
			}
		}
	}()
	if res := k.register("secret"); res.StatusCode != 200 {
		b.Fatal(res.StartLine())
	}
}

func BenchmarkInject(b *testing.B) {
	l := started(b, Config{})
	taker(b, l, alice)
	b.ReportAllocs()
	var last <-chan int
	for b.Loop() {
		var err error
		if last, err = l.Inject(context.Background(), dana, alice, "Hello, this is a message of ordinary length."); err != nil {
			b.Fatal(err)
		}
	}
	if code := <-last; code != 200 {
		b.Fatal(code)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
}

func BenchmarkRelay(b *testing.B) {
	l := started(b, Config{})
	taker(b, l, alice)
	d := l.dial(b, "TCP", dana)
	window := make(chan struct{}, 200)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range d.responses {
			<-window
		}
	}()
	b.ReportAllocs()
	for b.Loop() {
		window <- struct{}{}
		d.write(d.message("MESSAGE", alice, "Hello, this is a message of ordinary length.", "Content-Type: text/plain"))
	}
	for range cap(window) {
		window <- struct{}{}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
	close(d.responses)
	<-done
}
