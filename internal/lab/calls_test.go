package lab_test

import (
	"net/netip"
	"sync"
	"testing"
	"time"

	"golync/internal/lab"
	"golync/sipclient"
	"golync/sipclient/presrules"
	"golync/sipclient/sdp"
)

const eve = "sip:eve@contoso.com"

// voice is the sound of a call without any: it offers, answers and notes what was agreed.
type voice struct {
	local sdp.Local

	mu     sync.Mutex
	agreed sdp.Agreed
	closed int
}

func newVoice(port uint16) *voice {
	return &voice{local: sdp.Local{
		Addr: netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), port), Session: 1, Direction: sdp.SendRecv,
		Codecs: []sdp.Codec{{Name: "G722", Rate: 8000, Type: 9}, {Name: "PCMU", Rate: 8000}},
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
	answer, a, err := v.local.Answer(offer)
	v.note(a)
	return answer, err
}

func (v *voice) Take(answer []byte) error {
	a, err := v.local.Accept(answer)
	v.note(a)
	return err
}

func (v *voice) note(a sdp.Agreed) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.agreed = a
}

func (v *voice) Close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.closed++
}

// state waits until a call of the user's is in a state.
func (u user) state(t *testing.T, state sipclient.CallState) sipclient.Call {
	t.Helper()
	return await(t, u, "the state of the call", func(e sipclient.CallChanged) bool { return e.Call.State == state }).Call
}

// held waits until a call is held by the user and by the other side as said.
func (u user) held(t *testing.T, held, waiting bool) {
	t.Helper()
	await(t, u, "the hold", func(e sipclient.CallChanged) bool { return e.Call.Held == held && e.Call.Waiting == waiting })
}

// exchange is a lab and people who have accepted each other.
func exchange(t *testing.T, transport string, people ...string) []user {
	t.Helper()
	cfg := lab.Config{}
	for _, p := range []string{alice, dana, eve, cheri} {
		cfg.Users = append(cfg.Users, lab.User{Address: p, Name: "Somebody", Password: "secret"})
	}
	l, err := lab.Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	var all []user
	for _, p := range people {
		u, err := signIn(t, l, transport, p, "secret", nil)
		if err != nil {
			t.Fatal(err)
		}
		rules := presrules.Rules{People: map[string]presrules.Level{}}
		for _, other := range people {
			if other != p {
				rules.People[other] = presrules.External
			}
		}
		if err := u.SetRules(t.Context(), rules); err != nil {
			t.Fatal(err)
		}
		all = append(all, u)
	}
	return all
}

func TestTwoPeopleCallHoldResumeAndHangUp(t *testing.T) {
	for _, c := range []struct{ transport, caller, callee string }{
		{"tls", alice, dana}, {"tcp", alice, dana}, {"udp", alice, dana}, {"tls", alice, cheri}, {"tls", cheri, alice},
	} {
		t.Run(c.transport+" "+c.caller+" "+c.callee, func(t *testing.T) {
			both := exchange(t, c.transport, c.caller, c.callee)
			a, b := both[0], both[1]
			mine, theirs := newVoice(4000), newVoice(4002)
			a.Call("one", c.callee, mine)
			in := b.state(t, sipclient.CallRinging)
			if in.Peer != c.caller || !in.Incoming {
				t.Errorf("%+v", in)
			}
			a.state(t, sipclient.CallRinging)
			b.Answer(in.ID, theirs)
			a.state(t, sipclient.CallActive)
			b.state(t, sipclient.CallActive)
			if mine.agreed.Remote.Port() != 4002 || theirs.agreed.Remote.Port() != 4000 || mine.agreed.Codec.Name != "G722" {
				t.Errorf("agreed on %+v and %+v", mine.agreed, theirs.agreed)
			}
			a.Hold("one", true)
			b.held(t, false, true)
			a.held(t, true, false)
			b.Hold(in.ID, true)
			a.held(t, true, true)
			b.held(t, true, true)
			a.Hold("one", false)
			a.held(t, false, true)
			b.held(t, true, false)
			b.Hold(in.ID, false)
			a.held(t, false, false)
			if mine.agreed.Direction != sdp.SendRecv {
				t.Errorf("in the end sound goes %v", mine.agreed.Direction)
			}
			b.HangUp(in.ID)
			if c := a.state(t, sipclient.CallEnded); c.Why != sipclient.EndedByPeer {
				t.Errorf("%+v", c)
			}
			if c := b.state(t, sipclient.CallEnded); c.Why != sipclient.EndedHere {
				t.Errorf("%+v", c)
			}
			if mine.closed != 1 || theirs.closed != 1 {
				t.Errorf("closed %d and %d times", mine.closed, theirs.closed)
			}
		})
	}
}

func TestACallThatIsTakenBackIsMissed(t *testing.T) {
	both := exchange(t, "tls", alice, dana)
	both[0].Call("one", dana, newVoice(4000))
	both[1].state(t, sipclient.CallRinging)
	both[0].HangUp("one")
	if c := both[1].state(t, sipclient.CallEnded); c.Why != sipclient.EndedCancelled {
		t.Errorf("%+v", c)
	}
}

func TestACallThatAnotherDeviceTakesIsNotMissed(t *testing.T) {
	all := exchange(t, "tls", alice, dana, dana)
	all[0].Call("one", dana, newVoice(4000))
	all[2].state(t, sipclient.CallRinging)
	all[1].Answer(all[1].state(t, sipclient.CallRinging).ID, newVoice(4002))
	if c := all[2].state(t, sipclient.CallEnded); c.Why != sipclient.EndedElsewhere || c.Reason.Raw() != "Call completed elsewhere" {
		t.Errorf("%+v", c)
	}
	all[0].state(t, sipclient.CallActive)
}

func TestTwoCallsAreConnectedThroughTheLab(t *testing.T) {
	all := exchange(t, "tls", alice, dana, eve)
	a, d, e := all[0], all[1], all[2]
	for i, other := range []user{d, e} {
		id, address := []string{"dana", "eve"}[i], []string{dana, eve}[i]
		a.Call(id, address, newVoice(4000))
		other.Answer(other.state(t, sipclient.CallRinging).ID, newVoice(4002))
		a.state(t, sipclient.CallActive)
		other.state(t, sipclient.CallActive)
	}
	// Dana's program has nobody's consent to call at another's word.
	a.TransferTo("dana", "eve")
	await(t, a, "the refusal", func(e sipclient.CallChanged) bool {
		return e.Call.ID == "dana" && e.Call.Transfer == sipclient.TransferFailed && e.Call.State == sipclient.CallActive
	})
	for _, id := range []string{"dana", "eve"} {
		a.HangUp(id)
	}
	for _, other := range []user{d, e} {
		if c := other.state(t, sipclient.CallEnded); c.Why != sipclient.EndedByPeer {
			t.Errorf("%+v", c)
		}
	}
}

func TestSigningOutHangsUp(t *testing.T) {
	both := exchange(t, "tcp", alice, dana)
	both[0].Call("one", dana, newVoice(4000))
	in := both[1].state(t, sipclient.CallRinging)
	both[1].Answer(in.ID, newVoice(4002))
	both[1].state(t, sipclient.CallActive)
	begun := time.Now()
	if err := both[0].SignOut(t.Context()); err != nil {
		t.Error(err)
	}
	if c := both[1].state(t, sipclient.CallEnded); c.Why != sipclient.EndedByPeer {
		t.Errorf("%+v", c)
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("hanging up by signing out took %v", took)
	}
}
