package ui

import "testing"

// Two options that begin alike have to be told apart where the window is narrow.
func TestWhatTheSearchFindsIsNamedWhole(t *testing.T) {
	inWindow(t, 60, 20, world, func(x *face) {
		x.press("o")
		x.types("mute")
		x.sees("status is Do Not Disturb", "status is Busy")
		x.press("down")
		x.selected("mute")
	})
}

// Nothing else on the screen says what Reset Status leads to.
func TestResetStatusSaysWhatItDoes(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("p", "up", "up", "up")
		x.selected("Reset Status")
		x.sees("golync decides again: Available while")
	})
}
