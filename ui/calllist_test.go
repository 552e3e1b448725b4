package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/calllog"
	"golync/internal/text"
	"golync/sipclient"
)

// logged is what Alice's disk knows of calls: one missed of Dana's today, one received, one dialled long ago.
func logged(now time.Time) app.CallsLoaded {
	at := func(a contacts.Address, seq int64, incoming bool, how calllog.Outcome, began time.Time, talked time.Duration) calllog.Entry {
		e := calllog.Entry{Seq: seq, ID: fmt.Sprint("log ", seq), Peer: a, Incoming: incoming, Outcome: how, Began: began, Ended: began.Add(talked)}
		if talked > 0 {
			e.Answered = began
		}
		return e
	}
	return app.CallsLoaded{Missed: 0, Entries: []calllog.Entry{
		at(dana, 9, true, calllog.Missed, now.Add(-time.Second), 0),
		at(eve, 8, true, calllog.Talked, now.AddDate(0, 0, -2), 75*time.Second),
		at(kim, 7, false, calllog.NoAnswer, now.AddDate(0, 0, -3), 0),
		at(bob, 6, false, calllog.Talked, now.AddDate(-1, 0, 0), 2*time.Hour),
	}}
}

// inCalls opens CALLS with them.
func inCalls(t *testing.T, width, height int, do func(x *face)) {
	t.Helper()
	inWindow(t, width, height, world, func(x *face) {
		x.results(logged(time.Now()))
		x.press("6")
		do(x)
	})
}

func TestCallsStandInTheirListWithHowTheyWent(t *testing.T) {
	for _, size := range sizes {
		inCalls(t, size.width, size.height, func(x *face) {
			x.inOrder("Dana", "✕ Missed", "Eve", "← Received", "kim@fabrikam.com", "→ Dialled - Not answered", "Bob", "2:00:00")
			x.sees("1:15", "2:00:00", "Thursday", "1 Jan 1999")
		})
	}
}

// Every outcome has words of its own, and a sign besides.
func TestEveryOutcomeOfACallHasItsWords(t *testing.T) {
	for _, c := range []struct {
		e    calllog.Entry
		want string
	}{
		{calllog.Entry{Outcome: calllog.Going}, "→ Dialled - In progress"},
		{calllog.Entry{Outcome: calllog.Talked, Incoming: true}, "← Received"},
		{calllog.Entry{Outcome: calllog.CutOff, Incoming: true}, "← Received - Cut off"},
		{calllog.Entry{Outcome: calllog.Missed, Incoming: true}, "✕ Missed"},
		{calllog.Entry{Outcome: calllog.KeptAway, Incoming: true}, "✕ Missed - Do Not Disturb"},
		{calllog.Entry{Outcome: calllog.Declined, Incoming: true}, "← Declined"},
		{calllog.Entry{Outcome: calllog.Forwarded, Incoming: true}, "← Forwarded"},
		{calllog.Entry{Outcome: calllog.Elsewhere, Incoming: true}, "← Answered on another device"},
		{calllog.Entry{Outcome: calllog.GivenUp}, "→ Dialled - Not answered"},
		{calllog.Entry{Outcome: calllog.Refused, Reason: text.From("Busy\nHere")}, "→ Dialled - Refused (Busy Here)"},
		{calllog.Entry{Outcome: calllog.NoAnswer}, "→ Dialled - Not answered"},
		{calllog.Entry{Outcome: calllog.Failed}, "→ Dialled - Not connected"},
	} {
		if got := loggedWords(c.e); string(got) != c.want {
			t.Errorf("%d is %q, not %q", c.e.Outcome, got, c.want)
		}
	}
}

// Missed calls are counted beside the view, in MISSED and CALLS and in the title, until somebody looks at them.
func TestMissedCallsAreCountedUntilLookedAt(t *testing.T) {
	for _, tab := range []string{"MISSED", "CALLS"} {
		for _, size := range sizes {
			inWindow(t, size.width, size.height, world, func(x *face) {
				x.rings(dana)
				x.hears(calls(dana, ""), over(sipclient.EndedCancelled, 0))
				x.sees("Conversations (1)")
				x.titled("(1) alice@contoso.com - golync")
				x.press("v") // ALL has no calls
				x.sees("MISSED (1)", "CALLS (1)")
				x.click(tab)
				x.sees("Dana", "✕ Missed")
				x.seesNot("(1)", "enter continue")
				x.sees("enter call back")
				x.titled("alice@contoso.com - golync")
				if seen := did[app.MarkCallsSeen](x); len(seen) != 1 {
					t.Errorf("%s: noted %v", tab, seen)
				}
			})
		}
	}
}

// Nobody looks at a list that is covered, or in a window that is not looked at.
func TestWhatIsCoveredIsNotLookedAt(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("6", "o")
		x.rings(dana)
		x.hears(calls(dana, ""), over(sipclient.EndedCancelled, 0))
		if seen := did[app.MarkCallsSeen](x); len(seen) != 0 {
			t.Fatalf("noted %v below the options", seen)
		}
		x.press("esc")
		if seen := did[app.MarkCallsSeen](x); len(seen) != 1 {
			t.Errorf("noted %v", seen)
		}
	})
}

