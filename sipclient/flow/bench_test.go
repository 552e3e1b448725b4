package flow

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// endless is a connection that sends one message again and again.
type endless struct {
	net.Conn
	msg  []byte
	left []byte
}

func (e *endless) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		if len(e.left) == 0 {
			e.left = e.msg
		}
		k := copy(b[n:], e.left)
		e.left, n = e.left[k:], n+k
	}
	return n, nil
}

func (e *endless) SetReadDeadline(time.Time) error  { return nil }
func (e *endless) SetWriteDeadline(time.Time) error { return nil }
func (e *endless) Write(b []byte) (int, error)      { return len(b), nil }
func (e *endless) RemoteAddr() net.Addr             { return &net.TCPAddr{} }

// typical are a MESSAGE of about 400 octets and a NOTIFY with 2 KiB of presence.
func typical() map[string]string {
	return map[string]string{
		"message": message("MESSAGE sip:alice@contoso.com SIP/2.0", "Max-Forwards: 70", "User-Agent: x", "Content-Type: text/plain", "\n"+strings.Repeat("x", 100)),
		"notify": message("NOTIFY sip:alice@192.0.2.1:4711;transport=tcp SIP/2.0", "Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK1;rport, SIP/2.0/TCP 192.0.2.10;branch=2",
			"Contact: <sip:192.0.2.9>", "Event: presence", "Subscription-State: active;expires=3600", "Content-Type: application/pidf+xml", "\n"+strings.Repeat("x", 2048)),
	}
}

// BenchmarkRead is the whole way of a message: cutting, normalising and sipgo's parser as the judge.
func BenchmarkRead(b *testing.B) {
	for name, msg := range typical() {
		b.Run(name, func(b *testing.B) {
			c := Wrap(&endless{msg: []byte(msg)}, ConnConfig{Stream: true})
			buf := make([]byte, 64<<10)
			b.SetBytes(int64(len(msg)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Read(buf); err != nil {
					b.Fatal(err)
				}
				c.Release()
			}
		})
	}
}

// BenchmarkNormalise is the same without the parser.
func BenchmarkNormalise(b *testing.B) {
	for name, msg := range typical() {
		b.Run(name, func(b *testing.B) {
			f := framer{limits: Limits{}.withDefaults()}
			var out []byte
			b.SetBytes(int64(len(msg)))
			b.ReportAllocs()
			for b.Loop() {
				f.write([]byte(msg))
				got, err := f.next()
				if err == nil {
					out, err = normalise(out[:0], got.head, got.body, f.limits)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	for name, msg := range typical() {
		b.Run(name, func(b *testing.B) {
			c := Wrap(&endless{}, ConnConfig{Stream: true})
			b.SetBytes(int64(len(msg)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := io.WriteString(c, msg); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
