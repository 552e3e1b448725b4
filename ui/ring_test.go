package ui

import (
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/sipclient"
)

func TestAnIncomingCallSaysWhoItIs(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.rings(dana)
			x.sees("Incoming call", "Dana", "dana@contoso.com", "My Organization · Colleagues", "Answer", "Decline", "Reply by IM", "alt+c answer · alt+i decline")
			x.titled("Dana is calling - alice@contoso.com - golync")
			x.passes(40 * time.Second) // far longer than a toast stays
			x.sees("Incoming call")
			x.hears(calls(dana, ""), over(sipclient.EndedCancelled, 0))
			x.seesNot("Incoming call")
			x.titled("(1) alice@contoso.com - golync")
		})
	}
}

// What a stranger is called is the stranger's choice; the address and what they are to the user is not.
func TestAStrangerWhoCallsIsKnownByTheAddress(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.hears(calls(gina, "Dana (dana@contoso.com)"))
		x.sees("Dana (dana@contoso.com)", "gina@fabrikam.com", "External · not in your list")
	})
}

// ringPlaces are where the user may be when somebody calls, with something half written.
func ringPlaces() map[string]func(x *face) {
	return map[string]func(x *face){
		"the list":         func(*face) {},
		"a message":        func(x *face) { x.talks(); x.types("Half a sent") },
		"a command":        func(x *face) { x.talks(); x.types("/not") },
		"the Find box":     func(x *face) { x.press("/"); x.types("ev") },
		"the note":         func(x *face) { x.press("n"); x.types("Away") },
		"the options":      func(x *face) { x.press("o", "end", "enter") },
		"a field":          func(x *face) { x.press("C", "tab"); x.types("dana@") },
		"Add a Contact":    func(x *face) { x.press("a", "enter"); x.types("kim@") },
		"a menu":           func(x *face) { x.rightClick("Eve") },
		"the search":       func(x *face) { x.press("f"); x.types("lunch") },
		"help":             func(x *face) { x.press("?") },
		"selected lines":   func(x *face) { x.press("enter"); x.loads(bob, false, said(1, 3)...); x.press("shift+up") },
		"another call":     func(x *face) { x.talksTo(eve) },
		"a dial pad":       func(x *face) { x.talksTo(eve); x.press("alt+k") },
		"a transfer":       func(x *face) { x.talksTo(eve); x.press("alt+t"); x.types("f") },
		"another's dialog": func(x *face) { x.press("delete") },
	}
}

// A call is answered and declined from anywhere, by Lync's keys and by the mouse.
func TestACallIsAnsweredFromAnywhere(t *testing.T) {
	for place, goes := range ringPlaces() {
		for way, answer := range map[string]func(x *face){
			"key":   func(x *face) { x.press("alt+c") },
			"mouse": func(x *face) { x.click(" Answer ") },
		} {
			t.Run(place+" "+way, func(t *testing.T) {
				inWindow(t, 80, 24, world, func(x *face) {
					goes(x)
					did[app.AnswerCall](x)
					c := x.rings(dana)
					x.sees("Incoming call")
					answer(x)
					if answered := did[app.AnswerCall](x); len(answered) != 1 || answered[0].ID != c.ID {
						t.Fatalf("answered %v:\n%s", answered, x.text())
					}
					x.seesNot("Incoming call")
				})
			})
		}
	}
}

func TestACallIsDeclinedFromAnywhere(t *testing.T) {
	for place, goes := range ringPlaces() {
		for way, decline := range map[string]func(x *face){
			"key":   func(x *face) { x.press("alt+i") },
			"mouse": func(x *face) { x.click(" Decline ") },
		} {
			t.Run(place+" "+way, func(t *testing.T) {
				inWindow(t, 80, 24, world, func(x *face) {
					goes(x)
					before := x.text()
					c := x.rings(dana)
					decline(x)
					if declined := did[app.DeclineCall](x); len(declined) != 1 || declined[0].ID != c.ID {
						t.Fatalf("declined %v:\n%s", declined, x.text())
					}
					x.passes(time.Millisecond)
					if after := x.text(); after != before {
						t.Errorf("the window is not as it was:\n%s\n%s", before, after)
					}
				})
			})
		}
	}
}