// Missed calls stand among the missed conversations, each where its time puts it.
func TestMissedHasCallsAndConversationsByTime(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.results(logged(time.Now()), history(time.Now()))
		x.press("v", "2")
		x.inOrder("Half past twelve?", "✕ Missed", "See you at the fair")
		x.seesNot("Received", "Dialled")
		x.press("down")
		x.selected("Dana")
		x.press("enter") // of the call, which is called back
		if is := x.dialled(); is.Peer != string(dana) {
			t.Errorf("called %s", is.Peer)
		}
	})
}

func TestEnterAndADoubleClickCallBack(t *testing.T) {
	for way, back := range map[string]func(x *face){
		"enter":        func(x *face) { x.press("down", "enter") },
		"key":          func(x *face) { x.press("down", "alt+p") },
		"double-click": func(x *face) { x.doubleClick("← Received") },
		"menu":         func(x *face) { x.press("down", "m", "enter") },
		"right click":  func(x *face) { x.rightClick("← Received"); x.click("Call Back") },
	} {
		t.Run(way, func(t *testing.T) {
			inCalls(t, 80, 24, func(x *face) {
				back(x)
				if is := x.dialled(); is.Peer != string(eve) {
					t.Errorf("called %s", is.Peer)
				}
				x.sees("Call with Eve · Calling…")
			})
		})
	}
}

func TestTheOtherDeedsOnACallOfTheLog(t *testing.T) {
	inCalls(t, 80, 24, func(x *face) {
		x.rightClick("→ Dialled - Not answered") // Kim's, who is no contact
		x.sees("Call Back", "Send an IM", "See Contact Card", "Add to Contacts List", "Delete Conversation")
		x.click("Send an IM")
		x.sees("Write to kim@fabrikam.com")
		x.press("esc", "down", "down", "c")
		x.sees("Contact Card")
		x.press("esc", "delete")
		x.sees("Delete everything that you and", "and your calls?")
		x.click("Delete  ")
		if gone := did[app.DeleteHistory](x); len(gone) != 1 {
			t.Errorf("deleted %v", gone)
		}
	})
}

// A call that comes in puts itself on top; the one that was chosen stays chosen.
func TestTheSelectionStaysWithTheCall(t *testing.T) {
	inCalls(t, 120, 40, func(x *face) {
		x.press("down")
		x.selected("Eve")
		x.rings(fred)
		x.press("alt+i")
		x.selected("Eve")
		x.inOrder("← Declined", "← Received")
	})
}

func TestOlderCallsAreFetchedBeforeTheyAreNeeded(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		page := logged(time.Now())
		page.More = true
		x.results(page)
		if asked := did[app.LoadCalls](x); len(asked) != 0 {
			t.Fatalf("asked for %v with nobody looking", asked)
		}
		x.press("6")
		if asked := did[app.LoadCalls](x); len(asked) != 1 || asked[0].Before != 6 {
			t.Fatalf("asked for %v", asked)
		}
		x.press("end")
		x.results(app.CallsLoaded{Before: 6, Entries: []calllog.Entry{{Seq: 5, ID: "log 5", Peer: fred, Outcome: calllog.GivenUp}}})
		x.sees("Fred")
		x.selected("Bob")
	})
}

func TestTheEmptyListOfCallsSaysHowToCall(t *testing.T) {
	inWindow(t, 60, 20, world, func(x *face) {
		x.press("6", "enter", "m", "delete", "c", "alt+p", "down")
		x.sees("No calls yet.")
	})
}

// Names, reasons and addresses are what others chose; whatever they hold, rows and columns stay where they are.
func TestHostileCallersStayInTheirPlaces(t *testing.T) {
	evil := "\x1b[2J\x1b]0;owned\x07a\u202egnp\n\n\nb" + strings.Repeat("e\u0301", 300) + strings.Repeat("漢", 300) + "שלום"
	for _, size := range sizes {
		hearing(t, size.width, size.height, world, func(x *face, e *ear) {
			e.is(app.CallSound{Codec: evil})
			e.devices = app.SoundDevices{Sources: []app.SoundDevice{{Name: evil, Label: text.From(evil)}}, Err: errText(evil)}
			whole := func(where string) {
				t.Helper()
				x.seesNot("\x1b", "\u202e", "owned\x07")
				for y, line := range x.lines() {
					if n := cellsOf(text.From(line).Line()); n > size.width {
						t.Errorf("%s: row %d has %d cells:\n%s", where, y, n, x.text())
					}
				}
			}
			c := calls(kim, evil)
			x.hears(c)
			x.sees("Incoming call", "kim@fabrikam.com", " Answer ")
			whole("ringing")
			x.press("alt+z")
			whole("its menu")
			x.press("esc", "alt+c")
			x.hears(c, active)
			x.sees("Call with", "0:00", " Hang Up")
			whole("in the call")
			x.press("alt+t")
			whole("the transfer")
			x.press("esc", "alt+a")
			whole("the devices")
			x.press("esc", "esc")
			x.sees("0:0", " Hang Up")
			whole("the line")
			x.results(app.SoundFailed{ID: c.ID, Err: errText(evil)})
			x.press("alt+g")
			whole("trouble")
			x.hears(c, over(sipclient.EndedFailed, 0), func(c *sipclient.Call) { c.Reason = text.From(evil) })
			whole("the notice")
			x.press("esc", "6")
			x.sees("(kim@fabrikam.com)")
			whole("the list")
		})
	}
}
