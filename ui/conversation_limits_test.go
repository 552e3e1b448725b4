package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

func TestAHugePasteIsRefusedWithTheLimit(t *testing.T) {
	for _, tc := range []struct{ paste, says string }{
		{strings.Repeat("a line of text\n", 100_000), "100001 lines, 1464 KiB"},
		{strings.Repeat("x", 1<<20), "Nothing was inserted of these 1024"},
		{strings.Repeat("x", sipclient.MaxBody), "Nothing was inserted of these 64"},
		{strings.Repeat("\u200b", 1<<20), "Too long: a message holds at most 64 KiB."},
	} {
		inWindow(t, 140, 45, world, func(x *face) {
			x.talks()
			x.types("before")
			x.pastes(tc.paste)
			x.sees("Too long: a message holds at most 64 KiB.", tc.says, "┃ before")
			if got := x.sent(); got != nil {
				t.Fatalf("pasting sent %d messages", len(got))
			}
			x.types(" and after")
			x.seesNot("Too long")
			x.press("enter")
			if got := x.sent(); len(got) != 1 || got[0] != "before and after" {
				t.Errorf("sent %q", got)
			}
		})
	}
}

func TestAPasteOfManyLinesThatFitsIsThereAndIsNotSent(t *testing.T) {
	inWindow(t, 140, 45, world, func(x *face) {
		x.talks()
		x.pastes(strings.Repeat("a\n", 30_000))
		x.pastes("the end")
		x.sees("┃ the end", "┃ a")
		if got := x.sent(); got != nil {
			t.Errorf("pasting sent %d messages", len(got))
		}
		x.press("ctrl+home")
		x.types("the beginning ")
		x.sees("┃ the beginning a")
	})
}

func TestWhatCannotBeSeenIsNotSentAndSaysSo(t *testing.T) {
	inWindow(t, 120, 30, world, func(x *face) {
		x.talks()
		x.pastes("\u200b\u200b\u2060\ufeff")
		x.sees("What was pasted has nothing that could be seen.", "Write to Bob")
		x.types("   ")
		x.press("enter")
		x.sees("There is nothing to see in this message, so it was not sent.")
		if got := x.sent(); got != nil {
			t.Errorf("sent %q", got)
		}
	})
}

func TestAMessageInWhichNothingCanBeSeenSaysSo(t *testing.T) {
	for _, body := range []string{"", " \n ", "\u200b\u200b", "\u2060\ufe0f"} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.talks()
			x.happens(arrives(bob, "1", body, 1, time.Now()))
			x.sees("(nothing that could be seen)")
		})
	}
}

// Every row of the window is as wide as the terminal, whatever is written in one of its columns.
func TestNoTextBreaksAColumn(t *testing.T) {
	for name, words := range map[string]string{
		"wide":           strings.Repeat("日本語のテキスト", 30),
		"combining":      "a" + strings.Repeat("\u0301", 10_000) + "b",
		"right to left":  strings.Repeat("שלום עולם ", 20),
		"mixed":          "abc שלום 日本 مرحبا def " + strings.Repeat("👩‍👩‍👧", 20),
		"emoticons":      ":) ;-) <3 :-P (y) :D",
		"joined emoji":   strings.Repeat("👨‍👩‍👧‍👦🏳️‍🌈", 40),
		"tabs":           strings.Repeat("\ta", 50),
		"a long word":    strings.Repeat("x", 5000),
		"marks of doubt": strings.Repeat("\x1b[31m", 50),
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 140, 45, world, func(x *face) {
				x.talks()
				at := time.Date(2026, 11, 23, 14, 2, 0, 0, time.UTC)
				x.happens(sipclient.MessageReceived{Message: sipclient.Message{
					ID: "1", Seq: 1, Peer: string(bob), Name: text.From(words), Body: text.From(words), At: at,
				}})
				x.pastes(words)
				x.types("!")
				for y := range x.screen.Height() - 1 {
					if c := x.screen.CellAt(58, y); c == nil || c.Content != "│" {
						t.Fatalf("row %d has no border:\n%s", y, x.text())
					}
				}
				x.press("enter")
				if got := x.sent(); len(got) != 1 {
					t.Errorf("sent %d messages", len(got))
				}
			})
		})
	}
}

func TestEmoticonsStayText(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.happens(arrives(bob, "1", ":) ;-) <3 (y)", 1, time.Now()))
		x.sees(":) ;-) <3 (y)")
	})
}

func TestAnExactlyFullMessageIsSent(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.pastes(strings.Repeat("word ", sipclient.MaxBody/5) + "x")
		x.press("enter")
		if got := x.sent(); len(got) != 1 || len(got[0]) > sipclient.MaxBody {
			t.Errorf("sent %d messages", len(got))
		}
	})
}

// BenchmarkLetterInTheLongestMessage is a letter typed into a message that is as long as one can be.
func BenchmarkLetterInTheLongestMessage(b *testing.B) {
	for _, shape := range []string{"word ", "line\n", "日本"} {
		b.Run(fmt.Sprintf("%q", shape), func(b *testing.B) {
			m := modelOf(world(), 140, 45)
			m.talkTo(bob)
			m.paste(strings.Repeat(shape, (sipclient.MaxBody-10)/len(shape)))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				m.Update(pressed([]string{"x", "backspace"}[i%2]))
				m.View()
			}
		})
	}
}

// BenchmarkLetterWith10000Messages is a letter typed under a long log with links.
func BenchmarkLetterWith10000Messages(b *testing.B) {
	s := world()
	m := modelOf(s, 140, 45)
	m.talkTo(bob)
	messages := said(1, 10_000)
	for i := range messages {
		messages[i].Peer, messages[i].Read = string(bob), true
		messages[i].Body = text.From(fmt.Sprintf("see https://contoso.com/%d for more of it", i))
	}
	m.Update(inputsMsg{inputs: []app.Input{{Result: app.HistoryLoaded{Peer: bob, Messages: messages}}}})
	m.View()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(pressed([]string{"x", "backspace"}[i%2]))
		m.View()
	}
}

// BenchmarkPasteOf100000Lines is refusing what nobody can send.
func BenchmarkPasteOf100000Lines(b *testing.B) {
	m := modelOf(world(), 140, 45)
	m.talkTo(bob)
	lines := strings.Repeat("a line of text\n", 100_000)
	for b.Loop() {
		m.paste(lines)
		m.View()
	}
}
