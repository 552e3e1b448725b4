package ui

import (
	"strings"
	"testing"

	"golync/internal/app"
)

func TestNoteIsWrittenInPlaceAndPublished(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("n")
		x.types("At my desk")
		x.press("enter")
		x.sees("At my desk")
		x.seesNot("What's happening today?")
		sent := did[app.PublishPresence](x)
		if len(sent) != 1 || sent[0].State.Note.Raw() != "At my desk" {
			t.Errorf("published %v", sent)
		}
		x.click("At my desk")
		x.press("ctrl+u")
		x.types("Away")
		x.press("esc")
		x.sees("At my desk")
		if sent := did[app.PublishPresence](x); len(sent) != 0 {
			t.Errorf("a note that was cancelled was published: %v", sent)
		}
	})
}

func TestNoteCanBeTakenAway(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("n")
		x.types("x")
		x.press("enter", "n", "backspace", "enter")
		x.sees("What's happening today?")
	})
}

func TestALongNoteStaysInItsRow(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("n")
		x.pastes(strings.Repeat("a long note ", 100))
		x.press("enter")
		x.sees("A note has at most 500 characters. These are 1199.")
		if sent := did[app.PublishPresence](x); len(sent) != 0 {
			t.Errorf("published %v", sent)
		}
		x.press("ctrl+u") // the line still has the keys
		x.pastes(strings.TrimSpace(strings.Repeat("a long note ", 41)))
		x.press("enter")
		x.sees("a long note a long note", "…", "▌ Alice")
		if sent := did[app.PublishPresence](x); len(sent) != 1 || len(sent[0].State.Note.Raw()) != 491 {
			t.Errorf("published %v", sent)
		}
		x.press("n")
		x.pastes(strings.Repeat("x", ownRoom))
		x.sees("Not all of it was taken.")
	})
}

func TestPresenceMenuChangesMyPresence(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("p")
		x.click("Do Not Disturb")
		x.sees("⊘ Do Not Disturb ▾")
		if sent := did[app.PublishPresence](x); len(sent) != 1 {
			t.Errorf("published %v", sent)
		}
	})
}
