package flow

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// expect reads exactly want from the peer's end.
func expect(t *testing.T, peer *pipeEnd, want string) {
	t.Helper()
	buf := make([]byte, len(want))
	for n := 0; n < len(want); {
		k, err := peer.Read(buf[n:])
		if err != nil {
			t.Fatalf("%v after %q, want %q", err, buf[:n], want)
		}
		n += k
	}
	if string(buf) != want {
		t.Fatalf("%q, want %q", buf, want)
	}
}

func TestPingsAreAnsweredHoweverTheyAreCut(t *testing.T) {
	good := message("OPTIONS sip:a@b SIP/2.0")
	for name, pieces := range map[string][]string{
		"one segment":    {"\r\n\r\n", good},
		"two segments":   {"\r\n", "\r\n", good},
		"octet by octet": {"\r", "\n", "\r", "\n", good},
		"with a message": {"\r\n\r\n" + good},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, b := pipe()
				c := Wrap(a, ConnConfig{Stream: true, Pong: func() { t.Error("a ping was taken for a pong") }})
				defer c.Close()
				go func() {
					for _, p := range pieces {
						time.Sleep(time.Millisecond)
						_, _ = b.Write([]byte(p))
					}
				}()
				read(t, c, 1)
				_ = b.SetReadDeadline(time.Now().Add(time.Second))
				expect(t, b, "\r\n")
			})
		})
	}
}

func TestASingleCRLFIsNoPing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		defer c.Close()
		good := message("OPTIONS sip:a@b SIP/2.0")
		_, _ = b.Write([]byte("\r\n" + good + "\r\n" + good))
		read(t, c, 2)
		_ = b.SetReadDeadline(time.Now().Add(time.Second))
		if n, err := b.Read(make([]byte, 9)); err == nil {
			t.Errorf("%d octets came back", n)
		}
	})
}

func TestAPingIsAnsweredWithAPong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		ponged := make(chan struct{}, 9)
		c := Wrap(a, ConnConfig{Stream: true, Pong: func() { ponged <- struct{}{} }})
		server := Wrap(b, ConnConfig{Stream: true})
		for _, end := range []*Conn{c, server} {
			go func() { _, _ = end.Read(make([]byte, 100)) }()
		}
		if err := c.Ping(); err != nil {
			t.Fatal(err)
		}
		<-ponged
		_ = c.Close()
		_ = server.Close()
		if c.Ping() == nil {
			t.Error("a closed flow took a ping")
		}
	})
}

func TestKeepaliveEndsAFlowThatWentSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		go func() { _, _ = c.Read(make([]byte, 100)) }()
		go func() {
			expect(t, b, "\r\n\r\n")
			_, _ = b.Write([]byte("\r\n")) // and never again
		}()
		start := time.Now()
		err := c.Keepalive(t.Context(), time.Minute, 10*time.Second)
		var e *Error
		if !errors.As(err, &e) || e.Kind != Silent || c.Err() == nil {
			t.Errorf("%v", err)
		}
		if took := time.Since(start); took != 2*time.Minute+10*time.Second {
			t.Errorf("after %v", took)
		}
	})
}

func TestKeepaliveOnlyPingsAPeerThatNeverAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, _ := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		go func() { _, _ = c.Read(make([]byte, 100)) }()
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		if err := c.Keepalive(ctx, time.Minute, 10*time.Second); err != nil {
			t.Error(err)
		}
		_ = c.Close()
	})
}

func TestKeepaliveEndsWithTheFlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		go func() { _, _ = c.Read(make([]byte, 100)) }()
		time.AfterFunc(time.Hour, func() { _ = b.Close() })
		var e *Error
		if err := c.Keepalive(t.Context(), time.Minute, time.Second); !errors.As(err, &e) || e.Kind != Closed {
			t.Error(err)
		}
	})
}

// Asterisk pings its clients and does not answer their pings. Its pings are no answers, or it would be taken
// for a server that has fallen silent.
func TestPingsOfThePeerAreNoAnswersToOurs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true, Pong: func() { t.Error("a ping was taken for a pong") }})
		go func() { _, _ = c.Read(make([]byte, 100)) }()
		for at := 90 * time.Second; at < time.Hour; at += 90 * time.Second {
			time.AfterFunc(at, func() { _, _ = b.Write([]byte("\r\n\r\n")) })
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := c.Keepalive(ctx, time.Minute, 10*time.Second); err != nil {
			t.Error(err)
		}
		_ = c.Close()
	})
}

// Kamailio keeps NAT bindings open with datagrams of four zeros, and answers no blank ones.
func TestBlankDatagramsAreNoAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{})
		go func() { _, _ = c.Read(make([]byte, 100)) }()
		for at := 50 * time.Second; at < time.Hour; at += 50 * time.Second {
			time.AfterFunc(at, func() { _, _ = b.Write([]byte{0, 0, 0, 0}) })
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := c.Keepalive(ctx, time.Minute, 10*time.Second); err != nil {
			t.Error(err)
		}
		_ = c.Close()
	})
}
