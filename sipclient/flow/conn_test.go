package flow

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// downs counts calls of ConnConfig.Down and keeps the last error.
type downs struct {
	n   atomic.Int32
	err atomic.Pointer[Error]
}

func (d *downs) down(err error) {
	d.n.Add(1)
	var e *Error
	errors.As(err, &e)
	d.err.Store(e)
}

func (d *downs) once(t *testing.T, kind Kind) {
	t.Helper()
	synctest.Wait()
	if n, e := d.n.Load(), d.err.Load(); n != 1 || e.Kind != kind {
		t.Errorf("down was called %d times with %v, want once with: %v", n, e, kind)
	}
}

func TestDownIsToldOnceWhateverHappensTwice(t *testing.T) {
	for name, tc := range map[string]struct {
		kind Kind
		do   func(c *Conn, peer *pipeEnd)
	}{
		"closed by us":   {Closed, func(c *Conn, _ *pipeEnd) { _ = c.Close() }},
		"closed by peer": {Closed, func(_ *Conn, p *pipeEnd) { _ = p.Close() }},
		"not SIP":        {Malformed, func(_ *Conn, p *pipeEnd) { _, _ = p.Write(bytes.Repeat([]byte("x"), 70000)) }},
		"slow":           {Timeout, func(_ *Conn, p *pipeEnd) { _, _ = p.Write([]byte("MESSAGE")) }},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, b := pipe()
				var d downs
				c := Wrap(a, ConnConfig{Stream: true, Down: d.down})
				tc.do(c, b)
				if _, err := c.Read(make([]byte, 10)); !errors.Is(err, net.ErrClosed) {
					t.Errorf("Read: %v", err)
				}
				<-c.Done()
				d.once(t, tc.kind)
				if _, err := c.Write([]byte("x")); !errors.Is(err, net.ErrClosed) {
					t.Errorf("Write: %v", err)
				}
				_ = c.Close()
				_, _ = c.Read(make([]byte, 10))
				d.once(t, tc.kind)
				if e := c.Err(); e == nil || errors.Is(e, net.ErrClosed) != (name == "closed by us") {
					t.Errorf("Err: %v", e)
				}
			})
		})
	}
}

func TestTricklingOctetsDoNotHoldAFlowForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		var d downs
		c := Wrap(a, ConnConfig{Stream: true, Down: d.down, Limits: Limits{Message: 30 * time.Second}})
		start := time.Now()
		go func() {
			for _, x := range []byte(message("MESSAGE sip:a@b SIP/2.0")) {
				time.Sleep(time.Second)
				_, _ = b.Write([]byte{x})
			}
		}()
		if _, err := c.Read(make([]byte, 1000)); err == nil {
			t.Fatal("a message was read that had 170 s")
		}
		if took := time.Since(start); took != 31*time.Second {
			t.Errorf("the flow lived %v, want 30 s from the first octet", took)
		}
		d.once(t, Timeout)
		time.Sleep(time.Hour)
	})
}

func TestAnIdleFlowLivesAndAReadDeadlineDoesNotEndIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true, Down: func(err error) {
			if !errors.Is(err, net.ErrClosed) {
				t.Error(err)
			}
		}})
		go func() {
			time.Sleep(time.Hour)
			_, _ = b.Write([]byte(message("MESSAGE sip:a@b SIP/2.0")))
		}()
		_ = c.SetReadDeadline(time.Now().Add(time.Minute))
		if _, err := c.Read(make([]byte, 1000)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal(err)
		}
		_ = c.SetDeadline(time.Time{})
		read(t, c, 1)
		_ = c.Close()
	})
}

func TestMessagesThatCameBeforeTheEndAreRead(t *testing.T) {
	a, b := pipe()
	c := Wrap(a, ConnConfig{Stream: true})
	_, _ = b.Write([]byte(strings.Repeat(message("MESSAGE sip:a@b SIP/2.0"), 3)))
	_ = b.Close()
	read(t, c, 3)
	if _, err := c.Read(make([]byte, 10)); !errors.Is(err, io.EOF) || !errors.Is(err, net.ErrClosed) {
		t.Errorf("%v", err)
	}
}

func TestAMessageLargerThanTheBufferGoesOnInTheNextRead(t *testing.T) {
	a, b := pipe()
	c := Wrap(a, ConnConfig{Stream: true})
	want := message("MESSAGE sip:a@b SIP/2.0", "\n"+strings.Repeat("0123456789", 10000))
	_, _ = b.Write([]byte(want + want))
	for range 2 {
		var got []byte
		for len(got) < len(want) {
			buf := make([]byte, 777)
			n, err := c.Read(buf)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, buf[:n]...)
		}
		if len(got) != len(want) || !bytes.HasSuffix(got, []byte(want[len(want)-100000:])) {
			t.Errorf("%d octets, want %d", len(got), len(want))
		}
		c.Release()
	}
}

