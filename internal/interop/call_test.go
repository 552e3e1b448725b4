//go:build linux

package interop

import (
	"net/netip"
	"testing"

	"golync/sipclient"
	"golync/sipclient/sdp"
)

// voice is the sound of a call without any: it offers and answers.
type voice struct{ local sdp.Local }

func newVoice() *voice {
	return &voice{sdp.Local{
		Addr: netip.MustParseAddrPort("127.0.0.1:4000"), Session: 1, Direction: sdp.SendRecv,
		Codecs: []sdp.Codec{{Name: "PCMU", Rate: 8000}},
	}}
}

func (v *voice) Offer(hold bool) ([]byte, error) {
	v.local.Version++
	if v.local.Direction = sdp.SendRecv; hold {
		v.local.Direction = sdp.SendOnly
	}
	return v.local.Offer(), nil
}

func (v *voice) Answer(offer []byte) ([]byte, error) {
	v.local.Version++
	answer, _, err := v.local.Answer(offer)
	return answer, err
}

func (v *voice) Take(answer []byte) error {
	_, err := v.local.Accept(answer)
	return err
}

func (v *voice) Close() {}

// call waits until a call of the person's fits.
func (p *person) call(what string, fits func(sipclient.Call) bool) sipclient.Call {
	p.t.Helper()
	return await(p, what, func(e sipclient.CallChanged) bool { return fits(e.Call) }).Call
}

func (p *person) state(s sipclient.CallState) sipclient.Call {
	p.t.Helper()
	return p.call("the state of the call", func(c sipclient.Call) bool { return c.State == s })
}

func TestCallsThroughAServer(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			k := Start(t, alice, dana)
			a, d, other := signIn(t, k, alice, transport), signIn(t, k, dana, transport), signIn(t, k, dana, transport)
			a.Call("one", d.address, newVoice())
			in := d.state(sipclient.CallRinging)
			other.state(sipclient.CallRinging)
			a.state(sipclient.CallRinging)
			d.Answer(in.ID, newVoice())
			a.state(sipclient.CallActive)
			d.state(sipclient.CallActive)
			if c := other.state(sipclient.CallEnded); c.Why != sipclient.EndedElsewhere {
				t.Errorf("the other device: %+v", c)
			}
			a.Hold("one", true)
			d.call("the hold", func(c sipclient.Call) bool { return c.Waiting })
			d.Hold(in.ID, true)
			a.call("both hold", func(c sipclient.Call) bool { return c.Waiting && c.Held })
			a.Hold("one", false)
			d.call("one resumes", func(c sipclient.Call) bool { return !c.Waiting && c.Held })
			d.HangUp(in.ID)
			if c := a.state(sipclient.CallEnded); c.Why != sipclient.EndedByPeer {
				t.Errorf("%+v", c)
			}

			a.Call("two", d.address, newVoice())
			d.state(sipclient.CallRinging)
			a.state(sipclient.CallRinging)
			a.HangUp("two")
			if c := d.state(sipclient.CallEnded); c.Why != sipclient.EndedCancelled {
				t.Errorf("%+v", c)
			}
			a.Call("three", d.address, newVoice())
			d.Decline(d.state(sipclient.CallRinging).ID, 603)
			if c := a.call("the refusal", func(c sipclient.Call) bool { return c.ID == "three" && c.State == sipclient.CallEnded }); c.Why != sipclient.EndedRefused || c.Code != 603 {
				t.Errorf("%+v", c)
			}
			other.HangUp(other.state(sipclient.CallRinging).ID)
		})
	}
}