// A call takes no key from what is being typed, not even in the moment in which it comes.
func TestACallTakesNoTypedKey(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.talks()
		x.types("ci")
		x.rings(dana)
		x.types("caciqm \\o/")
		x.press("left", "delete", "enter")
		if sent := x.sent(); len(sent) != 1 || sent[0] != "cicaciqm \\o" {
			t.Errorf("sent %q", sent)
		}
		x.sees("Incoming call")
	})
}

// What was typed to somebody else is still there after a call was answered.
func TestAHalfWrittenMessageOutlivesAnAnswer(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.talks()
		x.types("Half a sent")
		x.rings(dana)
		x.press("alt+c")
		x.sees("Write to Dana", "Call with Dana")
		x.press("ctrl+n")
		x.sees("Half a sent", "Dana Connecting…") // and the call has a line there
	})
}

func TestReplyByIMDeclinesAndWrites(t *testing.T) {
	for way, reply := range map[string]func(x *face){
		"key":   func(x *face) { x.press("alt+w") },
		"mouse": func(x *face) { x.click("Reply by IM") },
	} {
		t.Run(way, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				x.rings(dana)
				reply(x)
				if declined := did[app.DeclineCall](x); len(declined) != 1 {
					t.Errorf("declined %v", declined)
				}
				x.sees("Write to Dana")
				x.types("In a meeting")
				x.press("enter")
				if sent := did[app.SendMessage](x); len(sent) != 1 || sent[0].Message.Peer != string(dana) {
					t.Errorf("sent %v", sent)
				}
			})
		})
	}
}

// Of several calls the keys mean the one that waits longest, which says so, and the mouse every one.
func TestSeveralCallsRingBesideEachOther(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		for _, a := range []contacts.Address{dana, eve, gina} {
			x.rings(a)
		}
		if n := strings.Count(x.text(), "Incoming call"); n != 3 {
			t.Fatalf("%d calls ring:\n%s", n, x.text())
		}
		if n := strings.Count(x.text(), "alt+c answer · alt+i"); n != 2 { // of the box, and the help line
			t.Errorf("%d calls say their keys:\n%s", n, x.text())
		}
		_, y := x.find("eve@contoso.com")
		col, _ := x.find(" Decline ")
		x.clickCell(col, y+2, tea.MouseLeft)
		x.press("alt+i")
		x.passes(grace)
		x.press("alt+i")
		var order []string
		for _, d := range did[app.DeclineCall](x) {
			order = append(order, d.ID)
		}
		if got := strings.Join(order, ", "); got != "in sip:eve@contoso.com, in sip:dana@contoso.com, in sip:gina@fabrikam.com" {
			t.Errorf("declined %s", got)
		}
	})
	inWindow(t, 60, 20, world, func(x *face) { // where there is no room for all
		for _, a := range []contacts.Address{dana, eve, gina} {
			x.rings(a)
		}
		x.sees("Dana", "and ", " more ")
	})
}

// A key meant for one thing does not answer another that has come in between.
func TestAKeyAnswersNobodyWhoHasJustTakenItsPlace(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "Are you coming?", 1, time.Now()))
		x.rings(eve) // alt+c would have gone to the message a moment ago
		x.press("alt+c")
		if answered := did[app.AnswerCall](x); len(answered) != 0 {
			t.Fatalf("answered %v", answered)
		}
		x.passes(grace)
		x.press("alt+c")
		if answered := did[app.AnswerCall](x); len(answered) != 1 {
			t.Fatalf("answered %v", answered)
		}
	})
	inWindow(t, 120, 40, world, func(x *face) {
		x.rings(dana)
		x.rings(eve)
		x.press("alt+i", "alt+i") // too fast to have seen who is next
		if declined := did[app.DeclineCall](x); len(declined) != 1 {
			t.Errorf("declined %v", declined)
		}
	})
}

func TestTheMenuOfACallThatRings(t *testing.T) {
	for way, opens := range map[string]func(x *face){
		"key":         func(x *face) { x.press("alt+z") },
		"button":      func(x *face) { x.clickCell(x.after("Reply by IM   ")) },
		"right click": func(x *face) { x.rightClick("dana@contoso.com") },
	} {
		t.Run(way, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				x.rings(dana)
				opens(x)
				x.sees("Redirect…", "Do Not Disturb", "See Contact Card")
				x.press("r", "r", "enter")
				x.sees("Redirect Dana")
				x.types("eve")
				x.press("enter")
				if sent := did[app.RedirectCall](x); len(sent) != 1 || sent[0].To != eve {
					t.Errorf("redirected %v", sent)
				}
				x.seesNot("Incoming call", "Redirect Dana")
			})
		})
	}
	inWindow(t, 80, 24, world, func(x *face) {
		x.rings(dana)
		x.press("alt+z", "end", "up", "enter")
		if declined := did[app.DeclineCall](x); len(declined) != 1 || x.state.Me().Availability != contacts.DoNotDisturb {
			t.Errorf("declined %v, and is %v", declined, x.state.Me().Availability)
		}
	})
}

