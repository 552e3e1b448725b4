package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
)

// publishedNow is how often the presence was told to the server since somebody looked last.
func publishedNow(x *face) int { return len(did[app.PublishPresence](x)) }

func TestWhoTouchesNothingBecomesInactiveThenAwayAndIsBackOnAKey(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.passes(4*time.Minute + 50*time.Second)
		x.sees("● Available ▾")
		x.passes(11 * time.Second)
		x.sees("◔ Inactive ▾")
		x.passes(5 * time.Minute)
		x.sees("◔ Away ▾")
		if n := publishedNow(x); n != 2 {
			t.Errorf("published %d times, want 2", n)
		}
		x.passes(10 * time.Minute)
		x.press("down")
		x.sees("● Available ▾")
		if n := publishedNow(x); n != 1 {
			t.Errorf("published %d times, want once", n)
		}
		x.passes(5*time.Minute + time.Second)
		x.sees("◔ Inactive ▾")
	})
}

func TestWhatCountsAsBeingThere(t *testing.T) {
	for name, c := range map[string]struct {
		msg  tea.Msg
		want string
	}{
		"a key":                   {tea.KeyPressMsg{Code: 'j', Text: "j"}, "● Available ▾"},
		"a click":                 {tea.MouseClickMsg{X: 1, Y: 1, Button: tea.MouseLeft}, "● Available ▾"},
		"the wheel":               {tea.MouseWheelMsg{X: 1, Y: 12, Button: tea.MouseWheelDown}, "● Available ▾"},
		"pasting":                 {tea.PasteMsg{Content: "x"}, "● Available ▾"},
		"coming back to golync":   {tea.FocusMsg{}, "● Available ▾"},
		"leaving for another one": {tea.BlurMsg{}, "◔ Inactive ▾"},
		"another size":            {tea.WindowSizeMsg{Width: 80, Height: 24}, "◔ Inactive ▾"},
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				x.passes(6 * time.Minute)
				x.program.Send(c.msg)
				x.settle()
				x.sees(c.want)
			})
		})
	}
}

func TestBusyStaysBusyAndSaysThatNobodyIsThere(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("p")
		x.click("Busy")
		x.passes(6 * time.Minute)
		x.sees("■ Busy (idle) ▾")
		x.press("p")
		x.click("Do Not Disturb")
		x.passes(6 * time.Minute)
		x.sees("⊘ Do Not Disturb ▾")
		x.press("p")
		x.click("Reset Status")
		x.sees("● Available ▾")
		if x.state.Mine() != contacts.Available {
			t.Errorf("I am %v", x.state.Mine())
		}
	})
}
