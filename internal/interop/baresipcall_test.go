//go:build linux

package interop

import (
	"testing"

	"golync/sipclient"
)

// fred's password is one that the other programs can be told without quoting.
var fred = User{"fred@contoso.com", "fredspassword"}

// way is how baresip and golync talk.
type way struct {
	golync string // transport
	baresipOptions
	secure bool // what is expected
	codec  string
}

var ways = map[string]way{
	"G.711 u-law over UDP":        {"udp", baresipOptions{transport: "udp", codec: "pcmu"}, false, "PCMU"},
	"G.711 A-law over TCP":        {"tcp", baresipOptions{transport: "tcp", codec: "pcma"}, false, "PCMA"},
	"G.722 over TLS":              {"tls", baresipOptions{transport: "tls", codec: "g722"}, false, "G722"},
	"G.722 and keys over TLS":     {"tls", baresipOptions{transport: "tls", codec: "g722", srtp: "srtp"}, true, "G722"},
	"G.711 and keys, must be TLS": {"tls", baresipOptions{transport: "tls", codec: "pcmu", srtp: "srtp-mand"}, true, "PCMU"},
}

func TestCallsWithBaresip(t *testing.T) {
	for name, c := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := Start(t, alice, fred)
			b := startBaresip(t, k, fred, c.baresipOptions)
			a := signIn(t, k, alice, c.golync)
			tls := c.golync == "tls"

			b.does("dial", a.address)
			call := a.answers(tls)
			b.await("CALL_ESTABLISHED")
			call.becomes("active", active)
			talkTogether(t, call, b, c)
			b.does("hangup", "")
			call.ends(sipclient.EndedByPeer)
			b.await("CALL_CLOSED")

			call = a.calls(b.uri, tls)
			call.becomes("rings there", func(c sipclient.Call) bool { return c.State == sipclient.CallRinging })
			b.does("accept", "")
			call.becomes("active", active)
			b.await("CALL_ESTABLISHED")
			talkTogether(t, call, b, c)
			a.HangUp(call.id)
			call.ends(sipclient.EndedHere)
			b.await("CALL_CLOSED")
		})
	}
}

// After a hold baresip records nothing (version 1.0): it plays to a loudspeaker here.
func TestHoldWithBaresip(t *testing.T) {
	for _, transport := range []string{"udp", "tls"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			k := Start(t, alice, fred)
			ear := startRoom(t, t.TempDir())
			o := baresipOptions{transport, "pcmu", "", ear}
			if transport == "tls" {
				o.srtp = "srtp-mand"
			}
			b := startBaresip(t, k, fred, o)
			a := signIn(t, k, alice, transport)
			call := a.calls(b.uri, transport == "tls")
			b.await("CALL_INCOMING")
			b.does("accept", "")
			call.becomes("active", active)
			hears(t, ear, 0, golyncHz, golyncAmp)
			back := func(resume func()) {
				t.Helper()
				hearsNothing(t, ear)
				hearsNothing(t, call)
				here, there := recorded(call), recorded(ear)
				resume()
				call.becomes("back", resumed)
				hears(t, ear, there, golyncHz, golyncAmp)
				hears(t, call, here, baresipHz, baresipAmp)
			}
			a.Hold(call.id, true)
			call.becomes("held by golync", held)
			back(func() { a.Hold(call.id, false) })
			b.does("hold", "")
			call.becomes("held by baresip", waits)
			back(func() { b.does("resume", "") })
			a.HangUp(call.id)
			call.ends(sipclient.EndedHere)
			b.await("CALL_CLOSED")
		})
	}
}

// talkTogether has them hear each other, with the sound that is expected, and press keys.
func talkTogether(t *testing.T, call *talk, b *baresip, w way) {
	t.Helper()
	hears(t, b, 0, golyncHz, golyncAmp)
	hears(t, call, 0, baresipHz, baresipAmp)
	if is, err := call.line.Sound(); err != nil || is.Codec != w.codec || is.Secure != w.secure {
		t.Errorf("the call sounds %+v, %v", is, err)
	}
	pressKeys(t, call, b)
}

// pressKeys has each side press keys that the other one hears.
func pressKeys(t *testing.T, call *talk, b *baresip) {
	t.Helper()
	for _, key := range "15#" {
		if err := call.line.Digit(key); err != nil {
			t.Fatal(err)
		}
		if e := b.await("CALL_DTMF_START"); e.Param != string(key) {
			t.Errorf("golync pressed %c, baresip heard %q", key, e.Param)
		}
	}
	b.does("sndcode", "27*")
	presses(t, call, "27*")
}