func TestABadMessageIsDroppedAnsweredAndLoggedWithoutItsText(t *testing.T) {
	good := message("MESSAGE sip:a@b SIP/2.0", "\ngood")
	bad := message("MESSAGE sip:a@b SIP/2.0", "Max-Forwards: hunter2", "\nhunter2")
	for name, tc := range map[string]struct {
		bad  string
		code int // 0: cannot be answered
	}{
		"request":             {bad, 400},
		"ACK":                 {message("ACK sip:a@b SIP/2.0", "Max-Forwards: hunter2"), 0},
		"response":            {message("SIP/2.0 200 OK", "Max-Forwards: hunter2"), 0},
		"request without Via": {strings.Replace(bad, "Via:", "X:", 1), 0},
		"too large":           {message("MESSAGE sip:a@b SIP/2.0", "\n"+strings.Repeat("hunter2", 1000)), 413},
		"line break in From":  {message("MESSAGE sip:a@b SIP/2.0", "From: hunter2\nX: y"), 0},
		"NULs":                {message("MESSAGE sip:a@b SIP/2.0", "\n"+strings.Repeat("\x00", 3000)), 413},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := pipe()
			var codes []int
			var answer string
			var log bytes.Buffer
			limits := Limits{Body: 4000}
			if name == "NULs" {
				limits.Body = 1 << 20
				tc.bad = message("MESSAGE sip:a@b SIP/2.0", "\n"+strings.Repeat("\x00", 100000))
			}
			c := Wrap(a, ConnConfig{
				Stream: true, Limits: limits, Log: slog.New(slog.NewTextHandler(&log, nil)),
				Reject: func(r Rejected) { codes, answer = append(codes, r.Code), string(r.Response()) },
			})
			_, _ = b.Write([]byte(good + tc.bad + good))
			read(t, c, 2)
			if tc.code == 0 && len(codes) > 0 || tc.code > 0 && (len(codes) != 1 || codes[0] != tc.code) {
				t.Errorf("rejected with %v, want %d", codes, tc.code)
			}
			if strings.Contains(log.String(), "hunter2") || !strings.Contains(log.String(), "message dropped") {
				t.Errorf("log: %s", log.String())
			}
			if tc.code == 0 {
				return
			}
			for _, want := range []string{"Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK1\r\n", "To: <sip:alice@contoso.com>;tag=unread\r\n", "CSeq: 1 MESSAGE\r\n"} {
				if !strings.Contains(answer, want) {
					t.Errorf("%q lacks %q", answer, want)
				}
			}
			if parsed(t, answer); strings.Contains(answer, "hunter2") {
				t.Errorf("%q", answer)
			}
		})
	}
}

// Of a request that lacks what a response copies, what is there is copied (RFC 4475 section 3.3.1); a scheme that
// sipgo cannot read is no reason to call the request a bad one (section 3.3.3).
func TestWhatCannotBeReadIsAnsweredWithWhatIsThere(t *testing.T) {
	for name, tc := range map[string]struct {
		request string
		answer  string
	}{
		"nothing but Via": {
			"INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK1\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
			"SIP/2.0 400 Bad Request\r\nVia: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK1\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
		},
		"not even Via": {"INVITE sip:a@b SIP/2.0\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n", ""},
		"another scheme": {
			message("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0"),
			"SIP/2.0 416 Unsupported URI Scheme\r\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := pipe()
			var answer string
			c := Wrap(a, ConnConfig{Stream: true, Reject: func(r Rejected) { answer += string(r.Response()) }})
			_, _ = b.Write([]byte(tc.request + message("OPTIONS sip:a@b SIP/2.0")))
			read(t, c, 1)
			if !strings.HasPrefix(answer, tc.answer) || (answer == "") != (tc.answer == "") {
				t.Errorf("%q", answer)
			}
		})
	}
}

func TestTheEndOfAStreamThatCannotBeCutIsAnsweredFirst(t *testing.T) {
	a, b := pipe()
	var code int
	c := Wrap(a, ConnConfig{Stream: true, Reject: func(r Rejected) { code = r.Code }})
	_, _ = b.Write([]byte(message("MESSAGE sip:a@b SIP/2.0", "Content-Length: -1")))
	if _, err := c.Read(make([]byte, 10)); err == nil || code != 400 {
		t.Errorf("%v, code %d", err, code)
	}
}

func TestDatagramsAreMessages(t *testing.T) {
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	pongs := make(chan struct{}, 9)
	c, err := Dial(t.Context(), []Target{{Addr: server.LocalAddr().String(), Transport: "UDP"}},
		Config{ConnConfig: ConnConfig{Pong: func() { pongs <- struct{}{} }}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Ping(); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 100)
	_, from, err := server.ReadFrom(buf)
	if err != nil || from.String() != c.LocalAddr().String() {
		t.Fatalf("%v: the flow says it is %v, the server sees %v", err, c.LocalAddr(), from)
	}
	good := message("MESSAGE sip:a@b SIP/2.0")
	for _, d := range []string{"\r\n", "\x00\x00\x00\x00", good, "garbage", good[:50], "", message("MESSAGE sip:a@b SIP/2.0", "CSeq: x"), good} {
		if _, err := server.WriteTo([]byte(d), from); err != nil {
			t.Fatal(err)
		}
	}
	read(t, c, 2)
	<-pongs
	if n, err := c.WriteTo([]byte(good), nil); n != len(good) || err != nil {
		t.Error(n, err)
	}
}
