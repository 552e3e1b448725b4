package ui

import "testing"

// A letter that means up goes no further than the first row: the next one would be written into the box.
func TestOnlyTheArrowLeavesTheListForTheFindBox(t *testing.T) {
	for _, view := range []string{"1", "5"} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.press(view, "home")
			x.types("kkk")
			x.sees("Find someone or a room")
			x.press("up")
			x.types("kkk")
			x.sees("Nobody of your contacts")
		})
	}
}

// What stands in the box and what the list shows always belong together.
func TestWhatWasFoundStaysWhileTheBoxHasItsWords(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.doubleClick("Dana")
		x.press("esc", "/")
		x.types("eve")
		x.press("tab")
		x.sees("Write to Dana", "eve@contoso.com", "Search all conversations")
		x.press("esc")
		x.types("@")
		x.sees("eve@")
		x.click("What's happening")
		x.press("esc")
		x.types("contoso.com")
		x.sees("eve@contoso.com")
		x.press("esc")
		x.sees("Find someone or a room", "Favorites")
	})
}
