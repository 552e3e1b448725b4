package ui

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/sipclient"
)

// Every way to call leads to one call of the right address, and to the conversation where it stands.
func TestEveryWayToCallCalls(t *testing.T) {
	const number contacts.Address = "sip:+4930123456@contoso.com"
	inFind := func(typed string) func(x *face) {
		return func(x *face) { x.press("/"); x.types(typed) }
	}
	for name, c := range map[string]struct {
		first func(x *face)
		do    func(x *face)
		whom  contacts.Address
	}{
		"key on a contact":         {nil, func(x *face) { x.press("alt+p") }, bob},
		"Lync's key":               {nil, func(x *face) { x.press("ctrl+enter") }, bob},
		"menu":                     {func(x *face) { x.rightClick("Eve") }, func(x *face) { x.click("Call") }, eve},
		"card":                     {func(x *face) { x.press("c") }, func(x *face) { x.click("  Call  ") }, bob},
		"key in the conversation":  {func(x *face) { x.talks() }, func(x *face) { x.press("alt+p") }, bob},
		"header":                   {func(x *face) { x.talks() }, func(x *face) { x.click(" call ") }, bob},
		"command":                  {func(x *face) { x.talks(); x.types("/call") }, func(x *face) { x.press("enter") }, bob},
		"command with a number":    {func(x *face) { x.talks(); x.types("/call +49 30 123456") }, func(x *face) { x.press("enter") }, number},
		"a contact found":          {inFind("eve"), func(x *face) { x.press("alt+p") }, eve},
		"an address found":         {inFind("kim@fabrikam.com"), func(x *face) { x.click("Call kim@fabrikam.com") }, kim},
		"an address found, by key": {inFind("kim@fabrikam.com"), func(x *face) { x.press("alt+p") }, kim},
		"a number dialled":         {inFind("+49 30 123456"), func(x *face) { x.press("enter") }, number},
		"a number found, by key":   {inFind("+49 30 123456"), func(x *face) { x.press("alt+p") }, number},
		"a past conversation":      {func(x *face) { x.results(history(time.Now())); x.press("v") }, func(x *face) { x.press("alt+p") }, dana},
		"its menu":                 {func(x *face) { x.results(history(time.Now())); x.press("v"); x.press("m") }, func(x *face) { x.click("Call") }, dana},
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				if c.first != nil {
					c.first(x)
				}
				c.do(x)
				if is := x.dialled(); is.Peer != string(c.whom) {
					t.Errorf("%s was called, not %s", is.Peer, c.whom)
				}
				x.sees("Call with", "Calling…", "Hang Up", "Write to")
			})
		})
	}
}

func TestWhyNobodyCanBeCalledIsSaid(t *testing.T) {
	blocked := worldThat(func(s *app.Saved) { s.Contacts[2].Relationship = contacts.BlockedContacts })
	for name, c := range map[string]struct {
		state func() *app.State
		do    func(x *face)
		says  string
	}{
		"signed out, menu":    {signedOut, func(x *face) { x.press("esc"); x.rightClick("Eve"); x.press("c") }, "You are not signed in"},
		"signed out, key":     {signedOut, func(x *face) { x.press("esc", "down", "alt+p") }, "you are not signed in, so nobody can be called"},
		"signed out, command": {signedOut, func(x *face) { x.press("esc", "down", "enter"); x.types("/call"); x.press("enter") }, "You are not signed in"},
		"blocked":             {blocked, func(x *face) { x.rightClick("Eve"); x.press("c") }, "You have blocked this person"},
		"oneself":             {world, func(x *face) { x.talks(); x.types("/call alice@contoso.com"); x.press("enter") }, "This is your own address."},
		"no address":          {world, func(x *face) { x.talks(); x.types("/call bob@"); x.press("enter") }, "not a domain name"},
		"a picture":           {world, func(x *face) { x.talks(); x.click(" video ") }, "There are no pictures in this window."},
		"a second unanswered": {world, func(x *face) {
			x.press("alt+p")
			x.dialled()
			x.press("tab", "down", "alt+p")
		}, "another call of yours has not been answered yet"},
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 100, 30, c.state, func(x *face) {
				c.do(x)
				x.sees(c.says)
				if placed := did[app.PlaceCall](x); len(placed) > 0 {
					t.Errorf("called %v", placed)
				}
			})
		})
	}
}

