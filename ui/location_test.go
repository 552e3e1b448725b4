package ui

import (
	"strings"
	"testing"
	"time"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

func TestLocationIsWrittenInPlacePublishedAndTakenAway(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {120, 24}, {140, 45}} {
		inWindow(t, size[0], size[1], world, func(x *face) {
			x.sees("Set Your Location ▾")
			x.press("l")
			x.types("Building 7")
			x.press("enter")
			x.sees("Building 7 ▾")
			x.seesNot("Set Your Location")
			if sent := did[app.PublishPresence](x); len(sent) != 1 || sent[0].State.Location.Raw() != "Building 7" {
				t.Errorf("published %v", sent)
			}
			x.click("Building 7")
			x.types(" and a half")
			x.press("esc")
			x.sees("Building 7 ▾")
			x.press("l", "ctrl+u", "enter")
			x.sees("Set Your Location ▾")
		})
	}
}

func TestWhatIsTooLongIsSaidWhileItIsWritten(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("l")
		x.types(strings.Repeat("ä", 64))
		x.seesNot("at most")
		x.types("ä")
		x.sees("A location has at most 64 characters. These are 65.")
		x.press("enter") // refused, nothing is cut behind the user's back
		if sent := did[app.PublishPresence](x); len(sent) != 0 {
			t.Errorf("published %v", sent)
		}
		x.press("backspace", "enter")
		if sent := did[app.PublishPresence](x); len(sent) != 1 || sent[0].State.Location.Raw() != strings.Repeat("ä", 64) {
			t.Errorf("published %v", sent)
		}
	})
}

// Whatever is pasted into note and location, the window stays a window, and what nobody can see is not published.
func TestNoteAndLocationTakeAnything(t *testing.T) {
	for name, words := range map[string]string{
		"blanks":          "   \t ",
		"nothing to see":  "\u200b\u2060\ufeff",
		"right to left":   "עברית ואנגלית",
		"overrides":       "a\u202eb",
		"emoji":           "👩‍👩‍👧‍👦🏳️‍🌈❤️",
		"wide":            strings.Repeat("会", 40),
		"combining marks": "e" + strings.Repeat("\u0301", 300),
		"controls":        "\x1b[2J\x07x",
		"many lines":      strings.Repeat("line\n", 1000),
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				for _, key := range []string{"n", "l"} {
					x.press(key)
					x.pastes(words)
					x.press("enter")
					x.sees("Alice", "Available", "GROUPS", "Favorites")
				}
				for _, p := range did[app.PublishPresence](x) {
					for _, is := range []text.Peer{p.State.Note, p.State.Location} {
						if !is.Empty() && is.Line() == "" {
							t.Errorf("published %q", is.Raw())
						}
					}
				}
			})
		})
	}
}

func TestTheContactCardTellsLocationAndDevice(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(sipclient.PresenceChanged{
			URI: string(dana), Watch: sipclient.WatchActive, Known: true,
			State: pidf.State{Open: true, Location: text.From("Redmond\u202e 36"), Mobile: true, Since: time.Now()},
		})
		x.sees("Dana - Available - Mobile")
		x.rightClick("Dana")
		x.click("See Contact Card")
		x.sees("Location", "Redmond 36")
	})
}
