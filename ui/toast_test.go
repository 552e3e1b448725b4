package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/alerts"
	"golync/internal/app"
	"golync/internal/text"
)

func TestToastsAnnounceAndGoByThemselves(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "Are you coming?", 1, time.Now()), asks(pending(cheri, "Cheri")))
		x.sees("Dana (dana@contoso.com)", "Are you coming?", "Cheri (cheri@outlook.com) added you to his")
		x.passes(toastStays)
		x.seesNot("Dana (dana@contoso.com)", "added you to his")
	})
}

func TestAToastLeadsToWhatItIsAbout(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "Are you coming?", 1, time.Now()))
		x.click("Dana (dana@contoso.com)")
		x.sees("Write to Dana")
		x.seesNot("Dana (dana@contoso.com)")
		x.happens(asks(pending(cheri, "Cheri")))
		x.click("Cheri (cheri@outlook.com) added")
		x.sees("enter accept")
	})
}

func TestAKeyLeadsToTheNewestToast(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.press("ctrl+g")
		x.sees("Nothing has been announced")
		x.passes(spoken)
		x.talks()
		x.happens(asks(pending(gina, "Gina"), pending(cheri, "Cheri")))
		x.happens(arrives(dana, "1", "Are you coming?", 1, time.Now()))
		if n := strings.Count(x.text(), "ctrl+g open"); n != 1 {
			t.Fatalf("%d toasts say how to open them:\n%s", n, x.text())
		}
		x.types("half a sentence")
		x.press("ctrl+g")
		x.sees("Write to Dana")
		x.press("ctrl+g")
		x.sees("enter accept")
		x.selected("Cheri") // of the two, the one that the toast named
		x.press("1", "tab", "ctrl+p")
		x.sees("half a sentence")
	})
}

func TestNoToastForTheConversationOneLooksAt(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		x.happens(arrives(bob, "1", "Hi Alice", 1, time.Now()))
		x.sees("Hi Alice")
		x.seesNot("Bob (bob@contoso.com)")
		x.program.Send(tea.BlurMsg{})
		x.happens(arrives(bob, "2", "Still there?", 2, time.Now()))
		x.sees("Bob (bob@contoso.com)")
	})
}

func TestOnlyTheNewestToastsStay(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		for i, a := range []string{"Hm", "Dana"} {
			_ = a
			x.happens(arrives(dana, string(rune('a'+i)), "from dana", int64(i+1), time.Now()))
			x.happens(arrives(eve, string(rune('c'+i)), "from eve", int64(i+5), time.Now()))
		}
		if n := strings.Count(x.text(), "╭"); n != toastMost {
			t.Errorf("%d toasts are shown", n)
		}
	})
}

func TestNotificationsCannotBreakOutOfTheirSequence(t *testing.T) {
	for _, words := range []string{"4;3;50", "a\x1b\\\x1b[2J", "b\x07\x1b]52;c;b3du\x07", "c\u009c\u009d0;x", "line\nline", strings.Repeat("long ", 200)} {
		clean := text.From(words).Line()
		got := notification(clean, clean)
		inside := strings.TrimSuffix(strings.TrimPrefix(got, "\a\x1b]9;golync: "), "\x1b\\")
		if len(inside) != len(got)-len("\a\x1b]9;golync: \x1b\\") || strings.ContainsAny(inside, "\x1b\x07\u009c\u009d\n") {
			t.Errorf("%q makes %q", words, got)
		}
		if len(inside) > notificationCells {
			t.Errorf("%q makes %d bytes", words[:10], len(inside))
		}
	}
}

func TestTheTerminalIsToldOnlyWhenNobodyLooks(t *testing.T) {
	m := newModel(t.Context(), Deps{State: world(), Do: func([]app.Effect) {}, Now: time.Now})
	alert := app.Alert{What: alerts.Conversation, From: dana, Name: text.From("Dana"), Text: text.From("Hi")}
	raw := func() (n int) {
		for _, cmd := range m.pending {
			if msg, ok := cmd().(tea.RawMsg); ok && strings.Contains(msg.Msg.(string), "Dana (dana@contoso.com): Hi") {
				n++
			}
		}
		return n
	}
	for _, tc := range []struct {
		away, silent bool
		want         int
	}{{false, false, 0}, {true, false, 1}, {true, true, 0}} {
		m.pending = nil
		m.away = tc.away
		alert.Silent = tc.silent
		a := alert
		m.toasts.announce(a)
		m.pending = m.pending[1:] // the first one waits until the toast goes
		if got := raw(); got != tc.want {
			t.Errorf("away %v, silent %v: told %d times", tc.away, tc.silent, got)
		}
	}
}

func TestToastsOfRequestsSayHowManyMore(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri"), pending(gina, "Gina")))
		x.sees("added you to his", "and 1 more")
	})
}
