package flow

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestTheGate reads two messages and measures, in fake time, how long the second is held back.
func TestTheGate(t *testing.T) {
	for name, tc := range map[string]struct {
		first   string
		release bool
		held    time.Duration
	}{
		"request taken":         {message("MESSAGE sip:a@b SIP/2.0"), true, 0},
		"request not taken":     {message("NOTIFY sip:a@b SIP/2.0"), false, 50 * time.Millisecond},
		"ACK":                   {message("ACK sip:a@b SIP/2.0"), false, 0},
		"CANCEL":                {message("CANCEL sip:a@b SIP/2.0"), false, 0},
		"final answer":          {message("SIP/2.0 200 OK"), false, 0},
		"ringing":               {message("SIP/2.0 180 Ringing", "CSeq: 1 INVITE"), false, 50 * time.Millisecond},
		"trying to something":   {message("SIP/2.0 100 Trying", "CSeq: 1 MESSAGE"), false, 0},
		"ringing, odd spaces":   {message("SIP/2.0 183 Progress", "CSeq:  1   INVITE"), false, 50 * time.Millisecond},
		"ringing, taken":        {message("SIP/2.0 180 Ringing", "CSeq: 1 INVITE"), true, 0},
		"a method of their own": {message("XYZZY sip:a@b SIP/2.0"), false, 50 * time.Millisecond},
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

func TestReleasingTwiceOrEarlyOpensNothingLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true})
		defer c.Close()
		c.Release()
		_, _ = b.Write([]byte(strings.Repeat(message("MESSAGE sip:a@b SIP/2.0"), 3)))
		buf := make([]byte, 1000)
		_, _ = c.Read(buf)
		c.Release()
		c.Release()
		_, _ = c.Read(buf)
		start := time.Now()
		_, _ = c.Read(buf)
		if held := time.Since(start); held != 50*time.Millisecond {
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
		time.Sleep(time.Second)
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
