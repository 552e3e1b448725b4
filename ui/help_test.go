package ui

import "testing"

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
