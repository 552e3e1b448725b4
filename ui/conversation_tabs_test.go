package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
)

// crowded opens conversations with the first n of a crowd.
func (x *face) crowded(n int) {
	for i := range n {
		x.happens(arrives(one(i), "m", fmt.Sprint("Hello from ", i), 1, time.Now()))
	}
	x.press("ctrl+t")
}

// The conversation that was in front is in front after a restart, and whatever is brought there is kept.
func TestTheTabInFrontComesBack(t *testing.T) {
	inWindow(t, 120, 30, worldThat(func(s *app.Saved) { s.Open, s.Front = []contacts.Address{bob, dana, eve}, dana }), func(x *face) {
		x.sees("Write to Dana")
		x.press("tab", "ctrl+n")
		x.sees("Write to Eve")
		if open := did[app.SaveOpen](x); len(open) != 1 || open[0].Front != eve || len(open[0].Open) != 3 {
			t.Errorf("kept is %v", open)
		}
		x.press("ctrl+x") // closed: another one comes to the front
		x.seesNot("Write to Eve")
		if open := did[app.SaveOpen](x); len(open) == 0 || open[len(open)-1].Front == eve {
			t.Errorf("kept is %v", open)
		}
	})
	inWindow(t, 120, 30, worldThat(func(s *app.Saved) { s.Open, s.Front = []contacts.Address{bob, dana}, gina }), func(x *face) {
		x.sees("Write to Bob") // what was in front is not open any more
	})
}

func TestTabsThatDoNotFitScroll(t *testing.T) {
	inWindow(t, 120, 30, func() *app.State { return crowd(40) }, func(x *face) {
		x.crowded(30)
		x.sees("Person 00000 ✕", "27 ›")
		x.seesNot("‹")
		x.press("alt+9")
		x.sees("Person 00008 ✕", "‹ ", "21 ›", "Hello from 8")
		x.click("21 ›")
		x.sees("Person 00009 (1)", "Hello from 8")
		x.click("‹ ")
		x.sees("Person 00008")
		x.turns("Person 00007 (1)", 1)
		x.seesNot("Person 00006")
		x.press("ctrl+p", "ctrl+p", "ctrl+p")
		x.sees("Person 00005 ✕", "Hello from 5")
		for range 8 {
			x.press("ctrl+p")
		}
		x.sees("Person 00027 ✕", "Hello from 27")
		x.press("ctrl+n", "ctrl+n", "ctrl+tab")
		x.sees("Person 00000 ✕")
	})
}

func TestTheTabInFrontIsOnTheStripAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {140, 45}} {
		inWindow(t, size[0], size[1], func() *app.State { return crowd(40) }, func(x *face) {
			x.crowded(30)
			for i := range 30 {
				name := fmt.Sprintf("Person %05d ✕", i)
				x.sees(name)
				for _, line := range x.lines() {
					if strings.Contains(line, name) && strings.Contains(line, "…") {
						t.Errorf("%v: %q", size, line)
					}
				}
				x.press("ctrl+n")
			}
		})
	}
}

func TestAClosedConversationOpensAgain(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(arrives(dana, "1", "Psst", 1, time.Now()), arrives(eve, "2", "Hm", 2, time.Now()))
		x.talks()
		x.types("draft")
		x.press("ctrl+w")
		x.sees("Write to Bob")
		x.press("ctrl+w")
		x.seesNot("Write to Bob")
		x.rightClick("Dana")
		x.press("esc")
		x.click("Dana ✕")
		x.press("ctrl+x")
		x.sees("Write to Eve")
		x.press("alt+r")
		x.sees("Write to Dana")
		x.press("ctrl+shift+t")
		x.sees("Write to Bob")
		x.press("alt+r")
		x.sees("No closed conversation is left")
		x.press("ctrl+x", "ctrl+x", "ctrl+x")
		x.sees("See who added you")
		x.press("alt+r")
		x.seesNot("See who added you")
	})
}

func TestTheMenuOfATabClosesTheOthers(t *testing.T) {
	inWindow(t, 120, 30, world, func(x *face) {
		x.talks()
		for i, a := range []contacts.Address{dana, eve, fred} {
			x.happens(arrives(a, fmt.Sprint(i), "Hello", int64(i+1), time.Now()))
		}
		x.rightClick("Eve (1)")
		x.sees("Close", "Close Others", "Open the Last Closed One")
		x.press("down", "enter")
		x.sees("Write to Eve")
		x.seesNot("Dana (1)", "Fred (1)", "Bob ✕")
		x.press("alt+r")
		x.sees("Write to Fred")
	})
}

func TestTheCrossOfATabClosesIt(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "Psst", 1, time.Now()))
		col, row := x.find("Bob ✕")
		x.clickCell(col+4, row, tea.MouseLeft)
		x.sees("Write to Dana")
		x.press("alt+5")
		x.sees("There is no conversation 5.")
	})
}
