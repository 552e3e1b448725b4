package flow

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"
)

// TestTheGate reads two messages and measures, in fake time, how long the second is held back.
func TestTheGate(t *testing.T) {
	for name, tc := range map[string]struct {
		first   string
		release bool
		held    time.Duration
	}{
		"request taken":         {message("MESSAGE sip:a@b SIP/2.0"), true, 0},
		"request not taken":     {message("NOTIFY sip:a@b SIP/2.0"), false, 5 * time.Second},
		"ACK":                   {message("ACK sip:a@b SIP/2.0"), false, 0},
		"CANCEL":                {message("CANCEL sip:a@b SIP/2.0"), false, 0},
		"final answer":          {message("SIP/2.0 200 OK", "CSeq: 1 MESSAGE"), false, 0},
		"refused call":          {message("SIP/2.0 486 Busy", "CSeq: 1 INVITE"), false, 0},
		"answered call":         {message("SIP/2.0 200 OK", "CSeq: 1 INVITE"), false, 50 * time.Millisecond},
		"ringing":               {message("SIP/2.0 180 Ringing", "CSeq: 1 INVITE"), false, 50 * time.Millisecond},
		"trying to something":   {message("SIP/2.0 100 Trying", "CSeq: 1 MESSAGE"), false, 0},
		"ringing, odd spaces":   {message("SIP/2.0 183 Progress", "CSeq:  1   INVITE"), false, 50 * time.Millisecond},
		"ringing, taken":        {message("SIP/2.0 180 Ringing", "CSeq: 1 INVITE"), true, 0},
		"a method of their own": {message("XYZZY sip:a@b SIP/2.0"), false, 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, b := pipe()
				c := Wrap(a, ConnConfig{Stream: true})
				defer c.Close()
				_, _ = b.Write([]byte(tc.first + tc.first))
				buf := make([]byte, 1000)
				for i := range 2 {
					start := time.Now()
					if _, err := c.Read(buf); err != nil {
						t.Fatal(err)
					}
					if held := time.Since(start); i == 1 && held != tc.held {
						t.Errorf("held for %v, want %v", held, tc.held)
					}
					if tc.release {
						c.Release()
					}
				}
			})
		})
	}
}

// Whoever has heard an answer to a call opens nothing that is closed behind a request.
func TestHearingAnAnswerOpensWhatIsBehindIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		defer c.Close()
		_, _ = b.Write([]byte(message("SIP/2.0 180 Ringing", "CSeq: 1 INVITE") + numbered(1) + numbered(2)))
		buf := make([]byte, 1000)
		for _, want := range []time.Duration{0, 0, 5 * time.Second} {
			start := time.Now()
			_, _ = c.Read(buf)
			if held := time.Since(start); held != want {
				t.Errorf("held for %v, want %v", held, want)
			}
			c.Heard()
		}
	})
}

func TestReleasingTwiceOrEarlyOpensNothingLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		defer c.Close()
		c.Release()
		_, _ = b.Write([]byte(numbered(1) + numbered(2) + numbered(3)))
		buf := make([]byte, 1000)
		_, _ = c.Read(buf)
		c.Release()
		c.Release()
		_, _ = c.Read(buf)
		start := time.Now()
		_, _ = c.Read(buf)
		if held := time.Since(start); held != 5*time.Second {
			t.Errorf("held for %v", held)
		}
	})
}

func TestAMessageThatComesLateIsNotHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		defer c.Close()
		buf := make([]byte, 1000)
		_, _ = b.Write([]byte(message("MESSAGE sip:a@b SIP/2.0")))
		_, _ = c.Read(buf)
		time.Sleep(time.Minute)
		_, _ = b.Write([]byte(message("MESSAGE sip:a@b SIP/2.0")))
		start := time.Now()
		_, _ = c.Read(buf)
		if held := time.Since(start); held != 0 {
			t.Errorf("held for %v", held)
		}
	})
}

func TestCloseOpensTheGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true, Limits: Limits{Gate: time.Hour}})
		_, _ = b.Write([]byte(strings.Repeat(message("MESSAGE sip:a@b SIP/2.0"), 2)))
		buf := make([]byte, 1000)
		_, _ = c.Read(buf)
		start := time.Now()
		time.AfterFunc(time.Minute, func() { _ = c.Close() })
		_, _ = c.Read(buf)
		if held := time.Since(start); held != time.Minute {
			t.Errorf("held for %v", held)
		}
	})
}

// numbered is a MESSAGE of a transaction of its own.
func numbered(n int) string {
	return message("MESSAGE sip:a@b SIP/2.0", fmt.Sprintf("Via: SIP/2.0/TCP h;branch=z9hG4bK%d", n), fmt.Sprintf("CSeq: %d MESSAGE", n))
}

// request reads one request as a handler under sipgo sees it.
func request(t *testing.T, c *Conn) *sip.Request {
	t.Helper()
	buf := make([]byte, 1000)
	n, err := c.Read(buf)
	if err != nil {
		t.Fatal(err)
	}
	m, err := sip.ParseMessage(buf[:n])
	if err != nil {
		t.Fatal(err)
	}
	return m.(*sip.Request)
}

// A handler that comes after the gate has given up on it must not open the gate of the next message, whose
// own handler may be late too: then a third would overtake the second.
func TestALateHandlerOpensNoOtherGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		defer c.Close()
		_, _ = b.Write([]byte(numbered(1) + numbered(2) + numbered(3)))
		first := request(t, c)
		second := request(t, c) // after the gate has given up
		c.Taken(first)
		time.AfterFunc(time.Second, func() { c.Taken(second) })
		start := time.Now()
		request(t, c)
		if held := time.Since(start); held != time.Second {
			t.Errorf("the third message came %v after the second, which was taken after 1s", held)
		}
	})
}

func TestTakenOpensTheGateOfItsMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		defer c.Close()
		start := time.Now()
		for n := range 100 {
			_, _ = b.Write([]byte(numbered(n)))
			c.Taken(request(t, c))
		}
		if held := time.Since(start); held != 0 {
			t.Errorf("held for %v", held)
		}
	})
}

// sipgo answers some messages itself, without any handler. Nobody must wait for those.
func TestTheGateDoesNotWaitForWhatHasNoHandler(t *testing.T) {
	for name, silent := range map[string]string{
		"a copy of what was taken":     numbered(1),
		"nobody could tell its copies": message("MESSAGE sip:a@b SIP/2.0", "Via: SIP/2.0/TCP h", "From: <sip:c@d>"),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, b := pipe()
				c := Wrap(a, ConnConfig{Stream: true})
				defer c.Close()
				_, _ = b.Write([]byte(numbered(1) + silent + numbered(2)))
				c.Taken(request(t, c))
				request(t, c)
				start := time.Now()
				request(t, c)
				if held := time.Since(start); held != 0 {
					t.Errorf("held for %v", held)
				}
			})
		})
	}
}

// What a flow remembers of messages it has handed out is bounded.
func TestOnlyTheLatestMessagesAreRemembered(t *testing.T) {
	var seen recent
	for n := range 10_000 {
		if seen.has(fmt.Sprint(n)) {
			t.Fatalf("%d was not there before", n)
		}
	}
	if !seen.has("9999") || seen.has("1") || len(seen.known) > remembered {
		t.Errorf("%d are remembered", len(seen.known))
	}
}
