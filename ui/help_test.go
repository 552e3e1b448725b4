package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestHelpFindsAKeyByWhatItDoes(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("?", "/")
		x.types("contact card")
		x.sees("See Contact Card", "GROUPS, STATUS, RELATIONSHIPS", "Conversation")
		x.seesNot("Leave golync", "Any list", "No key does that.")
		x.press("enter", "esc")
		x.sees("Find someone among the contacts")
		x.press("esc")
		x.sees("Favorites")
	})
}

func TestHelpFindsWhatAKeyDoes(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("f1", "ctrl+f")
		x.pastes("alt+enter")
		x.sees("See Contact Card", "New line")
		x.types("zzz")
		x.sees("No key does that.")
		x.press("esc")
		x.sees("The window")
	})
}

func TestHelpIsReadWithTheWheelAndByClicking(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("?")
		x.turns("Add a Contact", 2)
		x.seesNot("Add a Contact")
		x.click("↓ more")
		x.seesNot("Redraw")
		x.click("esc back")
		x.sees("Favorites")
	})
}

// What is written in the field of the help page is never a command of the page.
func TestLettersAreWrittenWhileLookingForAKey(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("?", "/")
		x.types("jkq?")
		x.sees("jkq?", "No key does that.")
	})
}

// The rows of the table stand on the page once each, however many places share them.
func TestKeysOfListsStandOnThePageOnce(t *testing.T) {
	n := 0
	for _, row := range newHelp(&model{}).page(newCanvas()) {
		if row.help == "A page up" && row.keys == "pgup  ctrl+u" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the page has it %d times", n)
	}
}

func TestNoHeadingStaysBehindAtTheFootOfAColumn(t *testing.T) {
	m := modelOf(world(), 140, 45)
	lines := helpLines(m.help.page(m.canvas), 60)
	for height := 2; height < 60; height += 3 {
		flow := helpFlow(lines, height)
		for i, line := range flow {
			if i%height == height-1 && line.title != "" {
				t.Errorf("in columns of %d rows %q stands at the foot of one", height, line.title)
			}
			if i%height == 0 && i > 0 && line == (helpRow{}) {
				t.Errorf("in columns of %d rows one begins with a blank row, %d", height, i)
			}
		}
		blank := func(l helpRow) bool { return l == helpRow{} }
		if !slices.Equal(slices.DeleteFunc(flow, blank), slices.DeleteFunc(slices.Clone(lines), blank)) {
			t.Errorf("columns of %d rows lose something", height)
		}
	}
}

func TestTheLastRowOfTheHelpPageIsReachedAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 36}, {140, 45}, {220, 60}} {
		m := modelOf(world(), size[0], size[1])
		m.help.show()
		for range 20 {
			m.Update(pressed("pgdown"))
			m.View()
		}
		m.Update(pressed("down"))
		if frame := ansi.Strip(m.View().Content); !strings.Contains(frame, "A message that begins with a slash") {
			t.Errorf("at %v the page ends with\n%s", size, frame)
		}
	}
}
