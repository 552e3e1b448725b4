package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

func TestConversationKeysGoAroundTheTabs(t *testing.T) {
	for _, keys := range []struct{ next, previous string }{{"ctrl+n", "ctrl+p"}, {"ctrl+pgdown", "ctrl+pgup"}} {
		inWindow(t, 100, 30, world, func(x *face) {
			for i, a := range []contacts.Address{bob, dana, eve} {
				x.happens(arrives(a, fmt.Sprint(i), "Hello", int64(i+1), time.Now()))
			}
			x.press("ctrl+t")
			first := x.frontTab()
			x.press(keys.next, keys.next)
			if x.frontTab() == first {
				t.Errorf("%s twice leads back to %q among three", keys.next, first)
			}
			x.press(keys.next)
			if got := x.frontTab(); got != first {
				t.Errorf("%s three times leads to %q, not around to %q", keys.next, got, first)
			}
			x.press(keys.previous, keys.next)
			if got := x.frontTab(); got != first {
				t.Errorf("%s and %s end at %q, not %q", keys.previous, keys.next, got, first)
			}
		})
	}
}

// frontTab is the name of the conversation that is shown, as its editor says it.
func (x *face) frontTab() string {
	x.t.Helper()
	for _, name := range []string{"Bob", "Dana", "Eve", "Fred"} {
		for _, line := range x.lines() {
			if strings.Contains(line, "Write to "+name) {
				return name
			}
		}
	}
	x.t.Fatalf("no conversation is shown:\n%s", x.text())
	return ""
}

func TestPageKeysReadBackAndForward(t *testing.T) {
	inWindow(t, 100, 24, world, func(x *face) {
		x.press("enter")
		var said []sipclient.Message
		for i := range 60 {
			said = append(said, sipclient.Message{ID: fmt.Sprint(i), Seq: int64(i + 1), Body: text.From(fmt.Sprintf("line %d.", i)), At: time.Now()})
		}
		x.loads(bob, false, said...)
		x.sees("line 59.")
		x.press("pgup")
		x.seesNot("line 59.")
		for range 10 {
			x.press("pgup")
		}
		x.sees("line 0.")
		for range 12 {
			x.press("pgdown")
		}
		x.sees("line 59.")
		x.turns("line 59.", -5)
		x.seesNot("line 59.")
		x.types("I am back")
		x.press("enter")
		x.sees("I am back")
	})
}

func TestKeysOfAConversationLeadToThePersonAndBack(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("half a thought")
		x.press("ctrl+o")
		x.sees("Contact Card", "bob(contoso.com)@msn.com")
		x.press("esc")
		x.sees("half a thought")
		x.press("ctrl+r")
		x.sees("Nothing here is to be sent again.")
		for _, back := range []string{"tab", "ctrl+t", "esc"} {
			x.press(back)
			x.selected("Bob")
			x.press("enter")
			x.sees("half a thought")
		}
		x.press("ctrl+x")
		x.seesNot("half a thought")
		if len(x.state.Conversations()) != 0 {
			t.Errorf("still open: %v", x.state.Conversations())
		}
		x.press("enter") // the list has the keys again
		x.sees("half a thought")
	})
}

// A message that left on an earlier day and failed is found behind those that arrived after it.
func TestTheNewestFailureIsSentAgainWhenTheLastMessageArrived(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("enter")
		x.loads(bob, false,
			sipclient.Message{ID: "1", Seq: 1, Outgoing: true, Body: text.From("lost"), Delivery: sipclient.Failed, Code: 480, At: time.Now()},
			sipclient.Message{ID: "2", Seq: 2, Outgoing: true, Body: text.From("arrived"), Delivery: sipclient.Sent, At: time.Now()},
			sipclient.Message{ID: "3", Seq: 3, Body: text.From("What?"), At: time.Now()},
		)
		x.press("ctrl+r")
		if got := x.sent(); len(got) != 1 || got[0] != "lost" {
			t.Errorf("sent %q", got)
		}
	})
}

func TestAMessageAcceptsWhatIsPastedInTheMiddle(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("Are on Thursday?")
		x.press("home", "right", "right", "right")
		x.pastes(" you coming")
		x.press("enter")
		if got := x.sent(); len(got) != 1 || got[0] != "Are you coming on Thursday?" {
			t.Errorf("sent %q", got)
		}
	})
}

func TestAGroupNeedsANameNobodyHas(t *testing.T) {
	for typed, says := range map[string]string{
		"":           "",
		"Colleagues": contacts.ErrGroupDuplicate.Error(),
		" ":          "",
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.press("a", "c", "enter")
			x.pastes(typed)
			x.press("enter")
			x.sees("Create a New Group", says)
			if saves := did[app.SaveGroup](x); saves != nil {
				t.Errorf("%q became %v", typed, saves)
			}
			x.press("ctrl+u")
			x.types("Sailing")
			x.click("  OK  ")
			x.sees("Sailing (0/0)")
		})
	}
}

func TestEveryPresenceOfTheMenuIsPublished(t *testing.T) {
	for _, want := range contacts.Choices() {
		inWindow(t, 100, 30, world, func(x *face) {
			x.state.SetPresence(time.Now(), contacts.Busy) // so that each of them changes something
			if want == contacts.Busy {
				x.state.SetPresence(time.Now(), contacts.Available)
			}
			label := string(want.Label())
			if want == contacts.Away {
				label = "Appear Away"
			}
			x.press("p")
			x.click(string(glyph(want)) + " " + label)
			if got := x.state.Me().Availability; got != want {
				t.Errorf("%q set %v", label, got)
			}
			if p := did[app.PublishPresence](x); len(p) != 1 {
				t.Errorf("%q published %v", label, p)
			}
		})
	}
}

func TestTheHelpPageAnswersToWheelAndKeys(t *testing.T) {
	for _, leave := range []string{"esc", "q", "?", "enter"} {
		inWindow(t, 80, 24, world, func(x *face) {
			x.press("?")
			x.turns("Find someone among", 5)
			x.seesNot("The window")
			x.turns("Keys", 0)
			for range 40 {
				x.press("up")
			}
			x.sees("The window")
			x.press("down", "down", "down")
			x.seesNot("The window")
			x.press(leave)
			x.sees("GROUPS", "+ Add a Contact")
		})
	}
}