// How a call stands is said in words at every step.
func TestACallSaysHowItStands(t *testing.T) {
	for _, size := range sizes {
		hearing(t, size.width, size.height, world, func(x *face, e *ear) {
			x.press("alt+p")
			c := x.dialled()
			stands := func(words string, change ...func(*sipclient.Call)) {
				t.Helper()
				x.hears(c, change...)
				x.sees("Call with Bob · " + words)
			}
			x.sees("Call with Bob · Calling…")
			stands("Ringing…", func(c *sipclient.Call) { c.State = sipclient.CallRinging })
			stands("Ringing…", func(c *sipclient.Call) { c.State, c.Media = sipclient.CallEarly, true })
			stands("0:00", active)
			x.passes(75*time.Second + meterEvery)
			x.sees("Call with Bob · 1:15")
			stands("Bob has put you on hold 1:", active, func(c *sipclient.Call) { c.Waiting = true })
			x.press("alt+o")
			x.sees("Call with Bob · On hold 1:", " Resume ")
			stands("On hold 1:", held)
			x.press("alt+o")
			x.sees("Call with Bob · Resuming… 1:", " Hold ")
			stands("1:", active)
			stands("Transferring to Eve…", active, func(c *sipclient.Call) {
				c.Transfer = sipclient.TransferAsked
				x.do(must(x.state.TransferCall(time.Now(), c.ID, eve)))
			})
			stands("It rings at Eve…", active, func(c *sipclient.Call) { c.Transfer = sipclient.TransferRinging })
			x.hears(c, over(sipclient.EndedByPeer, 0))
			x.sees("Bob has hung up.")
			x.seesNot("Call with", "Hang Up")
		})
	}
}

// must is for a decision that has to be possible.
func must(effects []app.Effect, err error) []app.Effect {
	if err != nil {
		panic(err)
	}
	return effects
}

func TestHowLongACallLastsIsWrittenAsOnATelephone(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Hour: "0:00", 0: "0:00", 7*time.Second + 999*time.Millisecond: "0:07", 12*time.Minute + 34*time.Second: "12:34",
		time.Hour + 2*time.Minute + 3*time.Second: "1:02:03", 100 * time.Hour: "100:00:00",
	} {
		if got := lasted(d); string(got) != want {
			t.Errorf("%v is written %q, not %q", d, got, want)
		}
	}
}

func TestALevelIsABarOfTheSameWidth(t *testing.T) {
	for level, want := range map[float64]string{
		0: "······", -1: "······", 1e-9: "······", 0.003: "······", 0.01: "■·····", 0.02: "■■····", 0.5: "■■■■■■", 1: "■■■■■■", 99: "■■■■■■",
	} {
		if got := meterBar(level); string(got) != want {
			t.Errorf("%v is drawn %q, not %q", level, got, want)
		}
	}
}

// Leaving golync ends a call, which is asked before; pressed twice, it is meant.
func TestLeavingInACallIsAsked(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talksTo(dana)
		x.press("ctrl+q")
		x.sees("Leave golync", "You are in a call with Dana, which ends when you")
		x.press("esc")
		x.sees("Hang Up")
		x.press("ctrl+q")
		x.leftBy("ctrl+q")
	})
}

// A call may not ring where the user's own keys have given golync's away.
func TestTheUsersOwnKeysGoBeforeThoseOfCalls(t *testing.T) {
	withKeys(t, map[string][]string{"window.note": {"alt+m"}, "call.hang-up": {"f9"}}, func(x *face) {
		x.talksTo(dana)
		x.press("alt+q")
		x.sees("f9 hang up")
		if over := did[app.HangUp](x); len(over) != 0 {
			t.Errorf("the old key ends the call: %v", over)
		}
		x.press("tab", "alt+m")
		if muted := did[app.MuteCall](x); len(muted) != 0 {
			t.Errorf("the note's key mutes: %v", muted)
		}
		x.press("esc", "f9")
		if over := did[app.HangUp](x); len(over) != 1 {
			t.Errorf("f9 ends %v", over)
		}
	})
	if err := CheckKeys(map[string][]string{"window.note": {"f9"}, "call.hang-up": {"f9"}}); err == nil {
		t.Error("one key of the user's means two things")
	}
	if err := CheckKeys(map[string][]string{"call.mute": {"m"}}); err == nil {
		t.Error("a key that types means something in a call")
	}
}

func TestTheBottomOfTheWindowSaysWhereCallsGo(t *testing.T) {
	for _, size := range sizes {
		for _, c := range []struct {
			calls option.Calls
			says  string
		}{
			{option.Calls{RingSeconds: 60}, "CALL FORWARDING OFF"},
			{option.Calls{Forward: option.ForwardAll, ForwardTo: "dana@contoso.com", RingSeconds: 60}, "CALLS FORWARDED TO Dana"},
			{option.Calls{Forward: option.ForwardUnanswered, ForwardTo: "eve@contoso.com", RingSeconds: 60}, "UNANSWERED CALLS TO Eve"},
			{option.Calls{Forward: option.ForwardAll, ForwardTo: "dana@", RingSeconds: 60}, "CALL FORWARDING OFF"},
		} {
			inWindow(t, size.width, size.height, worldOf(func(o *option.Set) { o.Calls = c.calls }), func(x *face) {
				x.sees(c.says)
				x.click(c.says)
				x.sees("Turn off call forwarding")
				x.press("esc", "C")
				x.sees("Turn off call forwarding")
			})
		}
	}
}
