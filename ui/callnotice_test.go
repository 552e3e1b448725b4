package ui

import (
	"testing"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
)

// How a call ended stands at the top of its conversation until it is taken away.
func TestHowACallEndedStandsAboveItsConversation(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*sipclient.Call)
		says string
	}{
		"busy":     {over(sipclient.EndedRefused, 486), "Dana is in another call or does not want"},
		"declined": {over(sipclient.EndedRefused, 603), "Dana has declined the call."},
		"nobody":   {over(sipclient.EndedNoAnswer, 408), "Dana did not answer."},
		"network":  {over(sipclient.EndedFailed, 0), "Could not complete the call because the"},
	} {
		for way, away := range map[string]func(x *face){
			"key":   func(x *face) { x.press("alt+n") },
			"mouse": func(x *face) { x.click("alt+n ✕") },
		} {
			t.Run(name+" "+way, func(t *testing.T) {
				for _, size := range sizes {
					inWindow(t, size.width, size.height, world, func(x *face) {
						x.press("down", "alt+p")
						x.hears(x.dialled(), c.end)
						x.sees(c.says, "Write to Dana")
						x.seesNot("Call with")
						x.types("I try later")
						away(x)
						x.seesNot(c.says[:20])
						x.sees("I try later")
					})
				}
			})
		}
	}
}

// A call elsewhere is a question, and nothing follows by itself.
func TestARedirectedCallIsAQuestion(t *testing.T) {
	redirect := func(x *face) {
		x.press("down", "alt+p")
		x.hears(x.dialled(), over(sipclient.EndedRefused, 302), func(c *sipclient.Call) { c.Target = "sip:kim@fabrikam.com" })
	}
	for way, c := range map[string]struct {
		does  func(x *face)
		calls contacts.Address
	}{
		"yes by key":       {func(x *face) { x.press("alt+y") }, kim},
		"yes by mouse":     {func(x *face) { x.click("Call kim@fabrikam.com") }, kim},
		"no by key":        {func(x *face) { x.press("alt+n") }, ""},
		"no by mouse":      {func(x *face) { x.click(" No ") }, ""},
		"neither by enter": {func(x *face) { x.press("enter", "enter"); x.press("alt+n") }, ""},
	} {
		t.Run(way, func(t *testing.T) {
			for _, size := range sizes {
				inWindow(t, size.width, size.height, world, func(x *face) {
					redirect(x)
					x.sees("asks you to call", "Call kim@fabrikam.com", " No ")
					c.does(x)
					placed := did[app.PlaceCall](x)
					if c.calls == "" && len(placed) > 0 || c.calls != "" && (len(placed) != 1 || placed[0].Peer != c.calls) {
						t.Errorf("called %v", placed)
					}
					x.seesNot("asks you to call")
					if c.calls != "" {
						x.sees("Call with kim@fabrikam.com")
					}
				})
			}
		})
	}
}

// Whoever looks elsewhere hears of it in the help line.
func TestTheEndOfACallElsewhereIsSaid(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		c := x.talksTo(dana)
		x.press("esc")
		x.hears(c, over(sipclient.EndedByPeer, 0))
		x.sees("Dana has hung up.")
		x.passes(spoken)
		x.seesNot("Dana has hung up.")
	})
}
