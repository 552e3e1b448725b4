package flow

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestWritesOfManyGoroutinesStayWhole(t *testing.T) {
	a, b := pipe()
	c, peer := Wrap(a, ConnConfig{Stream: true}), Wrap(b, ConnConfig{Stream: true})
	defer peer.Close()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 100 {
				msg := message("SIP/2.0 200 OK", fmt.Sprintf("Call-ID: %d-%d", i, n), "\n"+strings.Repeat("x", n))
				if _, err := c.Write([]byte(msg)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, m := range read(t, peer, 800) {
		seen[m] = true
	}
	if len(seen) != 800 {
		t.Errorf("%d different messages of 800", len(seen))
	}
}

func TestAPeerThatDoesNotReadEndsTheFlow(t *testing.T) {
	for name, tc := range map[string]struct {
		user time.Duration
		want time.Duration
	}{
		"by the limit":              {0, 10 * time.Second},
		"by an earlier deadline":    {time.Second, time.Second},
		"a later one is not waited": {time.Hour, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, _ := pipe()
				a.stuck = true
				var d downs
				c := Wrap(a, ConnConfig{Stream: true, Down: d.down})
				start := time.Now()
				if tc.user > 0 {
					_ = c.SetWriteDeadline(start.Add(tc.user))
				}
				_, err := c.Write([]byte("x"))
				if !errors.Is(err, os.ErrDeadlineExceeded) || !errors.Is(err, net.ErrClosed) {
					t.Error(err)
				}
				if took := time.Since(start); took != tc.want {
					t.Errorf("after %v", took)
				}
				d.once(t, Timeout)
			})
		})
	}
}

func TestATraceShowsTheWireWithoutCredentials(t *testing.T) {
	a, b := pipe()
	var trace strings.Builder
	var mu sync.Mutex
	c := Wrap(a, ConnConfig{Stream: true, Trace: func(out bool, msg []byte) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(&trace, "%v %s", out, msg)
	}})
	out := message("REGISTER sip:contoso.com SIP/2.0", "Authorization: Digest hunter2", "PROXY-authorization : Digest\r\n hunter2,\r\n\thunter2", "Subject: kept")
	if _, err := c.Write([]byte(out + out)); err != nil {
		t.Fatal(err)
	}
	expect(t, b, out+out)
	_, _ = b.Write([]byte(message("MESSAGE sip:a@b SIP/2.0", "v: SIP / 2.0 / TCP h", "authorization:hunter2", "\nbody")))
	_, _ = b.Write([]byte(message("MESSAGE sip:a@b SIP/2.0", "CSeq: unreadable")))
	_, _ = b.Write([]byte("\r\n\r\n" + message("SIP/2.0 200 OK")))
	read(t, c, 2)
	got := trace.String()
	for _, want := range []string{
		"true REGISTER", "Subject: kept\r\n\r\nREGISTER", "Authorization: (masked)\r\nPROXY-authorization : (masked)\r\nSubject",
		"false MESSAGE", "v: SIP / 2.0 / TCP h\r\nauthorization: (masked)\r\n\r\nbody", "CSeq: unreadable", "false SIP/2.0 200 OK",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the trace lacks %q", want)
		}
	}
	if strings.Contains(got, "hunter2") || strings.Contains(got, "true \r\n") {
		t.Error(got)
	}
}

func TestNothingIsWrittenForNothing(t *testing.T) {
	a, _ := pipe()
	if n, err := Wrap(a, ConnConfig{Stream: true}).Write(nil); n != 0 || err != nil || len(a.out.data) > 0 {
		t.Error(n, err)
	}
}

// The keys of a call's sound are as secret as a password.
func TestATraceHasNoKeysOfSound(t *testing.T) {
	for in, want := range map[string]string{
		"v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0|2^20|1:4 X\r\na=ptime:20\r\n": "v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:(masked)|2^20|1:4 X\r\na=ptime:20\r\n",
		"a=crypto:2 S inline:YQ==;inline:Yg==":                                                   "a=crypto:2 S inline:(masked);inline:(masked)",
		"a=crypto:3 S\r\n":                                                                       "a=crypto:3 S\r\n",
		"we say crypto: inline:words":                                                            "we say crypto: inline:words",
		"a=crypto:4 S inline:":                                                                   "a=crypto:4 S inline:(masked)",
	} {
		if got := string(maskKeys([]byte(in))); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
