package ui

import (
	"errors"
	"testing"

	"golync/internal/app"
)

// Where only one of them has room, the conversation hides the list and what stands above it.
func TestWhatFailedIsSaidAboveAConversationThatHidesTheList(t *testing.T) {
	for _, size := range []struct{ width, height int }{{60, 20}, {80, 24}} {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.doubleClick("Dana")
			x.results(app.Exported{Err: errors.New("open /x/y.txt: permission denied")})
			x.sees("Write to Dana", "Error: The history could not be saved to a file:", "permission denied.")
			x.press("esc")
			x.sees("Save it once more,", "x ✕")
			x.press("tab")
			x.seesNot("Error: The history")
			x.results(app.Exported{Path: "/y.txt", Count: 2})
			x.sees("2 messages were saved to /y.txt")
			x.press("esc", "x", "tab")
			x.seesNot("2 messages were saved")
		})
	}
}

// Each says what happened, why, and what to do.
func TestAFailureSaysWhatToDo(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		for _, tc := range []struct {
			of   app.Effect
			next string
		}{
			{app.PublishRules{}, "it once more, or sign out"},
			{app.Watch{}, "Sign out and"},
			{app.SaveMe{}, "Make room on"},
		} {
			x.results(app.Done{Effect: tc.of, Err: errors.New("Fault 503")})
			x.sees("Error: ", "503.", tc.next)
			x.press("x")
		}
	})
}
