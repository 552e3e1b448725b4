package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// loads brings the history of a conversation.
func (x *face) loads(a contacts.Address, more bool, messages ...sipclient.Message) {
	for i := range messages {
		messages[i].Peer = string(a)
	}
	before := int64(0)
	if loads := did[app.LoadHistory](x); len(loads) > 0 {
		before = loads[len(loads)-1].Before
	}
	x.results(app.HistoryLoaded{Peer: a, Before: before, Messages: messages, More: more})
}

// talks opens the conversation with Bob, without a history.
func (x *face) talks() {
	x.press("enter")
	x.loads(bob, false)
}

// written returns the messages that the window has asked to send, now or in their turn.
func (x *face) written() (all []sipclient.Message) {
	for _, e := range did[app.SendMessage](x) {
		all = append(all, e.Message)
	}
	for _, e := range did[app.StoreMessage](x) {
		all = append(all, e.Message)
	}
	return all
}

// sent returns what is in those messages.
func (x *face) sent() (bodies []string) {
	for _, m := range x.written() {
		bodies = append(bodies, m.Body.Raw())
	}
	return bodies
}

func TestEnterSendsAndTheMessageSaysHowItWent(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.sees("Write to Bob", "Nothing has been said yet.")
		x.types("Hello")
		x.press("alt+enter")
		x.types("Bob")
		x.seesNot("sending")
		x.press("enter")
		x.sees("Alice", "sending", "Hello", "Write to Bob", "Today")
		sends := did[app.SendMessage](x)
		if len(sends) != 1 || sends[0].Message.Body.Raw() != "Hello\nBob" {
			t.Fatalf("sent %v", sends)
		}
		id := sends[0].Message.ID
		x.results(app.MessageStored{ID: id, Seq: 1}, app.MessageSettled{ID: id, Peer: bob, Delivery: sipclient.Sent})
		x.sees("sent")
		x.seesNot("sending")
		x.press("enter")
		if more := x.sent(); more != nil {
			t.Errorf("an empty editor sent %q", more)
		}
	})
}

func TestAFailedMessageSaysWhyAndIsSentAgain(t *testing.T) {
	for _, again := range []func(x *face){
		func(x *face) { x.press("ctrl+r") },
		func(x *face) { x.click("Send again") },
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.talks()
			x.types("Hello")
			x.press("enter")
			id := did[app.SendMessage](x)[0].Message.ID
			x.results(app.MessageStored{ID: id, Seq: 1}, app.MessageSettled{
				ID: id, Peer: bob, Delivery: sipclient.Failed, Err: &sipclient.ResponseError{Code: 480},
			})
			x.sees("not delivered", "This message was not delivered to Bob because", "Send again (ctrl+r)")
			again(x)
			x.sees("sending")
			x.seesNot("Send again", "was not delivered")
			if got := x.sent(); !slices.Equal(got, []string{"Hello"}) {
				t.Errorf("sent %q again", got)
			}
		})
	}
}

func TestSendingAgainKeepsTheOrder(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		for i, body := range []string{"one", "two", "three"} {
			x.types(body)
			x.press("enter")
			id := did[app.SendMessage](x)[0].Message.ID
			delivery := sipclient.Unknown
			if i == 0 {
				delivery = sipclient.Sent
			}
			x.results(app.MessageStored{ID: id, Seq: int64(i + 1)}, app.MessageSettled{ID: id, Peer: bob, Delivery: delivery})
		}
		x.sees("unknown", "may not have been delivered")
		x.press("ctrl+r")
		if got := x.sent(); !slices.Equal(got, []string{"two", "three"}) {
			t.Errorf("sent %q again", got)
		}
		x.press("ctrl+r")
		x.sees("Nothing here is to be sent again.")
	})
}

// What waits goes by itself after a few seconds, and at once when the user wants it to.
func TestWhatWaitsIsTriedAgain(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("one")
		x.press("enter")
		id := did[app.SendMessage](x)[0].Message.ID
		nobody := app.MessageSettled{ID: id, Peer: bob, Delivery: sipclient.Unsent, Err: &sipclient.ResponseError{Method: "MESSAGE", Code: 480}}
		x.results(app.MessageStored{ID: id, Seq: 1}, nobody)
		x.sees("waiting")
		x.passes(10 * time.Second)
		if got := x.sent(); !slices.Equal(got, []string{"one"}) {
			t.Errorf("after a while sent %q", got)
		}
		x.results(nobody)
		x.press("ctrl+r")
		x.sees("What waits here is being tried now.")
		if got := x.sent(); !slices.Equal(got, []string{"one"}) {
			t.Errorf("on demand sent %q", got)
		}
		x.press("ctrl+r")
		x.sees("Nothing here is to be sent again.") // it is on its way
		x.results(nobody)
		x.press("shift+up", "right")
		x.click("Send Again")
		if got := x.sent(); !slices.Equal(got, []string{"one"}) {
			t.Errorf("from the menu sent %q", got)
		}
	})
}

