package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
)

// manyPeople is an account whose lists are longer than any screen.
func manyPeople() *app.State { return crowd(200) }

func TestTheWheelTurnsWhateverIsLongerThanItsPlace(t *testing.T) {
	inWindow(t, 60, 20, manyPeople, func(x *face) {
		for _, tc := range []struct {
			name string
			way  []string
			on   string // where the wheel is turned
			last string // what comes into sight
		}{
			{"the list", []string{"1"}, "Person 00000", "Person 00199"},
			{"the help page", []string{"?"}, "Find someone", "begins with a slash"},
			{"a page of Options", []string{"o", "down", "down", "down", "down", "enter"}, "General alerts", "OK"},
			{"a menu", []string{"down", "m"}, "Send an IM", "See Contact Card"},
		} {
			x.press("home")
			x.press(tc.way...)
			before := x.text()
			x.turns(tc.on, 3)
			if x.text() == before {
				t.Errorf("%s does not move:\n%s", tc.name, before)
			}
			for range 100 {
				x.wheelAt(20, 8)
			}
			x.sees(tc.last)
			x.press("esc", "esc")
		}
	})
}

// wheelAt turns the wheel down over a cell.
func (x *face) wheelAt(col, row int) {
	x.program.Send(tea.MouseWheelMsg{X: col, Y: row, Button: tea.MouseWheelDown})
	x.settle()
}

// has says whether a text is on the screen.
func (x *face) has(s string) bool { return strings.Contains(x.text(), s) }

// Everything in the window that looks as if it could be clicked can be.
func TestWhatCanBeDoneWithAKeyCanBeClicked(t *testing.T) {
	for _, tc := range []struct{ click, sees string }{
		{"What's happening today?", "publish"},
		{"Available ▾", "Appear Away"},
		{"⚙ Options", "Find an option"},
		{"Find someone", "choose"},
		{"STATUS", "Unknown"},
		{"RELATIONSHIPS", "Colleagues"},
		{"NEW", "Nobody"},
		{"+ Add", "Add a Contact in My Organization"},
		{"Conversations", "ALL"},
		{"? help", "Draw the window again"},
		{"/ find", "choose"},
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.click(tc.click)
			if !x.has(tc.sees) {
				t.Errorf("a click on %q does not show %q:\n%s", tc.click, tc.sees, x.text())
			}
		})
	}
}

func TestADoubleClickWritesAndARightClickAsks(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.rightClick("Eve")
		x.sees("See Contact Card")
		x.press("esc")
		x.passes(time.Second)
		x.doubleClick("Eve")
		x.sees("Write to Eve")
	})
}
