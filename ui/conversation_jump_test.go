package ui

import (
	"fmt"
	"testing"
	"time"

	"golync/internal/app"
	"golync/sipclient"
)

// read makes n messages that have been seen.
func read(from, n int) []sipclient.Message {
	m := said(from, n)
	for i := range m {
		m[i].Read, m[i].Peer = true, string(bob)
	}
	return m
}

// jumps shows Bob's conversation at message 500 of 1000.
func (x *face) jumps() {
	x.press("enter")
	x.loads(bob, true, read(951, 50)...)
	x.sees("text 1000")
	x.program.Send(laterMsg{func() { x.model.talkAt(bob, 500) }})
	x.settle()
	x.page(read(476, 50), true)
}

// page answers the last question for history with the messages around or after something.
func (x *face) page(messages []sipclient.Message, later bool) {
	x.t.Helper()
	asked := did[app.LoadHistory](x)
	if len(asked) == 0 {
		x.t.Fatal("nothing was asked for")
	}
	q := asked[len(asked)-1]
	x.results(app.HistoryLoaded{
		Peer: bob, Before: q.Before, After: q.After, View: q.View,
		Messages: messages, More: true, Later: later,
	})
}

func TestAJumpShowsTheMessageInTheMiddleAndMarked(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.jumps()
		x.sees("newer messages ▾")
		_, row := x.find("text 500")
		if row < 9 || row > 19 {
			t.Errorf("it stands in row %d", row)
		}
		if x.styleOf("text 500").Bg == nil || x.styleOf("text 499").Bg != nil {
			t.Error("it is not marked, or others are")
		}
		x.program.Send(laterMsg{func() { x.model.conversation.latest(x.state.Conversation(bob), x.model.conversation.talk(bob)) }})
		x.settle()
		x.page(read(951, 50), false)
		x.sees("text 1000")
		x.seesNot("newer messages")
		x.program.Send(laterMsg{func() { x.model.talkAt(bob, 990) }})
		x.settle()
		x.sees("text 990")
		x.program.Send(laterMsg{func() { x.model.talkAt(bob, 960) }})
		x.settle()
		x.sees("text 960")
		x.turns("text", 30)
		x.seesNot("text 960")
		x.program.Send(laterMsg{func() { x.model.talkAt(bob, 960) }})
		x.settle()
		x.sees("text 960")
	})
}

func TestGoingOnFromAJumpLoadsWhatComesAfter(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.jumps()
		did[app.LoadHistory](x)
		for from := 526; ; from += 50 {
			for range 10 {
				x.press("pgdown")
			}
			if from > 1000 {
				break
			}
			x.sees(fmt.Sprint("text ", from-1), "newer messages")
			x.page(read(from, min(50, 1001-from)), from+50 <= 1000)
			x.sees(fmt.Sprint("text ", from-1))
		}
		x.sees("text 1000")
		x.seesNot("newer messages")
	})
}

func TestWhatComesInWhileOneLooksBackIsCountedAndMovesNothing(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.jumps()
		before := x.text()
		x.happens(arrives(bob, "n1", "news 1", 1001, time.Now()), arrives(bob, "n2", "news 2", 1002, time.Now()))
		x.sees("newer messages ▾ (2 unread) · end", "text 500")
		x.seesNot("news 1")
		_, row := x.find("text 500")
		x.press("end")
		x.page(append(read(953, 48), arrived("n1", "news 1", 1001), arrived("n2", "news 2", 1002)), false)
		x.sees("news 1", "news 2")
		x.seesNot("newer messages")
		if len(before) == 0 || row == 0 {
			t.Error("nothing was shown")
		}
		if reads := did[app.MarkRead](x); len(reads) != 1 || reads[0].Seq != 1002 {
			t.Errorf("marked read %v", reads)
		}
	})
}

// arrived is a message of Bob's that was not seen yet.
func arrived(id, body string, seq int64) sipclient.Message {
	return arrives(bob, id, body, seq, time.Now()).(sipclient.MessageReceived).Message
}

func TestSendingReturnsToTheEnd(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.jumps()
		x.types("Here I am")
		x.press("enter")
		x.page(read(951, 50), false)
		x.sees("text 1000", "Here I am", "sending")
	})
}

func TestScrolledUpTheEndKeyLeadsBackWhenNothingIsWritten(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("enter")
		x.loads(bob, false, read(1, 50)...)
		x.press("pgup")
		x.sees("newer messages ▾ · end")
		x.types("a")
		x.sees("newer messages ▾ · alt+end")
		x.press("end")
		x.sees("newer messages")
		x.press("alt+end")
		x.seesNot("newer messages")
		x.press("backspace", "pgup", "end")
		x.seesNot("newer messages")
	})
}