// Whoever waits for long keeps nobody else from being tried soon.
func TestWhoWaitsForLongKeepsNobodyElseWaiting(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		nobody := func(to contacts.Address) app.MessageSettled {
			m := did[app.SendMessage](x)[0].Message
			x.results(app.MessageStored{ID: m.ID, Seq: 1})
			return app.MessageSettled{ID: m.ID, Peer: to, Delivery: sipclient.Unsent, Err: &sipclient.ResponseError{Method: "MESSAGE", Code: 480}}
		}
		x.talks()
		x.types("one")
		x.press("enter")
		waits := nobody(bob)
		for _, pause := range []time.Duration{6 * time.Second, 21 * time.Second, 61 * time.Second} {
			x.results(waits)
			x.passes(pause)
			x.sent()
		}
		x.results(waits) // from here on every five minutes
		x.passes(time.Second)
		x.press("tab")
		x.doubleClick("Dana")
		x.types("two")
		x.press("enter")
		x.results(nobody(dana))
		x.passes(6 * time.Second)
		if got := x.sent(); !slices.Equal(got, []string{"two"}) {
			t.Errorf("after six seconds sent %q", got)
		}
	})
}

func TestPasteNeverSends(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.pastes("one\ntwo\r\nthree\n")
		x.sees("┃ one", "┃ two", "┃ three")
		if got := x.sent(); got != nil {
			t.Fatalf("pasting sent %q", got)
		}
		x.press("enter")
		if got := x.sent(); !slices.Equal(got, []string{"one\ntwo\nthree"}) {
			t.Errorf("sent %q", got)
		}
	})
}

func TestDraftsSurviveEverythingButSending(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("half a sen")
		for _, away := range [][]string{
			{"esc"}, {"tab"}, {"ctrl+t"}, {"ctrl+o", "esc", "esc"}, {"ctrl+x"},
		} {
			x.press(away...)
			x.resizes(60, 20)
			x.seesNot("half a sen")
			x.resizes(100, 30)
			x.press("home", "down", "enter")
			x.sees("half a sen")
		}
		x.happens(sipclient.Disconnected{}, arrives(dana, "d1", "Psst", 7, time.Now()))
		x.press("ctrl+n")
		x.sees("Psst", "Write to Dana")
		x.types("yes?")
		x.press("ctrl+p")
		x.sees("half a sen")
		x.press("enter")
		if got := x.sent(); !slices.Equal(got, []string{"half a sen"}) {
			t.Errorf("sent %q", got)
		}
		x.press("ctrl+n")
		x.sees("yes?")
	})
}

func TestTabsCountWhatIsUnreadUntilItIsLookedAt(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "Are you there?", 1, time.Now()), arrives(dana, "2", "Hello?", 2, time.Now()))
		x.sees("Bob ✕ │ Dana (2)")
		x.titled("(2) alice@contoso.com - golync")
		x.click("Dana (2)")
		x.sees("new", "Are you there?", "Hello?", "Bob │ Dana ✕")
		x.seesNot("Dana (2)")
		if reads := did[app.MarkRead](x); len(reads) != 1 || reads[0].Peer != dana || reads[0].Seq != 2 {
			t.Errorf("marked read %v", reads)
		}
		x.happens(arrives(dana, "3", "Ah, there", 3, time.Now()))
		if reads := did[app.MarkRead](x); len(reads) != 1 || reads[0].Seq != 3 {
			t.Errorf("what comes while one looks was marked %v", reads)
		}
		x.press("ctrl+n", "ctrl+n")
		x.sees("Write to Dana")
		x.seesNot("─ new ─")
	})
}

func TestNothingIsReadWhileTheTerminalIsNotLookedAt(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.program.Send(tea.BlurMsg{})
		x.happens(arrives(bob, "1", "Are you there?", 1, time.Now()))
		x.titled("(1) alice@contoso.com - golync")
		x.sees("─ new ─")
		if reads := did[app.MarkRead](x); reads != nil {
			t.Fatalf("marked read %v", reads)
		}
		x.program.Send(tea.FocusMsg{})
		x.settle()
		if reads := did[app.MarkRead](x); len(reads) != 1 {
			t.Errorf("marked read %v", reads)
		}
		x.sees("─ new ─")
	})
}

