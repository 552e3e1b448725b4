package ui

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
)

func TestACallIsTransferredToAnybody(t *testing.T) {
	for name, c := range map[string]struct {
		does func(x *face)
		to   contacts.Address
	}{
		"a contact by key":   {func(x *face) { x.press("down", "down", "enter") }, fred},
		"a contact by mouse": {func(x *face) { x.click("Fred - Pres") }, fred},
		"a contact found":    {func(x *face) { x.types("fr"); x.press("enter") }, fred},
		"an address":         {func(x *face) { x.types("kim@fabrikam.com"); x.press("enter") }, kim},
		"a number pasted":    {func(x *face) { x.pastes(" +49 30 123 \n"); x.press("enter") }, "sip:+4930123@contoso.com"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, size := range sizes[:2] {
				inWindow(t, size.width, size.height, world, func(x *face) {
					call := x.talksTo(dana)
					x.press("alt+t")
					x.sees("Transfer Dana", "? Bob - Presence unknown")
					x.seesNot("? Dana - ") // who is the one that is handed over
					c.does(x)
					if sent := did[app.TransferCall](x); len(sent) != 1 || sent[0] != (app.TransferCall{ID: call.ID, To: c.to}) {
						t.Fatalf("transferred %v:\n%s", sent, x.text())
					}
					x.seesNot("Transfer Dana")
					x.sees("Transferring to")
				})
			}
		})
	}
}

func TestTwoCallsAreConnectedWithEachOther(t *testing.T) {
	for way, does := range map[string]func(x *face){
		"key":   func(x *face) { x.press("enter") },
		"mouse": func(x *face) { x.click("Connect with Dana") },
	} {
		t.Run(way, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				d := x.talksTo(dana)
				e := x.talksTo(eve)
				x.hears(d, held)
				x.press("alt+t")
				x.sees("Connect with Dana · the other call of yours")
				does(x)
				if joined := did[app.JoinCalls](x); len(joined) != 1 || joined[0] != (app.JoinCalls{ID: e.ID, Other: d.ID}) {
					t.Fatalf("joined %v:\n%s", joined, x.text())
				}
			})
		})
	}
}

func TestATransferSaysWhyItCannotBe(t *testing.T) {
	for typed, says := range map[string]string{
		"zzz": "Nobody of your contacts.", "kim@": "not a domain name", "dana@contoso.com": "Nobody of your contacts.",
	} {
		inWindow(t, 80, 24, world, func(x *face) {
			x.talksTo(dana)
			x.press("alt+t")
			x.types(typed)
			x.sees(says)
			x.press("enter", "esc")
			if sent := did[app.TransferCall](x); len(sent) != 0 {
				t.Errorf("%q: transferred %v", typed, sent)
			}
			x.seesNot("Transfer Dana")
			x.sees("Call with Dana · 0:")
		})
	}
	inWindow(t, 80, 24, world, func(x *face) { // one's own address
		x.talksTo(dana)
		x.types("/transfer alice@contoso.com")
		x.press("enter")
		x.sees("This is your own address.")
	})
}

func TestADialPadAndATransferCloseWithTheirCall(t *testing.T) {
	for _, key := range []string{"alt+k", "alt+t"} {
		inWindow(t, 80, 24, world, func(x *face) {
			c := x.talksTo(dana)
			x.press(key)
			x.sees("esc c")
			x.hears(c, over(sipclient.EndedByPeer, 0))
			x.seesNot("esc c")
			x.types("Bye")
			x.sees("Dana has hung up.", "Bye")
		})
	}
}

func TestTheDialPadPressesWhatIsTypedAndClicked(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			c := x.talksTo(dana)
			x.types("Half")
			x.press("alt+k")
			x.types("12x3 *#é/")
			x.click("  9  ")
			x.click("  0  ")
			x.sees("123*#90")
			digits := ""
			for _, d := range did[app.SendDigits](x) {
				if d.ID != c.ID {
					t.Errorf("pressed in %s", d.ID)
				}
				digits += d.Digits
			}
			if digits != "123*#90" {
				t.Errorf("pressed %q", digits)
			}
			x.press("alt+k") // the same key closes it
			x.seesNot("Dial Pad ─")
			x.types(" a sentence 1")
			x.sees("Half a sentence 1")
		})
	}
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("alt+p", "alt+k", "1")
		x.sees("Not answered yet")
		x.press("esc")
		x.seesNot("Not answered yet")
	})
}

func TestCommandsActInTheCall(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("/hangup")
		x.press("enter", "enter")
		x.sees("You are in no call.")
		x.press("ctrl+u")
		x.types("/h")
		x.seesNot("/hold") // only in a call
		x.press("ctrl+u")
		x.talksTo(dana)
		for _, typed := range []string{"/mute", "/hold", "/dial 12#", "/transfer eve@contoso.com", "/hangup"} {
			x.types(typed)
			x.press("enter")
		}
		got := []int{
			len(did[app.MuteCall](x)), len(did[app.HoldCall](x)), len(did[app.SendDigits](x)), len(did[app.TransferCall](x)), len(did[app.HangUp](x)),
		}
		for i, n := range got {
			if n != 1 {
				t.Errorf("command %d was done %d times:\n%s", i, n, x.text())
			}
		}
	})
	inWindow(t, 100, 30, world, func(x *face) {
		x.talksTo(dana)
		x.types("/dial one")
		x.press("enter")
		x.sees("A telephone has no such key")
		x.passes(time.Second)
	})
}
