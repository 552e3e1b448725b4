package ui

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"golync/internal/app"
	"golync/sipclient"
)

// copied is what a deed put into the terminal's clipboard (OSC 52), or "".
func (x *face) copied(deed func()) string {
	x.t.Helper()
	_, after, ok := strings.Cut(x.bytesOf(deed), "\x1b]52;c;")
	if !ok {
		return ""
	}
	what, err := base64.StdEncoding.DecodeString(after[:strings.IndexAny(after, "\a\x1b")])
	if err != nil {
		x.t.Fatal(err)
	}
	return string(what)
}

// chats is a conversation of three messages with Bob.
func (x *face) chats() {
	x.press("enter")
	at := time.Date(2026, 11, 23, 14, 2, 0, 0, time.UTC)
	messages := said(1, 3)
	for i := range messages {
		messages[i].At, messages[i].Read = at.Add(time.Duration(i)*time.Minute), true
	}
	x.loads(bob, false, messages...)
}

func TestMessagesAreSelectedAndCopied(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.chats()
		x.types("draft")
		for _, tc := range []struct {
			keys       []string
			want, says string
		}{
			{[]string{"shift+up", "enter"}, "text 3", "1 message copied."},
			{[]string{"shift+up", "up", "ctrl+c"}, "text 2", "1 message copied."},
			{
				[]string{"shift+up", "shift+up", "enter"},
				"[2026-11-23 14:03] Alice: text 2\n[2026-11-23 14:04] Bob: text 3\n", "2 messages copied.",
			},
			{
				[]string{"shift+up", "up", "up", "up", "space", "down", "down", "down", "space", "space", "shift+up", "up", "down", "enter"},
				"text 2", "1 message copied.",
			},
			{[]string{"shift+up", "space", "enter"}, "", "No message is selected."},
			{[]string{"esc"}, "", "draft"},
		} {
			if got := x.copied(func() { x.press(tc.keys...) }); got != tc.want {
				t.Errorf("%v copied %q", tc.keys, got)
			}
			x.sees(tc.says, "draft")
		}
	})
}

func TestALetterGoesOnWritingWhileMessagesAreSelected(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.chats()
		x.press("shift+up")
		x.sees("1 selected", "enter copy")
		x.types("can you")
		x.sees("┃ can you")
		x.seesNot("1 selected")
		x.press("shift+up", "esc")
		x.sees("┃ can you")
		x.seesNot("1 selected")
	})
}

func TestTheMouseSelectsAndTheMenuCopies(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.chats()
		x.click("text 2")
		x.sees("1 selected")
		x.click("text 2")
		x.seesNot("1 selected")
		if got := x.copied(func() { x.doubleClick("text 1") }); got != "text 1" {
			t.Errorf("a double click copied %q", got)
		}
		x.rightClick("text 3")
		x.sees("Copy", "Copy Link", "Send Again", "Select All")
		if got := x.copied(func() { x.press("enter") }); got != "text 3" {
			t.Errorf("the menu copied %q", got)
		}
		x.rightClick("text 3")
		x.press("down")
		x.sees("There is no link in this message.")
		x.press("down")
		x.sees("It is not one of yours.")
		x.press("down", "down", "enter", "enter")
		x.sees("3 messages copied.")
		x.click("text 3")
		x.click("Monday 23 November 2026")
		x.seesNot("selected")
	})
}

func TestLinksAreCopied(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.happens(arrives(bob, "1", "https://contoso.com/ä and sip:dana@contoso.com, https://contoso.com/ä", 1, time.Now()))
		x.press("shift+up")
		if got := x.copied(func() { x.press("ctrl+k") }); got != "https://contoso.com/ä\nsip:dana@contoso.com" {
			t.Errorf("copied %q", got)
		}
		x.sees("2 links copied.")
	})
}

func TestMoreThanATerminalTakesIsNotCopiedAndSaysSo(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.happens(
			arrives(bob, "1", strings.Repeat("word ", 8000), 1, time.Now()),
			arrives(bob, "2", strings.Repeat("word ", 8000), 2, time.Now()),
		)
		if got := x.copied(func() { x.press("shift+up", "shift+up", "enter") }); got != "" {
			t.Errorf("copied %d bytes", len(got))
		}
		x.sees("Nothing was copied: these are 78 KiB", "73 KiB")
	})
}

func TestSelectedMessagesAreSentAgain(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("Hello")
		x.press("enter")
		id := did[app.SendMessage](x)[0].Message.ID
		x.results(app.MessageStored{ID: id, Seq: 1}, app.MessageSettled{
			ID: id, Peer: bob, Delivery: sipclient.Failed, Err: &sipclient.ResponseError{Code: 480},
		})
		x.rightClick("Hello")
		x.press("down", "down", "enter")
		if got := x.sent(); len(got) != 1 || got[0] != "Hello" {
			t.Errorf("sent %q", got)
		}
		x.rightClick("Hello")
		x.press("down", "down")
		x.sees("It has not left yet, and goes by itself.")
	})
}

func TestAWaitingMessageIsCancelled(t *testing.T) {
	for name, cancel := range map[string]func(x *face){
		"menu": func(x *face) { x.rightClick("Later then"); x.click("Cancel Sending") },
		"key":  func(x *face) { x.click("Later then"); x.press("delete") },
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.talks()
			x.happens(sipclient.Disconnected{})
			x.types("Later then")
			x.press("enter")
			id := x.written()[0].ID
			x.results(app.MessageStored{ID: id, Seq: 1})
			x.sees("waiting")
			cancel(x)
			x.sees("not sent", "was not sent to Bob because you", "Send again")
			if got := did[app.CancelMessage](x); len(got) != 1 || got[0].Message.ID != id {
				t.Errorf("by the %s it asks for %+v", name, got)
			}
			x.rightClick("Later then")
			x.press("down", "down", "down")
			x.sees("It does not wait")
			x.press("esc")
			x.happens(signedIn)
			if got := x.sent(); got != nil {
				t.Errorf("signed in it sends %q", got)
			}
		})
	}
}