func TestOlderMessagesAreFetchedBeforeTheyAreNeeded(t *testing.T) {
	page := func(from, n int) []sipclient.Message {
		m := said(from, n)
		for i := range m {
			m[i].Read = true
		}
		return m
	}
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("enter")
		x.loads(bob, true, page(101, 50)...)
		x.sees("text 150")
		if loads := did[app.LoadHistory](x); loads != nil {
			t.Fatalf("asked for %v at the end", loads)
		}
		x.press("pgup", "pgup", "pgup")
		if loads := did[app.LoadHistory](x); len(loads) != 1 || loads[0].Before != 101 {
			t.Fatalf("asked for %v", loads)
		}
		x.sees("earlier messages are being fetched", "newer messages ▾")
		before := x.text()
		x.results(app.HistoryLoaded{Peer: bob, Before: 101, Messages: page(51, 50)})
		if after := x.text(); strings.ReplaceAll(before, "earlier messages are being fetched", "") == "" || !strings.Contains(after, "text 1") {
			t.Errorf("the log moved:\n%s", after)
		}
		x.turns("text", -40)
		x.sees("text 51")
		x.click("newer messages ▾")
		x.sees("text 150")
		x.press("up")
		x.sees("newer messages ▾")
		x.press("down")
		x.seesNot("newer messages ▾")
	})
}

func TestTheCursorIsTheTerminalsOwnAndFollowsTheText(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		at := func() (int, int) { p := x.screen.CursorPosition(); return p.X, p.Y }
		x0, y := at()
		x.types("ab")
		if x1, y1 := at(); x1 != x0+2 || y1 != y {
			t.Errorf("after two letters the cursor is at %d, %d", x1, y1)
		}
		x.pastes("日本")
		if x1, _ := at(); x1 != x0+6 {
			t.Errorf("after two wide letters the cursor is at %d", x1)
		}
		x.press("alt+enter")
		if x1, y1 := at(); x1 != x0 || y1 != y {
			t.Errorf("on a new line the cursor is at %d, %d", x1, y1)
		}
		x.click("b日本")
		if x1, y1 := at(); x1 != x0+1 || y1 != y-1 {
			t.Errorf("a click put the cursor at %d, %d", x1, y1)
		}
	})
}

func TestASenderWhoIsNotInTheListIsShownWithTheAddress(t *testing.T) {
	inWindow(t, 120, 30, world, func(x *face) {
		x.happens(sipclient.MessageReceived{Message: sipclient.Message{
			ID: "1", Seq: 1, Peer: string(gina), Name: text.From("Your Boss"), Body: text.From("Send money"), At: time.Now(),
		}})
		x.sees("Your Boss", "gina@fabrikam.com · External · not in your list", "Send money")
	})
}

func TestMessagesToBeSentLaterSaySo(t *testing.T) {
	inWindow(t, 100, 30, signedOut, func(x *face) {
		x.press("esc", "down", "enter")
		x.sees("not signed in: messages wait here")
	})
}

func TestAMessageTooLongForOneIsNotCutSilently(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("before")
		x.pastes(strings.Repeat("x", sipclient.MaxBody))
		x.sees("Too long: a message holds at most 64 KiB.", "before")
		x.seesNot("xxx")
	})
}

func TestClosingAConversationShowsTheNextOne(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "Psst", 1, time.Now()))
		x.click("✕")
		x.sees("Psst")
		x.press("ctrl+t", "ctrl+x")
		x.click("✕")
		x.sees("Select a contact and press enter to send an IM.")
	})
}

func TestTheConversationFitsEverySize(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 20}, {120, 40}, {200, 60}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			inWindow(t, size[0], size[1], world, func(x *face) {
				x.talks()
				for i := range 12 {
					x.happens(arrives(bob, fmt.Sprint(i), strings.Repeat("word ", 20), int64(i+1), time.Now()))
				}
				x.pastes(strings.Repeat("a line\n", 30))
				x.sees("Bob", "word word", "┃ a line", "enter send")
			})
		})
	}
}

func TestHostileBodiesNeverReachTheScreenRaw(t *testing.T) {
	hostile := "evil\x1b]0;owned\x07\x1b[2J\u009b31m\u202egnp.exe\u2028\x00\r\nend" + strings.Repeat("\u0301", 100)
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(sipclient.MessageReceived{Message: sipclient.Message{
			ID: "1", Seq: 1, Peer: string(gina), Name: text.From(hostile), Body: text.From(hostile), At: time.Now(),
		}})
		x.press("down", "ctrl+t")
		x.pastes(hostile)
		x.sees("evil", "end", "GROUPS", "Signed in")
		x.titled("alice@contoso.com - golync")
		if strings.ContainsAny(x.text(), "\x1b\u009b\u202e\u2028\x00\x07") {
			t.Errorf("the screen holds raw bytes: %q", x.text())
		}
	})
}