// after is the cell behind a text, with the left button.
func (x *face) after(s string) (col, row int, button tea.MouseButton) {
	col, row = x.find(s)
	return col + len([]rune(s)), row, tea.MouseLeft
}

// The bell rings again and again while a call rings, as the options and the user's presence say.
func TestTheBellRingsAsTheOptionsSay(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*option.Set)
		rings  bool
	}{
		"by itself": {func(*option.Set) {}, true},
		"not":       {func(o *option.Set) { o.Sounds.Calls = false }, false},
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 80, 24, worldOf(c.change), func(x *face) {
				sent := x.bytesOf(func() {
					x.rings(dana)
					x.passes(2*bellAgain + time.Second)
				})
				if n := len(bells(sent)); c.rings && n != 3 || !c.rings && n != 0 {
					t.Errorf("the bell rang %d times", n)
				}
				sent = x.bytesOf(func() { x.press("alt+i"); x.passes(5 * bellAgain) })
				if len(bells(sent)) > 0 {
					t.Error("it rings when nobody calls any more")
				}
			})
		})
	}
}

// bells are the bells in what was sent to a terminal; one also ends each title.
func bells(sent string) []string {
	return regexp.MustCompile(`\a`).FindAllString(regexp.MustCompile(`\x1b\][^\a]*\a`).ReplaceAllString(sent, ""), -1)
}

// A toast of a message and a call do not lie on each other.
func TestToastsMakeRoomForACall(t *testing.T) {
	for corner := option.TopRight; corner <= option.BottomLeft; corner++ {
		inWindow(t, 120, 40, worldOf(func(o *option.Set) { o.Toasts.Corner = corner }), func(x *face) {
			x.talks()
			x.happens(arrives(dana, "1", "Are you coming?", 1, time.Now()))
			x.rings(eve)
			x.sees("Are you coming?", "ctrl+g open", "Incoming call", "eve@contoso.com", " Answer ")
		})
	}
}

// Whom Alerts let through without an alert rings in a line, and lies over nothing.
func TestACallWithoutAnAlertHasALine(t *testing.T) {
	quiet := func() *app.State {
		s := worldWith(alerts.Options{TellMe: true, DND: alerts.ShowNone, Outside: alerts.AllowInvites})
		s.SetRelationship(time.Now(), dana, contacts.Workgroup)
		s.SetPresence(time.Now(), contacts.DoNotDisturb)
		return s
	}
	for way, answer := range map[string]func(x *face){
		"key":   func(x *face) { x.press("alt+c") },
		"mouse": func(x *face) { x.click(" Answer ") },
	} {
		for _, size := range sizes {
			inWindow(t, size.width, size.height, quiet, func(x *face) {
				x.talks()
				x.rings(dana)
				x.sees("Dana is calling you", "Decline")
				x.seesNot("Incoming call")
				x.titled("alice@contoso.com - golync")
				answer(x)
				if answered := did[app.AnswerCall](x); len(answered) != 1 {
					t.Errorf("%s: answered %v", way, answered)
				}
			})
		}
	}
}

// Who looks elsewhere is told as the terminal can, and a click on that leads to the conversation.
func TestACallReachesWhoLooksElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newOutsider(t, world(), Options{Terminal: Terminal{way: byOSC9}})
		x.do(x.state.Take(x.at, events(sipclient.CallChanged{Call: calls(dana, "")})))
		if bells, told := x.told(); bells != 1 || len(told) != 1 || !strings.Contains(told[0], "Dana (dana@contoso.com): is calling you.") {
			t.Errorf("%d bells, %q", bells, told)
		}
		x.toasts.open(app.Alert{What: alerts.Call, From: dana})
		if x.conversation.shown != dana {
			t.Errorf("%s is in front", x.conversation.shown)
		}
	})
}
