package ui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// told returns what the other side was told of the user's writing.
func (x *face) told(want ...string) {
	x.t.Helper()
	var got []string
	for _, e := range did[app.TellTyping](x) {
		if e.Peer != bob {
			x.t.Errorf("%s was told", e.Peer)
		}
		got = append(got, map[bool]string{true: "typing", false: "idle"}[e.Active])
	}
	if !slices.Equal(got, want) {
		x.t.Errorf("told %v, want %v", got, want)
	}
}

func typing(a contacts.Address, yes bool) sipclient.Event {
	return sipclient.TypingChanged{URI: string(a), Typing: yes}
}

func TestTheOtherSideIsSeenTypingAndNothingMoves(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {140, 45}} {
		inWindow(t, size[0], size[1], world, func(x *face) {
			x.talks()
			_, before := x.find("Write to Bob")
			x.happens(typing(dana, true))
			x.seesNot("is typing")
			x.happens(typing(bob, true))
			x.sees("Bob is typing a message.")
			if _, row := x.find("Write to Bob"); row != before {
				t.Errorf("the editor went from row %d to %d", before, row)
			}
			if _, row := x.find("is typing"); row != before-1 {
				t.Errorf("it stands in row %d, the editor in %d", row, before)
			}
			x.happens(typing(bob, false))
			x.seesNot("is typing")
			x.happens(typing(bob, true), sipclient.Disconnected{})
			x.seesNot("is typing")
		})
	}
}

func TestWritingIsToldAndItsEnd(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(is(bob, pidf.ActivityNone, "", time.Time{}))
		x.talks()
		x.told()
		x.types("  ")
		x.told() // nothing yet
		x.types("Hel")
		x.told("typing")
		x.press("left", "right")
		x.passes(10 * time.Second)
		x.types("l")
		x.passes(14 * time.Second)
		x.told()
		x.passes(2 * time.Second)
		x.told("idle")
		x.passes(time.Hour)
		x.press("left")
		x.told()
		x.types("o")
		x.told("typing")
		x.press("ctrl+u", "ctrl+k")
		x.told("idle")
		x.pastes("Hello\nBob")
		x.told("typing")
		x.press("enter") // the message says it
		x.passes(time.Minute)
		x.told()
		x.seesNot("is typing")
	})
}

func TestTheNextMessageIsToldWhenTheOneBeforeHasArrived(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(is(bob, pidf.ActivityNone, "", time.Time{}))
		x.talks()
		x.types("one")
		x.press("enter")
		x.types("tw")
		x.told("typing")
		id := did[app.SendMessage](x)[0].Message.ID
		x.results(app.MessageStored{ID: id, Seq: 1}, app.MessageSettled{ID: id, Peer: bob, Delivery: sipclient.Sent})
		x.told("typing")
	})
}

// Who has left the conversation and writes to somebody else has stopped after a while all the same.
func TestADraftThatIsLeftIsToldAsStopped(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(is(bob, pidf.ActivityNone, "", time.Time{}))
		x.talks()
		x.types("Hel")
		x.press("tab", "down", "enter")
		for i := range 20 {
			x.types(fmt.Sprint(i % 10))
			x.passes(time.Second)
		}
		x.told("typing", "idle")
	})
}

func TestALongNameLeavesTheSentenceItsEnd(t *testing.T) {
	c := newCanvas()
	for _, long := range []struct {
		name text.Safe
		room int
		want text.Safe
	}{
		{"Bob", 3, "Bob"},
		{"Bobby", 4, "Bob…"},
		{"你好吗", 5, "你好…"},
		{"你好吗", 4, "你…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"Bob", 0, "…"},
	} {
		if got := c.shortened(long.name, long.room); got != long.want {
			t.Errorf("%q in %d cells is %q", long.name, long.room, got)
		}
	}
}
